import { useState } from 'react';
import { Link } from 'react-router';
import { useSpeech } from '../i18n/language.ts';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { useNarrow } from '../kit/width.ts';
import { useEntity } from '../session.ts';
import type { Difference, ReconciliationSight, SystemSight } from './shapes.ts';
import { FileTaker } from './upload.tsx';

const shownAtFirst = 20;

/** Ours beside theirs, field by field; what one side lacks is said in words. */
function Side({ difference, side }: { difference: Difference; side: 'ours' | 'theirs' }) {
  const { t } = useSpeech();
  if (difference.kind === (side === 'ours' ? 'only-theirs' : 'only-ours'))
    return <span className="soft">{t('exchange.side.none')}</span>;
  if (difference.fields.length === 0) return <span>{t('exchange.side.held')}</span>;
  return (
    <dl className="exchange-side">
      {difference.fields.map((one) => (
        <div key={one.field}>
          <dt className="code small">{one.field}</dt>
          <dd>{one[side] || '—'}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The matter that differs, or what they call it. */
function Matter({ difference }: { difference: Difference }) {
  const { t } = useSpeech();
  return (
    <>
      {difference.dispatch ? (
        <Link to={`/record/${difference.dispatch}`}>{difference.matter}</Link>
      ) : (
        <span className="code">{difference.foreignNumber ?? difference.key}</span>
      )}
      <p className="small soft">{t(`exchange.kind.${difference.kind}`)}</p>
    </>
  );
}

function Differences({ held }: { held: ReconciliationSight }) {
  const { t } = useSpeech();
  const [all, setAll] = useState(false);
  const may = useEntity('exchange.reconciliation')?.actions.some(({ name, mine }) => name === 'resolve' && mine);
  const narrow = useNarrow();
  const rows = all ? held.differences : held.differences.slice(0, shownAtFirst);
  const more = !all && held.differences.length > shownAtFirst && (
    <button type="button" className="button" onClick={() => setAll(true)}>
      {t('exchange.faults.all', { n: held.differences.length })}
    </button>
  );
  if (narrow)
    return (
      <>
        <ul className="cards">
          {rows.map((one) => (
            <li key={one.ordinal}>
              <div>
                <Matter difference={one} />
              </div>
              {(['ours', 'theirs'] as const).map((side) => (
                <div key={side}>
                  <b className="small">{t(`exchange.${side}`)}</b> <Side difference={one} side={side} />
                </div>
              ))}
              {may && <Link to={`/record/${held.id}/act/resolve`}>{t('exchange.resolve')}</Link>}
            </li>
          ))}
        </ul>
        {more}
      </>
    );
  return (
    <>
      <ScrollFrame label={t('exchange.differences.of', { day: held.until })}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="numeric">
                {t('exchange.ordinal')}
              </th>
              <th scope="col">{t('exchange.matter')}</th>
              <th scope="col">{t('exchange.ours')}</th>
              <th scope="col">{t('exchange.theirs')}</th>
              {may && <th scope="col">{t('exchange.next')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.ordinal}>
                <td className="numeric">{one.ordinal}</td>
                <td>
                  <Matter difference={one} />
                </td>
                <td>
                  <Side difference={one} side="ours" />
                </td>
                <td>
                  <Side difference={one} side="theirs" />
                </td>
                {may && (
                  <td className="nowrap">
                    <Link to={`/record/${held.id}/act/resolve`}>{t('exchange.resolve')}</Link>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
      {more}
    </>
  );
}

/** Uploading the counterpart's list of some days. */
function ListTaker({ system, today }: { system: SystemSight; today: string }) {
  const { t } = useSpeech();
  const [since, setSince] = useState(today);
  const [until, setUntil] = useState(today);
  const days = [
    ['exchange.since', since, setSince],
    ['exchange.until', until, setUntil],
  ] as const;
  return (
    <FileTaker
      label={t('exchange.list.file')}
      button={t('exchange.list.take')}
      path={`/api/exchange/lists/${system.system}?${new URLSearchParams({ since, until })}`}
      done={t('exchange.list.done')}
    >
      {days.map(([key, value, set]) => (
        <label key={key} className="field">
          <span>{t(key)}</span>
          <input
            type="date"
            className="input narrow-input"
            value={value}
            max={today}
            onChange={({ target }) => set(target.value)}
          />
        </label>
      ))}
    </FileTaker>
  );
}

/** The newest reconciliation of each organ, and every older one with a difference that nobody has answered. */
export function Reconciliations({ system, today, may }: { system: SystemSight; today: string; may: boolean }) {
  const { t } = useSpeech();
  return (
    <div className="stack">
      <h3>{t('exchange.reconciliation')}</h3>
      {system.reconciliations.length === 0 && <p className="soft">{t('exchange.reconciliation.none')}</p>}
      {system.reconciliations.map((held) => (
        <div key={held.id} className="stack">
          <p className="dotted">
            <Link to={`/record/${held.id}`}>
              {held.since === held.until ? held.until : `${held.since} — ${held.until}`}
            </Link>
            <span>{t('exchange.counts', { ours: held.ours, theirs: held.theirs, matched: held.matched })}</span>
            <span className="verdict" data-verdict={held.open > 0 ? 'bad' : 'good'}>
              {held.open > 0 ? `✗ ${t('exchange.open', { n: held.open })}` : `✓ ${t('exchange.settled')}`}
            </span>
          </p>
          {held.differences.length > 0 && <Differences held={held} />}
        </div>
      ))}
      {may && <ListTaker system={system} today={today} />}
    </div>
  );
}
