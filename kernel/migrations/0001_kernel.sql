-- The kernel's own tables. Runs as the owner; everything else runs as one of these roles, which own no table:
--   hengjian_app      people, flows and jobs, each with a claim; row security decides
--   hengjian_machine  sealer, flow cursors, due clocks: reads the ledger, changes seals and cursors only
--   hengjian_public   the portal without sign-in: the public record and the log of hashes, nothing else
--   hengjian_search   nobody's role: owns the search functions, which hold the predicate themselves
--   hengjian_door     nobody's role: owns the one function that opens and closes a record to another organ
-- A connection is made as hengjian_session (PostgreSQL), which inherits none of them and must choose one per transaction.
create schema kernel;
create schema desk;
create schema public_record;

-- The claim is a JSON document set for one transaction. Without it every array is empty, so nothing is visible.
create function kernel.claim_array(key text) returns text[] language sql stable as $$
  select coalesce(
    (select array_agg(value) from jsonb_array_elements_text(
      coalesce(nullif(current_setting('hengjian.claim', true), ''), '{}')::jsonb -> key) as item(value)),
    '{}'::text[])
$$;
create function kernel.claim_text(key text) returns text language sql stable as $$
  select coalesce(nullif(current_setting('hengjian.claim', true), ''), '{}')::jsonb ->> key
$$;

create table kernel.office (
  code text primary key,
  parent text references kernel.office (code),
  kind text not null,
  zh text not null,
  en text not null,
  short text not null,
  region text not null,
  home smallint not null,
  place text[] not null
);
comment on column kernel.office.place is 'codes from the root of the tree down to this office';

create table kernel.person (
  id uuid primary key,
  name text not null,
  email text unique,
  kind text not null default 'person' check (kind in ('person', 'machine')),
  demonstration boolean not null default false
);

create table kernel.record (
  id uuid primary key,
  entity text not null,
  home smallint not null,
  office text not null,
  number text,
  title text not null,
  state text not null,
  subject uuid,
  subject_name text,
  handler uuid,
  parent uuid,
  due date,
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  closed_at timestamptz,
  version integer not null,
  edition text not null,
  next_roles text[] not null default '{}',
  parties text[] not null default '{}',
  doors text[] not null default '{}',
  sheet uuid,
  words tsvector
);
create index on kernel.record (entity, office, updated_at desc, id);
create index on kernel.record (entity, updated_at desc, id);
create index on kernel.record (office, due) where closed_at is null;
create index on kernel.record (subject, updated_at desc) where subject is not null;
create index on kernel.record (parent) where parent is not null;
create index on kernel.record (handler) where closed_at is null;
create index on kernel.record (number) where number is not null;
create index on kernel.record using gin (parties);
create index on kernel.record using gin (words) with (gin_pending_list_limit = 1024);

create table kernel.event (
  id uuid primary key,
  record uuid not null,
  entity text not null,
  action text not null,
  office text not null,
  actor uuid not null,
  actor_name text not null,
  role text not null,
  acting_for text,
  organisation uuid,
  hands jsonb not null default '[]',
  command uuid not null,
  part smallint not null,
  input_digest text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  from_state text,
  to_state text not null,
  edition text not null,
  version integer not null,
  note text,
  input jsonb not null,
  changes jsonb not null,
  salts jsonb not null,
  leaf bytea not null,
  number bigint unique,
  unique (command, part)
);
create index on kernel.event (record, recorded_at);
create index on kernel.event (recorded_at, id) where number is null;

create table kernel.clock (
  id uuid primary key,
  record uuid not null,
  name text not null,
  rule jsonb not null,
  basis text not null,
  started_on date not null,
  start_event uuid not null,
  due_on date,
  due_at timestamptz,
  opens_on date,
  provisional boolean not null,
  status text not null check (status in ('running', 'suspended', 'met', 'late', 'expired', 'cancelled')),
  stopped_on date,
  stop_event uuid,
  suspensions jsonb not null default '[]',
  extensions jsonb not null default '[]',
  on_expiry text
);
create index on kernel.clock (record);
create index on kernel.clock (due_on) where status = 'running';

create table kernel.document (
  id uuid primary key,
  record uuid not null,
  kind text not null,
  title text not null,
  number text,
  event uuid not null,
  created_at timestamptz not null,
  sha256 text not null,
  name text,
  media_type text,
  size bigint,
  template text,
  content jsonb,
  superseded_by uuid
);
create index on kernel.document (record);

create table kernel.number (
  authority text not null,
  kind text not null,
  year integer not null,
  last integer not null,
  primary key (authority, kind, year)
);
create table kernel.number_issued (
  authority text not null,
  kind text not null,
  year integer not null,
  sequence integer not null,
  record uuid not null,
  event uuid not null,
  voided_at timestamptz,
  primary key (authority, kind, year, sequence)
);

