-- Who is kept from which firm, and why, is for auditor, reconsideration body and court. Those who carry out a draw need the pairs
-- until the names are opened, and never the reasons again; nobody else reads a row.
drop policy sealed on sampling.exclusion;
drop policy written on sampling.exclusion;
revoke select on sampling.exclusion from hengjian_app;
create policy written on sampling.exclusion for insert to hengjian_app with check (exists (select from kernel.record r where r.id = draw));
create policy kept on sampling.exclusion for select to hengjian_keeper using (true);
create policy kept on sampling.draw for select to hengjian_keeper using (true);
grant usage on schema sampling to hengjian_keeper;
grant select on sampling.exclusion to hengjian_keeper;
grant select (id, state) on sampling.draw to hengjian_keeper;

create function sampling.exclusions_of(asked uuid) returns table ("position" integer, sampler integer, salt text, reason text)
language sql stable security definer set search_path = pg_catalog as $$
  select e.position, e.sampler, encode(e.salt, 'hex'), case when may.audit then e.reason end
  from (select kernel.stands_in(asked, array['auditor']) as audit,
      kernel.stands_in(asked, array['planner', 'organiser'])
        and exists (select from sampling.draw d where d.id = asked and d.state in ('committed', 'drawn')) as carry) may,
    sampling.exclusion e
  where e.draw = asked and (may.audit or may.carry) order by e.position, e.sampler
$$;
grant create on schema sampling to hengjian_keeper;
alter function sampling.exclusions_of owner to hengjian_keeper;
revoke create on schema sampling from hengjian_keeper;
revoke all on function sampling.exclusions_of from public;
grant execute on function sampling.exclusions_of to hengjian_app;
