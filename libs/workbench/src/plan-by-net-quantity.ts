import {
  judgePrepackageLot,
  labelUnits,
  leastCharacterHeight,
  PREPACKAGE_EDITIONS,
  type PrepackagePlan,
  prepackagePlan,
  StatisticsError,
  tolerableShortage,
} from '@hengjian/statistics';
import type { Answer, Block, Fact } from './answer.ts';
import type { Values, Way } from './form.ts';
import { both, type Label } from './label.ts';

const UNITS = ['g', 'kg', 'mL', 'L', 'm', 'm2', '个'];

/** JJF 1070: sampling and judging the net quantity of prepackaged goods. */
export const planByNetQuantity: Way = {
  name: 'net-quantity',
  title: both('定量包装净含量（JJF 1070）', 'Net quantity of prepackages (JJF 1070)'),
  lead: both(
    '由标注净含量得允许短缺量 T，由批量得样本量和判定数；填写实际含量即按两条要求判定。',
    'The nominal quantity gives the tolerable shortage T, the lot its sample; give the contents to have them judged.',
  ),
  fields: [
    { name: 'nominal', label: both('标注净含量', 'Nominal quantity'), kind: 'decimal', initial: '' },
    {
      name: 'unit',
      label: both('单位', 'Unit'),
      kind: 'choice',
      choices: UNITS.map((value) => ({ value, label: value === '个' ? both('个（片、支等）', 'pieces') : value })),
      initial: 'g',
    },
    { name: 'lot', label: both('检验批量', 'Lot size'), kind: 'whole', unit: both('件', 'packages'), initial: '' },
    {
      name: 'edition',
      label: both('抽样表版本', 'Edition of the sampling table'),
      kind: 'choice',
      choices: PREPACKAGE_EDITIONS.map(({ id }) => ({ value: id, label: id })),
      initial: 'JJF 1070-2005',
    },
    {
      name: 'actual',
      label: both('实际含量', 'Actual contents'),
      hint: both('每行一个，或以空格分开；单位与标注相同', 'one a line, or with spaces between; in the unit above'),
      kind: 'lines',
      initial: '',
      optional: true,
    },
  ],
  example: {
    label: both('500 g，批量 40', '500 g, a lot of 40'),
    values: {
      nominal: '500',
      unit: 'g',
      lot: '40',
      actual: '498 501 502 499 503 497 500 501 499 502',
    },
  },
  blame: { lotSize: 'lot', 'actual[0]': 'actual' },
  answer: (values) => {
    const [nominal, unit] = [values.text('nominal'), values.text('unit')];
    const edition = values.text('edition');
    const lot = values.number('lot');
    const shortage = tolerableShortage(nominal, unit, edition.startsWith('OIML') ? 'oiml-r87' : 'china');
    const label: Fact[] = [
      {
        name: both('允许短缺量 T', 'Tolerable shortage T'),
        value: `${shortage.T} ${shortage.unit}`,
        ...(shortage.T === shortage.unrounded
          ? {}
          : { note: both(`由 ${shortage.unrounded} 修约`, `rounded from ${shortage.unrounded}`) }),
      },
      { name: both('标注单位', 'Unit on the label'), value: labelUnits(nominal, unit).join(' / ') },
      { name: both('字符最小高度', 'Least height of characters'), value: `${leastCharacterHeight(nominal, unit)} mm` },
      {
        name: both('依据', 'Basis'),
        value: both('定量包装商品计量监督管理办法（总局令第70号）附件1—3', 'Order 70 of SAMR, annexes 1–3'),
      },
    ];
    const plan = planned(lot, edition);
    const labelling: Block = { kind: 'facts', title: both('标注与短缺量', 'Label and shortage'), rows: label };
    if ('missing' in plan)
      return {
        headline: both(
          `允许短缺量 T = ${shortage.T} ${shortage.unit}`,
          `Tolerable shortage T = ${shortage.T} ${shortage.unit}`,
        ),
        tone: 'open',
        blocks: [labelling, { kind: 'notice', tone: 'warn', text: plan.missing }],
        found: { shortage, plan: null },
      };
    return judged(values, plan, shortage.unit, labelling, { nominal, unit, edition, lot });
  },
};

