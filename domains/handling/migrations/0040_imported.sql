-- Where a matter came from that was entered from a ledger of the time before this platform.
alter table handling.loop add column imported_from text;
