import {
  type Calendar,
  CalendarError,
  type ClockOptions,
  type ClockRule,
  type ClockUnit,
  chinaDateOf,
  computeDeadline,
  type Deadline,
  type Extension,
  explainDeadline,
  type Suspension,
  summarise,
} from '@hengjian/calendar';
import type { Answer, Fact, WorkedStep } from './answer.ts';
import { clauses } from './clauses.ts';
import type { Context } from './context.ts';
import { type Field, FieldError, type Tool, type Values, type Way } from './form.ts';
import { both, type Label } from './label.ts';

const units: Readonly<Record<ClockUnit, Label>> = {
  'working-day': both('工作日', 'working days'),
  day: both('日（自然日）', 'calendar days'),
  month: both('月', 'months'),
  year: both('年', 'years'),
  hour: both('小时', 'hours'),
};
const kinds: Readonly<Record<ClockRule['kind'], Label>> = {
  within: both('起算日后多少内', 'within so long after the start'),
  before: both('某日之前多久', 'so long before a date'),
  'not-before': both('满多久之后才能办', 'not before so long has run'),
  window: both('多久之后、多久之前', 'a window between two terms'),
  recurring: both('每隔多久', 'every so long'),
};
const rolls: Readonly<Record<string, Label>> = {
  usual: both('按该种期限的惯例', 'as usual for the kind of term'),
  none: both('不顺延', 'does not roll'),
  holiday: both('逢法定节假日顺延（条文字面）', 'rolls over public holidays (the letter)'),
  'holiday-and-weekend': both('逢节假日、周末均顺延', 'rolls over holidays and weekends'),
};

const start: Field = {
  name: 'start',
  label: both('起算日', 'Start'),
  hint: both(
    '如 2026-09-28；按小时计时写作 2026-09-28T15:30+08:00',
    'such as 2026-09-28; for hours 2026-09-28T15:30+08:00',
  ),
  kind: 'text',
  initial: '',
};
const suspensions: Field = {
  name: 'suspend',
  label: both('不计入的时间', 'Time that does not count'),
  hint: both('每行一段：2026-03-09..2026-03-13 检验', 'one a line: 2026-03-09..2026-03-13 testing'),
  kind: 'lines',
  initial: '',
  optional: true,
  rare: true,
};
const extensions: Field = {
  name: 'extend',
  label: both('延长', 'Extensions'),
  hint: both('每行一次：10 working-day', 'one a line: 10 working-day (or day, month, year, hour)'),
  kind: 'lines',
  initial: '',
  optional: true,
  rare: true,
};
const travel: Field = {
  name: 'travel',
  label: both('在途天数', 'Days in transit'),
  kind: 'whole',
  unit: both('日', 'days'),
  most: 365,
  initial: '',
  optional: true,
  rare: true,
};

const blame = {
  'impossible-date': 'start',
  'impossible-instant': 'start',
  'end-before-start': 'suspend',
  'before-limit-does-not-stop': 'suspend',
  'unit-mismatch': 'extend',
  'before-limit-does-not-roll': 'roll',
  'hours-do-not-roll': 'roll',
  'window-without-end': 'until',
  'window-ends-before-it-opens': 'until',
  'negative-amount': 'amount',
  'amount-not-whole': 'amount',
  'out-of-range': 'amount',
} as const;

/** Nothing in the law runs longer, and every day of it is walked. */
const LONGEST_TERM = 2_000;
const LONGEST_SUSPENSION = 4_000;
const DAY = 86_400_000;

function suspensionsOf(values: Values, calendar: Calendar): Suspension[] {
  const found = readSuspensions(values, calendar);
  const total = found.reduce((sum, { from, to }) => sum + Math.max(0, Date.parse(to) - Date.parse(from)) / DAY, 0);
  if (total > LONGEST_SUSPENSION)
    throw new FieldError(
      'suspend',
      'too-large',
      `不计入的时间合计最多 ${LONGEST_SUSPENSION} 天。`,
      `At most ${LONGEST_SUSPENSION} days in all can be left out.`,
    );
  return found;
}

function readSuspensions(values: Values, calendar: Calendar): Suspension[] {
  return values.lines('suspend').map((line) => {
    const [, from, to, reason = ''] = /^(\S+?)\s*(?:\.\.|～|~|至)\s*(\S+)(?:\s+(.+))?$/.exec(line) ?? [];
    if (from === undefined || to === undefined)
      throw new FieldError(
        'suspend',
        'suspension-unreadable',
        `“${line}”应写成 起日..止日 事由。`,
        `“${line}” must be written FROM..TO REASON.`,
      );
    for (const end of [from, to]) requireMoment(end, calendar);
    return { from, to, reason: reason === '' ? '不计入' : reason };
  });
}

