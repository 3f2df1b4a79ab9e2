import { type InspectionLevel, PREFERRED_AQL, type Severity, singlePlanForLot } from '@hengjian/statistics';
import { characteristicBlocks, characteristicOf } from './characteristic.ts';
import type { Way } from './form.ts';
import { both } from './label.ts';

const LEVELS = ['S-1', 'S-2', 'S-3', 'S-4', 'I', 'II', 'III'];
const LARGEST_PERCENT = 10;

const severities: Readonly<Record<Severity, { zh: string; en: string; table: string }>> = {
  normal: { zh: '正常检验', en: 'normal', table: '2-A' },
  tightened: { zh: '加严检验', en: 'tightened', table: '2-B' },
  reduced: { zh: '放宽检验', en: 'reduced', table: '2-C' },
};

/** GB/T 2828.1: a single plan by size of lot, inspection level and AQL. */
export const planByLot: Way = {
  name: 'lot',
  title: both('按批量查方案（GB/T 2828.1）', 'By lot size (GB/T 2828.1)'),
  lead: both(
    '由批量和检验水平查字码，由字码和 AQL 查一次抽样方案，箭头按标准执行。',
    'Lot size and level give the code letter; letter and AQL give the single plan, arrows followed.',
  ),
  fields: [
    { name: 'lot', label: both('批量 N', 'Lot size N'), kind: 'whole', unit: both('件', 'units'), initial: '' },
    {
      name: 'level',
      label: both('检验水平', 'Inspection level'),
      kind: 'choice',
      choices: LEVELS.map((value) => ({ value, label: value })),
      initial: 'II',
    },
    {
      name: 'aql',
      label: both('接收质量限 AQL', 'Acceptance quality limit, AQL'),
      kind: 'choice',
      hint: both('不大于 10 为不合格品百分数，大于 10 为每百单位不合格数', 'per cent up to 10, per 100 units above'),
      choices: PREFERRED_AQL.map((value) => ({ value: String(value), label: String(value) })),
      initial: '1',
    },
    {
      name: 'severity',
      label: both('严格度', 'Severity'),
      kind: 'choice',
      choices: Object.entries(severities).map(([value, label]) => ({ value, label: both(label.zh, label.en) })),
      initial: 'normal',
    },
  ],
  example: {
    label: both('批量 1200，水平 II，AQL 1', 'Lot of 1200, level II, AQL 1'),
    values: { lot: '1200', level: 'II', aql: '1' },
  },
  blame: { lotSize: 'lot' },
  answer: (values) => {
    const lot = values.number('lot');
    const level = values.text('level') as InspectionLevel;
    const aql = values.number('aql');
    const severity = values.text('severity') as Severity;
    const plan = singlePlanForLot(lot, level, aql, severity);
    const { inspect, ac, re, code, initialCode, fullInspection, edition } = plan;
    const perHundred = aql > LARGEST_PERCENT;
    const studied = { stages: [{ n: inspect, ac, re }], lot, perHundred } as const;
    const points = { good: aql / 100 };
    const characteristic = characteristicOf(studied, points);
    const { table } = severities[severity];
    const moved = code !== initialCode;
    return {
      headline: both(
        `抽 ${inspect} 件：不合格 ${ac} 件及以下接收，${re} 件及以上拒收`,
        `Inspect ${inspect}: accept with up to ${ac} nonconforming, reject from ${re}`,
      ),
      tone: 'plain',
      blocks: [
        {
          kind: 'facts',
          title: both('方案', 'Plan'),
          rows: [
            { name: both('一次抽样方案', 'Single plan'), value: `n = ${inspect}, Ac = ${ac}, Re = ${re}` },
            { name: both('样本量字码', 'Code letter'), value: moved ? `${initialCode} → ${code}` : code },
            { name: both('版本', 'Edition'), value: edition },
          ],
        },
        {
          kind: 'steps',
          title: both('查表过程', 'How it was read'),
          steps: [
            {
              text: both(
                `表 1：批量 ${lot}、检验水平 ${level}，样本量字码为 ${initialCode}。`,
                `Table 1: a lot of ${lot} at level ${level} has code letter ${initialCode}.`,
              ),
            },
            {
              text: moved
                ? both(
                    `表 ${table}：字码 ${initialCode}、AQL ${aql} 处为箭头，沿箭头使用字码 ${code} 的方案（样本量随之为 ${plan.n}）。`,
                    `Table ${table}: at ${initialCode} and AQL ${aql} stands an arrow, which leads to letter ${code} and its sample of ${plan.n}.`,
                  )
                : both(
                    `表 ${table}：字码 ${code}、AQL ${aql}，n = ${plan.n}，Ac = ${ac}，Re = ${re}。`,
                    `Table ${table}: letter ${code} at AQL ${aql} gives n = ${plan.n}, Ac = ${ac}, Re = ${re}.`,
                  ),
            },
            ...(fullInspection
              ? [
                  {
                    text: both(
                      `样本量 ${plan.n} 不小于批量 ${lot}，全数检验。`,
                      `The sample of ${plan.n} reaches the lot of ${lot}: inspect every unit.`,
                    ),
                  },
                ]
              : []),
          ],
        },
        ...characteristicBlocks(studied, points, characteristic),
        {
          kind: 'notice',
          tone: 'warn',
          text: both(
            '二次、多次抽样主表未收录（没有可核对的正式文本）；已知的二次方案可在“抽检特性”中计算。',
            'The master tables of double and multiple sampling are not held here, for want of an authentic copy; a double plan that is given can be studied under “Characteristic”.',
          ),
        },
      ],
      found: { n: inspect, ac, re, code, initialCode, fullInspection, edition, ...characteristic },
    };
  },
};
