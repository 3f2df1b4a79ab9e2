-- Whoever counts has the offices below his own in his claim, so the one comparison that an index answers says all: a county reads its own
-- rows, a province is not asked row by row whether each of its hundred offices is the one. Whether the kind of record may be read at all is
-- asked once for each statement.
do $$
declare fact text; entity text;
begin
  for fact, entity in values ('sampling_fact', 'sampling.task'), ('draw_fact', 'sampling.draw'), ('loop_fact', 'handling.loop')
  loop
    execute format($policy$alter policy visible on reporting.%I using (
      (select %L = any(kernel.claim_array('entities')::text[])) and office = any((select kernel.claim_array('offices'))::text[]))$policy$, fact, entity);
    if fact <> 'sampling_fact' then execute format('create index on reporting.%I (office)', fact); end if;
  end loop;
end $$;
-- Figures are counted in these alone, office by office, without the rows themselves: what holds of concluded tasks, and of tasks as they fall due.
create index sampling_concluded on reporting.sampling_fact (office, concluded_on) include (state, conclusion, region, product, product_name,
  size, kind, selection, channel, scheme, regime, seriousness, producer_denied) where state = 'concluded';
create index sampling_due on reporting.sampling_fact (office, due_on) include (state, sampled_on, reported_on, called, region, product, product_name,
  size, kind, selection, channel, scheme, regime);
