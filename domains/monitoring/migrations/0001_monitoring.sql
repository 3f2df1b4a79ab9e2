-- Electronic monitoring: cards, and how many acts each officer took on each day, which scores are divided by.
create schema monitoring;
grant usage on schema monitoring to hengjian_app, hengjian_machine;

create table monitoring.card (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  key text not null unique, rule text not null, kind text not null, level text not null, points integer not null check (points > 0),
  target uuid not null, target_entity text not null, target_event uuid, target_clock uuid,
  officer uuid, officer_name text, facts text not null, facts_english text not null, basis text not null, found_on date not null,
  demand text, deadline date, ordered_on date, cause text, reply text, replied_on date, finding text, opinion text,
  reason text, closed_on date
);
create index on monitoring.card (target);
create index on monitoring.card (office, found_on);
select kernel.protect('monitoring.card', 'monitoring.card');
-- The sweep asks which findings have a card already, and what level it has.
create policy ledger on monitoring.card for select to hengjian_machine using (true);
grant select (key, level, id, state) on monitoring.card to hengjian_machine;

create table monitoring.tally (
  office text not null, officer uuid not null, officer_name text not null, day date not null, acts integer not null check (acts > 0),
  primary key (office, officer, day)
);
alter table monitoring.tally enable row level security;
alter table monitoring.tally force row level security;
create policy visible on monitoring.tally for select to hengjian_app using (
  office = any((select kernel.claim_array('offices'))::text[]) and 'monitoring.card' = any((select kernel.claim_array('entities'))::text[]));
create policy ledger on monitoring.tally to hengjian_machine using (true);
grant select on monitoring.tally to hengjian_app;
grant select, insert, update on monitoring.tally to hengjian_machine;

-- Which kinds of papers lie on a record, not what they say: the machine asks whether one is missing.
grant select (record, kind, created_at) on kernel.document to hengjian_machine;
