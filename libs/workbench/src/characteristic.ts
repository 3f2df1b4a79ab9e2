import {
  averageOutgoingQualityLimit,
  type LotQuality,
  multistageCharacteristic,
  probabilityOfAcceptance,
  rectifyingInspection,
  type Stage,
} from '@hengjian/statistics';
import type { Block, Column, CurvePosition, Fact } from './answer.ts';
import { both, type Label } from './label.ts';
import { five, percent, quality } from './numbers.ts';

/** A plan by attributes whose characteristic is asked for. */
export interface StudiedPlan {
  readonly stages: readonly [Stage & { readonly ac: number }, ...Stage[]];
  /** Units in the lot; undefined for a stream of lots. */
  readonly lot?: number;
  /** Counts nonconformities instead of nonconforming units (AQL above 10). */
  readonly perHundred?: boolean;
}

/** Qualities (fractions) at which a plan is to be judged; the consumer's point is 10 % acceptance unless given. */
export interface StudiedPoints {
  readonly good?: number;
  readonly bad?: number;
}

type Model = 'binomial' | 'hypergeometric' | 'poisson';

const TABLE = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.015, 0.02, 0.025, 0.04, 0.065, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7];
const NEGLIGIBLE = 0.005;
const POINTS = 80;
const CONSUMERS = 0.1;

const modelWords: Readonly<Record<Model, Label>> = {
  binomial: both('B 型曲线（连续批，二项分布）', 'type B curve (stream of lots, binomial)'),
  hypergeometric: both('A 型曲线（孤立批，超几何分布）', 'type A curve (one lot, hypergeometric)'),
  poisson: both('每百单位产品不合格数，泊松分布', 'nonconformities per 100 units, Poisson'),
};

/** The numbers of a characteristic, before they are shown. */
export interface Characteristic {
  readonly model: Model;
  readonly curve: readonly { readonly quality: number; readonly pa: number; readonly asn: number }[];
  readonly producer: { readonly quality: number; readonly risk: number } | null;
  readonly consumer: { readonly quality: number; readonly risk: number };
  /** Quality accepted as often as not. */
  readonly indifference: number;
  /** Average outgoing quality limit of a single plan for a lot of known size. */
  readonly aoql: { readonly quality: number; readonly at: number } | null;
}

/** Type A where the sample reaches a tenth of the lot, else type B; nonconformities have the Poisson model. */
function modelOf({ stages, lot, perHundred }: StudiedPlan): Model {
  if (perHundred === true) return 'poisson';
  const most = stages.reduce((sum, { n }) => sum + n, 0);
  return lot !== undefined && 10 * most >= lot ? 'hypergeometric' : 'binomial';
}

class Study {
  readonly plan: StudiedPlan;
  readonly model: Model;

  constructor(plan: StudiedPlan) {
    this.plan = plan;
    this.model = modelOf(plan);
  }

  /** The nearest quality that exists: in one lot only whole numbers of units do. */
  real(wanted: number): number {
    if (this.model !== 'hypergeometric') return wanted;
    return Math.min(this.plan.lot!, Math.max(0, Math.round(wanted * this.plan.lot!))) / this.plan.lot!;
  }

  at(fraction: number): { pa: number; asn: number } {
    const { stages, lot } = this.plan;
    const condition: LotQuality =
      this.model === 'poisson'
        ? { model: 'poisson', per100Units: 100 * fraction }
        : this.model === 'binomial'
          ? { model: 'binomial', p: fraction }
          : { model: 'hypergeometric', lotSize: lot!, nonconforming: Math.round(fraction * lot!) };
    const [only] = stages;
    if (stages.length === 1) return { pa: probabilityOfAcceptance(only, condition), asn: only.n };
    return multistageCharacteristic(stages, condition);
  }