create table kernel.reservation (
  key text primary key,
  record uuid not null,
  event uuid not null,
  until date
);

create table kernel.lease (name text primary key, holder text not null, until timestamptz not null);
create table kernel.flow_cursor (flow text primary key, number bigint not null);
create table kernel.parked (
  id uuid primary key,
  flow text not null,
  event uuid not null,
  office text not null,
  owner_role text not null,
  command jsonb not null,
  code text not null,
  zh text not null,
  en text not null,
  since timestamptz not null,
  tries integer not null default 1,
  resolved_at timestamptz,
  resolution text
);
create index on kernel.parked (office) where resolved_at is null;

create table kernel.log_node (level smallint not null, index bigint not null, hash bytea not null, primary key (level, index));
create table kernel.log_head (
  epoch integer not null,
  size bigint not null,
  root text not null,
  signed_at timestamptz not null,
  note text not null,
  primary key (epoch, size)
);

-- The office's ledger of what it made public. A row is never changed but to say that it was withdrawn or corrected.
create table public_record.entry (
  id uuid primary key,
  kind text not null,
  record uuid not null,
  event uuid not null,
  title_zh text not null,
  title_en text not null,
  office text not null,
  office_zh text not null,
  office_en text not null,
  region text not null,
  subjects text[] not null default '{}',
  body jsonb,
  published_at timestamptz not null,
  withdrawn_at timestamptz,
  reason text,
  replaces uuid,
  replaced_by uuid,
  words tsvector
);
create index on public_record.entry (kind, published_at desc, id);
create index on public_record.entry (record);
create index on public_record.entry using gin (subjects);
create index on public_record.entry using gin (words);

create table kernel.approval (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  target uuid, target_entity text not null, target_action text not null, target_title text not null,
  proposer uuid not null, proposer_name text not null,
  command jsonb not null, actor jsonb not null, apart jsonb not null, steps jsonb not null, step integer not null, opinions jsonb not null
);
create table kernel.handover (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  target uuid not null, target_entity text not null, target_title text not null, to_office text not null,
  scope jsonb, purpose text not null, kind text not null, deadline date, reply text
);
create index on kernel.handover (target);
create table kernel.grant (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  person uuid not null, person_name text not null, role text not null, organisation uuid, organisation_name text,
  valid_from date not null, valid_until date, acting_for uuid, acting_for_name text, certificate text, certificate_until date
);
create index on kernel.grant (person);

-- Things on somebody's desk; no lifecycle reads them.
create table desk.draft (person uuid not null, key text not null, value jsonb not null, updated_at timestamptz not null, primary key (person, key));
create table desk.upload (
  id uuid primary key, person uuid not null, name text not null, media_type text not null, size bigint not null,
  sha256 text not null, created_at timestamptz not null
);
create table desk.job (
  id uuid primary key, kind text not null, person uuid not null, label_zh text not null, label_en text not null,
  state text not null, done bigint not null default 0, total bigint, report jsonb not null default '{}',
  payload jsonb not null, created_at timestamptz not null, finished_at timestamptz
);
create table desk.read_log (
  at timestamptz not null, person uuid not null, role text not null, office text, record uuid not null, entity text not null,
  how text not null, purpose text
);
create index on desk.read_log (record, at);

-- Row security. Every table of the three schemas is forced; a policy is one comparison against the claim.
alter table kernel.office enable row level security;
alter table kernel.office force row level security;
create policy office_read on kernel.office for select to hengjian_app, hengjian_machine using (true);

alter table kernel.person enable row level security;
alter table kernel.person force row level security;
create policy person_read on kernel.person for select to hengjian_app, hengjian_machine
  using ((select kernel.claim_text('person')) is not null or current_user = 'hengjian_machine');

create function kernel.protect(target regclass, entity text) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format($policy$create policy visible on %s for select to hengjian_app using (
      (office = any((select kernel.claim_array('offices'))::text[]) and %L = any((select kernel.claim_array('entities'))::text[]))
      or parties && (select kernel.claim_array('parties'))::text[])$policy$, target, entity);
  execute format($policy$create policy written on %s for insert to hengjian_app with check (
      office = any((select kernel.claim_array('writes'))::text[]))$policy$, target);
  execute format($policy$create policy changed on %s for update to hengjian_app using (
      office = any((select kernel.claim_array('writes'))::text[]) or parties && (select kernel.claim_array('parties'))::text[])$policy$, target);
  execute format('create policy opened on %s to hengjian_door using (true)', target);
  execute format('grant select, insert, update on %s to hengjian_app', target);
  execute format('grant select (id, parties), update (parties) on %s to hengjian_door', target);
  execute format('grant usage on schema %I to hengjian_door', split_part(target::text, '.', 1));
