-- Notices carry the whole of their service: the means where it was electronic, and for food returned mail and public notice too.
alter table sampling.notice add column means text;
alter table sampling.food_notice
  add column means text, add column returned_on date, add column return_reason text, add column publicised_on date,
  add column public_reason text, add column entry uuid;
