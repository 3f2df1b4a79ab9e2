import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Label } from '../api.ts';
import type { Parked } from '../api-queries.ts';
import { beijingTime } from '../format.ts';
import { request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { announce } from '../kit/live.tsx';
import { Empty, Failure, Notice, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useMe } from '../session.ts';

const parkedKey = ['parked'];

function isOwner(owner: Label | string, mine: Label | undefined): boolean {
  return typeof owner !== 'string' && owner.zh === mine?.zh;
}

function Retry({ row }: { row: Parked }) {
  const { t, explain } = useSpeech();
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () => request(`/api/parked/${row.id}/retry`, { method: 'POST' }),
    onSuccess: () => {
      announce(t('parked.retried'));
      return client.invalidateQueries({ queryKey: parkedKey });
    },
  });
  return (
    <>
      <button
        type="button"
        className="button"
        aria-disabled={retry.isPending}
        onClick={() => !retry.isPending && retry.mutate()}
      >
        {t('parked.retry')}
      </button>
      {retry.error && (
        <div role="alert">
          <Notice tone="warn">{explain(retry.error)}</Notice>
        </div>
      )}
    </>
  );
}

/** Consequences that a flow could not complete by itself: each has a reason and an owner, none is forgotten. */
export function ParkedPage() {
  const { t, say } = useSpeech();
  const heading = usePageTitle(t('parked'));
  const me = useMe();
  const parked = useQuery({
    queryKey: parkedKey,
    queryFn: ({ signal }) => request<{ parked: Parked[] }>('/api/parked', { signal }),
  });
  const rows = parked.data?.parked ?? [];
  return (
    <main className="main stack" id="main">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {t('parked')}
        </h1>
        <p className="soft">{t('parked.lead')}</p>
      </div>
      {parked.error ? <Failure error={parked.error} retry={() => void parked.refetch()} /> : null}
      {parked.isPending && <Waiting />}
      {parked.isSuccess && rows.length === 0 && (
        <Empty title={t('parked.empty')}>
          <p>{t('parked.empty.text')}</p>
        </Empty>
      )}
      {rows.length > 0 && (
        <ScrollFrame label={t('parked')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('parked.since')}</th>
                <th scope="col">{t('parked.reason')}</th>
                <th scope="col">{t('parked.owner')}</th>
                <th scope="col">{t('parked.flow')}</th>
                <th scope="col">{t('parked.next')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td className="nowrap">{beijingTime(row.since)}</td>
                  <td>
                    {say(row.reason)} <span className="soft small">{t('parked.tries', { n: row.tries })}</span>
                  </td>
                  <td>{typeof row.owner === 'string' ? row.owner : say(row.owner)}</td>
                  <td className="code">{row.flow}</td>
                  <td>
                    {isOwner(row.owner, me.grant?.roleLabel) ? (
                      <Retry row={row} />
                    ) : (
                      <span className="soft">
                        {t('action.who', { who: typeof row.owner === 'string' ? row.owner : say(row.owner) })}
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
    </main>
  );
}
