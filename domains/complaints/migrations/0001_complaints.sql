-- Complaints and reports (order 121 of 2025): two procedures, told apart; the person's identity sealed beside them.
create schema complaints;
grant usage on schema complaints to hengjian_app, hengjian_public, hengjian_machine;

create table complaints.complaint (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  channel text not null, foreign_system text, foreign_number text, received_on date not null, product_name text, category text not null,
  subject_id uuid, subject_name text not null, subject_code text, subject_kind text not null, region text not null, platform_region text, address text,
  matter text not null, demand text not null, amount numeric, happened_on date, known_on date,
  consent_mediation boolean not null, consent_entrust boolean not null, consent_publish boolean not null,
  mixed boolean not null, source text, report uuid, unit text, handlers jsonb not null, moves integer not null, came_from uuid, went_to text,
  return_reason text, identity_until date, identity_asked boolean, identity_checked boolean, accepted_on date, decided_on date, ground text, factors jsonb,
  reason text, respondent_consents boolean, entrusted_to text, mode text, mediation_on date, place text, mediator text, meetings jsonb,
  recusal text, appraiser text, appraised_item text, appraisal_payer text, appraisal_result text,
  agreement text, agreement_amount numeric, agreed_on date, end_ground text, ended_on date, clue text, clue_found_on date, merged_into uuid,
  ended_by text
);
create index on complaints.complaint (subject_name, received_on desc);
create index on complaints.complaint (subject_id, received_on desc) where subject_id is not null;
create index on complaints.complaint (office, received_on);
select kernel.protect('complaints.complaint', 'complaints.complaint');

create table complaints.report (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  channel text not null, foreign_system text, foreign_number text, received_on date not null, product_name text, category text not null,
  subject_id uuid, subject_name text not null, subject_code text, subject_kind text not null, region text not null, platform_region text, address text,
  facts text not null, anonymous boolean not null, insider boolean not null, wants_reward boolean not null, mixed boolean not null, source text,
  unit text, verifiers jsonb not null, moves integer not null, came_from uuid, went_to text, return_reason text, last_received_on date not null,
  additions jsonb, extended boolean, pause_ground text, findings text, reason text, decided_on date, told_where text, refer_to text,
  result_duty text, result text, result_told_on date, merged_into uuid, referral uuid, fined numeric, confiscated numeric, concluded_on date
);
create index on complaints.report (subject_name, received_on desc);
create index on complaints.report (subject_id, received_on desc) where subject_id is not null;
create index on complaints.report (office, received_on);
select kernel.protect('complaints.report', 'complaints.report');

create table complaints.referral (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  kind text not null, report uuid, complaint uuid, subject_id uuid, subject_name text not null, subject_code text, region text not null,
  product_name text, facts text not null, found_on date not null, sent_on date not null, case_number text, received_on date, reason text,
  extended boolean, fined numeric, confiscated numeric, concluded_on date
);
select kernel.protect('complaints.referral', 'complaints.referral');

create table complaints.reward (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  report uuid not null, report_number text not null, level text not null, fined numeric not null, confiscated numeric not null, base numeric not null,
  rate numeric not null, amount numeric not null, bound text not null, finance boolean not null, ground text not null, approved_on date, told_on date, paid_on date, paid_by text, reason text
);
select kernel.protect('complaints.reward', 'complaints.reward');

create table complaints.feedback (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  complaint uuid not null, stars integer not null check (stars between 1 and 5), remark text, reply text
);
create index on complaints.feedback (complaint);
select kernel.protect('complaints.feedback', 'complaints.feedback');

create table complaints.digest (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  kind text not null, period_from date not null, period_until date not null, name text not null, as_of timestamptz not null, content jsonb not null, digest text not null,
  remarks text, frozen_on date, reason text
);
select kernel.protect('complaints.digest', 'complaints.digest');

-- Who a person is: sealed under a key that is not in this database. `tag` is the same for the same person and made with such a key, too.
create table complaints.identity (
  record uuid primary key, envelope text not null check (envelope ~ '^hj1\.'), key text not null, tag text not null, sealed_at timestamptz not null
);
create index on complaints.identity (tag);
create index on complaints.identity (key);
-- Each opening is one act with its reason, and is read once.
create table complaints.opening (event uuid primary key, record uuid not null, person uuid not null);
-- What a person reads of a matter by number and secret; of the secret there is its fingerprint alone.
create table complaints.follow (
  record uuid primary key, number text not null unique, fingerprint text not null, kind text not null, received_on date not null,
  state text not null, told text, told_on date not null, office text not null
);
do $$ declare child text; begin
  foreach child in array array['identity', 'follow', 'opening'] loop
    execute format('alter table complaints.%I enable row level security', child);
    execute format('alter table complaints.%I force row level security', child);
    execute format('create policy kept on complaints.%I to hengjian_keeper using (true)', child);
  end loop;
  foreach child in array array['identity', 'follow'] loop
    execute format('create policy visible on complaints.%I for select to hengjian_app using (exists (select from kernel.record r where r.id = record))', child);
    execute format('create policy written on complaints.%I for insert to hengjian_app with check ((select kernel.claim_text(''person'')) is not null)', child);
    execute format('create policy changed on complaints.%I for update to hengjian_app using (exists (select from kernel.record r where r.id = record)) with check ((select kernel.claim_text(''person'')) is not null)', child);
  end loop;
