-- Where a matter came from that was entered from a ledger of the time before this platform.
alter table sampling.task add column imported_from text;
