import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { beijingTime, dayWithWeekday, grouped, percent } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Failure, Notice, Sheet, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { Interval } from '../plan/progress.tsx';
import { useNamedQuery } from '../session.ts';
import type { Campaign, CampaignLoops, Oversight } from './shapes.ts';

type Cell = ReactNode;

/** A table of the page: its title, its columns (numbers to the right), its rows; a sentence where there are none. */
function Lines({
  title,
  none,
  columns,
  rows,
}: {
  title: string;
  none: string;
  columns: { name: string; numeric?: boolean }[];
  rows: { key: string; cells: Cell[] }[];
}) {
  return (
    <Sheet title={`${title} ${rows.length}`}>
      {rows.length === 0 ? (
        <p className="sheet-body soft">{none}</p>
      ) : (
        <ScrollFrame label={title}>
          <table className="table">
            <thead>
              <tr>
                {columns.map(({ name, numeric }) => (
                  <th key={name} scope="col" className={numeric ? 'numeric' : undefined}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, cells: [first, ...rest] }) => (
                <tr key={key}>
                  <th scope="row">{first}</th>
                  {rest.map((cell, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells stand in the order of their columns.
                    <td key={index} className={columns[index + 1]?.numeric ? 'numeric' : undefined}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
    </Sheet>
  );
}

function Late({ board, records }: { board: Oversight; records: CampaignLoops | undefined }) {
  const { t, language } = useSpeech();
  return (
    <>
      <Lines
        title={t('oversight.late-bodies')}
        none={t('oversight.late-none')}
        columns={[
          { name: t('oversight.body') },
          { name: t('oversight.part') },
          { name: t('oversight.late'), numeric: true },
          { name: t('oversight.oldest') },
        ]}
        rows={board.lateBodies.map(({ id, name, part, late, oldest }) => ({
          key: `${id}${part}`,
          cells: [name, t(`oversight.part.${part}`), late, dayWithWeekday(oldest, language)],
        }))}
      />
      {records && records.late.length > 0 && (
        <Lines
          title={t('oversight.late-tasks')}
          none=""
          columns={[{ name: t('oversight.task') }, { name: t('oversight.body') }, { name: t('oversight.due') }]}
          rows={records.late.map(({ id, title, state, due, samplingBody, lab }) => ({
            key: id,
            cells: [
              <Link key="to" to={`/record/${id}`}>
                {title}
              </Link>,
              ['assigned', 'ordered', 'sampled'].includes(state) ? samplingBody : lab,
              dayWithWeekday(due, language),
            ],
          }))}
        />
      )}
    </>
  );
}

function Reserves({ board }: { board: Oversight }) {
  const { t, say } = useSpeech();
  const reasons = new Map(board.unsampled.map(({ reason, label }) => [reason, say(label)]));
  return (
    <Lines
      title={t('oversight.reserves-used')}
      none={t('oversight.reserves-none')}
      columns={[
        { name: t('oversight.reserve') },
        { name: t('oversight.instead-of') },
        { name: t('oversight.why') },
        { name: t('oversight.called') },
      ]}
      rows={board.reserves.map(({ id, stratum, sequence, replaces, reason, calledAt, event }) => ({
        key: id,
        cells: [
          <Link key="to" to={`/record/${id}`}>
            {t('oversight.reserve-order', { stratum, n: sequence })}
          </Link>,
          <Link key="to" to={`/record/${replaces}`}>
            {t('oversight.former')}
          </Link>,
          reason === null ? '—' : (reasons.get(reason) ?? reason),
          <span key="at" className="nowrap">
            {calledAt ? beijingTime(calledAt) : '—'} {event !== null && <span className="small soft">#{event}</span>}
          </span>,
        ],
      }))}
    />
  );
}

function Money({ money }: { money: NonNullable<Oversight['money']> }) {
  const { t, say } = useSpeech();
  const yuan = (amount: string) => `${grouped(amount)} ${t('oversight.yuan')}`;
  return (
    <Sheet title={t('oversight.money-title')}>
      <dl className="sheet-body oversight-money">
        {(['budget', 'incurred', 'paid', 'left'] as const).map((name) => (
          <div key={name} data-late={name === 'left' && money.overBudget}>
            <dt>{t(`oversight.${name}`)}</dt>
            <dd>{yuan(money[name])}</dd>
          </div>
        ))}
      </dl>
      {money.testsWithoutPrice > 0 && (
        <p className="sheet-body">{t('oversight.unpriced', { n: money.testsWithoutPrice })}</p>
      )}
      {money.byKind.length > 0 && (
        <ScrollFrame label={t('oversight.money-title')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('oversight.expense')}</th>
                <th scope="col">{t('oversight.bearer')}</th>
                <th scope="col" className="numeric">
                  {t('oversight.n')}
                </th>
                <th scope="col" className="numeric">
                  {t('oversight.incurred')}
                </th>
                <th scope="col" className="numeric">
                  {t('oversight.paid')}
                </th>
              </tr>
            </thead>
            <tbody>
              {money.byKind.map((row) => (
                <tr key={`${row.kind}${row.bearerLabel.en}`}>
                  <th scope="row">{say(row.label)}</th>
                  <td>{say(row.bearerLabel)}</td>
                  <td className="numeric">{row.n}</td>
                  <td className="numeric">{grouped(row.incurred)}</td>
                  <td className="numeric">{grouped(row.paid)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
    </Sheet>
  );
}

function Strata({ board }: { board: Oversight }) {
  const { t, say } = useSpeech();
  const { rate, low, high } = board.failureRate;
  const counts = [
    'drawn',
    'waiting',
    'sampled',
    'none',
    'refused',
    'ended',
    'inTest',
    'decided',
    'failed',
    'reservesUsed',
    'reservesLeft',
  ] as const;
  return (
    <Sheet title={t('oversight.stages')}>
      <ScrollFrame label={t('oversight.stages')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('oversight.stratum')}</th>
              {counts.map((name) => (
                <th key={name} scope="col" className="numeric">
                  {t(`oversight.count.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {board.strata.map((row) => (
              <tr key={row.stratum}>
                <th scope="row">{row.stratum}</th>
                {counts.map((name) => (
                  <td key={name} className="numeric">
                    {row[name]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
      <div className="sheet-body stack">
        {rate !== null && low !== null && high !== null && <Interval rate={{ ...board.failureRate, low, high }} />}
        {board.weighted && board.weighted.low !== null && board.weighted.high !== null && (
          <p>
            {t('oversight.weighted', {
              rate: percent(board.weighted.rate, 1),
              low: percent(board.weighted.low, 1),
              high: percent(board.weighted.high, 1),
              method: board.weighted.method,
            })}
          </p>
        )}
        <Notice tone={board.representation.representative ? 'plain' : 'warn'}>{say(board.representation.note)}</Notice>
      </div>
    </Sheet>
  );
}

function Closure({ campaign, records }: { campaign: Campaign; records: CampaignLoops }) {
  const { t, say, language } = useSpeech();
  const { closed, loops } = campaign;
  return (
    <>
      <p className={loops > closed ? 'oversight-open' : undefined}>
        {loops === 0
          ? t('oversight.closure-none')
          : t('oversight.closure-text', { closed, all: loops, rate: percent(closed / loops, 1) })}
      </p>
      {records.loops.length > 0 && (
        <Lines
          title={t('oversight.loops')}
          none=""
          columns={[
            { name: t('oversight.loop') },
            { name: t('oversight.office') },
            { name: t('oversight.opened') },
            { name: t('oversight.closed-on') },
          ]}
          rows={records.loops.map(({ id, title, officeLabel, openedOn, closedOn, due }) => ({
            key: id,
            cells: [
              title === null ? (
                t('oversight.elsewhere')
              ) : (
                <Link key="to" to={`/loop/loop/${id}`}>
                  {title}
                </Link>
              ),
              say(officeLabel),
              dayWithWeekday(openedOn, language),
              closedOn ? (
                dayWithWeekday(closedOn, language)
              ) : (
                <b key="open">{due ? t('oversight.still-open-due', { due }) : t('oversight.still-open')}</b>
              ),
            ],
          }))}
        />
      )}
    </>
  );
}

/** One campaign: stages by stratum, who is late, which reserves were called and why, money, and what became of its failures. */
export function CampaignDetail({ campaign }: { campaign: Campaign }) {
  const { t } = useSpeech();
  const board = useNamedQuery<Oversight>('sampling.campaign-oversight', { scheme: campaign.id });
  const records = useNamedQuery<CampaignLoops>('reporting.campaign-loops', { scheme: campaign.id });
  if (board.error) return <Failure error={board.error} retry={() => void board.refetch()} />;
  if (!board.data) return <Waiting />;
  return (
    <section className="stack" aria-label={campaign.name}>
      <div className="between">
        <h2>{campaign.name}</h2>
        <p className="row no-print">
          <Link className="button" to={`/record/${campaign.id}`}>
            {t('oversight.scheme')}
          </Link>
          <Link className="button" to={`/list/sampling.task?q=${encodeURIComponent(campaign.product)}`}>
            {t('oversight.tasks')}
          </Link>
        </p>
      </div>
      {records.data && <Closure campaign={campaign} records={records.data} />}
      <Late board={board.data} records={records.data} />
      <Strata board={board.data} />
      <Reserves board={board.data} />
      {board.data.money && <Money money={board.data.money} />}
    </section>
  );
}
