-- What an act makes public can be proved to stand in the log: beside its own fields the event commits to fields that everybody may
-- read, and the public entry carries the event as the log committed to it, digests and the open fields, nothing else.
alter table kernel.event add column opened jsonb not null default '{}';
alter table public_record.entry add column committed jsonb;

create policy numbered on kernel.event for select to hengjian_keeper using (true);
create policy entered on public_record.entry for select to hengjian_keeper using (true);
grant select (id, number) on kernel.event to hengjian_keeper;
grant usage, create on schema public_record to hengjian_keeper;
grant select (id, event) on public_record.entry to hengjian_keeper;
-- Which leaf of the log an entry's act is; null until it is sealed.
create function public_record.leaf_of(entry uuid) returns bigint
language sql stable security definer set search_path = pg_catalog as $$
  select e.number from public_record.entry p join kernel.event e on e.id = p.event where p.id = entry
$$;
alter function public_record.leaf_of owner to hengjian_keeper;
revoke create on schema public_record from hengjian_keeper;
revoke all on function public_record.leaf_of from public;
grant execute on function public_record.leaf_of to hengjian_public, hengjian_app;

-- Hashes are public; officers read them too.
create policy read on kernel.log_node for select to hengjian_app using (true);
create policy read on kernel.log_head for select to hengjian_app using (true);
grant select on kernel.log_node, kernel.log_head to hengjian_app;
