-- Block entries have their own record (handling.block-entry); letters have a receipt; outside failures a reply and may not be final yet.
alter table sampling.follow_up drop column entry, add column receipt_on date;
alter table sampling.outside_failure alter column final_on drop not null, add column answered_on date, add column answer text,
  add column ledger_row integer;
