-- Planning of supervision sampling: annual plan, scheme, detailed rules, directory of producers, draw.
create schema sampling;
grant usage on schema sampling to hengjian_app;

create table sampling.plan (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  year integer not null, name text not null, kind text not null, level text not null, issuer text, items jsonb not null,
  batches integer not null, budget numeric not null, duplicates jsonb not null, subordinates jsonb not null,
  approved_on date, filed_upward date, filed_with text, filing_number text, reason text
);
create index on sampling.plan (year, office);
select kernel.protect('sampling.plan', 'sampling.plan');

create table sampling.scheme (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  plan uuid not null, year integer not null, name text not null, product text not null, product_name text not null,
  scope text not null, division text not null, schedule_from date not null, schedule_until date not null,
  separate_bodies boolean not null, design_basis text not null, national_rule text, lot_size integer, level text, aql numeric,
  severity text, acceptable_quality numeric, limiting_quality numeric, sample_size integer not null, acceptance integer not null,
  population integer, licensed integer, batches integer not null, visit_cost numeric not null, unit_price numeric not null,
  testing_fee numeric not null, cost_per_batch numeric not null, cost numeric not null, budget numeric not null,
  design jsonb, reason text
);
create index on sampling.scheme (plan);
select kernel.protect('sampling.scheme', 'sampling.scheme');

create table sampling.rules (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  scheme uuid not null, product text not null, product_name text not null, version integer not null, method text not null,
  items jsonb not null, test_sample integer not null, spare_sample integer not null, sample_unit text not null,
  minimum_stock integer, verdict_rule text not null, retest_days integer, experts jsonb, reviews jsonb not null,
  published_on date, entry uuid, reason text
);
create index on sampling.rules (scheme);
create unique index one_in_force on sampling.rules (scheme) where state = 'published';
select kernel.protect('sampling.rules', 'sampling.rules');

-- Who makes which product: what frames are built from. The state says whether it is made there. Each office keeps its own look at
-- a firm; the freshest look that a reader may see counts.
create table sampling.directory (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  enterprise uuid not null, enterprise_name text not null, product text not null, product_name text not null,
  basis text not null, reference text, checked_on date not null, past_failures integer not null, credit_class text, note text,
  unique (office, enterprise, product)
);
create index on sampling.directory (product, enterprise);
select kernel.protect('sampling.directory', 'sampling.directory');

create table sampling.draw (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  scheme uuid not null, rules uuid not null, name text not null, product text not null, product_name text not null,
  hash text not null, strata jsonb not null, weight_rules jsonb not null, sizes jsonb not null, frame_root text not null,
  freshness jsonb not null, replaces uuid, team text, labs jsonb, beacon_chain text, beacon_round integer,
  beacon_at timestamptz, commitment jsonb, commitment_digest text, committed_on date, entry uuid,
  result jsonb, drawn_on date, opened_on date, reason text
);
create index on sampling.draw (scheme);
select kernel.protect('sampling.draw', 'sampling.draw');

-- What gives names to the leaves of a draw. Written once; nobody may change or delete a row, and it is seen only where its draw is.
create table sampling.frame_entry (
  draw uuid not null, position integer not null, leaf bytea not null, salt bytea not null, stratum integer not null,
  weight smallint not null, reasons jsonb not null, enterprise uuid not null, name text not null,
  public_name text not null, code text, region text not null,
  primary key (draw, position)
);
create table sampling.pool_entry (
  draw uuid not null, position integer not null, leaf bytea not null, salt bytea not null, body integer not null,
  person uuid not null, name text not null, organisation uuid not null, organisation_name text not null,
  primary key (draw, position)
);
create table sampling.exclusion (
  draw uuid not null, position integer not null, sampler integer not null, salt bytea not null, reason text not null,
  primary key (draw, position, sampler)
);

do $$
declare target text;
begin
  foreach target in array array['frame_entry', 'pool_entry', 'exclusion'] loop
    execute format('alter table sampling.%I enable row level security', target);
    execute format('alter table sampling.%I force row level security', target);
    execute format('create policy sealed on sampling.%I for select to hengjian_app using (exists (select from kernel.record r where r.id = draw))', target);
    execute format('create policy written on sampling.%I for insert to hengjian_app with check ((select kernel.claim_text(''person'')) is not null)', target);
    execute format('grant select, insert on sampling.%I to hengjian_app', target);
  end loop;
end $$;
