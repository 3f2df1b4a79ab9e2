import { Link } from 'react-router';
import type { Instant } from '../api.ts';
import { beijingTime } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Empty, Failure, Notice, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useEntity, useMe, useNamedQuery } from '../session.ts';

type Outbox = {
  counts: Record<string, number>;
  rows: {
    id: string;
    state: string;
    channel: string;
    addresseeName: string;
    address: string | null;
    text: string;
    attempts: number;
    failure: string | null;
    queuedAt: Instant;
    sentAt: Instant | null;
    arrivedAt: Instant | null;
    about: string;
  }[];
};

/** What the house tells people, failed first. A message is a notice and never service, and the page says so. */
export function OutboxPage() {
  const { t, say } = useSpeech();
  const heading = usePageTitle(t('outbox'));
  const me = useMe();
  const message = useEntity('correspondence.message');
  const outbox = useNamedQuery<Outbox>('correspondence.outbox', {});
  const channels = message?.fields.find(({ name }) => name === 'channel')?.choices ?? [];
  const channelOf = (value: string) => say(channels.find((choice) => choice.value === value)?.label) || value;
  const stateOf = (state: string) => say(message?.states[state]) || state;
  const mayRetry = message?.actions.some(({ name, mine }) => name === 'retry' && mine) ?? false;
  const rows = outbox.data?.rows ?? [];
  const counts = Object.entries(message?.states ?? {}).filter(([state]) => (outbox.data?.counts[state] ?? 0) > 0);
  return (
    <main className="main stack" id="main">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {t('outbox')}
        </h1>
        <p className="soft">{t('outbox.lead')}</p>
      </div>
      <Notice>{t('outbox.no-service')}</Notice>
      <p>
        <Link to="/list/correspondence.preference">{t('outbox.preferences', { name: me.person.name })}</Link>
      </p>
      {outbox.error ? <Failure error={outbox.error} retry={() => void outbox.refetch()} /> : null}
      {outbox.isPending && <Waiting />}
      {outbox.isSuccess && rows.length === 0 && (
        <Empty title={t('outbox.empty')}>
          <p>{t('outbox.empty.text')}</p>
        </Empty>
      )}
      {counts.length > 0 && (
        <p className="dotted">
          {counts.map(([state, label]) => (
            <span key={state} className="verdict" data-verdict={state === 'failed' ? 'bad' : 'open'}>
              {say(label)} {outbox.data?.counts[state]}
            </span>
          ))}
        </p>
      )}
      {rows.length > 0 && (
        <ScrollFrame label={t('outbox')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('column.state')}</th>
                <th scope="col">{t('outbox.addressee')}</th>
                <th scope="col">{t('outbox.text')}</th>
                <th scope="col">{t('outbox.when')}</th>
                <th scope="col">{t('outbox.next')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td>
                    <span className="state" data-closed={row.state === 'arrived' || row.state === 'cancelled'}>
                      {stateOf(row.state)}
                    </span>
                    {row.failure && row.state !== 'arrived' && (
                      <span className="small soft">
                        {' '}
                        {row.failure} {t('outbox.attempts', { n: row.attempts })}
                      </span>
                    )}
                  </td>
                  <td>
                    {row.addresseeName}
                    <br />
                    <span className="small soft nowrap">
                      {channelOf(row.channel)} {row.address ?? ''}
                    </span>
                  </td>
                  <td>
                    <Link to={`/record/${row.id}`}>{row.text}</Link>
                  </td>
                  <td className="nowrap">{beijingTime(row.arrivedAt ?? row.sentAt ?? row.queuedAt)}</td>
                  <td>
                    {row.state === 'failed' && mayRetry ? (
                      <Link className="button" to={`/record/${row.id}/act/retry`}>
                        {t('outbox.retry')}
                      </Link>
                    ) : (
                      <Link to={`/record/${row.about}`}>{t('outbox.about')}</Link>
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
