-- What comes in by the file keeps its own days: a loop counts from the day on which it was signed for, where that lies before its entry here.
-- The register row of a file is written after the record itself, so the day may not be there yet.
create or replace function reporting.put_loop(l handling.loop) returns void language sql set search_path = pg_catalog as $$
  insert into reporting.loop_fact values (
    l.id, l.task, l.office, reporting.above(l.office), (select region from kernel.office where code = l.office), l.regime, l.source, l.duty,
    l.state, coalesce(least((select (opened_at at time zone 'Asia/Shanghai')::date from kernel.record where id = l.id), l.signed_on), current_date),
    l.signed_on, l.closed_on)
  on conflict (loop) do update set
    office = excluded.office, above = excluded.above, region = excluded.region, state = excluded.state,
    signed_on = excluded.signed_on, closed_on = excluded.closed_on
$$;
