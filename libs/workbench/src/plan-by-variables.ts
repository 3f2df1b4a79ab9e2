import {
  decideByConstant,
  findVariablesPlan,
  normalQuantile,
  qualityStatistics,
  type SigmaMethod,
  type SpecificationLimits,
  summariseMeasurements,
  variablesAcceptance,
} from '@hengjian/statistics';
import type { Answer, Block, CurvePosition } from './answer.ts';
import { FieldError, type Values, type Way } from './form.ts';
import { both } from './label.ts';
import { five, percent, quality } from './numbers.ts';
import { pointsOf, requireModest, riskBlame, riskFields } from './plan-by-risks.ts';

const TABLE = [0.001, 0.0025, 0.005, 0.01, 0.015, 0.025, 0.04, 0.065, 0.1, 0.15, 0.2, 0.3];
const DENSE = 30;
const LARGEST = 1_000;

/** A variables plan of form k through two risk points, and the decision on measured values. */
export const planByVariables: Way = {
  name: 'variables',
  title: both('计量抽样（GB/T 6378.1）', 'By variables (GB/T 6378.1)'),
  lead: both(
    '质量特性服从正态分布时，以平均值和标准差判定，样本量比计数抽样小。填写测得值即作判定。',
    'For a normal characteristic, judged by mean and deviation with smaller samples. Give readings to have them judged.',
  ),
  fields: [
    ...riskFields,
    {
      name: 'sigma',
      label: both('过程标准差', 'Process deviation'),
      kind: 'choice',
      choices: [
        { value: 'unknown', label: both('未知，由样本估计（s 法）', 'unknown, from the sample (s method)') },
        { value: 'known', label: both('已知（σ 法）', 'known (σ method)') },
      ],
      initial: 'unknown',
    },
    {
      name: 'values',
      label: both('测得值', 'Readings'),
      hint: both('每行一个，或以空格分开', 'one a line, or with spaces between'),
      kind: 'lines',
      initial: '',
      optional: true,
      rare: true,
    },
    { name: 'lower', label: both('下规范限', 'Lower limit'), kind: 'text', initial: '', optional: true, rare: true },
    { name: 'upper', label: both('上规范限', 'Upper limit'), kind: 'text', initial: '', optional: true, rare: true },
    {
      name: 'deviation',
      label: both('已知的 σ', 'The known σ'),
      kind: 'decimal',
      initial: '',
      optional: true,
      rare: true,
    },
  ],
  example: {
    label: both('1 % 与 8 %，s 法', '1 % and 8 %, s method'),
    values: { good: '1', bad: '8' },
  },
  blame: { ...riskBlame, limits: 'lower', 'limits-crossed': 'upper', 'no-limit': 'lower', values: 'values' },
  answer: (values) => {
    const points = pointsOf(values);
    const sigma = values.text('sigma') as SigmaMethod;
    requireModest(points, LARGEST, density);
    const plan = findVariablesPlan(points, sigma);
    const k = plan.k.toFixed(3);
    const decision = decided(values, plan, sigma);
    const curve = curveBlock(plan, sigma, points.producer.p, points.consumer.p);
    return {
      headline:
        decision?.headline ??
        both(
          `测 ${plan.n} 件：质量统计量 Q 不小于 k = ${k} 时接收`,
          `Measure ${plan.n}: accept when Q reaches k = ${k}`,
        ),
      tone: decision?.tone ?? 'plain',
      blocks: [
        {
          kind: 'facts',
          title: both('方案', 'Plan'),
          rows: [
            { name: both('样本量', 'Sample size'), value: `n = ${plan.n}` },
            { name: both('接收常数', 'Acceptability constant'), value: `k = ${k}` },
            {
              name: both('判定', 'Decision'),
              value: both(
                'Q_U = (U − x̄)/s，Q_L = (x̄ − L)/s，给出的限都不小于 k 时接收',
                'Q_U = (U − x̄)/s, Q_L = (x̄ − L)/s; accept when each given one reaches k',
              ),
            },
          ],
        },
        ...(decision?.blocks ?? []),
        curve,
        {
          kind: 'notice',
          tone: 'warn',
          text: both(
            '方案由两点风险按公式求得；GB/T 6378.1 的 k 法主表未收录。特性不服从正态分布时不得使用。',
            'Computed from the two points; the form k tables of GB/T 6378.1 are not held here. Not to be used unless the characteristic is normal.',
          ),
        },
      ],
      found: { ...plan, sigma, points: curve.points, decision: decision?.found ?? null },
    };
  },
};

/** How fast the quality moves with the mean, which is what a variables plan measures: the normal density at its quantile. */
function density(p: number): number {
  const z = normalQuantile(p);
  return (Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI)) * Math.sqrt(1 + (z * z) / 2);
}

