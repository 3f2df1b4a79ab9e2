-- Result handling: the loop after a failure, its orders, rechecks, referrals, reports, announcements, block entries and urgings.
create schema handling;
grant usage on schema handling to hengjian_app;

create table handling.loop (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  task uuid, outside_failure uuid, follow_up uuid, handover uuid, upstream uuid, source text not null,
  regime text not null, duty text not null, organiser text not null, sent_by text, other_office text, subject_id uuid,
  subject_name text not null, subject_code text, product_name text not null, region text, trademark text, model text,
  batch text, report_number text, seriousness text, licence text, failed_items jsonb not null, items jsonb not null,
  lab jsonb, ground text not null, deadline date, signed_on date, passed_to text, stopped_on date, stop_note text,
  ordered_on date, rectified_on date, cause text, measures text, refusal text, failures integer not null,
  reported_up_on date, announced_on date, suspended_until date, cause_of_food text, closing text, outcome text,
  closed_on date, reason text
);
create index on handling.loop (task);
create index on handling.loop (outside_failure);
create index on handling.loop (upstream);
create unique index one_loop_per_handover on handling.loop (handover) where handover is not null;
select kernel.protect('handling.loop', 'handling.loop');

create table handling.order (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  loop uuid not null, kind text not null, subject_id uuid, subject_name text not null, subject_code text,
  product_name text not null, address text, ground text not null, demands text not null, due_on date, issued_on date,
  way text, served_on date, received_by text, witness text, waybill text, means text, address_confirmed_on date,
  returned_on date, return_reason text, messages integer not null, publicised_on date, public_reason text, entry uuid,
  reason text
);
create index on handling.order (loop);
select kernel.protect('handling.order', 'handling.order');

create table handling.recheck (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  loop uuid not null, ordinal text not null, subject_id uuid, subject_name text not null, subject_code text,
  product_name text not null, items jsonb not null, lab jsonb not null, other_lab_reason text, ordered_on date,
  sampled_on date, quantity integer, batch text, seal text, samplers text, results jsonb, report_number text,
  reported_on date, conclusion text, failed_items jsonb, opinion text, recognised_on date, reason text
);
create index on handling.recheck (loop);
select kernel.protect('handling.recheck', 'handling.recheck');

create table handling.referral (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  loop uuid not null, kind text not null, subject_id uuid, subject_name text not null, subject_code text,
  product_name text not null, ground text not null, started_on date not null, to_office text, recipient text,
  received_on date, decision text, decision_number text, decided_on date, decision_reason text, suspended_until date,
  reason text
);
create index on handling.referral (loop);
select kernel.protect('handling.referral', 'handling.referral');

create table handling.report_up (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  loop uuid not null, previous uuid, from_office text not null, origin text not null, organiser text not null,
  subject_id uuid, subject_name text not null, subject_code text, product_name text not null, model text, batch text,
  ground text not null, failed_items jsonb not null, summary text not null, received_on date, reason text
);
create index on handling.report_up (loop);
select kernel.protect('handling.report_up', 'handling.report-up');

create table handling.announcement (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  name text not null, rows jsonb not null, concerned jsonb not null, published_on date, entry uuid, reason text
);
create index on handling.announcement using gin (rows jsonb_path_ops);
select kernel.protect('handling.announcement', 'handling.announcement');

create table handling.block_entry (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  task uuid, loop uuid, source text not null, cited_entry uuid, cited_order uuid, subject_id uuid,
  subject_name text not null, subject_code text, product_name text not null, region text, batches text not null,
  ground text not null, citation text, listed_on date, entry uuid, reason text
);
create index on handling.block_entry (loop);
create index on handling.block_entry (task);
select kernel.protect('handling.block_entry', 'handling.block-entry');

create table handling.urging (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  loops jsonb not null, demand text not null, deadline date not null, to_office text, subjects text, issued_on date,
  reply text, replied_on date, verdict text
);
select kernel.protect('handling.urging', 'handling.urging');

