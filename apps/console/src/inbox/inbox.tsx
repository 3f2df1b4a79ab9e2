import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Link } from 'react-router';
import type { Inbox as InboxData, InboxKey, InboxRow } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { useRowKeys } from '../kit/keyboard.ts';
import { DaysLeft, DueDate, Empty, Failure, StateChip, Waiting } from '../kit/pieces.tsx';
import { usePageTitle } from '../kit/title.ts';
import { creatingActions, inboxQuery, useDeclarations } from '../session.ts';
import './inbox.css';

const order: InboxKey[] = ['overdue', 'due-soon', 'approvals', 'returned', 'to-do', 'handed-over', 'parked'];

/** The nearest deadline first, then what has waited longest. */
function oldestFirst(a: InboxRow, b: InboxRow): number {
  return (a.due ?? '9999').localeCompare(b.due ?? '9999') || Date.parse(a.opened) - Date.parse(b.opened);
}

/** Where a row leads: approvals to their desk, everything else to its record. */
function target(row: InboxRow): string {
  return row.entity === 'kernel.approval' ? `/approvals/${row.id}` : `/record/${row.id}`;
}

function Row({ row }: { row: InboxRow }) {
  const { t, say } = useSpeech();
  const approval = row.entity === 'kernel.approval';
  return (
    <li className="inbox-row" data-row>
      <div className="inbox-due">
        <DaysLeft left={row.workingDaysLeft} dueState={row.dueState} />
        <DueDate due={row.due} />
      </div>
      <div className="inbox-what">
        <Link to={target(row)} data-open className="inbox-title">
          {row.title}
        </Link>
        <p className="small soft dotted">
          {row.number && <span>{row.number}</span>}
          {row.subject && <span>{row.subject.name}</span>}
          <span>{say(row.office.label)}</span>
          {row.handler && <span>{row.handler.name}</span>}
        </p>
        {row.waits && <p className="small inbox-waits">{t('inbox.waits', { why: say(row.waits) })}</p>}
      </div>
      <div className="inbox-state">
        <StateChip row={row} />
      </div>
      <div className="inbox-next">
        {row.next ? (
          <Link
            className="button"
            data-next
            to={approval ? `/approvals/${row.id}` : `/record/${row.id}/act/${row.next.action}`}
            aria-label={`${say(row.next.label)}：${row.title}`}
          >
            {say(row.next.label)}
          </Link>
        ) : (
          <Link className="button-plain" data-next to={target(row)} aria-label={`${t('open')}：${row.title}`}>
            {t('open')}
          </Link>
        )}
      </div>
    </li>
  );
}

function Summary({ counts }: { counts: InboxData['counts'] }) {
  const { t } = useSpeech();
  const parts = order
    .filter((key) => (counts[key] ?? 0) > 0)
    .map((key) => (
      <a key={key} href={`#${key}`} className="inbox-count" data-late={key === 'overdue'}>
        {t(`inbox.count.${key}`, { n: counts[key] ?? 0 })}
      </a>
    ));
  return <p className="inbox-summary dotted">{parts}</p>;
}

/** What waits for this person under this grant: overdue first, then due, and within each the oldest first. */
export function Inbox() {
  const { t, say } = useSpeech();
  const heading = usePageTitle(t('inbox'));
  const list = useRef<HTMLElement>(null);
  useRowKeys(list);
  const inbox = useQuery(inboxQuery);
  const { entities } = useDeclarations();
  const groups = [...(inbox.data?.groups ?? [])]
    .filter((group) => group.rows.length > 0)
    .sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
  const creating = entities.flatMap((entity) => creatingActions(entity).map((action) => ({ entity, action })));
  return (
    <main className="main" id="main" ref={list}>
      <div className="between inbox-head">
        <h1 ref={heading} tabIndex={-1}>
          {t('inbox')}
        </h1>
        {inbox.data && <Summary counts={inbox.data.counts} />}
        <p className="soft small inbox-keys no-print">
          <kbd>j</kbd> <kbd>k</kbd> {t('inbox.keys.move')} <kbd>e</kbd> {t('inbox.keys.act')} <kbd>?</kbd>{' '}
          {t('inbox.keys.more')}
        </p>
      </div>
      {inbox.error ? <Failure error={inbox.error} retry={() => void inbox.refetch()} /> : null}
      {inbox.isPending && <Waiting />}
      {inbox.data && groups.length === 0 && (
        <Empty title={t('inbox.empty')}>
          <p>{t('inbox.empty.text')}</p>
          <div className="row">
            <Link to="/list?open=1" className="button">
              {t('inbox.empty.list')}
            </Link>
            {creating.slice(0, 2).map(({ entity, action }) => (
              <Link key={`${entity.name}/${action.name}`} to={`/new/${entity.name}/${action.name}`} className="button">
                {say(action.label)}
              </Link>
            ))}
          </div>
        </Empty>
      )}
      {groups.map((group) => (
        <section key={group.key} aria-labelledby={group.key} className="inbox-group">
          <h2 id={group.key} data-late={group.key === 'overdue'}>
            {say(group.label)} <span className="soft">{group.rows.length}</span>
          </h2>
          <ul>
            {[...group.rows].sort(oldestFirst).map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
        </section>
      ))}
    </main>
  );
}
