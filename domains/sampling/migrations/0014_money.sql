-- Entrustment and money: agreements, cost catalogue with its days, expenses one by one, settlements.
create table sampling.entrustment (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  body jsonb not null, kind text not null, procurement text, agreement_number text not null, signed_on date not null,
  valid_from date not null, valid_until date not null, work jsonb not null, products jsonb not null, share integer, ceiling numeric not null,
  prices jsonb not null, qualification text, qualified_until date, duties text not null, liability text not null, approved_on date, reason text
);
create index on sampling.entrustment (state, valid_until);
select kernel.protect('sampling.entrustment', 'sampling.entrustment');

create table sampling.cost_catalogue (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  name text not null, document text not null, effective_from date not null, effective_until date, lines jsonb not null, reason text
);
select kernel.protect('sampling.cost_catalogue', 'sampling.cost-catalogue');

create table sampling.expense (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  plan uuid not null, scheme uuid not null, task uuid not null, kind text not null, bearer text not null, payee text not null, payee_body uuid,
  amount numeric not null, basis text not null, incurred_on date not null, receipt_number text, paid_on date, payment_reference text,
  settlement uuid, reason text
);
create index on sampling.expense (plan, state);
create index on sampling.expense (task);
create index on sampling.expense (payee_body) where payee_body is not null;
select kernel.protect('sampling.expense', 'sampling.expense');

create table sampling.settlement (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  entrustment uuid not null, body jsonb not null, agreement_number text not null, period_from date not null, period_until date not null,
  lines jsonb not null, total numeric not null, ceiling numeric not null, settled_before numeric not null,
  approved_on date, paid_on date, payment_reference text, reason text
);
create index on sampling.settlement (entrustment);
select kernel.protect('sampling.settlement', 'sampling.settlement');
