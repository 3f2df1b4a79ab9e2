import { type DecisionRule, judge as judgeResult, parseLimit, type VerdictOutcome } from '@hengjian/statistics';
import type { Answer, Block, Fact } from './answer.ts';
import { FieldError, type Tool, type Values, type Way } from './form.ts';
import { both, type Label } from './label.ts';
import { percent } from './numbers.ts';

const verdicts: Readonly<Record<VerdictOutcome, Label>> = {
  conforms: both('符合', 'Conforms'),
  fails: both('不符合', 'Does not conform'),
  'not-judged': both('不作判定', 'Not judged'),
};
const tones: Readonly<Record<VerdictOutcome, Answer['tone']>> = {
  conforms: 'good',
  fails: 'bad',
  'not-judged': 'open',
};

const statements: Readonly<Record<string, Label>> = {
  pass: both('合格', 'pass'),
  'conditional-pass': both('有条件合格', 'conditional pass'),
  'conditional-fail': both('有条件不合格', 'conditional fail'),
  fail: both('不合格', 'fail'),
};

function ruleOf(values: Values): DecisionRule {
  const kind = values.text('rule') as DecisionRule['kind'];
  if (kind === 'simple' || kind === 'non-binary') return { kind };
  return { kind, r: values.text('guard') };
}

const result: Way = {
  name: 'result',
  title: both('检验结果与限值', 'A result and its limit'),
  lead: both(
    '限值按标准原文填写：≤0.20、0.5～1.5、10±0.5、不得检出、不得使用、应清晰……',
    'Write the limit as the standard does: ≤0.20, 0.5～1.5, 10±0.5, 不得检出, 不得使用, 应清晰 …',
  ),
  fields: [
    {
      name: 'limit',
      label: both('标准限值', 'Limit'),
      hint: both('例如 ≤0.20 mg/kg', 'for example ≤0.20 mg/kg'),
      kind: 'text',
      initial: '',
    },
    {
      name: 'result',
      label: both('检验结果', 'Result'),
      hint: both('数值、未检出、<0.01，或“符合”“不符合”', 'a number, 未检出 (not detected), <0.01, or 符合 / 不符合'),
      kind: 'text',
      initial: '',
    },
    {
      name: 'unit',
      label: both('单位', 'Unit'),
      hint: both('限值或结果没有写单位时填写；无量纲填 1', 'where limit or result state none; 1 for a pure number'),
      kind: 'text',
      initial: '',
      optional: true,
    },
    {
      name: 'method',
      label: both('比较方法（GB/T 8170）', 'Comparison (GB/T 8170)'),
      kind: 'choice',
      choices: [
        { value: 'full', label: both('全数值比较法', 'full value') },
        { value: 'rounded', label: both('修约值比较法', 'rounded value') },
      ],
      initial: 'full',
    },
    {
      name: 'uncertainty',
      label: both('扩展不确定度 U', 'Expanded uncertainty U'),
      kind: 'text',
      initial: '',
      optional: true,
      rare: true,
    },
    {
      name: 'k',
      label: both('包含因子 k', 'Coverage factor k'),
      kind: 'text',
      initial: '2',
      optional: true,
      rare: true,
    },
    {
      name: 'rule',
      label: both('判定规则', 'Decision rule'),
      kind: 'choice',
      choices: [
        { value: 'simple', label: both('简单接受，不计不确定度', 'simple acceptance') },
        { value: 'guarded-acceptance', label: both('带保护带的接受', 'guarded acceptance') },
        { value: 'guarded-rejection', label: both('带保护带的拒收', 'guarded rejection') },
        { value: 'non-binary', label: both('非二元（有条件合格、不合格）', 'non-binary') },
      ],
      initial: 'simple',
      rare: true,
    },
    {
      name: 'guard',
      label: both('保护带倍数 r（w = r·U）', 'Guard band multiplier r (w = r·U)'),
      kind: 'text',
      initial: '1',
      optional: true,
      rare: true,
    },
    {
      name: 'source',
      label: both('限值出处', 'Where the limit stands'),
      hint: both('例如 GB 2763-2021 4.1', 'for example GB 2763-2021 4.1'),
      kind: 'text',
      initial: '',
      optional: true,
      rare: true,
    },
  ],
  example: {
    label: both('≤0.20 mg/kg，测得 205 μg/kg', '≤0.20 mg/kg, found 205 μg/kg'),
    values: { limit: '≤0.20 mg/kg', result: '205 μg/kg', unit: 'mg/kg' },
  },
  blame: {
    text: 'limit',
    U: 'uncertainty',
    'rule.r': 'guard',
    'limit-direction-missing': 'limit',
    'rounding-with-guard-band': 'method',
  },
  answer: (values) => {
    const unitWritten = values.find('unit') ?? null;
    const limit = parseLimit(values.text('limit'), unitWritten);
    const unit = unitWritten ?? ('unit' in limit ? limit.unit : null);
    const rule = ruleOf(values);
    const expanded = values.find('uncertainty');
    if (rule.kind !== 'simple' && expanded === undefined)
      throw new FieldError(
        'uncertainty',
        'uncertainty-missing',
        '这条判定规则需要扩展不确定度。',
        'This decision rule needs the expanded uncertainty.',
      );
    const verdict = judgeResult({
      limit,
      result: values.text('result'),
      unit,
      method: values.text('method') as 'full' | 'rounded',
      rule,
      ...(expanded === undefined ? {} : { uncertainty: { expanded, coverageFactor: values.text('k') } }),
      ...(values.find('source') === undefined ? {} : { source: values.text('source') }),
    });
    const word = verdicts[verdict.verdict];
    return {
      headline: both(`${word.zh}：${verdict.reason.zh}`, `${word.en}: ${verdict.reason.en}`),
      tone: tones[verdict.verdict],
      blocks: [
        {
          kind: 'steps',
          title: both('判定过程', 'How it was judged'),
          steps: verdict.steps.map((text) => ({ text })),
        },
        { kind: 'facts', title: both('依据', 'Basis'), rows: basisOf(verdict) },
      ] satisfies Block[],
      found: verdict,
    };
  },
};

function basisOf(verdict: ReturnType<typeof judgeResult>): Fact[] {
  const rows: Fact[] = [{ name: both('依据条款', 'Clauses'), value: verdict.clause }];
  if (verdict.statement !== null)
    rows.push({ name: both('判定陈述', 'Statement'), value: statements[verdict.statement] ?? verdict.statement });
  if (verdict.probability !== null) {
    rows.push({
      name: both('真值符合要求的概率', 'Probability of conformity'),
      value: percent(verdict.probability.conforms),
    });
    if (verdict.probability.wrongVerdict !== null)
      rows.push({
        name: both('判错的概率', 'Probability that the verdict is wrong'),
        value: percent(verdict.probability.wrongVerdict),
      });
  }
  return [...rows, { name: both('判定规则版本', 'Edition of the rules'), value: verdict.edition }];
}

/** Whether a result keeps a limit. */
export const judge: Tool = {
  name: 'judge',
  title: both('结果判定', 'Judge'),
  lead: both(
    '一个检验结果对一个限值，逐步写出怎样判定。',
    'One result against one limit, with every step of the judgement.',
  ),
  ways: [result],
};
