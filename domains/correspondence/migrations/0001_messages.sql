-- Messages that leave the house or wait in somebody's inbox, and by which channels people want to be told.
create schema correspondence;
grant usage on schema correspondence to hengjian_app, hengjian_machine;

create table correspondence.message (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  key text not null, occasion text not null, channel text not null, language text not null, addressee_name text not null, reader text,
  address text, about uuid not null, about_entity text not null, paper text not null, number text, due date,
  version integer not null, text text not null, attempts integer not null, not_before timestamptz, sent_at timestamptz,
  reference text, arrived_at timestamptz, failure text, reason text
);
create unique index one_message_per_key on correspondence.message (key);
create index on correspondence.message (about);
create index messages_under_way on correspondence.message (id) where channel <> 'in-app' and state in ('queued', 'sending', 'sent');
select kernel.protect('correspondence.message', 'correspondence.message');

create table correspondence.preference (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  person uuid not null, near_due boolean not null, handovers boolean not null, phone text, email text, chat text, language text not null
);
create unique index one_preference on correspondence.preference (person);
select kernel.protect('correspondence.preference', 'correspondence.preference');

-- The machine that sends looks for what waits, and asks by which channels somebody wants to be told.
create policy ledger on correspondence.message for select to hengjian_machine using (true);
create policy ledger on correspondence.preference for select to hengjian_machine using (true);
grant select on correspondence.message, correspondence.preference to hengjian_machine;
