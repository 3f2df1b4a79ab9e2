import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import type { DueState, IsoDate, RecordRow } from '../api.ts';
import { dayWithWeekday } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';

/** The state of a record in words; closed ones recede. */
export function StateChip({ row }: { row: Pick<RecordRow, 'stateLabel' | 'closed'> }) {
  const { say } = useSpeech();
  return (
    <span className="state" data-closed={row.closed}>
      {say(row.stateLabel)}
    </span>
  );
}

/** A sentence around one large number, whose place in it (`#`) each language chooses. */
export function Counted({ n, sentence, dueState }: { n: number; sentence: string; dueState: DueState }) {
  const [before = '', after = ''] = sentence.split('#');
  return (
    <span className="days" data-due={dueState}>
      {before.trim() !== '' && <small>{before.trim()}</small>}
      <b>{n}</b>
      {after.trim() !== '' && <small>{after.trim()}</small>}
    </span>
  );
}

/** A deadline as the number of working days left. Colour repeats what the words already say. */
export function DaysLeft({ left, dueState }: { left: number | null; dueState: DueState }) {
  const { t } = useSpeech();
  if (left === null || dueState === 'none') return <span className="soft small">{t('due.none')}</span>;
  if (dueState === 'overdue') {
    const n = Math.abs(left);
    return <Counted n={n} sentence={t('due.late', { n })} dueState="overdue" />;
  }
  if (left === 0) {
    return (
      <span className="days" data-due="due-soon">
        <b className="days-today">{t('due.today')}</b>
      </span>
    );
  }
  return <Counted n={left} sentence={t('due.left', { n: left })} dueState={dueState} />;
}

export function DueDate({ due }: { due: IsoDate | null }) {
  const { language } = useSpeech();
  if (!due) return null;
  return (
    <time className="days-date nowrap" dateTime={due}>
      {dayWithWeekday(due, language)}
    </time>
  );
}

export type Tone = 'plain' | 'act' | 'good' | 'warn' | 'link';

export function Notice({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <div className="notice" data-tone={tone}>
      {children}
    </div>
  );
}

export function Waiting() {
  const { t } = useSpeech();
  return (
    <p className="waiting" role="status">
      {t('waiting')}
    </p>
  );
}

/** What went wrong in the reader's words, with a way to go on. `page`: it stands for the whole page. */
export function Failure({ error, retry, page }: { error: unknown; retry?: () => void; page?: boolean }) {
  const { t, explain } = useSpeech();
  const Heading = page ? 'h1' : 'h2';
  return (
    <div className="empty" role="alert">
      <Heading>{t('failure.title')}</Heading>
      <p>{explain(error)}</p>
      {retry && (
        <button type="button" className="button" onClick={retry}>
          {t('retry')}
        </button>
      )}
    </div>
  );
}

/** An empty place that teaches: what it is for, and what to do first. */
export function Empty({ title, children, page }: { title: string; children: ReactNode; page?: boolean }) {
  const Heading = page ? 'h1' : 'h2';
  return (
    <div className="empty">
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}

const signs = { yes: '✓', no: '✗', open: '○' } as const;

/** A yes, a no, or not yet, in words as well as colour: of a check, or of a paper. */
export function Verdict({ ok, of = 'check' }: { ok: boolean | null; of?: 'check' | 'paper' }) {
  const { t } = useSpeech();
  const answer = ok === null ? 'open' : ok ? 'yes' : 'no';
  return (
    <span className="verdict" data-verdict={ok === null ? 'open' : ok ? 'good' : 'bad'}>
      {signs[answer]} {t(`verdict.${of}.${answer}`)}
    </span>
  );
}

export function Sheet({
  title,
  side,
  children,
  id,
}: {
  title: string;
  side?: ReactNode;
  children: ReactNode;
  id?: string;
}) {
  return (
    <section className="sheet" id={id} aria-label={title}>
      <div className="sheet-head">
        <h2>{title}</h2>
        {side}
      </div>
      {children}
    </section>
  );
}

/** A line to be filled in, under its label; what else it takes is the input's own. */
export function TextField({
  label,
  onValue,
  ...input
}: {
  label: ReactNode;
  value: string;
  onValue: (value: string) => void;
} & Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'value' | 'onChange'>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input className="input" {...input} id={id} onChange={(event) => onValue(event.target.value)} />
    </div>
  );
}
