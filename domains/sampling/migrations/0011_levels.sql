-- Kinds and levels side by side, what each is a basis for, whom the frame holds, and how samples came to be chosen.
alter table sampling.plan
  add column regime text not null default 'product',
  add column ground text,
  add column firm_duplicates jsonb not null default '[]',
  add column coverage jsonb not null default '[]';

alter table sampling.scheme add column coverage jsonb;

alter table sampling.directory
  add column role text not null default 'producer',
  add column address text,
  add column platform text;
alter table sampling.directory drop constraint directory_office_enterprise_product_key;
alter table sampling.directory add constraint one_look unique (office, enterprise, product, role);

alter table sampling.draw add column allocation jsonb;

-- Firms that a follow-up, an emergency or a monitoring names instead of drawing.
create table sampling.targeting (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  scheme uuid not null, rules uuid not null, name text not null, product text not null, product_name text not null,
  plan_kind text not null, ground text not null, targets jsonb not null, samplers jsonb not null, sampling_body jsonb not null,
  lab jsonb not null, due_on date not null, assigned_on date, reason text
);
create index on sampling.targeting (scheme);
select kernel.protect('sampling.targeting', 'sampling.targeting');

alter table sampling.task
  alter column draw drop not null,
  add column targeting uuid,
  add column regime text not null default 'product',
  add column selection text not null default 'random';
create index on sampling.task (targeting) where targeting is not null;
create index on sampling.task (enterprise, product);

alter table sampling.bulletin add column representative boolean not null default true, add column rate_note text;

-- What was found in a campaign, told to superior, local government and peers (order 18 art. 44(1); order 15 arts 6, 9(4)).
create table sampling.results_report (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  plan uuid not null, scheme uuid, name text not null, year integer not null, until date not null, figures jsonb not null,
  representative boolean not null, rate_note text not null, findings text not null, addressees jsonb not null,
  superior text, receipts jsonb not null, sent_on date, reason text
);
create index on sampling.results_report (plan);
select kernel.protect('sampling.results_report', 'sampling.results-report');
