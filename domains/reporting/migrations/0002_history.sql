-- Facts are written once for each statement, not once for each row: a file of many thousand records comes in at the speed of its rows, and
-- the plan of the function is kept. What comes in by the file keeps its own days: a loop counts from the day on which it was signed for,
-- where that lies before its entry here; its register row is written after the record itself, so that day may not be there yet.
create or replace function reporting.keep_task() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into reporting.sampling_fact
  select t.id, t.office, (select array_agg('office:' || p.code) from kernel.office o, unnest(o.place) as p (code) where o.code = t.office),
    t.scheme::text, t.regime, t.plan_kind, t.selection, t.product, t.product_name, rpad(left(t.enterprise_region, 6), 6, '0'),
    coalesce(t.firm_size, 'unknown'), t.channel, t.enterprise, t.state, t.replaces is not null, t.due_on, t.sampled_on, t.reported_on,
    t.concluded_on, t.unsampled_reason, t.final_conclusion,
    coalesce((select change from sampling.reversal v where v.task = t.id and v.state = 'effective' and v.change <> 'seller-only'
      order by v.effective_on desc, v.id desc limit 1), t.final_conclusion),
    coalesce(t.denial = 'proved', false)
      or exists (select from sampling.reversal v where v.task = t.id and v.state = 'effective' and v.change = 'seller-only'),
    t.seriousness,
    (select coalesce(array_agg(distinct one ->> 'item'), '{}') from jsonb_array_elements(coalesce(t.items, '[]')) as one),
    (select coalesce(array_agg(distinct one ->> 'item'), '{}') from jsonb_array_elements(coalesce(t.failed_items, '[]')) as one)
  from written t
  on conflict (task) do update set
    office = excluded.office, above = excluded.above, size = excluded.size, channel = excluded.channel, state = excluded.state,
    called = excluded.called, due_on = excluded.due_on, sampled_on = excluded.sampled_on, reported_on = excluded.reported_on,
    concluded_on = excluded.concluded_on, unsampled_reason = excluded.unsampled_reason, final_conclusion = excluded.final_conclusion,
    conclusion = excluded.conclusion, producer_denied = excluded.producer_denied, seriousness = excluded.seriousness,
    tested_items = excluded.tested_items, failed_items = excluded.failed_items;
  return null;
end $$;

create or replace function reporting.keep_loop() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into reporting.loop_fact
  select l.id, l.task, l.office, (select array_agg('office:' || p.code) from unnest(o.place) as p (code)), o.region, l.regime, l.source, l.duty,
    l.state, coalesce(least((r.opened_at at time zone 'Asia/Shanghai')::date, l.signed_on), current_date), l.signed_on, l.closed_on
  from written l left join kernel.office o on o.code = l.office left join kernel.record r on r.id = l.id
  on conflict (loop) do update set
    office = excluded.office, above = excluded.above, region = excluded.region, state = excluded.state,
    signed_on = excluded.signed_on, closed_on = excluded.closed_on;
  return null;
end $$;

drop trigger counted on sampling.task;
drop trigger counted on handling.loop;
create trigger counted after insert on sampling.task referencing new table as written for each statement execute function reporting.keep_task();
create trigger counted_again after update on sampling.task referencing new table as written for each statement execute function reporting.keep_task();
create trigger counted after insert on handling.loop referencing new table as written for each statement execute function reporting.keep_loop();
create trigger counted_again after update on handling.loop referencing new table as written for each statement execute function reporting.keep_loop();
drop function reporting.put_task(sampling.task);
drop function reporting.put_loop(handling.loop);
