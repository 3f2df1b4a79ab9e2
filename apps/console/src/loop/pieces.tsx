import { Link } from 'react-router';
import { dayWithWeekday } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Counted } from '../kit/pieces.tsx';
import type { ClockSight, RecordSight } from './shapes.ts';

/** Days left of one term, in the unit that its clause counts. */
export function TermLeft({ clock }: { clock: ClockSight }) {
  const { t, say } = useSpeech();
  if (clock.status !== 'running' || clock.daysLeft === null) {
    return (
      <span className="days" data-due={clock.status === 'late' || clock.status === 'expired' ? 'overdue' : 'running'}>
        <b className="clock-status">{t(`clock.${clock.status}`)}</b>
      </span>
    );
  }
  const late = clock.daysLeft < 0;
  const sentence = t(late ? 'clock.days-late' : 'clock.days-left', { unit: say(clock.unit) });
  const dueState = late ? 'overdue' : clock.daysLeft <= 3 ? 'due-soon' : 'running';
  return <Counted n={Math.abs(clock.daysLeft)} sentence={sentence} dueState={dueState} />;
}

/** A term with its day and clause. */
export function Term({ clock }: { clock: ClockSight }) {
  const { t, say, language } = useSpeech();
  return (
    <li className="term">
      <div className="between">
        <h4>{say(clock.label)}</h4>
        <TermLeft clock={clock} />
      </div>
      <p className="small dotted">
        <span>{t('clock.started', { date: dayWithWeekday(clock.startedOn, language) })}</span>
        {clock.opensOn && <span>{t('loop.opens', { date: dayWithWeekday(clock.opensOn, language) })}</span>}
        {clock.dueOn && <b>{t('clock.due', { date: dayWithWeekday(clock.dueOn, language) })}</b>}
      </p>
      <p className="small soft">{clock.basis}</p>
    </li>
  );
}

export function RecordState({ record }: { record: RecordSight }) {
  const { say } = useSpeech();
  return (
    <span className="state" data-closed={record.closed}>
      {say(record.stateLabel)}
    </span>
  );
}

export function RecordLink({ record }: { record: RecordSight }) {
  return <Link to={`/record/${record.id}`}>{record.title}</Link>;
}

/** The papers that are there, and those that the next step cannot do without. */
export function EvidenceOf({ record }: { record: RecordSight }) {
  const { t, say } = useSpeech();
  return (
    <>
      {record.evidence.length > 0
        ? t('loop.evidence.count', { n: record.evidence.length })
        : record.missing.length === 0 && <span className="soft">{t('loop.evidence.none')}</span>}
      {record.missing.length > 0 && (
        <p className="missing small">
          {t('loop.evidence.missing', { what: record.missing.map(say).join(t('separator')) })}
        </p>
      )}
    </>
  );
}
