import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { RecordList, RecordRow } from '../api.ts';
import { request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { useRowKeys } from '../kit/keyboard.ts';
import { DaysLeft, Empty, Failure, Waiting } from '../kit/pieces.tsx';
import { usePageTitle } from '../kit/title.ts';
import { inboxQuery } from '../session.ts';
import { Batch } from './batch.tsx';
import { SheetView } from './sheet-view.tsx';
import './approval.css';

function DeskRow({
  row,
  open,
  checked,
  onCheck,
}: {
  row: RecordRow;
  open: boolean;
  checked?: boolean;
  onCheck?: (checked: boolean) => void;
}) {
  const { t, say } = useSpeech();
  return (
    <li data-row className="desk-row" data-open-sheet={open}>
      {onCheck ? (
        <input
          type="checkbox"
          checked={checked ?? false}
          aria-label={t('desk.mark', { title: row.title })}
          onChange={(event) => onCheck(event.target.checked)}
        />
      ) : (
        <span />
      )}
      <div>
        <Link to={`/approvals/${row.id}`} data-open aria-current={open ? 'true' : undefined}>
          {row.title}
        </Link>
        <p className="small soft dotted">
          <span>{say(row.stateLabel)}</span>
          <span>{say(row.office.label)}</span>
          {row.subject && <span>{row.subject.name}</span>}
        </p>
        {row.workingDaysLeft !== null && row.dueState !== 'none' && (
          <DaysLeft left={row.workingDaysLeft} dueState={row.dueState} />
        )}
      </div>
    </li>
  );
}

/** Everything that waits for this person's signature; one open beside the list, or many decided with one opinion. */
export function ApprovalDesk() {
  const { t } = useSpeech();
  const { id } = useParams();
  const heading = usePageTitle(t('approvals'));
  const container = useRef<HTMLElement>(null);
  useRowKeys(container);
  const inbox = useQuery(inboxQuery);
  const open = useQuery({
    queryKey: ['records', 'open-approvals'],
    queryFn: ({ signal }) =>
      request<RecordList>('/api/records?entity=kernel.approval&open=1&sort=due&limit=100', { signal }),
  });
  const [marked, setMarked] = useState<Set<string>>(new Set());
  const mine = inbox.data?.groups.find((group) => group.key === 'approvals')?.rows ?? [];
  const waiting = (open.data?.rows ?? []).filter((row) => !mine.some((other) => other.id === row.id));
  const shown = id ?? mine[0]?.id ?? waiting[0]?.id;
  const chosen = mine.filter((row) => marked.has(row.id));

  function mark(row: string, checked: boolean): void {
    const next = new Set(marked);
    if (checked) next.add(row);
    else next.delete(row);
    setMarked(next);
  }

  const error = inbox.error ?? open.error;
  if (error) {
    return (
      <main className="main" id="main">
        <Failure page error={error} retry={() => void Promise.all([inbox.refetch(), open.refetch()])} />
      </main>
    );
  }
  return (
    <main className="main desk" id="main" ref={container} data-detail={id !== undefined}>
      <h1 ref={heading} tabIndex={-1} className="desk-title">
        {t('approvals')}
      </h1>
      <div className="desk-list">
        {(inbox.isPending || open.isPending) && <Waiting />}
        {chosen.length > 0 && <Batch rows={chosen} onDone={() => setMarked(new Set())} />}
        {inbox.isSuccess && open.isSuccess && mine.length + waiting.length === 0 && (
          <Empty title={t('desk.empty')}>
            <p>{t('desk.empty.text')}</p>
          </Empty>
        )}
        {mine.length > 0 && (
          <section aria-labelledby="desk-mine">
            <div className="between desk-heading">
              <h2 id="desk-mine">{t('desk.mine', { n: mine.length })}</h2>
              {mine.length > 1 && (
                <label className="tick">
                  <input
                    type="checkbox"
                    checked={chosen.length === mine.length}
                    onChange={(event) => setMarked(new Set(event.target.checked ? mine.map((row) => row.id) : []))}
                  />
                  {t('desk.mark-all')}
                </label>
              )}
            </div>
            <ul className="desk-rows">
              {mine.map((row) => (
                <DeskRow
                  key={row.id}
                  row={row}
                  open={row.id === shown}
                  checked={marked.has(row.id)}
                  onCheck={(checked) => mark(row.id, checked)}
                />
              ))}
            </ul>
          </section>
        )}
        {waiting.length > 0 && (
          <section aria-labelledby="desk-others">
            <div className="desk-heading">
              <h2 id="desk-others">{t('desk.others', { n: waiting.length })}</h2>
            </div>
            <ul className="desk-rows">
              {waiting.map((row) => (
                <DeskRow key={row.id} row={row} open={row.id === shown} />
              ))}
            </ul>
          </section>
        )}
      </div>
      {shown && (
        <div className="desk-sheet">
          <Link to="/approvals" className="desk-back">
            {t('desk.back')}
          </Link>
          <SheetView key={shown} id={shown} />
        </div>
      )}
    </main>
  );
}
