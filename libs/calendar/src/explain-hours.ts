import type { Step } from './explain.ts';
import { hourBounds, hourCountBegins } from './hours.ts';
import { chinaDateAt, formatInstant, parseInstant } from './instants.ts';
import type { ClockOptions, ClockRule } from './rule.ts';
import { amountText, type Bilingual, type StepKind, stepText } from './step-text.ts';

function step(instant: number, kind: StepKind, reason: Bilingual | null): Step {
  const facts = { kind, unit: 'hour' as const, counts: null, reason, provisional: false };
  return {
    date: chinaDateAt(instant),
    at: formatInstant(instant),
    kind,
    unit: 'hour',
    count: null,
    reason,
    provisional: false,
    ...stepText(facts),
  };
}

function startReason(rule: ClockRule, start: number): Bilingual {
  if (rule.kind === 'before') return { zh: '指定时刻，向前倒推', en: 'named moment, counted back from' };
  const begin = hourCountBegins(rule, start);
  if (begin === start) return { zh: '期限起算', en: 'the clock starts' };
  return {
    zh: `期限开始，当时不计入，自${formatInstant(begin)}起算`,
    en: `the period starts; its hour is not counted, counting begins at ${formatInstant(begin)}`,
  };
}

/** The few lines of a clock in hours: start, term, extensions, suspensions, opening, end, in order of time. */
export function explainHours(rule: ClockRule, startsAt: string, options: ClockOptions): Step[] {
  const start = parseInstant(startsAt);
  const { opens, due } = hourBounds(rule, start, options);
  const end = due ?? opens ?? start;
  const times = rule.kind === 'recurring' ? (options.occurrence ?? 1) : 1;
  const amount = rule.kind === 'window' ? (rule.until ?? rule.amount) : rule.amount * times;
  const stops = (options.suspensions ?? [])
    .map(({ from, to, reason }) => ({ from: parseInstant(from), to: parseInstant(to), reason }))
    .filter(({ from, to }) => to > start && from < end)
    .sort((one, other) => one.from - other.from)
    .map(({ from, to, reason }) =>
      step(from, 'suspended', { zh: `至${formatInstant(to)}，${reason}`, en: `until ${formatInstant(to)}, ${reason}` }),
    );
  const extended = (options.extensions ?? []).map(({ amount: added, basis }) => {
    const { zh, en } = amountText(added, 'hour');
    return step(end, 'extended', { zh: `${zh}（${basis}）`, en: `${en} (${basis})` });
  });
  const travelled = (options.travelDays ?? 0) > 0 ? [step(end, 'travel', null)] : [];
  const steps = [step(start, 'start', startReason(rule, start)), ...stops];
  steps.push(step(end, 'term', amountText(amount, 'hour')), ...extended, ...travelled);
  if (opens !== null) steps.push(step(opens, 'opens', null));
  if (due !== null) steps.push(step(due, 'due', null));
  return steps;
}
