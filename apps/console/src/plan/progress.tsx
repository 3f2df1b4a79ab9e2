import { Link } from 'react-router';
import type { CampaignProgress } from '../api-queries.ts';
import { percent } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Sheet, Waiting } from '../kit/pieces.tsx';
import { roundTicks } from '../kit/scale.ts';
import { useWidth } from '../kit/width.ts';
import { useNamedQuery } from '../session.ts';
import '../kit/chart.css';
import './plan.css';

export type Rate = { x: number; n: number; low: number; high: number; method: string };

/** A rate with its interval on one line, its n in words. */
export function Interval({ rate }: { rate: Rate }) {
  const { t } = useSpeech();
  const [frame, width] = useWidth<HTMLDivElement>();
  const share = rate.n === 0 ? 0 : rate.x / rate.n;
  const ticks = roundTicks(Math.min(1, rate.high * 1.15), width < 480 ? 4 : 6);
  const maximum = ticks.at(-1) || 1;
  const place = (value: number) => 16 + (value / maximum) * Math.max(80, width - 48);
  const sentence = t('progress.rate', {
    x: rate.x,
    n: rate.n,
    share: percent(share),
    low: percent(rate.low),
    high: percent(rate.high),
    method: rate.method,
  });
  return (
    <div className="chart" ref={frame}>
      <p>{sentence}</p>
      {width > 0 && (
        <svg width={width} height={56} role="img" aria-label={sentence} className="interval">
          <rect
            x={place(rate.low)}
            y={8}
            width={place(rate.high) - place(rate.low)}
            height={16}
            className="interval-band"
          />
          <line x1={place(share)} x2={place(share)} y1={4} y2={28} className="interval-point" />
          <line x1={place(0)} x2={place(maximum)} y1={32} y2={32} className="chart-axis" />
          {ticks.map((tick) => (
            <text key={tick} x={place(tick)} y={48} textAnchor="middle">
              {Number((tick * 100).toPrecision(6))} %
            </text>
          ))}
        </svg>
      )}
    </div>
  );
}

/** How far a campaign is: every state with its count, each leading to its rows; the failure rate with interval and n. */
export function CampaignProgressSheet({ scheme }: { scheme: string }) {
  const { t, say } = useSpeech();
  const progress = useNamedQuery<CampaignProgress>('sampling.campaign-progress', { scheme });
  if (progress.isPending) return <Waiting />;
  if (!progress.data || progress.data.total === 0) return null;
  const { total, byState, reservesUsed, failed, rate, representation } = progress.data;
  return (
    <Sheet title={t('progress')} side={<span className="soft">{t('progress.total', { n: total })}</span>}>
      <div className="sheet-body stack">
        <table className="table progress-table">
          <caption className="visually-hidden">{t('progress')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('column.state')}</th>
              <th scope="col" className="numeric">
                {t('progress.count')}
              </th>
              <td aria-hidden="true" />
            </tr>
          </thead>
          <tbody>
            {byState.map((row) => (
              <tr key={row.state}>
                <th scope="row">
                  <Link to={`/list/sampling.task?state=${row.state}`}>{say(row.label)}</Link>
                </th>
                <td className="numeric">{row.n}</td>
                <td aria-hidden="true" className="progress-bar">
                  <span style={{ width: `${(row.n / total) * 100}%` }} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="dotted">
          <span>{t('progress.reserves', { n: reservesUsed })}</span>
          <span>{t('progress.failed', { n: failed })}</span>
        </p>
        {rate.low !== null && rate.high !== null && (
          <>
            <Interval rate={{ ...rate, low: rate.low, high: rate.high }} />
            <p className={representation.representative ? 'soft' : undefined}>{say(representation.note)}</p>
          </>
        )}
      </div>
    </Sheet>
  );
}
