-- Tasks of sampling from the assignment to the bulletin: results, notices, objections, changes, follow-ups, outside failures.
create table sampling.task (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  draw uuid not null, scheme uuid not null, rules uuid not null, sequence integer not null, stratum text not null,
  reserve_of uuid, is_reserve boolean not null, replaces uuid,
  enterprise uuid not null, enterprise_name text not null, enterprise_code text, enterprise_region text not null,
  product text not null, product_name text not null, samplers jsonb not null, sampling_body jsonb not null, lab jsonb not null,
  due_on date not null, leaf text not null, plan_kind text not null,
  rules_version integer not null, items jsonb not null, test_sample integer not null, spare_sample integer not null,
  sample_unit text not null, minimum_stock integer, verdict_rule text not null, separate_bodies boolean not null, issued_on date,
  sampled_on date, channel text, place text, storage text, sample_name text, trademark text, model text, batch text, grade text,
  standard text, stock integer, unit_price numeric, test_quantity integer, spare_quantity integer, spare_kept_at text, seal text,
  labelled_producer jsonb, present jsonb, signature text, witness text, contact text, contact_phone text, online_order jsonb,
  repeat_ground text,
  unsampled_reason text, unsampled_note text, offence text, instant_report text, reason text,
  carriage text, sent_on date, carrier text, waybill text,
  received_on date, seal_intact boolean, matches_sheet boolean, appearance text, licence_check text, licence_source text,
  refusals integer not null, refused_reason text,
  report_number text, reported_on date, report_revision integer not null, conclusion text, seriousness text, failed_items jsonb,
  returned_reason text, notified_on date,
  producer_asked_on date, producer_answer_due date, producer_answer text, producer_statement text, denial text, denial_reason text,
  final_conclusion text, overturned boolean not null, concluded_on date
);
create index on sampling.task (draw, stratum, sequence);
create index on sampling.task (scheme, state);
create unique index one_replacement on sampling.task (replaces) where replaces is not null;
select kernel.protect('sampling.task', 'sampling.task');

-- One item of one test: of a task, or of a retest. What is needed to judge again lies in the judgement.
create table sampling.result (
  record uuid not null, item text not null, position smallint not null, value text not null, unit text, method text not null,
  limit_text text not null, severity text not null, verdict text not null check (verdict in ('conforms', 'fails', 'not-judged')),
  judgement jsonb not null, tester uuid not null, tester_name text not null, entered_on date not null,
  primary key (record, item)
);
alter table sampling.result enable row level security;
alter table sampling.result force row level security;
create policy visible on sampling.result for select to hengjian_app using (exists (select from kernel.record r where r.id = record));
create policy written on sampling.result for insert to hengjian_app with check (exists (select from kernel.record r where r.id = record));
create policy entered_again on sampling.result for update to hengjian_app using (exists (select from kernel.record r where r.id = record));
grant select, insert, update on sampling.result to hengjian_app;

create table sampling.notice (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  task uuid not null, addressee jsonb not null, enterprise_name text not null, product_name text not null, sample_name text not null,
  trademark text not null, model text not null, batch text not null, report_number text not null, lab_name text not null,
  conclusion text not null, failed_items jsonb not null,
  way text, served_on date, received_by text, witness text, waybill text, address_confirmed_on date, returned_on date,
  return_reason text, publicised_on date, public_reason text, entry uuid, reason text
);
create index on sampling.notice (task);
select kernel.protect('sampling.notice', 'sampling.notice');

create table sampling.objection (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  notice uuid not null, task uuid not null, applicant jsonb not null, sample_name text not null, kind text not null, ground text,
  reasons text not null, contested jsonb, filed_on date not null, on_paper boolean not null,
  items jsonb not null, verdict_rule text not null, first_verdicts jsonb not null, first_conclusion text not null, first_lab jsonb not null,
  spare_kept_at text not null, spare_quantity integer not null, unit_price numeric,
  decision text, decision_reason text, refusal_reason text, notice_received_on date, formalities_on date, retest_fee numeric,
  fee_paid_on date, retest_lab jsonb, only_lab_reason text, retest_due_on date, designated_on date, spare_state text, spare_fate text,
  spare_note text, retest_report text, retest_conclusion text, retested_on date, final_failed_items jsonb, fee_bearer text,
  spare_payment numeric, outcome text, told_on date, told_how text
);
create index on sampling.objection (task);
create index on sampling.objection (notice);
select kernel.protect('sampling.objection', 'sampling.objection');

create table sampling.reversal (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  task uuid not null, ground text not null, change text not null, decision_number text, decided_on date not null, reason text not null,
  task_title text not null, effective_on date, drop_reason text
);
create index on sampling.reversal (task);
select kernel.protect('sampling.reversal', 'sampling.reversal');

-- What holds now: the final conclusion of a task, unless a later change took its place. Seen where the task is seen.
create view sampling.effective_conclusion with (security_invoker = true) as
  select t.id as task,
    coalesce(
      (select r.change from sampling.reversal r
       where r.task = t.id and r.state = 'effective' and r.change <> 'seller-only' order by r.effective_on desc, r.id desc limit 1),
      t.final_conclusion) as conclusion,
    coalesce(t.denial = 'proved', false) or exists (
      select from sampling.reversal r where r.task = t.id and r.state = 'effective' and r.change = 'seller-only') as producer_denied
  from sampling.task t;
grant select on sampling.effective_conclusion to hengjian_app;

create table sampling.bulletin (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  scheme uuid not null, name text not null, product_name text not null, summary text, counts jsonb not null, passing jsonb not null,
  failing jsonb not null, left_out jsonb not null, digest text not null, published_on date, revision integer not null, entry uuid,
  reason text
);
create index on sampling.bulletin (scheme);
select kernel.protect('sampling.bulletin', 'sampling.bulletin');

create table sampling.outside_failure (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  source text not null, organiser text not null, foreign_number text, report_number text not null, received_on date not null,
  final_on date not null, product_name text not null, model text, batch text, failed_items jsonb not null, firm jsonb not null,
  producer jsonb, outcome text, reason text
);
select kernel.protect('sampling.outside_failure', 'sampling.outside-failure');

create table sampling.follow_up (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  task uuid, outside_failure uuid, kind text not null, subject_id uuid, subject_name text not null, subject_code text, region text,
  product_name text not null, ground text not null, clause text not null, started_on date not null, entry uuid,
  to_office text, recipient text, sent_on date, deadline date, handover uuid, replied_on date, reply text, decision text,
  decision_reason text, effective_on date, foreign_number text, outcome text, reason text
);
create index on sampling.follow_up (task);
create index on sampling.follow_up (outside_failure);
select kernel.protect('sampling.follow_up', 'sampling.follow-up');
