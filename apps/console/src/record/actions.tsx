import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { CanView, RecordPage } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { inboxQuery } from '../session.ts';

function Who({ can }: { can: CanView }) {
  const { t, say } = useSpeech();
  if (can.who.length === 0) return null;
  return <span className="soft">{t('action.who', { who: can.who.map(say).join(t('separator')) })}</span>;
}

/** Vermilion is for what waits in this person's inbox; anything else that is possible is ink. */
function ActionLink({
  can,
  record,
  first,
  awaited,
}: {
  can: CanView;
  record: RecordPage;
  first: boolean;
  awaited: boolean;
}) {
  const { t, say } = useSpeech();
  const missing = can.needs.filter((need) => !need.held);
  const style = can.danger ? 'button button-danger' : awaited ? 'button-act' : first ? 'button-primary' : 'button';
  return (
    <span className="record-action">
      <Link className={style} to={`/record/${record.id}/act/${can.action}`} data-next={first ? true : undefined}>
        {say(can.label)}
      </Link>
      {(missing.length > 0 || can.approval) && (
        <span className="soft small dotted">
          {missing.length > 0 && (
            <span>{t('action.papers', { papers: missing.map((need) => say(need.label)).join(t('separator')) })}</span>
          )}
          {can.approval && <span>{t('action.approval', { by: can.approval.map(say).join(t('separator')) })}</span>}
        </span>
      )}
    </span>
  );
}

/** What may be done now, first; then what may not, each with its reason and who can. No button is ever dead. */
export function RecordActions({ record }: { record: RecordPage }) {
  const { t, say } = useSpeech();
  const inbox = useQuery(inboxQuery);
  const awaited = new Set(
    inbox.data?.groups.flatMap((group) =>
      group.rows.filter((row) => row.id === record.id).map((row) => row.next?.action),
    ),
  );
  const allowed = record.can.filter((can) => can.enabled);
  const barred = record.can.filter((can) => !can.enabled);
  const firstSafe = allowed.find((can) => !can.danger && !can.aside);
  // What is awaited stands first, what is possible besides after it, what is dangerous last.
  const rank = (can: CanView) => (awaited.has(can.action) ? 0 : can.danger ? 3 : can.aside ? 2 : 1);
  const ordered = [...allowed].sort((a, b) => rank(a) - rank(b));
  return (
    <section className="record-actions" aria-label={t('record.actions')}>
      {allowed.length > 0 ? (
        <div className="record-allowed">
          {ordered.map((can) => (
            <ActionLink
              key={can.action}
              can={can}
              record={record}
              first={can === firstSafe}
              awaited={awaited.has(can.action)}
            />
          ))}
        </div>
      ) : (
        <p className="soft">{t(record.closed ? 'record.closed' : 'record.nothing-to-do')}</p>
      )}
      {barred.length > 0 && (
        <details open={allowed.length === 0 && !record.closed}>
          <summary>{t('record.barred', { n: barred.length })}</summary>
          <ul className="record-barred">
            {barred.map((can) => (
              <li key={can.action}>
                <span className="barred-name">
                  <Icon name="lock" />
                  {say(can.label)}
                </span>
                <span>
                  {say(can.why)} <Who can={can} />
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
