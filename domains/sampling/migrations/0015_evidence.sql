-- What the field app captured: a summary per act; the chain itself stands in the event. The digest of a signed sheet is kept apart so that
-- whoever holds the sheet can check it: it says that such a sheet was recorded, by which authority and when, and nothing else.
alter table sampling.task add column evidence jsonb;

create table sampling.sheet_receipt (digest text primary key check (digest ~ '^[0-9a-f]{64}$'), office text not null, recorded_on date not null);
alter table sampling.sheet_receipt enable row level security;
alter table sampling.sheet_receipt force row level security;
create policy written on sampling.sheet_receipt for insert to hengjian_app with check ((select kernel.claim_text('person')) is not null);
create policy kept on sampling.sheet_receipt for select to hengjian_keeper using (true);
grant insert on sampling.sheet_receipt to hengjian_app;
grant select on sampling.sheet_receipt to hengjian_keeper;

create function sampling.sheet_standing(asked text) returns table (office text, recorded_on date)
language sql stable security definer set search_path = pg_catalog as $$
  select r.office, r.recorded_on from sampling.sheet_receipt r where r.digest = asked
$$;
comment on function sampling.sheet_standing is 'by its digest alone: nobody lists the sheets, and who has no sheet has no digest';
grant create on schema sampling to hengjian_keeper;
alter function sampling.sheet_standing owner to hengjian_keeper;
revoke create on schema sampling from hengjian_keeper;
revoke all on function sampling.sheet_standing from public;
grant usage on schema sampling to hengjian_public;
grant execute on function sampling.sheet_standing to hengjian_public;
