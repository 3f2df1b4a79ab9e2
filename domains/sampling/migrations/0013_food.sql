-- Food: notices of failing results, retests at a body drawn from the published list, objections (order 15, 2025).
create table sampling.food_notice (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  task uuid not null, addressee jsonb not null, conclusion_received_on date not null, enterprise_name text not null, product_name text not null,
  sample_name text not null, trademark text not null, model text not null, batch text not null, report_number text not null,
  lab_name text not null, conclusion text not null, failed_items jsonb not null,
  way text, served_on date, received_by text, witness text, waybill text, address_confirmed_on date, reason text
);
create index on sampling.food_notice (task);
select kernel.protect('sampling.food_notice', 'sampling.food-notice');

create table sampling.retest_body (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  body jsonb not null, region text not null, scope text not null, list_name text not null, listed_on date not null, reason text
);
select kernel.protect('sampling.retest_body', 'sampling.retest-body');

create table sampling.food_retest (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  notice uuid not null, task uuid not null, applicant jsonb not null, sample_name text not null, product_name text not null, reasons text not null,
  contested jsonb not null, filed_on date not null, on_paper boolean not null,
  items jsonb not null, verdict_rule text not null, first_verdicts jsonb not null, first_conclusion text not null, first_lab jsonb not null,
  shelf_life_until date, accepted_on date, rejection text, rejection_note text,
  selection jsonb, retest_lab jsonb, selected_on date, extension_reason text, declined jsonb not null,
  retest_fee numeric, fee_paid_on date, transferred_on date, transfer_how text, received_on date, spare_state text,
  agreed_retest_on date, retest_report text, retest_conclusion text, retested_on date, final_failed_items jsonb, fee_bearer text, outcome text,
  told_on date, told_how text
);
create index on sampling.food_retest (task);
create index on sampling.food_retest (notice);
select kernel.protect('sampling.food_retest', 'sampling.food-retest');

create table sampling.food_objection (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  task uuid not null, notice uuid, applicant jsonb not null, sample_name text not null, ground text not null, reasons text not null,
  filed_on date not null, on_paper boolean not null, missing text, supplemented_on date, accepted_on date, rejection_note text,
  consultation text, decision text, decision_reason text, outcome text, told_on date, told_how text
);
create index on sampling.food_objection (task);
select kernel.protect('sampling.food_objection', 'sampling.food-objection');