/** The plan, or why the edition's table cannot give one. */
function planned(lot: number, edition: string): PrepackagePlan | { readonly missing: Label } {
  try {
    return prepackagePlan(lot, edition);
  } catch (error) {
    if (!(error instanceof StatisticsError) || error.code !== 'table-not-imported') throw error;
    return {
      missing: both(
        `${edition} 的抽样表没有可核对的正式文本，未收录，不能给出样本量；允许短缺量不受影响。`,
        `The sampling table of ${edition} is not held here for want of an authentic copy, so there is no sample size; the shortage stands.`,
      ),
    };
  }
}

function planFacts(plan: PrepackagePlan): Fact[] {
  return [
    { name: both('样本量', 'Sample size'), value: both(`${plan.sampleSize} 件`, `${plan.sampleSize} packages`) },
    {
      name: both('平均实际含量修正因子 λ', 'Correction factor λ'),
      value: plan.correction ?? both('不作平均含量检验', 'the average is not tested'),
    },
    {
      name: both('短缺量大于 T、不大于 2T', 'Short by more than T, up to 2T'),
      value: both(`允许 ${plan.allowedT1} 件`, `${plan.allowedT1} allowed`),
    },
    { name: both('短缺量大于 2T', 'Short by more than 2T'), value: both('不允许', 'none allowed') },
  ];
}

function judged(
  values: Values,
  plan: PrepackagePlan,
  unit: string,
  labelling: Block,
  asked: { nominal: string; unit: string; edition: string; lot: number },
): Answer {
  const edition: Block[] =
    asked.edition === 'JJF 1070-2005'
      ? [
          {
            kind: 'notice',
            tone: 'warn',
            text: both(
              '抽样表取自 JJF 1070-2005。JJF 1070-2023 自 2024-10-12 起代替它，其抽样表未收录；出具结论前请与现行文本核对。',
              'The sampling table is that of JJF 1070-2005. JJF 1070-2023 replaced it on 2024-10-12 and its table is not held here; compare with the text in force before concluding.',
            ),
          },
        ]
      : [];
  const sampling: Block = { kind: 'facts', title: both('抽样方案', 'Sampling plan'), rows: planFacts(plan) };
  const actual = values.lines('actual').flatMap((line) => line.split(/[\s,，;；]+/).filter((text) => text !== ''));
  if (actual.length === 0)
    return {
      headline: both(`抽 ${plan.sampleSize} 件`, `Draw ${plan.sampleSize} packages`),
      tone: 'plain',
      blocks: [sampling, labelling, ...edition],
      found: { plan },
    };
  const verdict = judgePrepackageLot({
    lotSize: asked.lot,
    nominal: asked.nominal,
    unit: asked.unit,
    actual,
    edition: asked.edition,
  });
  const rows: Fact[] = [
    { name: both('平均实际含量', 'Mean content'), value: `${verdict.mean} ${unit}` },
    ...(verdict.s === null ? [] : [{ name: both('标准差 s', 'Deviation s'), value: `${verdict.s} ${unit}` }]),
    ...(verdict.correctedMean === null
      ? []
      : [{ name: both('修正后平均值 q̄ + λs', 'Corrected mean q̄ + λs'), value: `${verdict.correctedMean} ${unit}` }]),
    ...(verdict.averagePass === null ? [] : [{ name: both('平均含量', 'Average'), value: met(verdict.averagePass) }]),
    { name: both('单件含量', 'Single packages'), value: met(verdict.individualPass) },
  ];
  return {
    headline: verdict.accept ? both('净含量批合格', 'The lot passes') : both('净含量批不合格', 'The lot fails'),
    tone: verdict.accept ? 'good' : 'bad',
    blocks: [
      {
        kind: 'steps',
        title: both('判定过程', 'How it was judged'),
        steps: [...verdict.reasons.map((text) => ({ text })), { text: verdict.clause }],
      },
      { kind: 'facts', title: both('检验结果', 'Results'), rows },
      sampling,
      labelling,
      ...edition,
    ],
    found: verdict,
  };
}

const met = (ok: boolean): Label => (ok ? both('符合', 'met') : both('不符合', 'not met'));
