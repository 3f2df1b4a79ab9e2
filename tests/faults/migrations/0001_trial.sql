-- The trial licence of tests/trials, with a table that has what a backup easily loses: an identity, a trigger, a foreign key.
create schema trial;
grant usage on schema trial to hengjian_app;
create table trial.licence (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  firm uuid not null, firm_name text not null, kind text not null, contact text, missing jsonb, decision text, valid_until date, reason text
);
select kernel.protect('trial.licence', 'trial.licence');

create table trial.note (
  id bigint generated always as identity primary key,
  licence uuid references trial.licence (id),
  text text,
  bytes bytea,
  amount numeric,
  ratio double precision,
  length integer generated always as (length(text)) stored
);
alter table trial.note enable row level security;
alter table trial.note force row level security;
create function trial.add_mark() returns trigger language plpgsql as $$
begin
  new.text := new.text || '*';
  return new;
end $$;
create trigger mark before insert on trial.note for each row execute function trial.add_mark();
