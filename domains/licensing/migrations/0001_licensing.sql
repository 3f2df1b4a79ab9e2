-- Licensing: accounts of applicants, applications, licences, reviewers, visits, appointments and evaluations.
create schema licensing;
grant usage on schema licensing to hengjian_app, hengjian_public;

create table licensing.account (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  organisation uuid not null, subject text not null, name text not null, credit_code text, identity text, contact text,
  no_shows integer not null
);
select kernel.protect('licensing.account', 'licensing.account');

create table licensing.application (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  account uuid not null, organisation uuid not null, applicant_name text not null, applicant_code text, identity text, contact text,
  kind text not null, purpose text not null, change_of text, changed_on date, track text not null, products jsonb not null,
  region text not null, address text not null, licence uuid, late_renewal boolean, form_version text not null, answers jsonb not null,
  counter_office text, received_on date, query_number text, query_secret text, accepted_on date, tacit boolean, missing jsonb,
  supplement_until date, fee numeric, team jsonb, team_draw jsonb, site_check_on date, site_check jsonb, score numeric,
  concluded_on date, laboratory uuid, laboratory_name text, test_passed boolean, report_number text, pause_ground text,
  paused_in text, demands text, opinion text, opinion_text text, examined_in text, extended boolean, decided_on date,
  reason text, step_on date, issued_licence uuid, delivery text
);
create index on licensing.application (organisation, kind);
select kernel.protect('licensing.application', 'licensing.application');

create table licensing.licence (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  kind text not null, number text not null unique, application uuid not null, organisation uuid not null, holder_name text not null,
  holder_code text, identity text, products jsonb not null, region text not null, address text not null, issued_on date not null,
  valid_from date not null, valid_until date, commitment text not null, status_index integer not null unique, renewal uuid, check_due date, self_report_due date,
  self_report text, ground text, facts text, statement_until date, statement text, compensation text, penalty_case text,
  suspended_until date, exit text, reason text, entry uuid
);
create index on licensing.licence (organisation, kind);
create index on licensing.licence (valid_until) where state = 'valid';
select kernel.protect('licensing.licence', 'licensing.licence');

create table licensing.reviewer (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  person uuid not null, name text not null, unit text not null, body text, certificate text not null, valid_until date not null,
  specialties jsonb not null, may_lead boolean not null, recusals jsonb, rating integer, reason text
);
select kernel.protect('licensing.reviewer', 'licensing.reviewer');

create table licensing.visit (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  licence uuid not null, organisation uuid not null, holder_name text not null, number text not null, kind text not null,
  reason text not null, task text not null, due_on date not null, visited_on date, findings text, demands text, rectify_by date
);
create index on licensing.visit (licence);
select kernel.protect('licensing.visit', 'licensing.visit');

create table licensing.slots (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  day date not null, times jsonb not null, windows integer not null
);
select kernel.protect('licensing.slots', 'licensing.slots');

create table licensing.appointment (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  account uuid not null, organisation uuid not null, name text not null, day date not null, time text not null, matter text not null,
  counter integer
);
select kernel.protect('licensing.appointment', 'licensing.appointment');

create table licensing.evaluation (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  application uuid not null, kind text not null, organisation uuid not null, stars integer not null check (stars between 1 and 5),
  remark text, reply text
);
select kernel.protect('licensing.evaluation', 'licensing.evaluation');
-- What an applicant said stays as he said it, whoever asks for a change.
create function licensing.keep_evaluation() returns trigger language plpgsql as $$
begin
  if new.stars <> old.stars or new.remark is distinct from old.remark or new.application <> old.application then
    raise exception 'an evaluation cannot be changed';
  end if;
  return new;
end $$;
create trigger kept before update on licensing.evaluation for each row execute function licensing.keep_evaluation();

-- Series of numbers: taken in the transaction of the act.
create table licensing.sequence (series text primary key, last integer not null check (last > 0));
-- Who is in which team now: the workload that a draw looks at.
create table licensing.assignment (
  application uuid not null, reviewer uuid not null, office text not null, from_on date not null, until_on date
);
create index on licensing.assignment (reviewer) where until_on is null;
create index on licensing.assignment (application);
-- Who may not apply again, and until when.
create table licensing.bar (
  record uuid not null, office text not null, organisation uuid not null, kind text not null, until_on date not null, reason text not null
);
create index on licensing.bar (organisation, kind);
-- One seat at one counter at one time.
create table licensing.seat (
  office text not null, day date not null, time text not null, counter integer not null, appointment uuid unique,
  primary key (office, day, time, counter)
);
do $$ declare child text; begin
  foreach child in array array['sequence', 'assignment', 'bar', 'seat'] loop
    execute format('alter table licensing.%I enable row level security', child);
    execute format('alter table licensing.%I force row level security', child);
    execute format('create policy visible on licensing.%I for select to hengjian_app using ((select kernel.claim_text(''person'')) is not null)', child);
    execute format('create policy written on licensing.%I for insert to hengjian_app with check ((select kernel.claim_text(''person'')) is not null)', child);
    execute format('create policy changed on licensing.%I for update to hengjian_app using ((select kernel.claim_text(''person'')) is not null)', child);
    execute format('grant select, insert, update on licensing.%I to hengjian_app', child);
  end loop;
end $$;

-- Who may not apply again is nobody's business but that of the offices.
drop policy visible on licensing.bar;
create policy visible on licensing.bar for select to hengjian_app using (cardinality((select kernel.claim_array('offices'))::text[]) > 0);

-- What an applicant reads without signing in, by number and secret. The secret is kept as its hash alone.
create table licensing.outcome (
  application uuid primary key, number text not null unique, secret text not null, kind text not null, state text not null,
  reason text, told_on date not null
);
alter table licensing.outcome enable row level security;
alter table licensing.outcome force row level security;
create policy seen on licensing.outcome for select to hengjian_app using (exists (select from kernel.record r where r.id = application));
create policy written on licensing.outcome for insert to hengjian_app with check (exists (select from kernel.record r where r.id = application));
create policy changed on licensing.outcome for update to hengjian_app using (exists (select from kernel.record r where r.id = application));
grant select, insert, update on licensing.outcome to hengjian_app;
create policy asked on licensing.outcome for select to hengjian_keeper using (true);
grant usage, create on schema licensing to hengjian_keeper;
grant select on licensing.outcome to hengjian_keeper;
create function licensing.outcome_of(asked_number text, asked_secret text)
returns table (kind text, state text, reason text, told_on date)
language sql stable security definer set search_path = pg_catalog as $$
  select o.kind, o.state, o.reason, o.told_on from licensing.outcome o
  where o.number = asked_number and o.secret = encode(sha256(convert_to(asked_number || '/' || asked_secret, 'UTF8')), 'hex')
$$;
alter function licensing.outcome_of owner to hengjian_keeper;
revoke create on schema licensing from hengjian_keeper;
revoke all on function licensing.outcome_of from public;
grant execute on function licensing.outcome_of to hengjian_public, hengjian_app;
