-- What the field needs: buying online step by step, tests on the spot, corrections of a signed sheet, kept samples; the clocks of food.
alter table sampling.task
  alter column leaf drop not null,
  add column ordered_on date, add column order_price numeric, add column parcel_received_on date, add column parcel_state text,
  add column papers_sent_on date, add column papers_waybill text, add column platform_told_on date, add column platform_told_how text,
  add column purchase text, add column payee text, add column shelf_life_until date, add column market_opener jsonb,
  add column on_site_tested_on date, add column corrections jsonb,
  add column agreed_delivery_on date, add column agreed_report_on date, add column agreement_reason text,
  add column signed_on date;

-- A sample that is kept for a second test: where it is, since when it must be kept, what became of it (order 18 arts 22–24, 27, 34, 37;
-- order 15 arts 12, 22, 25).
create table sampling.kept_sample (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  task uuid not null, kind text not null, enterprise uuid not null, enterprise_name text not null, sample_name text not null, quantity integer not null,
  unit text not null, unit_price numeric, sealed_on date not null, seal text not null, keeper text not null, keeper_name text not null,
  lab jsonb not null, shelf_life_until date, conclusion text, released_on date, keep_until date, seal_checks jsonb not null, fate text, fate_on date,
  fate_note text, received_by text, payment numeric
);
create unique index one_kept_sample on sampling.kept_sample (task, sealed_on);
select kernel.protect('sampling.kept_sample', 'sampling.kept-sample');
