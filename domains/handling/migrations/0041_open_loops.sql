-- The desk asks for what is open; what is closed grows for ever. Proofs are looked at newest first.
create index open_loops on handling.loop (office) where state not in ('closed', 'returned', 'annulled', 'passed-on');
create index closed_loops on handling.loop (closed_on desc, id) where state = 'closed';
