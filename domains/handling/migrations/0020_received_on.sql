-- Terms of a failure that came in a ledger run from the day on which it came in.
alter table handling.loop add column received_on date;
