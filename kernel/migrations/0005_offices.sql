-- The tree of offices changes: offices come, are renamed, move and are closed. A closed office stays, because its records do.
alter table kernel.office add column closed_on date;
create table kernel.office_change (
  id bigint generated always as identity primary key,
  code text not null references kernel.office (code),
  at timestamptz not null,
  reason text not null,
  before jsonb,
  after jsonb not null
);
create index on kernel.office_change (code, id);
comment on table kernel.office_change is 'written by the owner when the tree changes; the greatest id tells running processes to read it again';
alter table kernel.office_change enable row level security;
alter table kernel.office_change force row level security;
create policy office_change_read on kernel.office_change for select to hengjian_app, hengjian_machine using (true);
grant select on kernel.office_change to hengjian_app, hengjian_machine;
