import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { EntityView, RecordList } from '../api.ts';
import { grouped } from '../format.ts';
import { queryString, request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { useRowKeys } from '../kit/keyboard.ts';
import { announce } from '../kit/live.tsx';
import { Empty, Failure, Waiting } from '../kit/pieces.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useNarrow } from '../kit/width.ts';
import { regionCodes, useRegionNames } from '../record/regions.ts';
import { creatingActions, useEntity } from '../session.ts';
import { type ListState, readAddress, recordsQuestion, tabSeparated, writeAddress } from './address.ts';
import { type Column, columnNamed, columnsFor, fieldsAmong } from './columns.tsx';
import { FilterBar } from './filter-bar.tsx';
import { RecordTable } from './record-table.tsx';
import { RowList } from './row-list.tsx';
import { ListTools } from './tools.tsx';
import './list.css';

const pageSize = 100;

/** Pages of a list, loaded as the reader goes on. A cursor in the address is where the first of them begins. */
function useRecords(entity: string | undefined, state: ListState, fields: readonly string[]) {
  const question = recordsQuestion(entity, state, fields);
  const begin = useRef({ question: '', cursor: '' });
  const asked = queryString(question);
  if (begin.current.question !== asked) begin.current = { question: asked, cursor: state.cursor };
  return {
    begin: begin.current.cursor,
    asked,
    query: useInfiniteQuery({
      queryKey: ['records', asked, begin.current.cursor],
      queryFn: ({ pageParam, signal }) =>
        request<RecordList>(`/api/records${queryString({ ...question, cursor: pageParam, limit: pageSize })}`, {
          signal,
        }),
      initialPageParam: begin.current.cursor,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  };
}

function EmptyList({
  entity,
  filtered,
  onClear,
}: {
  entity: EntityView | undefined;
  filtered: boolean;
  onClear: () => void;
}) {
  const { t, say } = useSpeech();
  if (filtered) {
    return (
      <Empty title={t('list.none-match')}>
        <p>{t('list.none-match.text')}</p>
        <button type="button" className="button" onClick={onClear}>
          {t('list.clear')}
        </button>
      </Empty>
    );
  }
  const states = entity
    ? Object.values(entity.states)
        .map((state) => say(state))
        .join(t('list.arrow'))
    : '';
  return (
    <Empty title={entity ? t('list.empty', { kind: say(entity.label) }) : t('list.empty.all')}>
      {entity?.purpose && <p>{say(entity.purpose)}</p>}
      <p>{entity ? t('list.empty.text', { kind: say(entity.label), states }) : t('list.empty.all.text')}</p>
      <div className="row">
        {entity &&
          creatingActions(entity).map((action) => (
            <Link key={action.name} className="button-primary" to={`/new/${entity.name}/${action.name}`}>
              {say(action.label)}
            </Link>
          ))}
      </div>
    </Empty>
  );
}

/** Any kind of record as a list: its address is its state, what is shown is what is exported. */
export function ListPage() {
  const speech = useSpeech();
  const { t, say } = speech;
  const { entity: name } = useParams();
  const entity = useEntity(name);
  const [search, setSearch] = useSearchParams();
  const state = readAddress(search);
  const narrow = useNarrow();
  const title = entity ? say(entity.label) : t('all-records');
  const heading = usePageTitle(title);
  const container = useRef<HTMLElement>(null);
  useRowKeys(container);
  const carried = fieldsAmong(entity, state.columns.length > 0 ? state.columns : (entity?.list.columns ?? []));
  const { query, asked, begin } = useRecords(name, state, carried);
  const [notice, setNotice] = useState('');

  const pages = query.data?.pages ?? [];
  const cursors = query.data?.pageParams ?? [];
  const rows = useMemo(() => pages.flatMap((page) => page.rows), [pages]);
  const whole = begin === '' && query.isSuccess && !query.hasNextPage;
  const total = pages[0]?.total ?? (whole ? rows.length : null);

  useRegionNames(rows.flatMap((row) => regionCodes(row.fields ?? {}, entity?.fields ?? [])));
  const { usual, offered } = columnsFor(entity, pages[0]?.rows ?? []);
  const names = state.columns.length > 0 ? state.columns : usual;
  const columns = names
    .map((column) => columnNamed(column, speech, entity))
    .filter((column): column is Column => column !== undefined);

  function change(part: Partial<ListState>): void {
    setSearch(writeAddress({ ...state, cursor: '', ...part }));
  }

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const shownCursor = useRef(state.cursor);
  const onFirst = useCallback(
    (index: number) => {
      const cursor = String(cursors[Math.floor(index / pageSize)] ?? '');
      if (cursor === shownCursor.current) return;
      shownCursor.current = cursor;
      setSearch(
        (now) => {
          const next = new URLSearchParams(now);
          if (cursor) next.set('cursor', cursor);
          else next.delete('cursor');
          return next;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [cursors, setSearch],
  );

  async function copy(): Promise<void> {
    const table = [
      columns.map((column) => column.title),
      ...rows.map((row) => columns.map((column) => column.text(row))),
    ];
    await navigator.clipboard.writeText(tabSeparated(table));
    const text = t('list.copied', { n: rows.length });
    setNotice(text);
    announce(text);
  }

  const count =
    total === null ? t('list.count-at-least', { n: grouped(rows.length) }) : t('list.count', { n: grouped(total) });
  const filtered = Object.keys(state.filters).length > 0;
  return (
    <main className="main list" id="main" ref={container}>
      <div className="between">
        <div className="row">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {query.isSuccess && <p className="soft">{count}</p>}
          {begin !== '' && (
            <button type="button" className="button-plain" onClick={() => change({})}>
              {t('list.from-start')}
            </button>
          )}
        </div>
        <div className="row no-print">
          {entity &&
            creatingActions(entity).map((action) => (
              <Link key={action.name} className="button" to={`/new/${entity.name}/${action.name}`}>
                {say(action.label)}
              </Link>
            ))}
        </div>
      </div>
      <div className="between no-print">
        <FilterBar entity={entity} state={state} onChange={change} />
        <ListTools
          entity={entity}
          entityName={name}
          state={state}
          shown={names}
          offered={offered}
          asked={asked}
          onChange={change}
          onCopy={() => void copy()}
          notice={notice}
        />
      </div>
      {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isPending && <Waiting />}
      {query.isSuccess && rows.length === 0 && (
        <EmptyList entity={entity} filtered={filtered} onClear={() => change({ filters: {} })} />
      )}
      {rows.length > 0 && !narrow && (
        <RecordTable
          caption={`${title} · ${count}`}
          columns={columns}
          rows={rows}
          total={total}
          sort={state.sort}
          onSort={(sort) => change({ sort })}
          onEnd={onEnd}
          onFirst={onFirst}
        />
      )}
      {rows.length > 0 && narrow && (
        <div className="sheet">
          <RowList rows={rows} kinds={!entity} />
        </div>
      )}
      {hasNextPage && narrow && (
        <button type="button" className="button" onClick={onEnd}>
          {t('list.more')}
        </button>
      )}
      {isFetchingNextPage && (
        <p className="soft small" role="status">
          {t('waiting')}
        </p>
      )}
    </main>
  );
}
