import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { SearchResult } from '../api.ts';
import { request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { useRowKeys } from '../kit/keyboard.ts';
import { Empty, Failure, Waiting } from '../kit/pieces.tsx';
import { usePageTitle } from '../kit/title.ts';
import { RowList } from '../list/row-list.tsx';

/** Results of one search, grouped by kind; each group leads on to its full list. */
export function SearchPage() {
  const { t, say } = useSpeech();
  const [parameters] = useSearchParams();
  const q = parameters.get('q') ?? '';
  const title = t('search.title', { q });
  const heading = usePageTitle(title);
  const list = useRef<HTMLElement>(null);
  useRowKeys(list);
  const found = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => request<SearchResult>(`/api/search?q=${encodeURIComponent(q)}`, { signal }),
    enabled: q !== '',
  });
  return (
    <main className="main stack" id="main" ref={list}>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {found.error ? <Failure error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending && q !== '' && <Waiting />}
      {(q === '' || found.data?.groups.length === 0) && (
        <Empty title={q === '' ? t('search') : t('search.none', { q })}>
          <p>{t('search.teach')}</p>
        </Empty>
      )}
      {found.data?.groups.map((group) => (
        <section key={group.entity} className="sheet" aria-label={say(group.label)}>
          <div className="sheet-head">
            <h2>{say(group.label)}</h2>
            {group.more && (
              <Link to={`/list/${group.entity}?q=${encodeURIComponent(q)}`}>
                {t('search.more', { kind: say(group.label) })}
              </Link>
            )}
          </div>
          <RowList rows={group.rows} />
        </section>
      ))}
    </main>
  );
}
