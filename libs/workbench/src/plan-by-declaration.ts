import {
  contradictionPower,
  decideDeclaredQuality,
  decideSmallPopulation,
  declaredQualityRisks,
  largestSampleForLimit,
  largestSmallPopulationSample,
  smallPopulationFalseContradiction,
  smallPopulationLimitingCount,
} from '@hengjian/statistics';
import type { Answer, Block, Fact } from './answer.ts';
import { type Field, FieldError, type Way } from './form.ts';
import { both, type Label } from './label.ts';
import { percent } from './numbers.ts';

const limit: Field = {
  name: 'limit',
  label: both('不合格品限定数 L', 'Limiting number L'),
  hint: both('发现多于 L 个才否定声称', 'only more than L contradict the declaration'),
  kind: 'whole',
  unit: both('件', 'units'),
  initial: '1',
};
const sample: Field = {
  name: 'n',
  label: both('样本量 n', 'Sample size n'),
  hint: both('不填则取误判风险不超过 5 % 的最大值', 'left empty: the largest with a risk of at most 5 %'),
  kind: 'whole',
  unit: both('件', 'units'),
  initial: '',
  optional: true,
};
const found: Field = {
  name: 'found',
  label: both('检出的不合格品数', 'Nonconforming units found'),
  kind: 'whole',
  unit: both('件', 'units'),
  initial: '',
  optional: true,
};

const reading: Block = {
  kind: 'notice',
  tone: 'warn',
  text: both(
    '监督抽查只能否定声称，不能替代验收：没有否定，不等于这批产品合格。',
    'An audit can only contradict a declaration. It is no acceptance: what is not contradicted is not thereby in order.',
  ),
};

function answerOf(
  plan: { n: number; limit: number },
  rows: readonly Fact[],
  decision: { contradicted: boolean; statement: Label } | undefined,
  more: readonly Block[],
  detail: object,
): Answer {
  const blocks: Block[] = [
    ...(decision === undefined ? [] : [{ kind: 'notice', tone: 'link', text: decision.statement } as const]),
    { kind: 'facts', title: both('方案与风险', 'Plan and risks'), rows },
    ...more,
    reading,
  ];
  const planned = both(
    `抽 ${plan.n} 件，不合格多于 ${plan.limit} 件才否定声称`,
    `Draw ${plan.n}; more than ${plan.limit} nonconforming contradict the declaration`,
  );
  const verdict =
    decision?.contradicted === true
      ? both('否定声称质量水平', 'The declaration is contradicted')
      : both('未否定声称质量水平', 'The declaration is not contradicted');
  return {
    headline: decision === undefined ? planned : verdict,
    tone: decision === undefined ? 'plain' : decision.contradicted ? 'bad' : 'open',
    blocks,
    found: { ...plan, ...detail, decision: decision ?? null },
  };
}

function noSample(): FieldError {
  return new FieldError(
    'limit',
    'no-sample',
    '没有样本量能使误判风险不超过 5 %，请增大 L 或自行给出样本量。',
    'No sample size keeps the risk at 5 %; take a larger L or state the sample size.',
  );
}

