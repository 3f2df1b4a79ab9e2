-- What the benches act on: a procedure of ordinary size and the results that hang on it.
create schema bench;
grant usage on schema bench to hengjian_app;

create table bench.inspection (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  firm uuid not null, firm_name text not null, credit_code text not null, region text not null, address text not null,
  contact text, product text not null, product_name text not null, planned_on date not null, inspected_on date,
  findings jsonb, conclusion text, fee numeric
);
create index on bench.inspection (firm);
select kernel.protect('bench.inspection', 'bench.inspection');

create table bench.test_result (
  test uuid not null, sample text not null, position integer not null, item text not null, method text not null, unit text,
  result text not null, upper_limit numeric, uncertainty numeric, verdict text not null, tested_on date not null,
  primary key (test, sample, position)
);
create index on bench.test_result (item, verdict);
alter table bench.test_result enable row level security;
alter table bench.test_result force row level security;
create policy visible on bench.test_result for select to hengjian_app
  using (exists (select from kernel.record r where r.id = test));
create policy written on bench.test_result for insert to hengjian_app
  with check ((select kernel.claim_text('person')) is not null);
grant select, insert on bench.test_result to hengjian_app;