  /** Smallest real quality whose acceptance has fallen to `pa`. */
  where(pa: number): number {
    if (this.model === 'hypergeometric') {
      const lot = this.plan.lot!;
      let [low, high] = [0, lot];
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if (this.at(middle / lot).pa <= pa) high = middle;
        else low = middle + 1;
      }
      return low / lot;
    }
    let [low, high] = [0, 1];
    while (this.model === 'poisson' && this.at(high).pa > pa) high *= 2;
    for (let round = 0; round < 60; round += 1) {
      const middle = (low + high) / 2;
      if (this.at(middle).pa > pa) low = middle;
      else high = middle;
    }
    return high;
  }

  qualities(): number[] {
    const end = this.where(NEGLIGIBLE);
    const dense = Array.from({ length: POINTS + 1 }, (_, index) => this.real((end * index) / POINTS));
    return [...new Set(dense)];
  }

  tabled(points: readonly number[]): number[] {
    const end = this.where(NEGLIGIBLE);
    const usual = TABLE.filter((fraction) => fraction <= end);
    const chosen = [...usual, ...points].map((fraction) => Number(this.real(fraction).toPrecision(12)));
    return [...new Set(chosen)].filter((fraction) => fraction > 0).sort((a, b) => a - b);
  }
}

/** Computes the characteristic of a plan. @throws StatisticsError for a plan that cannot be */
export function characteristicOf(plan: StudiedPlan, points: StudiedPoints): Characteristic {
  const study = new Study(plan);
  const { good } = points;
  const bad = points.bad === undefined ? study.where(CONSUMERS) : study.real(points.bad);
  const [first] = plan.stages;
  const rectifies = plan.stages.length === 1 && plan.lot !== undefined && plan.perHundred !== true;
  const limit = rectifies && first.ac < first.n ? averageOutgoingQualityLimit(first, plan.lot) : null;
  return {
    model: study.model,
    curve: study.qualities().map((fraction) => ({ quality: fraction, ...pick(study.at(fraction)) })),
    producer: good === undefined ? null : { quality: study.real(good), risk: 1 - study.at(study.real(good)).pa },
    consumer: { quality: bad, risk: study.at(bad).pa },
    indifference: study.where(0.5),
    aoql: limit === null ? null : { quality: limit.aoql, at: limit.p },
  };
}

function pick({ pa, asn }: { pa: number; asn: number }): { pa: number; asn: number } {
  return { pa, asn };
}

/** The characteristic as a curve, its table and its risks. */
export function characteristicBlocks(plan: StudiedPlan, points: StudiedPoints, found: Characteristic): Block[] {
  return [
    { kind: 'facts', title: both('风险', 'Risks'), rows: riskFacts(plan, found) },
    {
      kind: 'curve',
      title: both('抽检特性（OC）曲线', 'Operating characteristic (OC) curve'),
      about: aboutOf(plan, found.model),
      xLabel: found.model === 'poisson' ? both('每百单位不合格数', 'Nonconformities per 100 units') : fractionName,
      yLabel: acceptanceName,
      points: found.curve.map(({ quality: x, pa: y }): CurvePosition => ({ x, y })),
      marks: marksOf(found),
      table: tableOf(plan, points, found),
    },
  ];
}

const fractionName = both('不合格品率', 'Fraction nonconforming');
const acceptanceName = both('接收概率', 'Probability of acceptance');

function aboutOf(plan: StudiedPlan, model: Model): Label {
  const numbers = plan.stages
    .map(({ n, ac, re }, index) => {
      const place = plan.stages.length === 1 ? '' : `${index + 1}: `;
      return `${place}n = ${n}, Ac = ${ac ?? '#'}, Re = ${re}`;
    })
    .join('; ');
  const words = modelWords[model];
  const exact = both('精确计算', 'exact');
  return both(`${numbers}；${words.zh}，${exact.zh}`, `${numbers}; ${words.en}, ${exact.en}`);
}