/** GB/T 2828.4: audit of a declared quality level in a large population. */
export const planByDeclaration: Way = {
  name: 'declared',
  title: both('声称质量水平，总体较大（GB/T 2828.4）', 'Declared level, large population (GB/T 2828.4)'),
  lead: both(
    '核查企业声称的不合格品百分数是否站得住。结论用一句话写出。',
    'Whether a declared per cent nonconforming holds. The finding is written as one sentence.',
  ),
  fields: [
    {
      name: 'dql',
      label: both('声称质量水平 DQL', 'Declared quality level, DQL'),
      kind: 'decimal',
      unit: '%',
      initial: '',
    },
    limit,
    sample,
    found,
  ],
  example: {
    label: both('DQL 1 %，L = 1，检出 2 件', 'DQL 1 %, L = 1, two found'),
    values: { dql: '1', limit: '1', found: '2' },
  },
  blame: { dqlPercent: 'dql', nonconforming: 'found' },
  answer: (values) => {
    const dql = values.number('dql');
    const bound = values.number('limit');
    const n = values.findNumber('n') ?? largestSampleForLimit(bound, dql);
    if (n === null) throw noSample();
    const plan = { n, limit: bound };
    const risks = declaredQualityRisks(plan, dql);
    const count = values.findNumber('found');
    const ratios = [1, 1.5, 2, 3, 4, 6, 8, 10].filter((ratio) => ratio * dql <= 100);
    return answerOf(
      plan,
      [
        { name: both('样本量 n、限定数 L', 'n and L'), value: `n = ${n}, L = ${bound}` },
        {
          name: both('误判风险', 'Risk of false contradiction'),
          value: percent(risks.falseContradictionRisk),
          note: both('声称恰好属实却被否定的概率', 'a declaration that is just true is contradicted'),
        },
        {
          name: both('极限质量', 'Limiting quality'),
          value: `${risks.limitingPercent.toFixed(2)} %`,
          note: both('仍有 10 % 机会不被否定的不合格品百分数', 'escapes contradiction one time in ten'),
        },
        { name: both('极限质量比', 'Limiting quality ratio'), value: risks.limitingQualityRatio.toFixed(2) },
      ],
      count === undefined ? undefined : decideDeclaredQuality(plan, count),
      [
        {
          kind: 'table',
          title: both('实际质量与被否定的概率', 'True quality and chance of contradiction'),
          columns: [
            { name: both('实际为声称的倍数', 'Times the declared level'), numeric: true },
            { name: both('实际不合格品百分数', 'True per cent'), numeric: true },
            { name: both('被否定的概率', 'Contradicted'), numeric: true },
          ],
          rows: ratios.map((ratio) => [
            String(ratio),
            `${Number((ratio * dql).toPrecision(6))} %`,
            percent(contradictionPower(plan, dql, ratio)),
          ]),
        },
      ],
      risks,
    );
  },
};

/** GB/T 2828.11: audit of a declared number of nonconforming units in a small population. */
export const planByCount: Way = {
  name: 'declared-small',
  title: both('声称质量水平，总体较小（GB/T 2828.11）', 'Declared level, small population (GB/T 2828.11)'),
  lead: both(
    '总体不大于 250 时，核查声称的不合格品个数；全部检验时直接比较。',
    'For populations of up to about 250: whether a declared number of nonconforming units holds.',
  ),
  fields: [
    {
      name: 'population',
      label: both('总体量 N', 'Population N'),
      kind: 'whole',
      unit: both('件', 'units'),
      initial: '',
    },
    {
      name: 'declared',
      label: both('声称的不合格品数 D₀', 'Declared nonconforming D₀'),
      kind: 'whole',
      unit: both('件', 'units'),
      initial: '',
    },
    limit,
    sample,
    found,
  ],
  example: {
    label: both('N = 100，声称 2 件，L = 1', 'N = 100, two declared, L = 1'),
    values: { population: '100', declared: '2', limit: '1' },
  },
  blame: { populationSize: 'population', lotSize: 'population', nonconforming: 'found' },
  answer: (values) => {
    const populationSize = values.number('population');
    const declared = values.number('declared');
    const bound = values.number('limit');
    const n = values.findNumber('n') ?? largestSmallPopulationSample(populationSize, declared, bound);
    if (n === null) throw noSample();
    const plan = { populationSize, n, limit: bound };
    const falseContradictionRisk = smallPopulationFalseContradiction(plan, declared);
    const limitingCount = smallPopulationLimitingCount(plan);
    const count = values.findNumber('found');
    return answerOf(
      { n, limit: bound },
      [
        { name: both('样本量 n、限定数 L', 'n and L'), value: `N = ${populationSize}, n = ${n}, L = ${bound}` },
        {
          name: both('误判风险', 'Risk of false contradiction'),
          value: percent(falseContradictionRisk),
          note: both('声称恰好属实却被否定的概率', 'a declaration that is just true is contradicted'),
        },
        {
          name: both('极限个数', 'Limiting count'),
          value:
            limitingCount === null
              ? both('没有：样本量不大于 L', 'none: the sample does not exceed L')
              : String(limitingCount),
          note: both(
            '不被否定的概率不大于 10 % 的最少不合格品数',
            'fewest nonconforming that escape at most one time in ten',
          ),
        },
      ],
      count === undefined ? undefined : decideSmallPopulation(plan, declared, count),
      [],
      { populationSize, declared, falseContradictionRisk, limitingCount },
    );
  },
};