/** Refuses an end of a suspension that is no day or moment, beside the field it stands in. */
function requireMoment(text: string, calendar: Calendar): void {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) calendar.isWorkingDay(text);
    else chinaDateOf(text);
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    throw new FieldError('suspend', error.code, error.zh, error.en);
  }
}

function extensionsOf(values: Values): Extension[] {
  return values.lines('extend').map((line) => {
    const [, amount, unit = ''] = /^(\d{1,3})\s*[:：]?\s*([a-z-]+)$/.exec(line) ?? [];
    if (amount === undefined || !Object.hasOwn(units, unit))
      throw new FieldError(
        'extend',
        'extension-unreadable',
        `“${line}”应写成 数值 单位，单位为 ${Object.keys(units).join('、')}。`,
        `“${line}” must be an amount and a unit out of ${Object.keys(units).join(', ')}.`,
      );
    return { amount: Number(amount), unit: unit as ClockUnit, basis: '' };
  });
}

function optionsOf(values: Values, calendar: Calendar): ClockOptions {
  const travelDays = values.findNumber('travel');
  const occurrence = values.findNumber('occurrence');
  return {
    suspensions: suspensionsOf(values, calendar),
    extensions: extensionsOf(values),
    ...(travelDays === undefined ? {} : { travelDays }),
    ...(occurrence === undefined ? {} : { occurrence }),
  };
}

const WEEKDAYS = [
  both('周日', 'Sunday'),
  both('周一', 'Monday'),
  both('周二', 'Tuesday'),
  both('周三', 'Wednesday'),
  both('周四', 'Thursday'),
  both('周五', 'Friday'),
  both('周六', 'Saturday'),
] as const;

/** A date with its weekday; an instant stays as it is. */
function dated(text: string): Label {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return both(text, text);
  const weekday = WEEKDAYS[new Date(`${text}T00:00:00Z`).getUTCDay()]!;
  return both(`${text} ${weekday.zh}`, `${text} ${weekday.en}`);
}

function sentenceOf(opens: string | null, due: string | null): Label {
  const [first, last] = [opens, due].map((text) => (text === null ? null : dated(text)));
  if (first && last) return both(`${first.zh}起可办，${last.zh}期满`, `Open from ${first.en}, last day ${last.en}`);
  if (first) return both(`${first.zh}起可办`, `May be done from ${first.en}`);
  return last ? both(`${last.zh}期满`, `Last day ${last.en}`) : both('没有期限', 'No term');
}

function count(rule: ClockRule, values: Values, { calendar }: Context, about: readonly Fact[]): Answer {
  const from = values.text('start');
  const options = optionsOf(values, calendar);
  const deadline = computeDeadline(rule, from, calendar, options);
  const lines = summarise(explainDeadline(rule, from, calendar, options));
  const quiet = new Set(['weekend', 'holiday', 'suspended', 'travel']);
  const marks = new Set(['start', 'opens', 'due', 'rolled']);
  const steps = lines.map(
    ({ from: first, to, at, kind, zh, en }): WorkedStep => ({
      when: at ?? (first === to ? first : `${first} … ${to}`),
      text: both(zh, en),
      ...(quiet.has(kind) ? { weight: 'off' } : marks.has(kind) ? { weight: 'mark' } : {}),
    }),
  );
  const { opens, due } = endsOf(deadline);
  const { provisional } = deadline;
  return {
    headline: sentenceOf(opens, due),
    tone: provisional === false ? 'plain' : 'open',
    blocks: [
      ...(provisional === false
        ? []
        : [
            {
              kind: 'notice',
              tone: 'warn',
              text: both(
                `${provisional.years.join('、')} 年的放假安排尚未发布，暂按周一至周五为工作日，结果是暂定的。`,
                `The holidays of ${provisional.years.join(', ')} are not announced yet; Monday to Friday are taken as working days and the result is provisional.`,
              ),
            } as const,
          ]),
      { kind: 'steps', title: both('逐日计算', 'Day by day'), steps },
      { kind: 'facts', title: both('期限', 'The term'), rows: about },
    ],
    found: { deadline, lines },
  };
}

function endsOf(deadline: Deadline): { opens: string | null; due: string | null } {
  return { opens: deadline.opensAt ?? deadline.opensOn, due: deadline.dueAt ?? deadline.dueOn };
}

function amountText(rule: ClockRule): Label {
  const unit = units[rule.unit];
  const until = rule.until === undefined ? '' : `–${rule.until}`;
  return both(`${rule.amount}${until} ${unit.zh}`, `${rule.amount}${until} ${unit.en}`);
}

