import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { Notice, Sheet, TextField } from '../kit/pieces.tsx';
import { usePageTitle } from '../kit/title.ts';
import { recordQuery } from '../session.ts';

type Identity = { name?: string | null; phone?: string | null; address?: string | null; document?: string | null };
const parts = ['name', 'phone', 'address', 'document'] as const;

/** After this long the opened identity leaves the screen by itself; minutes. */
const shownFor = 5;

/** Opens a sealed identity: a reason, one act, one look. What is shown is kept nowhere and goes by itself. */
export function OpenIdentityPage() {
  const { t, explain } = useSpeech();
  const { id = '' } = useParams();
  const record = useSuspenseQuery(recordQuery(id)).data;
  const heading = usePageTitle(t('identity'));
  const [why, setWhy] = useState('');
  const shown = useRef<HTMLDListElement>(null);
  const open = useMutation({
    mutationFn: () =>
      request<{ identity: Identity | null }>(`/api/complaints/${record.entity.split('.')[1]}/${id}/identity`, {
        method: 'POST',
        body: { why },
      }),
    gcTime: 0,
  });
  const { isSuccess, reset } = open;
  useEffect(() => {
    if (!isSuccess) return;
    shown.current?.focus();
    const timer = setTimeout(reset, shownFor * 60_000);
    return () => clearTimeout(timer);
  }, [isSuccess, reset]);
  const identity = open.data?.identity;
  return (
    <main className="main stack" id="main">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {t('identity')}
        </h1>
        <p>
          <Link to={`/record/${id}`}>{record.number ?? record.title}</Link>
        </p>
      </div>
      <Notice tone="warn">{t('identity.logged')}</Notice>
      {open.data ? (
        <Sheet title={t('identity.opened', { n: shownFor })}>
          <div className="sheet-body stack">
            {identity ? (
              <dl className="facts" ref={shown} tabIndex={-1}>
                {parts.map((part) =>
                  identity[part] ? (
                    <div key={part} className="facts-pair">
                      <dt>{t(`identity.${part}`)}</dt>
                      <dd>{identity[part]}</dd>
                    </div>
                  ) : null,
                )}
              </dl>
            ) : (
              <p className="soft">{t('identity.none')}</p>
            )}
            <p>
              <button type="button" className="button" onClick={reset}>
                {t('identity.close')}
              </button>
            </p>
          </div>
        </Sheet>
      ) : (
        <form
          className="stack"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            if (why.trim().length >= 2 && !open.isPending) open.mutate();
          }}
        >
          <TextField label={t('identity.why')} required maxLength={300} value={why} onValue={setWhy} />
          {open.error && (
            <div role="alert">
              <Notice tone="warn">{explain(open.error)}</Notice>
            </div>
          )}
          <p>
            <button type="submit" className="button-act" aria-disabled={why.trim().length < 2 || open.isPending}>
              {t('identity.open')}
            </button>
          </p>
        </form>
      )}
    </main>
  );
}
