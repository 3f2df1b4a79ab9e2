import {
  type CurveModel,
  findEqualDoublePlan,
  findSinglePlan,
  normalQuantile,
  type TwoPoints,
} from '@hengjian/statistics';
import { characteristicBlocks, characteristicOf, type StudiedPlan } from './characteristic.ts';
import { type Field, FieldError, type Values, type Way } from './form.ts';
import { both, type Label } from './label.ts';
import { five, quality } from './numbers.ts';

/** The two points that a plan has to pass through, in per cent. */
export const riskFields: readonly Field[] = [
  {
    name: 'good',
    label: both('生产方风险质量', 'Producer’s quality'),
    hint: both('这样的批应当接收', 'such lots should be accepted'),
    kind: 'decimal',
    unit: '%',
    initial: '',
  },
  { name: 'alpha', label: both('生产方风险 α', 'Producer’s risk α'), kind: 'decimal', unit: '%', initial: '5' },
  {
    name: 'bad',
    label: both('使用方风险质量', 'Consumer’s quality'),
    hint: both('这样的批应当拒收', 'such lots should be rejected'),
    kind: 'decimal',
    unit: '%',
    initial: '',
  },
  { name: 'beta', label: both('使用方风险 β', 'Consumer’s risk β'), kind: 'decimal', unit: '%', initial: '10' },
];

/** Arguments of the library that stand for a field of {@link riskFields}. */
export const riskBlame = {
  'producer.p': 'good',
  'producer.pa': 'alpha',
  'consumer.p': 'bad',
  'consumer.pa': 'beta',
  'points-inconsistent': 'bad',
  'plan-too-large': 'bad',
} as const;

/** The two points as written. @throws FieldError when they stand in the wrong order or are no risks */
export function pointsOf(values: Values): TwoPoints {
  const [good, alpha, bad, beta] = ['good', 'alpha', 'bad', 'beta'].map((name) => values.fraction(name)) as [
    number,
    number,
    number,
    number,
  ];
  for (const [name, share] of [
    ['good', good],
    ['alpha', alpha],
    ['bad', bad],
    ['beta', beta],
  ] as const)
    if (share <= 0 || share >= 1)
      throw new FieldError(name, 'out-of-range', '应大于 0、小于 100。', 'This must lie between 0 and 100.');
  if (good >= bad)
    throw new FieldError(
      'bad',
      'points-inconsistent',
      `应大于生产方风险质量 ${quality(good)}。`,
      `This must be above the producer’s quality, ${quality(good)}.`,
    );
  if (alpha + beta >= 1)
    throw new FieldError(
      'beta',
      'points-inconsistent',
      '两类风险之和应小于 100 %。',
      'The two risks must add up to less than 100 %.',
    );
  return { producer: { p: good, pa: 1 - alpha }, consumer: { p: bad, pa: beta } };
}

/**
 * Refuses points that need about more units than `most` (normal approximation): the search would take long, and nobody
 * inspects so many.
 */
export function requireModest({ producer, consumer }: TwoPoints, most: number, spread: (p: number) => number): void {
  const [alpha, beta] = [-normalQuantile(1 - producer.pa), -normalQuantile(consumer.pa)];
  const units = ((alpha * spread(producer.p) + beta * spread(consumer.p)) / (consumer.p - producer.p)) ** 2;
  if (units > most)
    throw new FieldError(
      'bad',
      'plan-too-large',
      `两点过于接近，约需 ${Math.round(units)} 件；这里最多算到 ${most} 件。`,
      `The points are too close: about ${Math.round(units)} units; at most ${most} are computed here.`,
    );
}

const binomialSpread = (p: number): number => Math.sqrt(p * (1 - p));
const LARGEST_SINGLE = 20_000;
const LARGEST_DOUBLE = 800;

