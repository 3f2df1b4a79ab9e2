-- What the application works with and may not read.
--   hengjian_keeper   nobody's role: owns the functions over what is used and not shown
-- Reservation keys are made of makers, trademarks and models of other offices' cases: the application takes, asks for and gives
-- back keys that it already knows, and can list none. Addresses of people are for signing in, which is the machine's.
drop policy reserved on kernel.reservation;
revoke all on kernel.reservation from hengjian_app;
create policy kept on kernel.reservation to hengjian_keeper using (true);
create policy asked on kernel.record for select to hengjian_keeper using (true);
create policy asked on kernel.person for select to hengjian_keeper using (true);
grant select, insert, delete on kernel.reservation to hengjian_keeper;
grant select (id, entity, office, parties, state) on kernel.record to hengjian_keeper;
grant select (id, kind) on kernel.person to hengjian_keeper;

revoke select on kernel.person from hengjian_app;
grant select (id, name, kind, demonstration) on kernel.person to hengjian_app;

-- True when the key is now the record's; false when another holds it on that day. Two that ask at once wait for each other.
create function kernel.take_reservation(wanted text, holder uuid, by_event uuid, held_until date, day date) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if kernel.claim_text('person') is null then return false; end if;
  delete from kernel.reservation where key = wanted and until < day;
  insert into kernel.reservation (key, record, event, until) values (wanted, holder, by_event, held_until) on conflict (key) do nothing;
  return found;
end $$;

-- Whether any of the keys, which the asker must know, is held on that day.
create function kernel.is_reserved(wanted text[], day date) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select kernel.claim_text('person') is not null and exists (
    select from kernel.reservation where key = any(wanted) and (until is null or until >= day))
$$;

-- Gives back what a record holds, all of it or the keys of one kind; for those who may change the record.
create function kernel.release_reservations(holder uuid, kind text default null) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare released integer;
begin
  delete from kernel.reservation v where v.record = holder and (kind is null or starts_with(v.key, kind || '|'))
    and exists (select from kernel.record r where r.id = holder
      and (r.office = any(kernel.claim_array('writes')) or r.parties && kernel.claim_array('parties')));
  get diagnostics released = row_count;
  return released;
end $$;

-- Whether the caller may see a record, and whether his post is one of these or he is a machine: what functions of the keeper ask.
create function kernel.stands_in(target uuid, posts text[]) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from kernel.record r where r.id = target
      and ((r.office = any(kernel.claim_array('offices')) and r.entity = any(kernel.claim_array('entities')))
        or r.parties && kernel.claim_array('parties')))
    and (exists (select from unnest(kernel.claim_array('parties')) token where token like 'role:%' and split_part(substr(token, 6), '@', 1) = any(posts))
      or exists (select from kernel.person p where p.id::text = kernel.claim_text('person') and p.kind = 'machine'))
$$;

grant usage, create on schema kernel to hengjian_keeper;
alter function kernel.take_reservation owner to hengjian_keeper;
alter function kernel.is_reserved owner to hengjian_keeper;
alter function kernel.release_reservations owner to hengjian_keeper;
alter function kernel.stands_in owner to hengjian_keeper;
revoke create on schema kernel from hengjian_keeper;
revoke all on function kernel.take_reservation, kernel.is_reserved, kernel.release_reservations, kernel.stands_in from public;
grant execute on function kernel.take_reservation, kernel.is_reserved, kernel.release_reservations to hengjian_app;
grant execute on function kernel.stands_in to hengjian_keeper;