function curveBlock(plan: { n: number; k: number }, sigma: SigmaMethod, good: number, bad: number) {
  const at = (p: number): number => variablesAcceptance(plan, p, sigma);
  const end = Math.min(0.95, 3 * bad);
  const points: CurvePosition[] = [
    { x: 0, y: 1 },
    ...Array.from({ length: DENSE }, (_, index) => (end * (index + 1)) / DENSE).map((x) => ({ x, y: at(x) })),
  ];
  const tabled = [...new Set([...TABLE.filter((p) => p <= end), good, bad])].sort((a, b) => a - b);
  return {
    kind: 'curve',
    title: both('抽检特性（OC）曲线', 'Operating characteristic (OC) curve'),
    about: both(
      `n = ${plan.n}，k = ${plan.k.toFixed(3)}；${sigma === 'known' ? '正态分布' : '非中心 t 分布'}，单侧限`,
      `n = ${plan.n}, k = ${plan.k.toFixed(3)}; ${sigma === 'known' ? 'normal' : 'noncentral t'}, one limit`,
    ),
    xLabel: both('不合格品率', 'Fraction nonconforming'),
    yLabel: both('接收概率', 'Probability of acceptance'),
    points,
    marks: [
      {
        x: good,
        y: at(good),
        label: both(`${quality(good)}：接收 ${percent(at(good))}`, `${quality(good)}: accepted ${percent(at(good))}`),
      },
      {
        x: bad,
        y: at(bad),
        label: both(`${quality(bad)}：接收 ${percent(at(bad))}`, `${quality(bad)}: accepted ${percent(at(bad))}`),
      },
    ],
    table: {
      kind: 'table',
      title: both('抽检特性表', 'Operating characteristic, as a table'),
      columns: [
        { name: both('不合格品率', 'Fraction nonconforming'), numeric: true },
        { name: both('接收概率', 'Probability of acceptance'), numeric: true },
      ],
      rows: tabled.map((p) => [quality(p), percent(at(p))]),
    },
  } as const;
}

function readingsOf(values: Values): number[] {
  const texts = values.lines('values').flatMap((line) => line.split(/[\s,，;；]+/).filter((text) => text !== ''));
  return texts.map((text) => {
    const value = Number(text);
    if (!Number.isFinite(value))
      throw new FieldError('values', 'not-number', `“${text}”不是数。`, `“${text}” is no number.`);
    return value;
  });
}

function limitOf(values: Values, name: 'lower' | 'upper'): number | undefined {
  const text = values.find(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) throw new FieldError(name, 'not-number', '应为数。', 'This must be a number.');
  return value;
}

function decided(
  values: Values,
  plan: { n: number; k: number },
  sigma: SigmaMethod,
): (Pick<Answer, 'headline' | 'tone' | 'found'> & { blocks: Block[] }) | undefined {
  const readings = readingsOf(values);
  if (readings.length === 0) return undefined;
  if (readings.length !== plan.n)
    throw new FieldError(
      'values',
      'sample-size',
      `方案要求 ${plan.n} 个测得值，这里有 ${readings.length} 个。`,
      `The plan asks for ${plan.n} readings; here are ${readings.length}.`,
    );
  const [lower, upper] = [limitOf(values, 'lower'), limitOf(values, 'upper')];
  const limits: SpecificationLimits = {
    ...(lower === undefined ? {} : { lower }),
    ...(upper === undefined ? {} : { upper }),
  };
  const measured = summariseMeasurements(readings);
  const sample = { ...measured, deviation: sigma === 'known' ? values.number('deviation') : measured.deviation };
  const statistics = qualityStatistics(sample, limits);
  const { accepted } = decideByConstant(sample, limits, plan.k);
  const rows = [
    { name: both('平均值 x̄', 'Mean x̄'), value: five(sample.mean) },
    {
      name: sigma === 'known' ? both('已知 σ', 'Known σ') : both('样本标准差 s', 'Deviation s'),
      value: five(sample.deviation),
    },
    ...(statistics.lower === undefined ? [] : [{ name: both('Q_L', 'Q_L'), value: five(statistics.lower) }]),
    ...(statistics.upper === undefined ? [] : [{ name: both('Q_U', 'Q_U'), value: five(statistics.upper) }]),
  ];
  return {
    headline: accepted
      ? both('接收：Q 不小于 k', 'Accept: Q reaches k')
      : both('拒收：Q 小于 k', 'Reject: Q is below k'),
    tone: accepted ? 'good' : 'bad',
    blocks: [{ kind: 'facts', title: both('这批测得值', 'These readings'), rows }],
    found: { accepted, statistics, mean: sample.mean, deviation: sample.deviation },
  };
}
