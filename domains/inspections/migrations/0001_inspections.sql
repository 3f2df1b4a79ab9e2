-- Inspections: officers with certificates, checklists bound to clauses, plans, draws, visits, hazards, regional listings.
create schema inspections;
grant usage on schema inspections to hengjian_app;

create table inspections.officer (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  person uuid not null, name text not null, certificate text not null, certificate_until date not null, matters jsonb not null, reason text
);
create index on inspections.officer (person);
select kernel.protect('inspections.officer', 'inspections.officer');

create table inspections.checklist (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  code text not null, name text not null, matter text not null, items jsonb not null, unread jsonb, version integer not null,
  replaces uuid, review_opinion text, published_on date, reason text
);
create index on inspections.checklist (code, version);
create unique index one_in_force on inspections.checklist (office, code) where state = 'published';
select kernel.protect('inspections.checklist', 'inspections.checklist');

create table inspections.plan (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  kind text not null, year integer not null, name text not null, ground text not null, first_day date not null, last_day date not null,
  items jsonb not null, targets jsonb, published_on date, entry uuid, summary text, reason text
);
select kernel.protect('inspections.plan', 'inspections.plan');

create table inspections.listing (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  plan uuid, responsible text not null, region text not null, problem text not null, demands text not null, deadline date not null,
  listed_on date, entry uuid, report text, reported_on date, verification text, reason text
);
select kernel.protect('inspections.listing', 'inspections.listing');

create table inspections.draw (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  plan uuid not null, name text not null, matter text not null, checklists jsonb not null, industries jsonb not null, due_on date not null,
  unannounced boolean not null, hash text not null, strata jsonb not null, weight_rules jsonb not null, sizes jsonb not null,
  frame_root text not null, team text, beacon_chain text, beacon_round integer, beacon_at timestamptz, commitment jsonb,
  commitment_digest text, committed_on date, entry uuid, result jsonb, drawn_on date, opened_on date, reason text
);
select kernel.protect('inspections.draw', 'inspections.draw');

create table inspections.visit (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  plan uuid, draw uuid, source text not null, source_reference text, counted boolean not null, matters jsonb not null, checklists jsonb not null,
  items jsonb not null, enterprise uuid not null, enterprise_name text not null, enterprise_code text, enterprise_region text not null,
  public_name text not null, officers jsonb not null, planned_on date not null, due_on date not null, unannounced boolean not null,
  approved_on date, entered_at timestamptz, scan_code text, scan_reason text, present jsonb, findings jsonb, grade text, result text,
  remark text, representative text, signature text, witness text, evidence jsonb, scanned boolean not null, recorded_on date,
  review_opinion text, published_on date, entry uuid, merged_into uuid, reason text
);
create index on inspections.visit (enterprise, planned_on);
create index on inspections.visit (draw);
select kernel.protect('inspections.visit', 'inspections.visit');

create table inspections.hazard (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  visit uuid, enterprise uuid not null, enterprise_name text not null, enterprise_code text, enterprise_region text not null,
  description text not null, clause text, severity text not null, measures text not null, deadline date not null, owner text not null,
  listed_on date not null, handler text, handed_over_on date, due_on date not null, rectification text, rectified_on date,
  rectifications integer not null, verification text, verified_on date, level integer not null, supervisor text, supervision text,
  circulated_on date, signed_off_on date, reason text
);
create index on inspections.hazard (enterprise);
create index on inspections.hazard (visit);
select kernel.protect('inspections.hazard', 'inspections.hazard');

-- What gives names to the leaves of a draw: written once, changed by nobody, seen only where its draw is.
create table inspections.frame_entry (
  draw uuid not null, position integer not null, leaf bytea not null, salt bytea not null, stratum integer not null,
  weight smallint not null, reasons jsonb not null, enterprise uuid not null, name text not null,
  public_name text not null, code text, region text not null,
  primary key (draw, position)
);
create table inspections.pool_entry (
  draw uuid not null, position integer not null, leaf bytea not null, salt bytea not null, body integer not null,
  person uuid not null, name text not null, organisation text not null, organisation_name text not null,
  primary key (draw, position)
);
-- Who is kept from which firm, and why, is for auditor, reconsideration body and court; who carries out a draw needs the pairs alone.
create table inspections.exclusion (
  draw uuid not null, position integer not null, sampler integer not null, salt bytea not null, reason text not null,
  primary key (draw, position, sampler)
);
do $$
declare target text;
begin
  foreach target in array array['frame_entry', 'pool_entry'] loop
    execute format('alter table inspections.%I enable row level security', target);
    execute format('alter table inspections.%I force row level security', target);
    execute format('create policy sealed on inspections.%I for select to hengjian_app using (exists (select from kernel.record r where r.id = draw))', target);
    execute format('create policy written on inspections.%I for insert to hengjian_app with check ((select kernel.claim_text(''person'')) is not null)', target);
    execute format('grant select, insert on inspections.%I to hengjian_app', target);
  end loop;
end $$;
alter table inspections.exclusion enable row level security;
alter table inspections.exclusion force row level security;
grant insert on inspections.exclusion to hengjian_app;
create policy written on inspections.exclusion for insert to hengjian_app with check (exists (select from kernel.record r where r.id = draw));
create policy kept on inspections.exclusion for select to hengjian_keeper using (true);
create policy kept on inspections.draw for select to hengjian_keeper using (true);
grant usage on schema inspections to hengjian_keeper;
grant select on inspections.exclusion to hengjian_keeper;
grant select (id, state) on inspections.draw to hengjian_keeper;
create function inspections.exclusions_of(asked uuid) returns table ("position" integer, sampler integer, salt text, reason text)
language sql stable security definer set search_path = pg_catalog as $$
  select e.position, e.sampler, encode(e.salt, 'hex'), case when may.audit then e.reason end
  from (select kernel.stands_in(asked, array['auditor']) as audit,
      kernel.stands_in(asked, array['planner', 'organiser'])
        and exists (select from inspections.draw d where d.id = asked and d.state in ('committed', 'drawn')) as carry) may,
    inspections.exclusion e
  where e.draw = asked and (may.audit or may.carry) order by e.position, e.sampler
$$;
grant create on schema inspections to hengjian_keeper;
alter function inspections.exclusions_of owner to hengjian_keeper;
revoke create on schema inspections from hengjian_keeper;
revoke all on function inspections.exclusions_of from public;
grant execute on function inspections.exclusions_of to hengjian_app;
