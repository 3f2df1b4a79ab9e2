-- Testing bodies: certificate, accredited scope and readiness, as versioned rows that are closed and never overwritten.
create schema institutions;
grant usage on schema institutions to hengjian_app;
create table institutions.body (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  organisation uuid not null, name text not null, credit_code text not null, region text not null, address text not null,
  kind text not null, issued_by text not null, certificate_number text not null, valid_from date not null, valid_until date not null,
  suspended_on date, reason text, entry uuid
);
create unique index one_body on institutions.body (organisation) where state <> 'ended';
select kernel.protect('institutions.body', 'institutions.body');

-- What the law makes known to everybody, so that any officer and any laboratory can ask before a test is assigned.
create table institutions.certificate (
  record uuid not null, office text not null, organisation uuid not null, name text not null, number text not null,
  valid_from date not null, valid_until date not null, primary key (record, number, valid_from)
);
create table institutions.interruption (
  record uuid not null, organisation uuid not null, kind text not null check (kind in ('suspended', 'ended')),
  from_on date not null, until_on date, reason text not null, primary key (record, kind, from_on)
);
create table institutions.scope (
  id uuid primary key, record uuid not null, organisation uuid not null, kind text not null, kind_name text not null,
  parameter text not null, method text not null, field text not null, limitation text, from_on date not null, until_on date,
  check (until_on is null or until_on >= from_on - 1)
);
create table institutions.instrument (
  id uuid primary key, record uuid not null, organisation uuid not null, name text not null, model text not null, serial text not null,
  shared boolean not null, from_on date not null, until_on date, unique (record, serial)
);
create table institutions.calibration (
  instrument uuid not null references institutions.instrument, record uuid not null, certificate text not null, laboratory text not null,
  done_on date not null, valid_until date not null, primary key (instrument, done_on)
);
create table institutions.instrument_use (
  instrument uuid not null references institutions.instrument, record uuid not null, used_on date not null, hours numeric not null check (hours > 0 and hours <= 24),
  primary key (instrument, used_on)
);
create table institutions.signatory (
  record uuid not null, organisation uuid not null, person uuid not null, name text not null, field text not null,
  from_on date not null, until_on date, primary key (record, person, field, from_on)
);
create table institutions.readiness (
  scope uuid not null references institutions.scope, record uuid not null, organisation uuid not null,
  quantification numeric, quantification_unit text, instrument uuid references institutions.instrument,
  price numeric, days integer, from_on date not null, until_on date, primary key (scope, from_on)
);
create index on institutions.certificate (organisation);
create index on institutions.interruption (organisation);
create index on institutions.scope (organisation, parameter);
create index on institutions.signatory (organisation);

do $$ declare child text; begin
  foreach child in array array['certificate', 'interruption', 'scope', 'instrument', 'calibration', 'instrument_use', 'signatory', 'readiness'] loop
    execute format('alter table institutions.%I enable row level security', child);
    execute format('alter table institutions.%I force row level security', child);
    execute format('create policy visible on institutions.%I for select to hengjian_app using ((select kernel.claim_text(''person'')) is not null)', child);
    execute format('create policy amended on institutions.%I for update to hengjian_app using (exists (select from kernel.record r where r.id = record))', child);
    execute format('grant select, insert, update on institutions.%I to hengjian_app', child);
    if child <> 'certificate' then
      execute format('create policy written on institutions.%I for insert to hengjian_app with check (exists (select from kernel.record r where r.id = record))', child);
    end if;
  end loop;
end $$;
create policy written on institutions.certificate for insert to hengjian_app with check (office = any((select kernel.claim_array('writes'))::text[]));
