-- The grade that was decided for a body's work: from the day named until the next one is decided. It enters its share of tasks.
create table institutions.grade (
  record uuid not null, organisation uuid not null, grade text not null check (grade in ('A', 'B', 'C', 'D')), ground text not null,
  from_on date not null, until_on date, primary key (record, from_on)
);
create index on institutions.grade (organisation);
alter table institutions.grade enable row level security;
alter table institutions.grade force row level security;
create policy visible on institutions.grade for select to hengjian_app using ((select kernel.claim_text('person')) is not null);
create policy amended on institutions.grade for update to hengjian_app using (exists (select from kernel.record r where r.id = record));
create policy written on institutions.grade for insert to hengjian_app with check (exists (select from kernel.record r where r.id = record));
grant select, insert, update on institutions.grade to hengjian_app;
