import type { FormEvent, ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { grouped } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Empty, Failure, Sheet, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useNamedQuery } from '../session.ts';
import type { Board, Counts } from './shapes.ts';
import './monitoring.css';

const counted = ['acts', 'yellow', 'red', 'open', 'late', 'struck'] as const;

/** Rows with their counts and the score made of them. */
function Scores({
  title,
  first,
  rows,
}: {
  title: string;
  first: string;
  rows: { key: string; head: ReactNode; counts: Counts }[];
}) {
  const { t } = useSpeech();
  return (
    <Sheet title={title}>
      <ScrollFrame label={title}>
        <table className="table table-pinned">
          <thead>
            <tr>
              <th scope="col" className="pinned">
                {first}
              </th>
              {counted.map((name) => (
                <th key={name} scope="col" className="numeric">
                  {t(`monitoring.${name}`)}
                </th>
              ))}
              <th scope="col" className="numeric">
                {t('monitoring.points')}
              </th>
              <th scope="col" className="numeric">
                {t('monitoring.score')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, head, counts }) => (
              <tr key={key}>
                <th scope="row" className="monitoring-name">
                  {head}
                </th>
                {counted.map((name) => (
                  <td
                    key={name}
                    className="numeric"
                    data-late={(name === 'red' || name === 'late') && counts[name] > 0}
                  >
                    {grouped(counts[name])}
                  </td>
                ))}
                <td className="numeric">{counts.weighed}</td>
                <td className="numeric">
                  <b>{counts.score ?? '—'}</b>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </Sheet>
  );
}

