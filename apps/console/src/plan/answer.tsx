import type { PlanDesign } from '../api-queries.ts';
import { grouped, percent } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { LineChart, type Mark } from '../kit/line-chart.tsx';
import { Notice, Sheet } from '../kit/pieces.tsx';
import { heightAt, type Point, thinned, worthShowing } from '../kit/scale.ts';
import { Interval } from './progress.tsx';

function CurveTable({ title, rows, head }: { title: string; rows: Point[]; head: string }) {
  return (
    <table className="table plan-table">
      <caption className="visually-hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col" className="numeric">
            p
          </th>
          <th scope="col" className="numeric">
            {head}
          </th>
        </tr>
      </thead>
      <tbody>
        {thinned(rows, 11).map((row) => (
          <tr key={row.x}>
            <th scope="row" className="numeric">
              {percent(row.x, 1)}
            </th>
            <td className="numeric">{percent(row.y, 1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Numbers({ design }: { design: PlanDesign }) {
  const { t } = useSpeech();
  const currency = design.cost.currency === 'CNY' ? t('plan.yuan') : design.cost.currency;
  const costs = Number(design.cost.perBatch) > 0;
  return (
    <dl className="plan-numbers">
      <div>
        <dt>{t('plan.n')}</dt>
        <dd>
          <b>{design.n}</b> {t('plan.items')}
        </dd>
      </div>
      <div>
        <dt>Ac / Re</dt>
        <dd>
          <b>
            {design.acceptance} / {design.rejection}
          </b>
        </dd>
      </div>
      {design.codeLetter && (
        <div>
          <dt>{t('plan.letter')}</dt>
          <dd>
            <b>{design.codeLetter}</b>
          </dd>
        </div>
      )}
      {costs && (
        <div>
          <dt>{t('plan.cost')}</dt>
          <dd>
            <b>{grouped(design.cost.perBatch)}</b> {currency} · {t('plan.cost-total')}{' '}
            <b>{grouped(design.cost.total)}</b> {currency}
          </dd>
        </div>
      )}
      <div>
        <dt>{t('plan.clause')}</dt>
        <dd>{design.clause}</dd>
      </div>
    </dl>
  );
}

/** What the plan can and cannot do: in one sentence, in numbers, as a curve per batch and as coverage of firms. */
export function Answer({ design }: { design: PlanDesign }) {
  const { t, say } = useSpeech();
  const accept = worthShowing(design.curve.map((point) => ({ x: point.p, y: point.accept })));
  const { producerRisk, consumerRisk, coverage } = design;
  const marks: Mark[] = [
    {
      ...producerRisk,
      label: t('plan.producer-risk', { p: percent(producerRisk.p, 1), risk: percent(producerRisk.risk, 1) }),
      y: 1 - producerRisk.risk,
    },
    {
      ...consumerRisk,
      label: t('plan.consumer-risk', { p: percent(consumerRisk.p, 1), risk: percent(consumerRisk.risk, 1) }),
      y: consumerRisk.risk,
    },
  ].map(({ p, y, label }) => ({ x: p, y: heightAt(accept, p) ?? y, label }));
  const detect = [{ x: 0, y: 0 }, ...(coverage?.detect ?? []).map((point) => ({ x: point.p, y: point.detect }))];
  return (
    <div className="stack">
      <Notice tone="link">
        <p className="plan-statement">{say(design.statement)}</p>
      </Notice>
      <Numbers design={design} />
      <Sheet title={t('plan.curve')}>
        <div className="sheet-body plan-chart">
          <LineChart
            title={t('plan.curve.title')}
            about={t('plan.about', { n: design.n, c: design.acceptance, model: t(`plan.model.${design.model}`) })}
            points={accept}
            marks={marks.filter((mark) => mark.x <= (accept.at(-1)?.x ?? 0))}
            xLabel={t('plan.axis-p')}
            yLabel={t('plan.accept')}
            readLabel={t('plan.read')}
          />
          <CurveTable title={t('plan.curve.title')} rows={accept} head={t('plan.accept')} />
        </div>
      </Sheet>
      {coverage && (
        <Sheet title={t('plan.power')}>
          <div className="sheet-body stack">
            <div className="plan-chart">
              <LineChart
                title={t('plan.power.title')}
                about={t('plan.coverage-about', {
                  batches: grouped(coverage.batches),
                  population: grouped(coverage.population),
                })}
                points={detect}
                marks={[]}
                xLabel={t('plan.axis-firms')}
                yLabel={t('plan.detect')}
                readLabel={t('plan.read')}
              />
              <CurveTable title={t('plan.power.title')} rows={detect} head={t('plan.detect')} />
            </div>
            <p>{t('plan.sharpness')}</p>
            <Interval rate={coverage.interval} />
          </div>
        </Sheet>
      )}
      {!coverage && <p className="soft">{t('plan.no-coverage')}</p>}
    </div>
  );
}
