import type { Answer } from './answer.ts';
import { characteristicBlocks, characteristicOf, type StudiedPlan } from './characteristic.ts';
import type { Field, Tool, Values, Way } from './form.ts';
import { both } from './label.ts';
import { percent, quality } from './numbers.ts';

function count(name: string, zh: string, en: string, most?: number): Field {
  const field = { name, label: both(zh, en), kind: 'whole', unit: both('件', 'units'), initial: '' } as const;
  return most === undefined ? field : { ...field, most };
}

/** The work of a double plan grows with the product of its numbers. */
const LARGEST_SAMPLE = 20_000;
const LARGEST_COUNT = 60;

const shared: readonly Field[] = [
  {
    ...count('lot', '批量', 'Lot size'),
    hint: both(
      '填写后计算 AOQ；样本达批量十分之一时按超几何分布',
      'gives AOQ; exact for one lot when the sample is a tenth of it',
    ),
    optional: true,
  },
  {
    name: 'good',
    label: both('生产方关心的质量', 'Quality at the producer’s point'),
    kind: 'decimal',
    unit: '%',
    most: 100,
    initial: '',
    optional: true,
  },
  {
    name: 'bad',
    label: both('使用方关心的质量', 'Quality at the consumer’s point'),
    hint: both('不填则取接收概率 10 % 处', 'left empty: where acceptance is 10 %'),
    kind: 'decimal',
    unit: '%',
    most: 100,
    initial: '',
    optional: true,
  },
];

function study(plan: StudiedPlan, values: Values): Answer {
  const points = {
    ...(values.find('good') === undefined ? {} : { good: values.fraction('good') }),
    ...(values.find('bad') === undefined ? {} : { bad: values.fraction('bad') }),
  };
  const found = characteristicOf(plan, points);
  const { consumer } = found;
  return {
    headline: both(
      `不合格品率 ${quality(consumer.quality)} 的批仍有 ${percent(consumer.risk)} 的机会被接收`,
      `A lot with ${quality(consumer.quality)} nonconforming is still accepted with ${percent(consumer.risk)}`,
    ),
    tone: 'plain',
    blocks: characteristicBlocks(plan, points, found),
    found: { stages: plan.stages, ...plan.stages[0], ...found },
  };
}

function lotOf(values: Values): { lot?: number } {
  const lot = values.findNumber('lot');
  return lot === undefined ? {} : { lot };
}

const single: Way = {
  name: 'single',
  title: both('一次抽样方案', 'Single plan'),
  lead: both('给定 n、Ac，看它会接收什么、拒收什么。', 'What a given n and Ac accept and reject.'),
  fields: [count('n', '样本量 n', 'Sample size n'), count('ac', '接收数 Ac', 'Acceptance number Ac'), ...shared],
  example: {
    label: both('n = 80，Ac = 2，批量 1200', 'n = 80, Ac = 2, lot of 1200'),
    values: { n: '80', ac: '2', lot: '1200', good: '1' },
  },
  blame: { lotSize: 'lot' },
  answer: (values) => {
    const [n, ac] = [values.number('n'), values.number('ac')];
    return study({ stages: [{ n, ac, re: ac + 1 }], ...lotOf(values) }, values);
  },
};

const double: Way = {
  name: 'double',
  title: both('二次抽样方案', 'Double plan'),
  lead: both(
    '给定两次的 n、Ac、Re，另算平均样本量 ASN。',
    'Two samples with Ac and Re, and the average sample number.',
  ),
  fields: [
    count('n1', '第一次样本量 n₁', 'First sample n₁', LARGEST_SAMPLE),
    count('ac1', '第一次接收数 Ac₁', 'First Ac₁', LARGEST_COUNT),
    count('re1', '第一次拒收数 Re₁', 'First Re₁', LARGEST_COUNT),
    count('n2', '第二次样本量 n₂', 'Second sample n₂', LARGEST_SAMPLE),
    count('ac2', '累计接收数 Ac₂', 'Cumulative Ac₂', LARGEST_COUNT),
    ...shared,
  ],
  example: {
    label: both('50, 0, 3；50, 3', '50, 0, 3; 50, 3'),
    values: { n1: '50', ac1: '0', re1: '3', n2: '50', ac2: '3', good: '1' },
  },
  blame: {
    'stages[0].n': 'n1',
    'stages[0].ac': 'ac1',
    'stages[0].re': 're1',
    'stages[1].n': 'n2',
    'stages[1].ac': 'ac2',
    'stages[1].re': 'ac2',
    'stages[1]': 'ac2',
    lotSize: 'lot',
    'sample-larger-than-lot': 'lot',
  },
  answer: (values) => {
    const [n1, ac1, re1, n2, ac2] = ['n1', 'ac1', 're1', 'n2', 'ac2'].map((name) => values.number(name)) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const plan: StudiedPlan = {
      stages: [
        { n: n1, ac: ac1, re: re1 },
        { n: n2, ac: ac2, re: ac2 + 1 },
      ],
      ...lotOf(values),
    };
    return study(plan, values);
  },
};

/** What a given plan accepts and rejects. */
export const curve: Tool = {
  name: 'curve',
  title: both('抽检特性', 'Characteristic'),
  lead: both('一个给定的方案，在每种质量下有多大机会接收。', 'How likely a given plan is to accept, at every quality.'),
  ways: [single, double],
};