end $$;
-- Nobody reads an envelope but by the function below.
grant insert on complaints.identity to hengjian_app;
grant select (record, tag), update (record, envelope, key, tag, sealed_at) on complaints.identity to hengjian_app;
grant select (record, number, kind, state), insert, update on complaints.follow to hengjian_app;
grant usage, create on schema complaints to hengjian_keeper;
grant select, insert, update on complaints.identity to hengjian_keeper;
grant select, insert on complaints.opening to hengjian_keeper;
grant select, update on complaints.follow to hengjian_keeper;
grant select (record, action, actor) on kernel.event to hengjian_keeper;

-- The envelope for whoever opened it in this very act; once.
create function complaints.open_envelope(act uuid) returns text
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  asked uuid;
  who uuid;
  taken uuid;
begin
  select e.record, e.actor into asked, who from kernel.event e
    where e.id = act and e.action = 'openIdentity' and e.actor::text = kernel.claim_text('person');
  if asked is null then return null; end if;
  insert into complaints.opening values (act, asked, who) on conflict do nothing returning event into taken;
  if taken is null then return null; end if;
  return (select i.envelope from complaints.identity i where i.record = asked);
end $$;
-- A matter that is split or goes on as another record: the same person beside both. The one copied from is one that its reader may change.
create function complaints.copy_identity(source uuid, target uuid, at_time timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  insert into complaints.identity
  select target, i.envelope, i.key, i.tag, at_time from complaints.identity i join kernel.record r on r.id = i.record
  where i.record = source and (r.office = any(kernel.claim_array('writes')) or r.parties && kernel.claim_array('parties'))
  on conflict do nothing
$$;
-- A matter that goes on at another office: person and query number go along.
create function complaints.move_along(source uuid, target uuid, new_office text) returns void
language sql volatile security definer set search_path = pg_catalog as $$
  update complaints.identity i set record = target from kernel.record r
    where i.record = source and r.id = source and (r.office = any(kernel.claim_array('writes')) or r.parties && kernel.claim_array('parties'));
  update complaints.follow f set record = target, office = new_office from kernel.record r
    where f.record = source and r.id = source and (r.office = any(kernel.claim_array('writes')) or r.parties && kernel.claim_array('parties'))
$$;
create function complaints.follow_of(asked_number text, asked_fingerprint text)
returns table (record uuid, office text, kind text, received_on date, state text, told text, told_on date)
language sql stable security definer set search_path = pg_catalog as $$
  select f.record, f.office, f.kind, f.received_on, f.state, f.told, f.told_on from complaints.follow f
  where f.number = asked_number and f.fingerprint = asked_fingerprint
$$;
-- Rotation of keys: the machine gets envelopes under other keys and gives them back under the current one.
create function complaints.envelopes_not_under(current_key text, most integer) returns table (record uuid, envelope text)
language sql stable security definer set search_path = pg_catalog as $$
  select i.record, i.envelope from complaints.identity i where i.key <> current_key order by i.record limit most
$$;
create function complaints.put_envelope(asked uuid, former text, resealed text, new_key text) returns boolean
language sql volatile security definer set search_path = pg_catalog as $$
  update complaints.identity set envelope = resealed, key = new_key where record = asked and envelope = former returning true
$$;
alter function complaints.open_envelope owner to hengjian_keeper;
alter function complaints.copy_identity owner to hengjian_keeper;
alter function complaints.move_along owner to hengjian_keeper;
alter function complaints.follow_of owner to hengjian_keeper;
alter function complaints.envelopes_not_under owner to hengjian_keeper;
alter function complaints.put_envelope owner to hengjian_keeper;
revoke create on schema complaints from hengjian_keeper;
revoke all on function complaints.open_envelope, complaints.copy_identity, complaints.move_along, complaints.follow_of, complaints.envelopes_not_under, complaints.put_envelope from public;
grant execute on function complaints.open_envelope, complaints.copy_identity, complaints.move_along to hengjian_app;
grant execute on function complaints.follow_of to hengjian_public, hengjian_app;
grant execute on function complaints.envelopes_not_under, complaints.put_envelope to hengjian_machine;
