import type { Parked } from '../api-queries.ts';
import { beijingTime } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Empty, Failure, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useNamedQuery } from '../session.ts';

/** Consequences that a flow could not complete by itself: each has a reason and an owner, none is forgotten. */
export function ParkedPage() {
  const { t, say } = useSpeech();
  const heading = usePageTitle(t('parked'));
  const parked = useNamedQuery<Parked[] | { rows: Parked[] }>('operations.parked', {});
  const rows = Array.isArray(parked.data) ? parked.data : (parked.data?.rows ?? []);
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
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.flow}${row.event}`}>
                  <td className="nowrap">{beijingTime(row.since)}</td>
                  <td>{say(row.reason)}</td>
                  <td>{typeof row.owner === 'object' ? (row.owner?.name ?? '—') : row.owner}</td>
                  <td className="code">{row.flow}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
    </main>
  );
}
