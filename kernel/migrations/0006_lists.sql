-- Lists and searches of a province's register. Under row security alone the planner can neither see how much a claim opens nor use
-- an operator that is not leakproof in an index; so a page of the register is one function, which runs as a reader of its own, holds
-- the predicate itself and is planned for the values of each call. Whoever asks reads the rows it names under his own claim.
drop index kernel.record_words_idx, kernel.record_entity_office_updated_at_id_idx, kernel.record_entity_updated_at_id_idx, kernel.record_office_due_idx;
-- A word together with the office that holds the record: what few offices hold of a usual word is found without reading the rest.
create index record_words_idx on kernel.record using gin ((words || array_to_tsvector(array['@' || office]))) with (gin_pending_list_limit = 1024);
create index on kernel.record (updated_at desc, id desc);
create index on kernel.record (entity, updated_at desc, id desc);
create index on kernel.record (entity, state, updated_at desc, id desc);
-- What a reader's claim is compared with stands in the index, so that rows which are passed by are never fetched.
create index on kernel.record (office, updated_at desc, id desc) include (entity);
create index on kernel.record (entity, office, updated_at desc, id desc);
create index on kernel.record (entity, coalesce(number, ''), id) include (office, number);
create index on kernel.record (entity, title, id) include (office);
-- Titles begin with names of places: a city's would lie behind those of all others.
create index on kernel.record (entity, office, title, id);
create index on kernel.record (coalesce(due, 'infinity'), id) include (office, entity, due) where closed_at is null;
create index on kernel.record (office, coalesce(due, 'infinity'), id) include (entity, due) where closed_at is null;