function marksOf({ producer, consumer }: Characteristic): (CurvePosition & { label: Label })[] {
  const marks = [
    {
      x: consumer.quality,
      y: consumer.risk,
      label: both(
        `${quality(consumer.quality)}：接收 ${percent(consumer.risk)}`,
        `${quality(consumer.quality)}: accepted ${percent(consumer.risk)}`,
      ),
    },
  ];
  if (producer === null) return marks;
  return [
    {
      x: producer.quality,
      y: 1 - producer.risk,
      label: both(
        `${quality(producer.quality)}：拒收 ${percent(producer.risk)}`,
        `${quality(producer.quality)}: rejected ${percent(producer.risk)}`,
      ),
    },
    ...marks,
  ];
}

function riskFacts(plan: StudiedPlan, { producer, consumer, indifference, aoql }: Characteristic): Fact[] {
  const rows: Fact[] = [];
  if (producer !== null)
    rows.push({
      name: both('生产方风险', 'Producer’s risk'),
      value: percent(producer.risk),
      note: both(
        `不合格品率为 ${quality(producer.quality)} 的批被拒收的概率`,
        `a lot with ${quality(producer.quality)} nonconforming is rejected`,
      ),
    });
  rows.push(
    {
      name: both('使用方风险', 'Consumer’s risk'),
      value: percent(consumer.risk),
      note: both(
        `不合格品率为 ${quality(consumer.quality)} 的批仍被接收的概率`,
        `a lot with ${quality(consumer.quality)} nonconforming is still accepted`,
      ),
    },
    {
      name: both('无区别质量', 'Indifference quality'),
      value: quality(indifference),
      note: both('接收与拒收机会各半', 'accepted as often as rejected'),
    },
  );
  if (aoql !== null)
    rows.push({
      name: both('平均检出质量上限 AOQL', 'Average outgoing quality limit, AOQL'),
      value: percent(aoql.quality),
      note: both(
        `拒收批全检并换下不合格品时，出厂平均不合格品率的最大值，在 ${quality(aoql.at)} 时达到`,
        `with rejected lots screened and made good; reached at ${quality(aoql.at)} incoming`,
      ),
    });
  else if (plan.stages.length === 1 && plan.lot === undefined)
    rows.push({
      name: both('平均检出质量 AOQ', 'Average outgoing quality, AOQ'),
      value: both('填写批量后计算', 'needs the size of the lot'),
    });
  return rows;
}

function tableOf(plan: StudiedPlan, points: StudiedPoints, found: Characteristic) {
  const study = new Study(plan);
  const given = [points.good, points.bad].filter((point) => point !== undefined);
  const [first] = plan.stages;
  const withAoq = plan.stages.length === 1 && plan.lot !== undefined && found.model !== 'poisson';
  const withAsn = plan.stages.length > 1;
  const columns: Column[] = [
    { name: found.model === 'poisson' ? both('每百单位不合格数', 'Per 100 units') : fractionName, numeric: true },
    { name: acceptanceName, numeric: true },
    { name: both('拒收概率', 'Rejected'), numeric: true },
    ...(withAoq ? [{ name: both('检出质量 AOQ', 'AOQ'), numeric: true }] : []),
    ...(withAoq ? [{ name: both('平均检验总数 ATI', 'ATI'), numeric: true }] : []),
    ...(withAsn ? [{ name: both('平均样本量 ASN', 'ASN'), numeric: true }] : []),
  ];
  const rows = study.tabled(given).map((fraction) => {
    const { pa, asn } = study.at(fraction);
    const cells = [quality(fraction), percent(pa), percent(1 - pa)];
    if (withAoq) {
      const { aoq, ati } = rectifyingInspection(first, plan.lot!, fraction);
      cells.push(percent(aoq), five(ati));
    }
    if (withAsn) cells.push(five(asn));
    return cells;
  });
  return { kind: 'table', title: both('抽检特性表', 'Operating characteristic, as a table'), columns, rows } as const;
}