end $$;
comment on function kernel.protect is 'row security of a state table: called once per table by the migration that creates it';
select kernel.protect('kernel.approval', 'kernel.approval');
select kernel.protect('kernel.handover', 'kernel.handover');
select kernel.protect('kernel.grant', 'kernel.grant');

alter table kernel.record enable row level security;
alter table kernel.record force row level security;
create policy visible on kernel.record for select to hengjian_app using (
  (office = any((select kernel.claim_array('offices'))::text[]) and entity = any((select kernel.claim_array('entities'))::text[]))
  or parties && (select kernel.claim_array('parties'))::text[]);
create policy written on kernel.record for insert to hengjian_app with check (office = any((select kernel.claim_array('writes'))::text[]));
create policy changed on kernel.record for update to hengjian_app using (
  office = any((select kernel.claim_array('writes'))::text[]) or parties && (select kernel.claim_array('parties'))::text[]);
create policy ledger on kernel.record for select to hengjian_machine using (true);
create policy searched on kernel.record for select to hengjian_search using (true);
create policy opened on kernel.record to hengjian_door using (true);

-- What hangs on a record is visible exactly when the record is.
create function kernel.protect_attachment(target regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy visible on %s for select to hengjian_app using (exists (select from kernel.record r where r.id = record))', target);
end $$;
select kernel.protect_attachment('kernel.event');
select kernel.protect_attachment('kernel.clock');
select kernel.protect_attachment('kernel.document');
select kernel.protect_attachment('kernel.number_issued');

create policy signed on kernel.event for insert to hengjian_app with check (
  actor::text = (select kernel.claim_text('person')) and number is null);
create policy ledger on kernel.event for select to hengjian_machine using (true);
create policy seal on kernel.event for update to hengjian_machine using (true);
create policy written on kernel.clock for insert to hengjian_app with check ((select kernel.claim_text('person')) is not null);
create policy changed on kernel.clock for update to hengjian_app using (exists (select from kernel.record r where r.id = record));
create policy ledger on kernel.clock for select to hengjian_machine using (true);
create policy written on kernel.document for insert to hengjian_app with check ((select kernel.claim_text('person')) is not null);
create policy changed on kernel.document for update to hengjian_app using (exists (select from kernel.record r where r.id = record));
create policy ledger on kernel.document for select to hengjian_machine using (true);
create policy written on kernel.number_issued for insert to hengjian_app with check ((select kernel.claim_text('person')) is not null);
create policy changed on kernel.number_issued for update to hengjian_app using (exists (select from kernel.record r where r.id = record));

alter table kernel.number enable row level security;
alter table kernel.number force row level security;
create policy counted on kernel.number to hengjian_app using ((select kernel.claim_text('person')) is not null);
alter table kernel.reservation enable row level security;
alter table kernel.reservation force row level security;
create policy reserved on kernel.reservation to hengjian_app using ((select kernel.claim_text('person')) is not null);

alter table kernel.parked enable row level security;
alter table kernel.parked force row level security;
create policy queue on kernel.parked for select to hengjian_app using (office = any((select kernel.claim_array('offices'))::text[]));
create policy resolve on kernel.parked for update to hengjian_app using (office = any((select kernel.claim_array('writes'))::text[]));
create policy ledger on kernel.parked to hengjian_machine using (true);
alter table kernel.lease enable row level security;
alter table kernel.lease force row level security;
create policy ledger on kernel.lease to hengjian_machine using (true);
alter table kernel.flow_cursor enable row level security;
alter table kernel.flow_cursor force row level security;
create policy ledger on kernel.flow_cursor to hengjian_machine using (true);
alter table kernel.log_node enable row level security;
alter table kernel.log_node force row level security;
create policy ledger on kernel.log_node to hengjian_machine using (true);
create policy hashes on kernel.log_node for select to hengjian_public using (true);
alter table kernel.log_head enable row level security;
alter table kernel.log_head force row level security;
create policy ledger on kernel.log_head to hengjian_machine using (true);
create policy hashes on kernel.log_head for select to hengjian_public using (true);
create policy ledger on kernel.grant for select to hengjian_machine using (true);
create policy ledger on kernel.handover for select to hengjian_machine using (true);

alter table public_record.entry enable row level security;
alter table public_record.entry force row level security;
create policy everybody on public_record.entry for select to hengjian_public, hengjian_app using (true);
create policy published on public_record.entry for insert to hengjian_app with check (office = any((select kernel.claim_array('writes'))::text[]));
create policy amended on public_record.entry for update to hengjian_app using (office = any((select kernel.claim_array('writes'))::text[]));

alter table desk.draft enable row level security;
alter table desk.draft force row level security;
create policy own on desk.draft to hengjian_app using (person::text = (select kernel.claim_text('person')));
alter table desk.upload enable row level security;
alter table desk.upload force row level security;
create policy own on desk.upload to hengjian_app using (person::text = (select kernel.claim_text('person')));
alter table desk.job enable row level security;
alter table desk.job force row level security;
create policy own on desk.job to hengjian_app using (person::text = (select kernel.claim_text('person')));
create policy ledger on desk.job to hengjian_machine using (true);
alter table desk.read_log enable row level security;
alter table desk.read_log force row level security;
create policy written on desk.read_log for insert to hengjian_machine with check (true);
create policy own on desk.read_log for select to hengjian_app using (exists (select from kernel.record r where r.id = record));

grant usage on schema kernel to hengjian_app, hengjian_machine, hengjian_public;
grant usage on schema desk to hengjian_app, hengjian_machine;
grant usage on schema public_record to hengjian_app, hengjian_public;
grant select on kernel.office, kernel.person to hengjian_app, hengjian_machine;
grant select on kernel.record to hengjian_search;
grant usage on schema kernel to hengjian_search;
grant select, insert, update on kernel.record, kernel.clock, kernel.document, kernel.number, kernel.number_issued, kernel.reservation to hengjian_app;
grant delete on kernel.reservation to hengjian_app;
grant select, insert on kernel.event to hengjian_app;
grant select, update on kernel.parked to hengjian_app;
grant select on kernel.record, kernel.clock, kernel.event, kernel.grant, kernel.handover to hengjian_machine;
grant update (number) on kernel.event to hengjian_machine;
grant select (event, sha256) on kernel.document to hengjian_machine;
grant select, insert, update on kernel.lease, kernel.flow_cursor, kernel.parked, kernel.log_head to hengjian_machine;
grant select, insert on kernel.log_node to hengjian_machine;
grant select on kernel.log_node, kernel.log_head to hengjian_public;
grant select on public_record.entry to hengjian_public, hengjian_app;
grant insert, update on public_record.entry to hengjian_app;
grant select, insert, update, delete on desk.draft, desk.upload, desk.job to hengjian_app;
grant select on desk.read_log to hengjian_app;
grant select, insert, update on desk.job to hengjian_machine;
grant insert on desk.read_log to hengjian_machine;

-- Text search under row security would be a filter on every row (index operators of text search are not leakproof), so
-- each search is one function that runs as the owner's reader and holds the predicate itself.
create function kernel.search(query tsquery, only_entity text, most integer)
returns table (id uuid, entity text, updated_at timestamptz) language sql stable security definer set search_path = pg_catalog as $$
  select r.id, r.entity, r.updated_at from kernel.record r
  where r.words @@ query and (only_entity is null or r.entity = only_entity)
    and ((r.office = any(kernel.claim_array('offices')) and r.entity = any(kernel.claim_array('entities')))
      or r.parties && kernel.claim_array('parties'))
  order by r.updated_at desc limit most
$$;
grant create on schema kernel to hengjian_search;
alter function kernel.search owner to hengjian_search;
revoke create on schema kernel from hengjian_search;
revoke all on function kernel.search from public;
grant execute on function kernel.search to hengjian_app;
revoke all on function kernel.protect, kernel.protect_attachment from public;

-- A hand-over opens a record and closes it again. Closing takes the closing organ's own sight away, which row security would
-- refuse as an update that the updater can no longer see; so this is one function that first asks what the caller may see.
create function kernel.move_door(target uuid, token text, open boolean, ending uuid) returns text
language plpgsql security definer set search_path = pg_catalog as $$
declare found_entity text;
begin
  select r.entity into found_entity from kernel.record r
  where r.id = target and (r.office = any(kernel.claim_array('writes')) or (not open and token = any(kernel.claim_array('parties'))));
  if found_entity is null then return null; end if;
  -- Another unfinished hand-over to the same organ still needs the door.
  if not open and exists (select from kernel.handover h where h.target = move_door.target and 'office:' || h.to_office = token
      and h.id is distinct from ending and h.state not in ('returned', 'ended')) then
    return found_entity;
  end if;
  update kernel.record r set
    doors = case when open then array_append(array_remove(r.doors, token), token) else array_remove(r.doors, token) end,
    parties = case when open then array_append(array_remove(r.parties, token), token) else array_remove(r.parties, token) end
  where r.id = target;
  execute format('update %s set parties = (case when $3 then array_append(array_remove(parties, $2), $2) else array_remove(parties, $2) end) where id = $1',
    replace(found_entity, '-', '_')::regclass) using target, token, open;
  return found_entity;
end $$;
grant select (id, entity, office, parties, doors), update (parties, doors) on kernel.record to hengjian_door;
grant select (id, target, to_office, state) on kernel.handover to hengjian_door;
grant usage, create on schema kernel to hengjian_door;
alter function kernel.move_door owner to hengjian_door;
revoke create on schema kernel from hengjian_door;
revoke all on function kernel.move_door from public;
grant execute on function kernel.move_door to hengjian_app;
