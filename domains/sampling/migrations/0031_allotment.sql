-- How the tasks of a draw were shared between laboratories: agreed share, grade, what both come to, tasks given.
alter table sampling.draw add column allotment jsonb;
