-- The size of the sampled firm, which the sampling sheet asks and pass rates are broken down by.
alter table sampling.task add column firm_size text;