const byClause: Way = {
  name: 'clause',
  title: both('按条文', 'By clause'),
  lead: both(
    '选一条期限，填起算日，逐日写出哪天算、哪天不算。',
    'Choose a limit of the law and its first day; every day is accounted for.',
  ),
  fields: [
    {
      name: 'clause',
      label: both('期限', 'Limit'),
      kind: 'choice',
      choices: clauses.map(({ name, label, rule }) => ({
        value: name,
        label: both(`${label.zh}：${amountText(rule).zh}`, `${label.en}: ${amountText(rule).en}`),
      })),
      initial: 'sampling-objection',
    },
    start,
    suspensions,
    extensions,
    travel,
  ],
  example: {
    label: both('2026-09-25 收到检验结论，何时前提出异议', 'conclusion received on 2026-09-25: object until when'),
    values: { clause: 'sampling-objection', start: '2026-09-25' },
  },
  blame,
  answer: (values, context) => {
    const chosen = clauses.find(({ name }) => name === values.text('clause'))!;
    return count(chosen.rule, values, context, [
      { name: both('期限', 'Limit'), value: chosen.label },
      { name: both('长度', 'Length'), value: amountText(chosen.rule) },
      { name: both('起算', 'Runs from'), value: chosen.from },
      { name: both('依据', 'Basis'), value: chosen.rule.basis },
    ]);
  },
};

const byTerm: Way = {
  name: 'term',
  title: both('自定期限', 'Any term'),
  lead: both('条文不在列表中时，自己写出期限。', 'For a limit that is not in the list.'),
  fields: [
    start,
    { name: 'amount', label: both('数值', 'Amount'), kind: 'whole', most: LONGEST_TERM, initial: '' },
    {
      name: 'unit',
      label: both('单位', 'Unit'),
      kind: 'choice',
      choices: Object.entries(units).map(([value, label]) => ({ value, label })),
      initial: 'working-day',
    },
    {
      name: 'kind',
      label: both('期限种类', 'Kind of term'),
      kind: 'choice',
      choices: Object.entries(kinds).map(([value, label]) => ({ value, label })),
      initial: 'within',
    },
    {
      name: 'until',
      label: both('区间的终点', 'End of a window'),
      kind: 'whole',
      most: LONGEST_TERM,
      initial: '',
      optional: true,
      rare: true,
    },
    {
      name: 'roll',
      label: both('末日遇休息日', 'Last day on a day off'),
      kind: 'choice',
      choices: Object.entries(rolls).map(([value, label]) => ({ value, label })),
      initial: 'usual',
      rare: true,
    },
    {
      name: 'first',
      label: both('起算当日', 'The first day'),
      kind: 'choice',
      choices: [
        { value: 'excluded', label: both('不计入', 'does not count') },
        { value: 'counted', label: both('计入', 'counts') },
      ],
      initial: 'excluded',
      rare: true,
    },
    suspensions,
    extensions,
    travel,
    {
      name: 'occurrence',
      label: both('第几次', 'Which occurrence'),
      kind: 'whole',
      initial: '',
      optional: true,
      rare: true,
    },
    { name: 'basis', label: both('依据', 'Basis'), kind: 'text', initial: '', optional: true, rare: true },
  ],
  example: {
    label: both('2026-09-28 起 15 个工作日', '15 working days from 2026-09-28'),
    values: { start: '2026-09-28', amount: '15', unit: 'working-day' },
  },
  blame,
  answer: (values, context) => {
    const until = values.findNumber('until');
    const times = values.findNumber('occurrence') ?? 1;
    if (values.number('amount') * times > LONGEST_TERM)
      throw new FieldError(
        'occurrence',
        'too-large',
        `合计最多算到 ${LONGEST_TERM} 个单位。`,
        `At most ${LONGEST_TERM} units in all are computed.`,
      );
    const roll = values.text('roll');
    const rule: ClockRule = {
      kind: values.text('kind') as ClockRule['kind'],
      unit: values.text('unit') as ClockUnit,
      amount: values.number('amount'),
      basis: values.find('basis') ?? '',
      ...(until === undefined ? {} : { until }),
      ...(values.text('first') === 'counted' ? { countFirstDay: true } : {}),
      ...(roll === 'usual' ? {} : { rollForward: roll as 'none' | 'holiday' | 'holiday-and-weekend' }),
    };
    return count(rule, values, context, [
      { name: both('种类', 'Kind'), value: kinds[rule.kind] },
      { name: both('长度', 'Length'), value: amountText(rule) },
      ...(rule.basis === '' ? [] : [{ name: both('依据', 'Basis'), value: rule.basis }]),
    ]);
  },
};

/** A due date with its arithmetic. */
export const clock: Tool = {
  name: 'clock',
  title: both('期限计算', 'Deadline'),
  lead: both(
    '从起算日到期满，逐日写出哪天算、哪天不算。',
    'From the first day to the last, with every day that does not count.',
  ),
  ways: [byClause, byTerm],
};
