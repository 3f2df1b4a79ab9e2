-- What figures are counted from: one narrow row for each sampling task, draw and loop of result handling. The database writes it
-- in the same statement as the record itself, so no way of changing a record can leave it out, and a figure never lags behind.
-- The rows hold codes and days, and nobody's name: an office may count what the offices below it keep.
create schema reporting;
grant usage on schema reporting to hengjian_app, hengjian_keeper;

create table reporting.sampling_fact (
  task uuid primary key, office text not null, above text[] not null, scheme text collate "C" not null, regime text not null, kind text not null,
  selection text not null, product text not null, product_name text not null, region text not null, size text not null,
  channel text, enterprise uuid not null, state text not null, called boolean not null, due_on date not null, sampled_on date,
  reported_on date, concluded_on date, unsampled_reason text, final_conclusion text, conclusion text, producer_denied boolean not null,
  seriousness text, tested_items text[] not null, failed_items text[] not null
);
create index on reporting.sampling_fact (concluded_on);
create index on reporting.sampling_fact (sampled_on);
create index on reporting.sampling_fact (due_on);
create index on reporting.sampling_fact (enterprise, product);
create index on reporting.sampling_fact (scheme);

create table reporting.draw_fact (
  draw uuid primary key, office text not null, above text[] not null, scheme text collate "C" not null, strata jsonb not null, method text, drawn boolean not null
);
create index on reporting.draw_fact (scheme);

create table reporting.loop_fact (
  loop uuid primary key, task uuid, office text not null, above text[] not null, region text not null, regime text not null, source text not null,
  duty text not null, state text not null, opened_on date not null, signed_on date, closed_on date
);
create index on reporting.loop_fact (opened_on);
create index on reporting.loop_fact (task) where task is not null;

create policy placed on kernel.office for select to hengjian_keeper using (true);
grant select (code, place, region) on kernel.office to hengjian_keeper;
grant select (opened_at) on kernel.record to hengjian_keeper;
create policy counted on sampling.reversal for select to hengjian_keeper using (true);
grant select (id, task, state, change, effective_on) on sampling.reversal to hengjian_keeper;

create function reporting.above(asked text) returns text[] language sql stable set search_path = pg_catalog as $$
  select array_agg('office:' || p.code) from kernel.office o, unnest(o.place) as p (code) where o.code = asked
$$;
create function reporting.names(items jsonb) returns text[] language sql immutable set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct one ->> 'item'), '{}') from jsonb_array_elements(coalesce(items, '[]')) as one
$$;

-- The conclusion that holds: the one on the task, unless a later change took its place (see sampling.effective_conclusion).
create function reporting.holding(asked uuid, final text) returns text language sql stable set search_path = pg_catalog as $$
  select coalesce((select change from sampling.reversal where task = asked and state = 'effective' and change <> 'seller-only'
    order by effective_on desc, id desc limit 1), final)
$$;
create function reporting.seller_only(asked uuid, denial text) returns boolean language sql stable set search_path = pg_catalog as $$
  select coalesce(denial = 'proved', false)
    or exists (select from sampling.reversal where task = asked and state = 'effective' and change = 'seller-only')
$$;

create function reporting.put_task(t sampling.task) returns void language sql set search_path = pg_catalog as $$
  insert into reporting.sampling_fact values (
    t.id, t.office, reporting.above(t.office), t.scheme::text, t.regime, t.plan_kind, t.selection, t.product, t.product_name,
    rpad(left(t.enterprise_region, 6), 6, '0'), coalesce(t.firm_size, 'unknown'), t.channel, t.enterprise, t.state,
    t.replaces is not null, t.due_on, t.sampled_on, t.reported_on, t.concluded_on, t.unsampled_reason, t.final_conclusion,
    reporting.holding(t.id, t.final_conclusion), reporting.seller_only(t.id, t.denial), t.seriousness, reporting.names(t.items),
    reporting.names(t.failed_items))
  on conflict (task) do update set
    office = excluded.office, above = excluded.above, size = excluded.size, channel = excluded.channel, state = excluded.state,
    called = excluded.called, due_on = excluded.due_on, sampled_on = excluded.sampled_on, reported_on = excluded.reported_on,
    concluded_on = excluded.concluded_on, unsampled_reason = excluded.unsampled_reason, final_conclusion = excluded.final_conclusion,
    conclusion = excluded.conclusion, producer_denied = excluded.producer_denied, seriousness = excluded.seriousness,
    tested_items = excluded.tested_items, failed_items = excluded.failed_items