/** The smallest single, or the cheapest equal double plan through two risk points. */
export const planByRisks: Way = {
  name: 'risks',
  title: both('按两点风险设计', 'Through two risk points'),
  lead: both(
    '给出两种质量和各自允许的风险，求满足两点的最小方案。',
    'Two qualities with the risk allowed at each: the smallest plan that keeps both.',
  ),
  fields: [
    ...riskFields,
    {
      name: 'kind',
      label: both('方案类型', 'Kind of plan'),
      kind: 'choice',
      choices: [
        { value: 'single', label: both('一次', 'single') },
        { value: 'double', label: both('二次（两次样本量相等）', 'double, equal samples') },
      ],
      initial: 'single',
    },
    {
      name: 'lot',
      label: both('批量', 'Lot size'),
      hint: both('孤立批填写，按超几何分布设计一次方案', 'for one lot: the single plan is then hypergeometric'),
      kind: 'whole',
      unit: both('件', 'units'),
      initial: '',
      optional: true,
    },
  ],
  example: {
    label: both('1 % 与 6 %，风险 5 % 与 10 %', '1 % and 6 %, risks 5 % and 10 %'),
    values: { good: '1', bad: '6' },
  },
  blame: { ...riskBlame, lotSize: 'lot', 'lotSize × p': 'lot' },
  answer: (values) => {
    const points = pointsOf(values);
    const lot = values.findNumber('lot');
    const double = values.text('kind') === 'double';
    requireModest(points, double ? LARGEST_DOUBLE : LARGEST_SINGLE, binomialSpread);
    const { plan, sentence, asn } = double ? doubleThrough(points, lot) : singleThrough(points, lot);
    const asked = { good: points.producer.p, bad: points.consumer.p };
    const characteristic = characteristicOf(plan, asked);
    return {
      headline: sentence,
      tone: 'plain',
      blocks: [
        {
          kind: 'facts',
          title: both('方案', 'Plan'),
          rows: [
            ...plan.stages.map(({ n, ac, re }, index) => ({
              name: double ? both(`第 ${index + 1} 次`, `Sample ${index + 1}`) : both('一次抽样方案', 'Single plan'),
              value: `n = ${n}, Ac = ${ac}, Re = ${re}`,
            })),
            ...(asn === null
              ? []
              : [
                  {
                    name: both('平均样本量（生产方点）', 'Average sample at the producer’s point'),
                    value: five(asn),
                  },
                ]),
            {
              name: both('方法', 'Method'),
              value: double
                ? both('生产方点平均样本量最小的等量二次方案', 'equal double plan with the least average sample')
                : both('Guenther (1969)：接收数从 0 起逐一求最小样本量', 'Guenther (1969): least n for Ac = 0, 1, 2 …'),
            },
          ],
        },
        ...characteristicBlocks(plan, asked, characteristic),
      ],
      found: { stages: plan.stages, ...plan.stages[0], ...characteristic },
    };
  },
};

/** A plan, the sentence for it, and its average sample at the producer's point where that is not its n. */
interface Through {
  readonly plan: StudiedPlan;
  readonly sentence: Label;
  readonly asn: number | null;
}

function singleThrough(points: TwoPoints, lot: number | undefined): Through {
  const model: CurveModel = lot === undefined ? { model: 'binomial' } : { model: 'hypergeometric', lotSize: lot };
  const { n, ac } = findSinglePlan(points, model);
  const plan: StudiedPlan = { stages: [{ n, ac, re: ac + 1 }], ...(lot === undefined ? {} : { lot }) };
  return {
    plan,
    asn: null,
    sentence: both(
      `抽 ${n} 件：不合格 ${ac} 件及以下接收，${ac + 1} 件及以上拒收`,
      `Inspect ${n}: accept with up to ${ac} nonconforming, reject from ${ac + 1}`,
    ),
  };
}

function doubleThrough(points: TwoPoints, lot: number | undefined): Through {
  if (lot !== undefined)
    throw new FieldError(
      'lot',
      'double-in-lot',
      '二次方案按连续批（二项分布）设计，请不填批量。',
      'Double plans are designed for a stream of lots; leave the lot size empty.',
    );
  const { n, c1, c2, asnAtProducer } = findEqualDoublePlan(points);
  const re = c2 + 1;
  const plan: StudiedPlan = {
    stages: [
      { n, ac: c1, re },
      { n, ac: c2, re },
    ],
  };
  return {
    plan,
    asn: asnAtProducer,
    sentence: both(
      `先抽 ${n} 件：${c1} 件及以下接收，${re} 件及以上拒收，其间再抽 ${n} 件，累计 ${c2} 件及以下接收`,
      `First ${n}: accept with up to ${c1}, reject from ${re}, else ${n} more and accept with up to ${c2} in all`,
    ),
  };
}
