-- The laboratory: benches of bodies, samples, worksheets with results and controls, kept samples, reports, limits.
create schema laboratory;
grant usage on schema laboratory to hengjian_app;
create table laboratory.bench (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  organisation uuid not null, name text not null, retained_months integer not null,
  mappings jsonb not null
);
create unique index one_bench on laboratory.bench (organisation) where state = 'open';
select kernel.protect('laboratory.bench', 'laboratory.bench');

create table laboratory.sample (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  bench uuid not null, organisation uuid not null, organisation_name text not null, source text not null, task uuid, client jsonb not null,
  blind_code text not null, sample_name text not null, batch text, kind text not null, seal text, quantity integer not null, unit text not null,
  temperature_from numeric, temperature_to numeric, produced_on date, sampled_on date, shelf_life_until date,
  verdict_rule text not null, items jsonb not null, due_on date not null, free_of_ties boolean,
  received_on date, read_seal text, seal_intact boolean, read_name text, read_batch text, condition text, temperature numeric,
  licence_check text, licence_source text, refusal_ground text, reason text, portions jsonb,
  report_number text, reported_on date, revision integer not null, conclusion text, seriousness text, report jsonb, report_hash text,
  signature jsonb, issued uuid
);
create unique index one_blind_code on laboratory.sample (bench, blind_code);
select kernel.protect('laboratory.sample', 'laboratory.sample');

create table laboratory.worksheet (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  bench uuid not null, organisation uuid not null, title text not null, lines jsonb not null, instrument text, remark text, reason text
);
select kernel.protect('laboratory.worksheet', 'laboratory.worksheet');

-- One attempt at one line. An attempt that was submitted is never changed; a repeat test is the next attempt.
create table laboratory.result (
  record uuid not null, line integer not null, attempt smallint not null, revision integer not null, sample uuid not null, item text not null,
  value text not null, unit text, verdict text not null check (verdict in ('conforms', 'fails', 'not-judged')), judgement jsonb not null,
  tester uuid not null, tester_name text not null, entered_on date not null, source text not null, reason text,
  primary key (record, line, attempt)
);
create index on laboratory.result (sample);
create table laboratory.control (
  record uuid not null, position integer not null, organisation uuid not null, kind text not null, parameter text not null, method text not null,
  material text, measured jsonb not null, accepted boolean not null, zh text not null, en text not null, entered_on date not null,
  primary key (record, position)
);
create index on laboratory.control (organisation, parameter, method, material);
create table laboratory.import (
  record uuid not null, file_hash text not null, file_name text not null, mapping text not null, rows integer not null, imported_on date not null,
  primary key (record, file_hash)
);

create table laboratory.kept_sample (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  sample uuid not null, organisation uuid not null, blind_code text not null, kind text not null, quantity integer not null, unit text not null,
  place text not null, kept_since date not null, keep_until date, ground text, used_for text, paid numeric, disposed_on date, disposal text, witness text
);
select kernel.protect('laboratory.kept_sample', 'laboratory.kept-sample');

create table laboratory.issued_report (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  sample uuid not null, organisation uuid not null, report_number text not null, revision integer not null, content jsonb not null,
  content_hash text not null, reason text, entry uuid
);
create index on laboratory.issued_report (sample);
select kernel.protect('laboratory.issued_report', 'laboratory.issued-report');

create table laboratory.limit_set (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  name text not null, source text not null, content_hash text not null, rows integer not null, reason text
);
select kernel.protect('laboratory.limit_set', 'laboratory.limit-set');
create table laboratory.limit (
  record uuid not null, position integer not null, parameter text not null, category text not null, "limit" text not null, unit text, method text,
  standard text not null, clause text, valid_from date not null, valid_until date, day_of text not null, confidence text not null, adopted boolean not null default false,
  primary key (record, position)
);
create index on laboratory.limit (parameter);

do $$ declare child text; begin
  foreach child in array array['result', 'control', 'import', 'limit'] loop
    execute format('alter table laboratory.%I enable row level security', child);
    execute format('alter table laboratory.%I force row level security', child);
    execute format('create policy written on laboratory.%I for insert to hengjian_app with check (exists (select from kernel.record r where r.id = record))', child);
    execute format('grant select, insert on laboratory.%I to hengjian_app', child);
  end loop;
  foreach child in array array['result', 'control', 'import'] loop
    execute format('create policy visible on laboratory.%I for select to hengjian_app using (exists (select from kernel.record r where r.id = record))', child);
  end loop;
end $$;
create policy entered_again on laboratory.result for update to hengjian_app using (exists (select from kernel.record r where r.id = record));
create policy adopted on laboratory.limit for update to hengjian_app using (exists (select from kernel.record r where r.id = record));
grant update on laboratory.result, laboratory.limit to hengjian_app;
-- Limits are law: whoever is signed in reads them.
create policy visible on laboratory.limit for select to hengjian_app using ((select kernel.claim_text('person')) is not null);

-- Proficiency rounds: who takes part, what he found, how it scored.
create table laboratory.round (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  name text not null, design text not null, kind text not null, parameter text not null, method text, unit text not null, participants jsonb not null,
  due_on date not null, sigma numeric, assigned numeric, assigned_uncertainty numeric, basis text, reason text
);
select kernel.protect('laboratory.round', 'laboratory.round');
create table laboratory.round_result (
  record uuid not null, organisation uuid not null, name text not null, value numeric not null, expanded numeric, coverage_factor numeric,
  submitted_on date not null, score numeric, score_kind text, class text, correction text, corrected_on date, primary key (record, organisation)
);
alter table laboratory.round_result enable row level security;
alter table laboratory.round_result force row level security;
-- A participant sees his own line, the organiser every one.
create policy visible on laboratory.round_result for select to hengjian_app using (
  'org:' || organisation::text = any((select kernel.claim_array('parties'))::text[])
  or exists (select from kernel.record r where r.id = record and r.office = any((select kernel.claim_array('offices'))::text[])));
create policy written on laboratory.round_result for insert to hengjian_app with check (exists (select from kernel.record r where r.id = record));
create policy scored on laboratory.round_result for update to hengjian_app using (exists (select from kernel.record r where r.id = record));
grant select, insert, update on laboratory.round_result to hengjian_app;