$$;
create function reporting.put_draw(d sampling.draw) returns void language sql set search_path = pg_catalog as $$
  insert into reporting.draw_fact values (
    d.id, d.office, reporting.above(d.office), d.scheme::text, d.strata, d.allocation ->> 'method', d.state in ('drawn', 'opened'))
  on conflict (draw) do update set strata = excluded.strata, method = excluded.method, drawn = excluded.drawn
$$;
create function reporting.put_loop(l handling.loop) returns void language sql set search_path = pg_catalog as $$
  insert into reporting.loop_fact values (
    l.id, l.task, l.office, reporting.above(l.office), (select region from kernel.office where code = l.office), l.regime, l.source, l.duty,
    l.state, (select (opened_at at time zone 'Asia/Shanghai')::date from kernel.record where id = l.id), l.signed_on, l.closed_on)
  on conflict (loop) do update set
    office = excluded.office, above = excluded.above, region = excluded.region, state = excluded.state,
    signed_on = excluded.signed_on, closed_on = excluded.closed_on
$$;

-- What an installation has when this arrives; the owner of a table is free of its policies while they are not forced.
do $$
declare target text;
begin
  foreach target in array array['sampling.task', 'sampling.draw', 'sampling.reversal', 'handling.loop', 'kernel.record', 'kernel.office'] loop
    execute format('alter table %s no force row level security', target);
  end loop;
  perform reporting.put_task(t) from sampling.task t;
  perform reporting.put_draw(d) from sampling.draw d;
  perform reporting.put_loop(l) from handling.loop l;
  foreach target in array array['sampling.task', 'sampling.draw', 'sampling.reversal', 'handling.loop', 'kernel.record', 'kernel.office'] loop
    execute format('alter table %s force row level security', target);
  end loop;
end $$;

create function reporting.keep_task() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin perform reporting.put_task(new); return null; end $$;
create function reporting.keep_draw() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin perform reporting.put_draw(new); return null; end $$;
create function reporting.keep_loop() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin perform reporting.put_loop(new); return null; end $$;
create function reporting.keep_reversal() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update reporting.sampling_fact set conclusion = reporting.holding(task, final_conclusion),
    producer_denied = producer_denied or reporting.seller_only(task, null) where task = new.task;
  return null;
end $$;

do $$
declare fact text; entity text; kept text; what text;
begin
  for fact, entity, kept, what in values
    ('sampling_fact', 'sampling.task', 'sampling.task', 'task'), ('draw_fact', 'sampling.draw', 'sampling.draw', 'draw'),
    ('loop_fact', 'handling.loop', 'handling.loop', 'loop')
  loop
    execute format('alter table reporting.%I enable row level security', fact);
    execute format('alter table reporting.%I force row level security', fact);
    execute format('create policy kept on reporting.%I to hengjian_keeper using (true) with check (true)', fact);
    execute format($policy$create policy visible on reporting.%I for select to hengjian_app using (
      %L = any((select kernel.claim_array('entities'))::text[])
      and (office = any((select kernel.claim_array('offices'))::text[]) or above && (select kernel.claim_array('parties'))::text[]))$policy$, fact, entity);
    execute format('grant select on reporting.%I to hengjian_app', fact);
    execute format('grant select, insert, update on reporting.%I to hengjian_keeper', fact);
    execute format('create trigger counted after insert or update on %s for each row execute function reporting.keep_%s()', kept, what);
  end loop;
end $$;
create trigger counted after insert or update on sampling.reversal for each row execute function reporting.keep_reversal();

grant create on schema reporting to hengjian_keeper;
do $$
declare name text;
begin
  foreach name in array array['keep_task', 'keep_draw', 'keep_loop', 'keep_reversal'] loop
    execute format('alter function reporting.%I owner to hengjian_keeper', name);
  end loop;
end $$;
revoke create on schema reporting from hengjian_keeper;

-- 定期报告: what is drafted at the end of each period, and the reports themselves.
create table reporting.series (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  template text not null, period_from date not null, period_until date not null, drafted integer not null, reason text
);
select kernel.protect('reporting.series', 'reporting.series');

create table reporting.report (
  id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
  series uuid, template text not null, name text not null, period_from date not null, period_until date not null, edition integer not null,
  replaces uuid, as_of timestamptz not null, sections jsonb not null, digest text not null, remarks text, checked_on date, checked_by text,
  frozen_on date, replaced_by uuid, reason text
);
create index on reporting.report (template, period_from);
create unique index one_successor on reporting.report (replaces) where replaces is not null and state <> 'discarded';
select kernel.protect('reporting.report', 'reporting.report');
