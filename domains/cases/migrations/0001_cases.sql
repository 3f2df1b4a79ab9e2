-- Penalty cases: case, evidence, measures, papers, hearings, on-the-spot penalties, publication, repair, review, file review.
create schema cases;
grant usage on schema cases to hengjian_app;

create table cases.case (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  source text not null, source_record uuid, found_on date not null, region text not null, party_kind text not null, party uuid,
  party_name text not null, party_code text, address text, representative text, id_number text, contact text, cause text not null, facts text not null,
  verification text, verification_extended boolean, violated_on date, endangers boolean, not_filed_ground text, reason text, filed_on date,
  officers jsonb, recusals jsonb, pause_ground text, return_to text, extended boolean, continued_until date, dispute_with text, other_organ text,
  sent_on date, answer text, findings text, evidence_text text, violation text, goods_value numeric, factors jsonb, range_from numeric,
  range_to numeric, benchmark text, deviates boolean, deviation_reason text, deviation_opinion text, discretion_text text, proposal text,
  warning boolean, fine numeric, confiscated_gains numeric, confiscated_goods numeric, licence_measure text, licence uuid, suspended_until date,
  business_stop boolean, review_grounds jsonb, review_opinion text, reviewed_on date, legal_opinion text, legal_passed_on date, told_fine numeric,
  told_total numeric, told_licence text, notice_served_on date, statement_until date, statement text, reexamination text, hearing_on date,
  hearing_text text, deliberated_on date, deliberation text, decided_on date, decision_number text, decision_served_on date, payment_due_on date,
  remedy_until date, under_review boolean, review_days integer, review_since date, payments jsonb, instalments jsonb, demand_served_on date,
  surcharge numeric, court_case text, performed_on date, closing text
);
create index on cases.case (violation) where decided_on is not null;
create index on cases.case (party_name);
create index on cases.case (filed_on);
select kernel.protect('cases.case', 'cases.case');

create table cases.evidence (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  penalty_case uuid not null, taken_at timestamptz not null, place text not null, taken_from text not null, text text not null, proves text not null,
  checksum text, rights_told boolean not null, present jsonb not null, kind text not null, confirmation text, reason text
);
create index on cases.evidence (penalty_case);
select kernel.protect('cases.evidence', 'cases.evidence');

create table cases.measure (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  penalty_case uuid not null, party_name text not null, party uuid, violation text, kind text not null, suspicion text not null,
  legal_basis text not null, place text not null, goods jsonb not null, started_on date, extended boolean, extension_reason text, test_until date,
  keeper text, kept_at text, outcome text, ended_on date
);
create index on cases.measure (penalty_case);
select kernel.protect('cases.measure', 'cases.measure');

create table cases.paper (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  penalty_case uuid not null, hearing uuid, form text not null, addressee text not null, addressee_code text, party uuid, address text,
  content jsonb not null, issued_on date, way text, served_on date, received_by text, witness text, waybill text, means text,
  address_confirmed_on date, returned_on date, return_reason text, publicised_on date, public_reason text, entry uuid, reason text
);
create index on cases.paper (penalty_case);
select kernel.protect('cases.paper', 'cases.paper');

create table cases.hearing (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  penalty_case uuid not null, party_name text not null, party_code text, party uuid, address text, cause text not null, asked_on date not null,
  host uuid, host_name text, hearing_on date, time text, place text, open boolean, notice_served_on date, held_on date, minutes text, opinion text,
  reason text, entry uuid
);
create index on cases.hearing (penalty_case);
select kernel.protect('cases.hearing', 'cases.hearing');

create table cases.summary (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  party_kind text not null, party uuid, party_name text not null, party_code text, address text, representative text, id_number text, contact text,
  place text not null, facts text not null, violates text not null, legal_basis text not null, warning boolean, fine numeric, collection text not null,
  rights_told boolean not null, statement text, first_officer text, second_officer text, decided_on date, paid_on date, handed_in_on date
);
select kernel.protect('cases.summary', 'cases.summary');

create table cases.publication (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  penalty_case uuid not null, decision_number text not null, party_name text not null, party_code text, party uuid, violation text not null,
  penalty text not null, authority text not null, decided_on date not null, publicity text not null, restricted_until date, outside boolean not null,
  text text not null, persons jsonb, addresses jsonb, secrets jsonb, published_on date, until date, repair_from date, entry uuid, domicile text,
  reason text
);
create index on cases.publication (penalty_case);
select kernel.protect('cases.publication', 'cases.publication');

create table cases.repair (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  publication uuid not null, penalty_case uuid not null, party_name text not null, party uuid, decision_number text not null, facts text not null,
  asked_on date not null, missing text, verification text, extended boolean, reason text
);
create index on cases.repair (penalty_case);
select kernel.protect('cases.repair', 'cases.repair');

create table cases.review_matter (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  penalty_case uuid not null, kind text not null, organ text not null, number text not null, accepted_on date not null, copy_on date not null,
  claim text not null, answer text, outcome text, decided_on date, ruling text
);
create index on cases.review_matter (penalty_case);
select kernel.protect('cases.review_matter', 'cases.review-matter');

create table cases.file_review (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  penalty_case uuid not null, sheet text, first_total numeric, first_grade text, second_total numeric, total numeric, grade text, remark text,
  rectified text
);
create index on cases.file_review (penalty_case);
select kernel.protect('cases.file_review', 'cases.file-review');
