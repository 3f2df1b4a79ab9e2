-- A report that came back from the organiser says why.
alter table laboratory.sample add column returned_reason text;
-- What waits for its electronic seal.
create index waits_for_seal on laboratory.sample (id) where state = 'reported' and signature is null;

-- What firms ask of the bodies that they found.
create table laboratory.test_request (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  bench uuid not null, organisation uuid not null, body_name text not null, client uuid not null, client_name text not null, contact text not null,
  kind text not null, parameter text not null, method text not null, sample_name text not null, wish text, wanted_on date,
  price numeric, days integer, reason text, sample uuid, rating integer, opinion text
);
create index on laboratory.test_request (sample);
select kernel.protect('laboratory.test_request', 'laboratory.test-request');

-- Looks at the work of bodies.
create table laboratory.spot_check (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  organisation uuid not null, body_name text not null, scope text not null, planned_on date not null, findings jsonb, score integer, major boolean,
  answer text, decision text
);
select kernel.protect('laboratory.spot_check', 'laboratory.spot-check');

alter table laboratory.round add column repeats uuid, add column entry uuid;

-- Items that another body tests.
alter table laboratory.sample add column subcontracts jsonb;
