import { Link } from 'react-router';
import { dayWithWeekday } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { useNarrow } from '../kit/width.ts';
import { useEntity } from '../session.ts';
import type { Stuck } from './shapes.ts';

/** Why it came back or cannot go, in words. */
function Why({ row }: { row: Stuck }) {
  const { t, language } = useSpeech();
  if (row.state === 'rejected') {
    return (
      <>
        {row.reason ?? t('exchange.reason.none')}
        {row.code && (
          <>
            {' '}
            <span className="code small soft">{row.code}</span>
          </>
        )}
      </>
    );
  }
  return (
    <ul>
      {row.faults.map((fault) => (
        <li key={fault.field}>{fault[language]}</li>
      ))}
    </ul>
  );
}

function What({ row }: { row: Stuck }) {
  const { t, say, language } = useSpeech();
  return (
    <>
      <Link to={`/record/${row.id}`}>{row.title}</Link>
      <p className="small soft dotted">
        <span>{say(row.systemLabel)}</span>
        <span>{say(row.messageLabel)}</span>
        {row.sourceNumber && <span>{row.sourceNumber}</span>}
        <span>{say(row.office.label)}</span>
      </p>
      {row.dueOn && <p className="small">{t('exchange.due', { date: dayWithWeekday(row.dueOn, language) })}</p>}
    </>
  );
}

function Verdict({ row }: { row: Stuck }) {
  const { t } = useSpeech();
  return (
    <span className="verdict" data-verdict={row.state === 'rejected' ? 'bad' : 'open'}>
      {row.state === 'rejected' ? `✗ ${t('exchange.rejected')}` : `○ ${t('exchange.incomplete')}`}
    </span>
  );
}

/** What can be done about it: the record where the fault lies, then the dispatch itself. */
function Ways({ row }: { row: Stuck }) {
  const { t } = useSpeech();
  const may = useEntity('exchange.dispatch')?.actions.some(({ name, mine }) => name === 'resend' && mine) ?? false;
  return (
    <p className="row exchange-ways">
      <Link to={`/record/${row.source}`}>{t('exchange.source')}</Link>
      {may && (
        <>
          <Link to={`/record/${row.id}/act/${row.state === 'rejected' ? 'resend' : 'refresh'}`}>
            {t(row.state === 'rejected' ? 'exchange.resend' : 'exchange.refresh')}
          </Link>
          <Link to={`/record/${row.id}/act/cancel`}>{t('exchange.cancel')}</Link>
        </>
      )}
    </p>
  );
}

/** Rejected first, then what lacks something: the matter, the reason in plain words, the ways on. */
export function StuckRows({ rows }: { rows: Stuck[] }) {
  const { t } = useSpeech();
  const narrow = useNarrow();
  if (narrow)
    return (
      <ul className="cards">
        {rows.map((row) => (
          <li key={row.id}>
            <Verdict row={row} />
            <div>
              <What row={row} />
            </div>
            <div>
              <Why row={row} />
            </div>
            <Ways row={row} />
          </li>
        ))}
      </ul>
    );
  return (
    <ScrollFrame label={t('exchange.stuck.label')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('exchange.state')}</th>
            <th scope="col">{t('exchange.matter')}</th>
            <th scope="col">{t('exchange.why')}</th>
            <th scope="col">{t('exchange.next')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="nowrap">
                <Verdict row={row} />
              </td>
              <td>
                <What row={row} />
              </td>
              <td>
                <Why row={row} />
              </td>
              <td>
                <Ways row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
