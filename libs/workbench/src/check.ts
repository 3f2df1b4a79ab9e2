import { type Checked, maskResidentIdentity, type Problem } from '@hengjian/identifiers';
import type { Answer, Block } from './answer.ts';
import { FieldError, type Tool, type Way } from './form.ts';
import { factsOf } from './identifier-facts.ts';
import { type CheckOptions, type IdentifierKind, identifierKinds, recognise } from './identifier-kinds.ts';

import { both, type Label } from './label.ts';

const ANY = 'any';

const number: Way = {
  name: 'number',
  title: both('核对编号', 'Check a number'),
  lead: both(
    '哪一位错了、应当是什么；没有错时，编号里写着什么。',
    'Which character is wrong and what should stand there; else, what the number says.',
  ),
  fields: [
    {
      name: 'text',
      label: both('编号', 'Number'),
      hint: both('按原样填写，空格也算字符', 'as it is written; a space counts as a character'),
      kind: 'text',
      initial: '',
    },
    {
      name: 'kind',
      label: both('种类', 'Kind'),
      kind: 'choice',
      choices: [
        { value: ANY, label: both('自动识别', 'recognise it') },
        ...Object.entries(identifierKinds)
          .filter(([, kind]) => kind.personal !== true)
          .map(([value, { label }]) => ({ value, label })),
      ],
      initial: ANY,
    },
    {
      name: 'issuer',
      label: both('编号来自', 'Issued by'),
      hint: both('别人标签上的差错只作提示', 'on somebody else’s label a fault is only a remark'),
      kind: 'choice',
      choices: [
        { value: 'us', label: both('本部门核发或登记', 'our own register') },
        { value: 'others', label: both('他人的标签、证书', 'somebody else’s label') },
      ],
      initial: 'us',
    },
  ],
  example: {
    label: both('一个写错的统一社会信用代码', 'a credit code with a mistake'),
    values: { text: '914403O01922038216', kind: 'credit-code' },
  },
  answer: (values, context) => {
    const text = values.text('text');
    const options: CheckOptions = {
      issuedBy: values.text('issuer') === 'others' ? 'others' : 'us',
      ...(context.regions === undefined ? {} : { regions: context.regions }),
    };
    if (isPersonal(text)) return withheld(text);
    const named = values.text('kind');
    const names = named === ANY ? recognise(text, options) : [named];
    const [name] = names;
    if (name === undefined)
      throw new FieldError(
        'kind',
        'not-recognised',
        '没有哪一种编号与它完全相符；请选择种类，以便指出错在哪里。',
        'No kind of number fits it entirely; choose one to learn where it is wrong.',
      );
    return answerFor(name, identifierKinds[name]!, text, options, names.slice(1));
  },
};

/** The answer about one text as a number of one kind. */
export function answerFor(
  name: string,
  kind: IdentifierKind,
  text: string,
  options: CheckOptions = {},
  others: readonly string[] = [],
): Answer {
  const checked = kind.parse(text, options);
  const shown = kind.personal === true ? maskResidentIdentity(text) : text;
  if (!checked.ok) return invalid(name, kind, shown, checked.problems);
  return valid(name, kind, shown, checked, others, kind.unchecked?.(options));
}

function valid(
  name: string,
  kind: IdentifierKind,
  shown: string,
  checked: Extract<Checked<object>, { ok: true }>,
  others: readonly string[],
  unchecked: Label | undefined,
): Answer {
  const { label } = kind;
  const remarks = [...checked.warnings, ...(unchecked === undefined ? [] : [unchecked])];
  const doubts = remarks.length > 0;
  const blocks: Block[] = [
    { kind: 'marked', title: both('编号', 'The number'), text: shown, wrong: placesOf(checked.warnings) },
    ...remarks.map(({ zh, en }): Block => ({ kind: 'notice', tone: 'warn', text: both(zh, en) })),
    { kind: 'facts', title: both('编号的含义', 'What it says'), rows: factsOf(checked.value, kind.personal === true) },
  ];
  if (others.length > 0)
    blocks.push({
      kind: 'notice',
      tone: 'link',
      text: both(
        `它也可能是：${others.map((other) => identifierKinds[other]!.label.zh).join('、')}。`,
        `It could also be: ${others.map((other) => identifierKinds[other]!.label.en).join(', ')}.`,
      ),
    });
  return {
    headline: doubts
      ? both(`可以登记的${label.zh}，有 ${remarks.length} 处提示`, `A ${label.en} that can be recorded, with a remark`)
      : both(`有效的${label.zh}`, `A valid ${label.en}`),
    tone: doubts ? 'open' : 'good',
    blocks,
    found: kind.personal === true ? { kind: name, ok: true } : { kind: name, ...checked },
  };
}

function invalid(
  name: string,
  { label, personal }: IdentifierKind,
  shown: string,
  problems: readonly Problem[],
): Answer {
  return {
    headline: both(
      `不是有效的${label.zh}：有 ${problems.length} 处错误`,
      `Not a valid ${label.en}: ${problems.length} fault${problems.length === 1 ? '' : 's'}`,
    ),
    tone: 'bad',
    blocks: [
      { kind: 'marked', title: both('编号', 'The number'), text: shown, wrong: placesOf(problems) },
      ...problems.map(({ zh, en }): Block => ({ kind: 'notice', tone: 'act', text: both(zh, en) })),
      {
        kind: 'table',
        title: both('逐处', 'Place by place'),
        columns: [{ name: both('位置', 'Place') }, { name: both('现为', 'Found') }, { name: both('应为', 'Expected') }],
        rows: problems.map(({ position, found, expected }) => [
          position === undefined ? '–' : String(position),
          personal === true ? '*' : (found ?? '–'),
          expected ?? '–',
        ]),
      },
    ],
    found: personal === true ? { kind: name, ok: false } : { kind: name, ok: false, problems },
  };
}

function placesOf(problems: readonly Problem[]): number[] {
  return problems.flatMap(({ position }) => position ?? []);
}

function isPersonal(text: string): boolean {
  return /^\d{17}[\dXx]$/.test(text) && identifierKinds['resident-identity']!.parse(text).ok;
}

const withholding: Label = both(
  '这像是居民身份号码。网址会留在记录里，所以网页不核对身份号码；请用命令行 hengjian check resident-identity，或在办理业务的表单里填写。',
  'This looks like a resident identity number. Addresses are kept in logs, so pages do not check such numbers; use hengjian check resident-identity, or the form of the business at hand.',
);

/** Neither the number nor what it says is shown: region, birth date and sex are in it. */
function withheld(text: string): Answer {
  return {
    headline: both('身份号码不在网页上核对', 'Identity numbers are not checked on pages'),
    tone: 'open',
    blocks: [
      { kind: 'marked', title: both('编号', 'The number'), text: maskResidentIdentity(text), wrong: [] },
      { kind: 'notice', tone: 'warn', text: withholding },
    ],
    found: { kind: 'resident-identity', withheld: true },
  };
}

/** Whether a number is right, and what it says. */
export const check: Tool = {
  name: 'check',
  title: both('编号核对', 'Check a number'),
  lead: both(
    '信用代码、许可证、条码、标准编号、文号：哪一位错了，应当是什么。',
    'Credit codes, licences, bar codes, standards, document numbers: which character is wrong.',
  ),
  ways: [number],
};
