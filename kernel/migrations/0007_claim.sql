-- The claim of a transaction is a setting for each of its lists, which is read as an array at once. Without it every array is empty,
-- so nothing is visible.
create or replace function kernel.claim_array(key text) returns text[] language sql stable as $$
  select coalesce(nullif(current_setting('hengjian.' || key, true), '')::text[], '{}')
$$;
create or replace function kernel.claim_text(key text) returns text language sql stable as $$
  select nullif(current_setting('hengjian.' || key, true), '')
$$;