-- The ids of a page in its order: sort is updated, due, number or title; a page goes on after the value and id of the last row before
-- it. What is null is not asked.
create function kernel.page(
  sort text, descending boolean, most integer, after_value text default null, after_id uuid default null,
  of_entity text default null, in_states text[] default null, of_subject uuid default null, of_parent uuid default null,
  at_offices text[] default null, of_handler uuid default null, only_open boolean default null, due_before date default null,
  with_words tsquery default null
) returns table (id uuid, sorted text) language plpgsql stable security definer rows 50
set search_path = pg_catalog set enable_seqscan = off set jit = off as $$
declare
  offices text[] := kernel.claim_array('offices');
  entities text[] := kernel.claim_array('entities');
  tokens text[] := kernel.claim_array('parties');
  -- Fewer rows than this are fetched by their GIN index and sorted; more are found soon by walking in the order of the list.
  few constant integer := 3000;
  col text := case sort when 'updated' then 'r.updated_at' when 'due' then 'coalesce(r.due, ''infinity'')'
    when 'number' then 'coalesce(r.number, '''')' when 'title' then 'r.title' end;
  col_type text := case sort when 'updated' then 'timestamptz' when 'due' then 'date' else 'text' end;
  direction text := case when descending then 'desc' else 'asc' end;
  ordered text := format(' order by %s %s, r.id %s', col, direction, direction);
  asked text := '';
  worded text := case when with_words is null then '' else ' and r.words @@ $11' end;
  words text := case when with_words is null then '' else ', r.words' end;
  -- What the claim's offices open and what its party tokens open; how each is walked.
  own text;
  party text;
  walk text;
  by_office boolean;
  walks integer;
  enough boolean;
  matched uuid[];
  opened uuid[];
  opened_sorted text[];
  held bigint;
begin
  if col is null then raise exception 'A register is not sorted by %.', sort; end if;
  -- Only what is asked stands in the statement; values are bound, never written into it.
  if of_entity is not null then asked := asked || ' and r.entity = $5'; end if;
  if cardinality(in_states) = 1 then asked := asked || ' and r.state = ($6)[1]';
  elsif in_states is not null then asked := asked || ' and r.state = any($6)'; end if;
  if of_subject is not null then asked := asked || ' and r.subject = $7'; end if;
  if of_parent is not null then asked := asked || ' and r.parent = $8'; end if;
  if of_handler is not null then asked := asked || ' and r.handler = $9'; end if;
  if only_open or due_before is not null then asked := asked || ' and r.closed_at is null'; end if;
  if due_before is not null then asked := asked || ' and coalesce(r.due, ''infinity'') < $10'; end if;
  if after_id is not null then
    asked := asked || format(' and (%s, r.id) %s ($12::%s, $13)', col, case when descending then '<' else '>' end, col_type);
  end if;
  if at_offices is not null then
    select coalesce(array_agg(code), '{}') into offices from unnest(offices) code where code = any(at_offices);
  end if;

  if cardinality(offices) > 0 and (of_entity is null or of_entity = any(entities)) then
    own := case when of_entity is null then ' and r.entity = any($3)' else '' end || asked;
    -- The first rows of each of few offices, which an index gives in their order; or of the whole register.
    by_office := cardinality(offices) <= case when in_states is null then 24 else 4 end
      and of_subject is null and of_parent is null and of_handler is null;
    if by_office and sort = 'number' then
      -- No index holds the rows of an office in this order: few are sorted, more are found soon by walking the kind.
      execute format('select count(*) < %s from (select from kernel.record r where r.office = any($1) and r.entity = $2 limit %1$s) r', few)
        into by_office using offices, of_entity;
    end if;
    walk := format(case when by_office
        then 'from unnest($2) code cross join lateral (select * from (select r.id, %s as sorted%s from kernel.record r where r.office = code%s%s %%s) r %%s) r'
        else 'from (select * from (select r.id, %s as sorted%s from kernel.record r where r.office = any($2)%s%s %%s) r %%s) r' end,
      col, words, own, ordered);
    walks := case when by_office then cardinality(offices) else 1 end;
    enough := with_words is null;
    if not enough then
      -- A word that the first rows hold often is looked for in their order; any other is fetched by its index, for few offices
      -- together with them.
      execute format('select count(*) >= $1 * %s / 5 from (select %s where r.words @@ $11 limit $1 * %1$s / 5) r', walks,
          format(walk, 'limit ' || 2000 / walks, '')) into enough
        using most, offices, entities, tokens, of_entity, in_states, of_subject, of_parent, of_handler, due_before, with_words, after_value, after_id, at_offices;
      if not enough then
        execute format('select array_agg(id) from (select r.id from kernel.record r where r.words || array_to_tsvector(array[''@'' || r.office]) @@ $1 limit %s) r', few)
          into matched using case when cardinality(offices) > 24 then with_words
            else with_words && (select string_agg(quote_literal('@' || code), ' | ') from unnest(offices) code)::tsquery end;
        enough := cardinality(matched) = few;
      end if;
    end if;
    -- "offset 0" keeps the words out of the walk, which would otherwise be planned for far fewer rows than there are.
    own := case when with_words is null then 'select r.id, r.sorted ' || format(walk, 'limit $1', '')
      when enough then 'select r.id, r.sorted ' || format(walk, 'offset 0', 'where r.words @@ $11 limit $1')
      else format('(select r.id, %s as sorted from (select * from kernel.record where id = any($15) offset 0) r where r.office = any($2)%s%s limit $1)', col, own, ordered) end;
  end if;
  if cardinality(tokens) > 0 then
    -- Few rows are fetched once, by their tokens, and sorted; more are walked in order.
    execute format('select count(*), array_agg(r.id) filter (where r.fits), array_agg(r.sorted::text) filter (where r.fits)
        from (select r.id, %s as sorted, true%s%s%s as fits from kernel.record r where r.parties && $4 limit %s) r', col,
      case when at_offices is null then '' else ' and r.office = any($14)' end, asked, worded, few) into held, opened, opened_sorted
      using most, offices, entities, tokens, of_entity, in_states, of_subject, of_parent, of_handler, due_before, with_words, after_value, after_id, at_offices;
    if held = few then
      party := format('(select r.id, %s as sorted from kernel.record r where r.parties && $4%s%s%s%s limit $1)', col,
        case when at_offices is null then '' else ' and r.office = any($14)' end, asked, worded, ordered);
    elsif opened is not null then
      party := format('select o.id, o.sorted::%s as sorted from unnest($16, $17) o (id, sorted)', col_type);
    end if;
  end if;
  if own is null and party is null then return; end if;
  return query execute format('select r.id, r.sorted::text from (%s) r order by r.sorted %s, r.id %s limit $1',
    case when own is null then party when party is null then own else own || ' union ' || party end, direction, direction)
    using most, offices, entities, tokens, of_entity, in_states, of_subject, of_parent, of_handler, due_before, with_words, after_value, after_id, at_offices, matched, opened, opened_sorted;
end $$;
grant create on schema kernel to hengjian_search;
alter function kernel.page owner to hengjian_search;
revoke create on schema kernel from hengjian_search;
revoke all on function kernel.page from public;
grant execute on function kernel.page to hengjian_app;
drop function kernel.search;
