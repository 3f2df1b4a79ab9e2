-- 经营主体库: the register of business entities, its history, its quality issues and its imports.
create schema subjects;
grant usage on schema subjects to hengjian_app, hengjian_search;

create table subjects.enterprise (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  name text not null, credit_code text, kind text not null, region text, address text, industry text,
  registered_capital text, capital_amount numeric, capital_currency text, registered_on date, business_scope text,
  legal_representative text, contact text, status text not null, aliases jsonb,
  source text not null, source_key text, source_marks jsonb, effective_on date not null, recorded_on date not null, merged_into uuid
);
create index on subjects.enterprise (credit_code) where credit_code is not null;
create index on subjects.enterprise (name);
create index on subjects.enterprise (region);
create index on subjects.enterprise (merged_into) where merged_into is not null;
select kernel.protect('subjects.enterprise', 'subjects.enterprise');

-- What was true of an enterprise from when until when, as it was known from when until when. Intervals are half open.
create table subjects.enterprise_version (
  id bigint generated always as identity primary key,
  enterprise uuid not null,
  office text not null,
  valid_from date not null,
  valid_until date,
  recorded_on date not null,
  superseded_on date,
  change integer not null,
  action text not null,
  reason text,
  fields jsonb not null,
  check (valid_until is null or valid_from < valid_until)
);
comment on column subjects.enterprise_version.change is 'version of the record (kernel.event.version) that this knowledge came with';
create index on subjects.enterprise_version (enterprise, valid_from);
alter table subjects.enterprise_version enable row level security;
alter table subjects.enterprise_version force row level security;
create policy visible on subjects.enterprise_version for select to hengjian_app
  using (exists (select from kernel.record r where r.id = enterprise));
create policy written on subjects.enterprise_version for insert to hengjian_app
  with check (office = any((select kernel.claim_array('writes'))::text[]));
create policy superseded on subjects.enterprise_version for update to hengjian_app
  using (office = any((select kernel.claim_array('writes'))::text[]) and exists (select from kernel.record r where r.id = enterprise));
grant select, insert, update (superseded_on) on subjects.enterprise_version to hengjian_app;

-- The first version is written by the database, so that no way of entering an enterprise, bulk import included, can leave it out.
create function subjects.keep_first_version() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  insert into subjects.enterprise_version (enterprise, office, valid_from, recorded_on, change, action, fields)
  select id, office, effective_on, recorded_on, 1, 'register', jsonb_build_object(
    'name', name, 'creditCode', credit_code, 'kind', kind, 'region', region, 'address', address, 'industry', industry,
    'registeredCapital', registered_capital, 'capitalAmount', capital_amount::text, 'capitalCurrency', capital_currency,
    'registeredOn', registered_on, 'businessScope', business_scope, 'legalRepresentative', legal_representative,
    'contact', contact, 'status', status, 'aliases', aliases)
  from added;
  return null;
end $$;
create trigger first_version after insert on subjects.enterprise
  referencing new table as added for each statement execute function subjects.keep_first_version();

create table subjects.quality_issue (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  enterprise uuid not null, enterprise_name text not null, rule text not null, property text, value text,
  problem text not null, problem_english text not null, found_on date not null, found_in uuid, evidence text
);
create index on subjects.quality_issue (enterprise, rule);
create index on subjects.quality_issue (state, rule);
select kernel.protect('subjects.quality_issue', 'subjects.quality-issue');

create table subjects.import (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  source text not null, file_name text, content_hash text not null, as_of date not null,
  total integer, added integer, amended integer, unchanged integer, rejected integer, issues integer, counts jsonb, rows jsonb
);
create index on subjects.import (content_hash);
select kernel.protect('subjects.import', 'subjects.import');

-- Who holds a credit code, wherever it is: the code is public and may stand for one enterprise only, so the answer does not
-- depend on the offices that the asker may read.
grant select (id, name, credit_code, office, state) on subjects.enterprise to hengjian_search;
create policy searched on subjects.enterprise for select to hengjian_search using (true);
create function subjects.code_holders(codes text[]) returns table (id uuid, name text, credit_code text, office text)
language sql stable security definer set search_path = pg_catalog as $$
  select e.id, e.name, e.credit_code, e.office from subjects.enterprise e
  where e.credit_code = any(codes) and e.state in ('registered', 'closed') and kernel.claim_text('person') is not null
  order by e.id
$$;

-- Whether any record of any domain is about an enterprise: it may not become void then, whoever may read those records.
create function subjects.is_referred_to(enterprise uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from kernel.record r where r.subject = enterprise and r.entity not like 'subjects.%')
    and kernel.claim_text('person') is not null
$$;
grant create on schema subjects to hengjian_search;
alter function subjects.code_holders owner to hengjian_search;
alter function subjects.is_referred_to owner to hengjian_search;
revoke create on schema subjects from hengjian_search;
revoke all on function subjects.code_holders, subjects.is_referred_to from public;
grant execute on function subjects.code_holders, subjects.is_referred_to to hengjian_app;
