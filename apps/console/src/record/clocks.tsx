import type { ClockView, DueState } from '../api.ts';
import { beijingTime, dayWithWeekday, weekday } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Counted } from '../kit/pieces.tsx';

const tones: Partial<Record<ClockView['status'], DueState>> = { late: 'overdue', expired: 'overdue' };

function Left({ clock }: { clock: ClockView }) {
  const { t, say } = useSpeech();
  if (clock.status !== 'running' || clock.daysLeft === null) {
    const tone = tones[clock.status];
    return (
      <span className="days" data-due={tone}>
        <b className="clock-status">{t(`clock.${clock.status}`)}</b>
      </span>
    );
  }
  const late = clock.daysLeft < 0;
  const dueState = late ? 'overdue' : clock.daysLeft <= 3 ? 'due-soon' : 'running';
  const sentence = t(late ? 'clock.days-late' : 'clock.days-left', { unit: say(clock.unit) });
  return <Counted n={Math.abs(clock.daysLeft)} sentence={sentence} dueState={dueState} />;
}

function Arithmetic({ clock }: { clock: ClockView }) {
  const { t, say, language } = useSpeech();
  if (clock.steps.length === 0) return null;
  return (
    <details>
      <summary>{t('clock.arithmetic')}</summary>
      <div className="table-frame clock-steps">
        <table className="table">
          <caption className="visually-hidden">{`${t('clock.arithmetic')} ${say(clock.label)}`}</caption>
          <thead>
            <tr>
              <th scope="col">{t('clock.date')}</th>
              <th scope="col">{t('clock.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {clock.steps.map((step) => (
              <tr key={`${step.from}${step.zh}`}>
                <td className="nowrap">
                  {step.from} {weekday(step.from, language)}
                  {step.to !== step.from && ` – ${step.to.slice(5)} ${weekday(step.to, language)}`}
                </td>
                <td>{step[language]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** Deadlines with the days left; the clause and the arithmetic are one click away. */
export function Clocks({ clocks }: { clocks: ClockView[] }) {
  const { t, say, language } = useSpeech();
  return (
    <ul className="clocks">
      {clocks.map((clock) => (
        <li key={`${clock.name}${clock.startedOn}`}>
          <div className="between">
            <h3>{say(clock.label)}</h3>
            <Left clock={clock} />
          </div>
          <p className="small dotted">
            <span>{t('clock.started', { date: dayWithWeekday(clock.startedOn, language) })}</span>
            {clock.dueOn && <b>{t('clock.due', { date: dayWithWeekday(clock.dueOn, language) })}</b>}
            {!clock.dueOn && clock.dueAt && <b>{t('clock.due', { date: beijingTime(clock.dueAt) })}</b>}
            {clock.provisional && <span>{t('clock.provisional')}</span>}
          </p>
          <p className="small soft">{clock.basis}</p>
          <Arithmetic clock={clock} />
        </li>
      ))}
    </ul>
  );
}
