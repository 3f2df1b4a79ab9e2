-- Exchange desk: connections to national systems, dispatches with their frozen payload, packages, reconciliations.
create schema exchange;
grant usage on schema exchange to hengjian_app;

create table exchange.connection (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  system text not null, port text not null, since date not null, agreement text not null, reason text
);
create index on exchange.connection (office, system) where state = 'connected';
select kernel.protect('exchange.connection', 'exchange.connection');
-- Which connections have work for the API port is asked by the machine before it takes a job up under one office.
create policy ledger on exchange.connection for select to hengjian_machine using (true);
grant usage on schema exchange to hengjian_machine;
grant select on exchange.connection to hengjian_machine;

create table exchange.dispatch (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  system text not null, message text not null, message_label text not null, foreign_number text, code text, reason text,
  correction text, faults jsonb not null, source uuid not null, source_entity text not null, source_number text,
  source_title text not null, subject uuid, subject_name text, fact_on date not null, term_from date, sent_on date,
  via text, package uuid, answered_on date, version integer not null, mapping text not null, hash text not null,
  built_on date not null, payload jsonb not null, earlier jsonb not null, previous uuid
);
create index on exchange.dispatch (office, system, state);
create index on exchange.dispatch (source, system, message);
create index on exchange.dispatch (package) where package is not null;
select kernel.protect('exchange.dispatch', 'exchange.dispatch');

create table exchange.package (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  system text not null, message text not null, message_label text not null, mapping text not null, packed_on date not null,
  total integer not null, accepted integer not null, rejected integer not null, control jsonb not null, digest text not null,
  lines jsonb not null, reason text
);
create index on exchange.package (office, system) where state = 'packed';
select kernel.protect('exchange.package', 'exchange.package');

create table exchange.reconciliation (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  system text not null, since date not null, until date not null, origin text not null, ours integer not null,
  theirs integer not null, matched integer not null, only_ours integer not null, only_theirs integer not null,
  differing integer not null, completed integer not null, open integer not null, differences jsonb not null,
  list_hash text not null, our_list jsonb not null, their_list jsonb not null
);
create index on exchange.reconciliation (office, system, until);
select kernel.protect('exchange.reconciliation', 'exchange.reconciliation');
