-- Name and code of one entity by its identifier, wherever it is registered: both are public, and whoever acts for it knows the identifier.
create function subjects.entity_named(asked uuid) returns table (name text, credit_code text)
language sql stable security definer set search_path = pg_catalog as $$
  select e.name, e.credit_code from subjects.enterprise e
  where e.id = asked and e.state in ('registered', 'closed') and kernel.claim_text('person') is not null
$$;
grant create on schema subjects to hengjian_search;
alter function subjects.entity_named owner to hengjian_search;
revoke create on schema subjects from hengjian_search;
revoke all on function subjects.entity_named from public;
grant execute on function subjects.entity_named to hengjian_app;