const height = 120;
/** Cards month by month as bars, with the same numbers as a table under them. */
function Trend({ months }: { months: Board['months'] }) {
  const { t } = useSpeech();
  const most = Math.max(1, ...months.map(({ yellow, red }) => yellow + red));
  const tall = (n: number) => (n / most) * height;
  return (
    <Sheet title={t('monitoring.trend')} side={<span className="soft">{t('monitoring.trend.about')}</span>}>
      <ScrollFrame label={t('monitoring.trend')}>
        <table className="table monitoring-trend">
          <tbody>
            <tr>
              <td />
              {months.map(({ month, yellow, red }) => (
                <td key={month}>
                  <svg width="28" height={height} viewBox={`0 0 28 ${height}`} aria-hidden="true">
                    <rect
                      className="monitoring-yellow"
                      x="4"
                      width="20"
                      y={height - tall(yellow)}
                      height={tall(yellow)}
                    />
                    <rect
                      className="monitoring-red"
                      x="4"
                      width="20"
                      y={height - tall(yellow + red)}
                      height={tall(red)}
                    />
                  </svg>
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">{t('monitoring.month')}</th>
              {months.map(({ month }) => (
                <th key={month} scope="col">
                  {month.slice(2)}
                </th>
              ))}
            </tr>
            {(['yellow', 'red'] as const).map((level) => (
              <tr key={level}>
                <th scope="row">
                  <span className={`monitoring-swatch monitoring-${level}`} /> {t(`monitoring.${level}`)}
                </th>
                {months.map((one) => (
                  <td key={one.month} className="numeric">
                    {one[level]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </Sheet>
  );
}

function Rules({ board }: { board: Board }) {
  const { t, say } = useSpeech();
  return (
    <Sheet
      title={t('monitoring.by-rule')}
      side={<span className="soft">{t('monitoring.edition', { edition: board.edition })}</span>}
    >
      <ScrollFrame label={t('monitoring.by-rule')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('monitoring.rule')}</th>
              <th scope="col">{t('monitoring.kind')}</th>
              <th scope="col">{t('monitoring.level')}</th>
              <th scope="col" className="numeric">
                {t('monitoring.each')}
              </th>
              <th scope="col" className="numeric">
                {t('monitoring.cards')}
              </th>
              <th scope="col" className="numeric">
                {t('monitoring.struck')}
              </th>
            </tr>
          </thead>
          <tbody>
            {board.rules.map(({ code, label, kindLabel, level, points, cards, struck, basis, confidence }) => (
              <tr key={code}>
                <th scope="row" className="monitoring-name">
                  {say(label)}
                  <br />
                  <span className="small soft" lang="zh-CN">
                    {basis}
                  </span>{' '}
                  {confidence === 'illustrative' && (
                    <span className="small soft">({t('monitoring.illustrative')})</span>
                  )}
                </th>
                <td>{say(kindLabel)}</td>
                <td>
                  <span className={`monitoring-swatch monitoring-${level}`} /> {t(`monitoring.${level}`)}
                </td>
                <td className="numeric">{points}</td>
                <td className="numeric">{cards}</td>
                <td className="numeric">{struck}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </Sheet>
  );
}

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** 电子监察台: cards by office, officer and rule, their course over the year, and scores that anybody can make again. */
export function MonitoringPage() {
  const { t, say } = useSpeech();
  const heading = usePageTitle(t('monitoring'));
  const [search, setSearch] = useSearchParams();
  const until = search.get('until') ?? today();
  const from = search.get('from') ?? `${Number(until.slice(0, 4)) - 1}${until.slice(4, 8)}01`;
  const board = useNamedQuery<Board>('monitoring.board', { from, until });
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setSearch({ from: String(form.get('from')), until: String(form.get('until')) });
  };
  return (
    <main className="main stack" id="main">
      <header className="between">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {t('monitoring')}
          </h1>
          <p className="soft">{t('monitoring.lead')}</p>
        </div>
        <p className="row no-print">
          <Link className="button" to="/list/monitoring.card?open=1">
            {t('monitoring.list')}
          </Link>
          <Link className="button" to="/powers">
            {t('powers')}
          </Link>
        </p>
      </header>
      <form className="monitoring-period no-print" onSubmit={show} key={`${from}${until}`}>
        {(['from', 'until'] as const).map((name) => (
          <label key={name}>
            <span>{t(`monitoring.${name}`)}</span>
            <input className="input" type="date" name={name} defaultValue={name === 'from' ? from : until} required />
          </label>
        ))}
        <button type="submit" className="button">
          {t('monitoring.show')}
        </button>
      </form>
      {board.error ? <Failure error={board.error} retry={() => void board.refetch()} /> : null}
      {board.isPending && <Waiting />}
      {board.data && board.data.offices.length === 0 && (
        <Empty title={t('monitoring')}>
          <p>{t('monitoring.none')}</p>
        </Empty>
      )}
      {board.data && board.data.offices.length > 0 && (
        <>
          <Scores
            title={t('monitoring.by-office')}
            first={t('monitoring.office')}
            rows={board.data.offices.map((counts) => ({
              key: counts.office,
              head: <Link to={`/list/monitoring.card?office=${counts.office}`}>{say(counts.officeLabel)}</Link>,
              counts,
            }))}
          />
          <Trend months={board.data.months} />
          <Scores
            title={t('monitoring.by-officer')}
            first={t('monitoring.officer')}
            rows={board.data.officers.map((counts) => ({
              key: `${counts.office}${counts.officer}`,
              head: (
                <>
                  <Link to={`/list/monitoring.card?q=${encodeURIComponent(counts.name)}`}>{counts.name}</Link>
                  <br />
                  <span className="small soft">{say(counts.officeLabel)}</span>
                </>
              ),
              counts,
            }))}
          />
        </>
      )}
      {board.data && (
        <>
          <Rules board={board.data} />
          <Sheet
            title={t('monitoring.formula')}
            side={
              board.data.formula.confidence === 'illustrative' && (
                <span className="soft">{t('monitoring.illustrative')}</span>
              )
            }
          >
            <div className="sheet-body stack">
              <p>{say(board.data.formula.formula)}</p>
              <p className="soft">{say(board.data.formula.basis)}</p>
            </div>
          </Sheet>
        </>
      )}
    </main>
  );
}
