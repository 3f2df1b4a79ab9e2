import type { Calendar, DayNumberCalendar } from './calendar.ts';
import { addMonths, type DayNumber, formatDate, parseDate } from './days.ts';
import { monthTermEnd } from './deadline.ts';
import { explainHours } from './explain-hours.ts';
import { type ClockOptions, type ClockRule, type ClockUnit, checkRule, type Extension, rollForwardOf } from './rule.ts';
import {
  amountText,
  type Bilingual,
  holidayReason,
  type StepFacts,
  type StepKind,
  stepText,
  WEEKEND,
} from './step-text.ts';

/** One line of the arithmetic: a date, what happens to it, and the sentence for it. */
export interface Step {
  readonly date: string;
  /** The instant, for clocks in hours; else null. */
  readonly at: string | null;
  readonly kind: StepKind;
  readonly unit: ClockUnit;
  /** Which day of the term this is; null where the day is not counted. */
  readonly count: number | null;
  readonly reason: Bilingual | null;
  /** The day lies in a year without a notice and was read as Monday to Friday. */
  readonly provisional: boolean;
  readonly zh: string;
  readonly en: string;
}

/** A walk from day to day that writes down each step; of `computeDeadline` it shares only the arithmetic of months. */
interface Walk {
  readonly steps: Step[];
  readonly days: DayNumberCalendar;
  readonly unit: ClockUnit;
  readonly suspendedFor: (day: DayNumber) => string | undefined;
  day: DayNumber;
  counted: number;
}

function write(walk: Walk, kind: StepKind, unit: ClockUnit, reason: Bilingual | null = null, asked = false): void {
  const isCounted = kind === 'counted' || kind === 'make-up';
  if (isCounted) walk.counted += 1;
  const count = isCounted ? walk.counted : null;
  const provisional = asked && walk.days.provisional(walk.day, walk.day) !== false;
  const facts: StepFacts = { kind, unit, counts: count === null ? null : [count, count], reason, provisional };
  walk.steps.push({ date: formatDate(walk.day), at: null, kind, unit, count, reason, provisional, ...stepText(facts) });
}

function offReason(walk: Walk): Bilingual {
  const name = walk.days.nameOf(walk.day);
  return name === undefined ? WEEKEND : holidayReason(name);
}

/** Counts the day the walk stands on, or writes why it does not count. Returns whether it counted. */
function countDay(walk: Walk, unit: 'working-day' | 'day'): boolean {
  const suspended = walk.suspendedFor(walk.day);
  if (suspended !== undefined) {
    write(walk, 'suspended', unit, { zh: suspended, en: suspended });
    return false;
  }
  const kind = walk.days.kindOf(walk.day);
  if (unit === 'day' || kind === 'working') write(walk, 'counted', unit, null, unit === 'working-day');
  else if (kind === 'make-up') write(walk, 'make-up', unit, offReason(walk), true);
  else write(walk, kind, unit, offReason(walk), true);
  return unit === 'day' || kind === 'working' || kind === 'make-up';
}

function walkDays(walk: Walk, unit: 'working-day' | 'day', amount: number, direction: 1 | -1, first: boolean): void {
  let left = amount;
  if (first && left > 0 && countDay(walk, unit)) left -= 1;
  while (left > 0) {
    walk.day += direction;
    if (countDay(walk, unit)) left -= 1;
  }
}

function walkMonths(walk: Walk, unit: ClockUnit, amount: number, countFirstDay: boolean): void {
  const start = walk.day;
  const { day: nominal, clamped } = monthTermEnd(start, unit === 'year' ? amount * 12 : amount, countFirstDay);
  let end = nominal;
  for (walk.day = start + 1; walk.day <= end; walk.day += 1) {
    const suspended = walk.suspendedFor(walk.day);
    if (suspended === undefined) continue;
    end += 1;
    write(walk, 'suspended', unit, { zh: suspended, en: suspended });
  }
  walk.day = end;
  const { zh, en } = amountText(amount, unit);
  const last = clamped
    ? { zh: '（该月无对应日，取月末）', en: ' (no such day in that month: its last day)' }
    : { zh: '', en: '' };
  const lost = end - nominal;
  const later =
    lost === 0 ? { zh: '', en: '' } : { zh: `，扣除中止${lost}日`, en: `, ${lost} suspended days left out` };
  write(walk, 'term', unit, { zh: `${zh}届满日${last.zh}${later.zh}`, en: `end of ${en}${last.en}${later.en}` });
}

interface Part {
  readonly amount: number;
  readonly unit: ClockUnit;
  /** The clause of an extension; undefined for the term itself. */
  readonly basis?: string;
}

function isMonthly(part: Part | undefined): part is Part {
  return part?.unit === 'month' || part?.unit === 'year';
}

function writeExtension(walk: Walk, part: Part): void {
  if (part.basis === undefined) return;
  const { zh, en } = amountText(part.amount, part.unit);
  write(walk, 'extended', part.unit, { zh: `${zh}（${part.basis}）`, en: `${en} (${part.basis})` });
}

/** Months that follow each other are one length of time, counted from where the first of them starts. */
function walkMonthlyParts(walk: Walk, parts: readonly Part[], countFirstDay: boolean): void {
  for (const part of parts) writeExtension(walk, part);
  const months = parts.reduce((sum, part) => sum + part.amount * (part.unit === 'year' ? 12 : 1), 0);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) walkMonths(walk, only.unit, only.amount, countFirstDay);
  else walkMonths(walk, 'month', months, countFirstDay);
}

function walkTerm(walk: Walk, rule: ClockRule, amount: number, extensions: readonly Extension[]): void {
  const countFirstDay = rule.countFirstDay === true && amount > 0;
  if (!countFirstDay) write(walk, 'start', rule.unit);
  const parts: readonly Part[] = [{ amount, unit: rule.unit }, ...extensions];
  let index = 0;
  while (index < parts.length) {
    const first = countFirstDay && index === 0;
    const monthly: Part[] = [];
    while (isMonthly(parts[index])) monthly.push(parts[index++]!);
    if (monthly.length > 0) {
      walkMonthlyParts(walk, monthly, first);
      continue;
    }
    const part = parts[index++]!;
    writeExtension(walk, part);
    if (part.unit === 'working-day' || part.unit === 'day') walkDays(walk, part.unit, part.amount, 1, first);
  }
}

function walkTravel(walk: Walk, travelDays: number): void {
  for (let passed = 0; passed < travelDays; passed += 1) {
    walk.day += 1;
    write(walk, 'travel', walk.unit);
  }
}

function walkRoll(walk: Walk, rule: ClockRule): void {
  const mode = rollForwardOf(rule);
  if (mode === 'none') return;
  for (;;) {
    const kind = walk.days.kindOf(walk.day);
    if (!(kind === 'holiday' || (kind === 'weekend' && mode === 'holiday-and-weekend'))) return;
    write(walk, 'rolled', walk.unit, offReason(walk), true);
    walk.day += 1;
  }
}

function walkBackward(walk: Walk, rule: ClockRule): void {
  const countsAnchor = rule.countFirstDay === true && rule.amount > 0;
  const anchor = {
    zh: '指定日期，不计入，自前一日倒推',
    en: 'named date, not counted; counting goes back from the day before',
  };
  if (!countsAnchor) write(walk, 'start', rule.unit, anchor);
  if (rule.unit === 'working-day' || rule.unit === 'day') {
    walkDays(walk, rule.unit, rule.amount, -1, countsAnchor);
    return;
  }
  const end = addMonths(walk.day, rule.unit === 'year' ? -12 * rule.amount : -rule.amount);
  walk.day = countsAnchor && !end.clamped ? end.day + 1 : end.day;
  const { zh, en } = amountText(rule.amount, rule.unit);
  const last = end.clamped
    ? { zh: '（该月无对应日，取月末）', en: ' (no such day in that month: its last day)' }
    : { zh: '', en: '' };
  write(walk, 'term', rule.unit, {
    zh: `${zh}前的对应日${last.zh}`,
    en: `the corresponding day ${en} before${last.en}`,
  });
}

/** Puts the opening of a window at its place among the steps that lead to its end. */
function insertOpening(walk: Walk, opening: Walk): void {
  const [step] = opening.steps.slice(-1);
  if (step === undefined) return;
  const place = walk.steps.findIndex((other) => other.date >= step.date && other.kind !== 'start');
  walk.steps.splice(place === -1 ? walk.steps.length : place, 0, step);
}

/**
 * The arithmetic of `computeDeadline`, day by day: what each date counts as, or why it does not count. Meant for the page on
 * which somebody asks why; `summarise` joins equal neighbours.
 * @throws CalendarError as `computeDeadline`
 */
export function explainDeadline(
  rule: ClockRule,
  startsOn: string,
  calendar: Calendar,
  options: ClockOptions = {},
): Step[] {
  checkRule(rule, options);
  if (rule.unit === 'hour') return explainHours(rule, startsOn, options);
  const { suspensions = [], extensions = [], travelDays = 0, occurrence = 1 } = options;
  const ranges = suspensions.map(({ from, to, reason }) => ({ from: parseDate(from), to: parseDate(to), reason }));
  const begin = (): Walk => ({
    steps: [],
    days: calendar.dayNumbers,
    unit: rule.unit,
    suspendedFor: (day) => ranges.find(({ from, to }) => day >= from && day <= to)?.reason,
    day: parseDate(startsOn),
    counted: 0,
  });
  const open = (walk: Walk): void => {
    if (rule.opens !== 'on-last-day') walk.day += 1;
    write(walk, 'opens', rule.unit);
  };

  const walk = begin();
  if (rule.kind === 'before') {
    walkBackward(walk, rule);
    write(walk, 'due', rule.unit);
    return walk.steps;
  }
  const amount =
    rule.kind === 'window' ? (rule.until ?? rule.amount) : rule.amount * (rule.kind === 'recurring' ? occurrence : 1);
  walkTerm(walk, rule, amount, extensions);
  walkTravel(walk, travelDays);
  walkRoll(walk, rule);
  if (rule.kind === 'not-before') {
    open(walk);
    return walk.steps;
  }
  if (rule.kind === 'window') {
    const opening = begin();
    walkTerm(opening, rule, rule.amount, []);
    walkTravel(opening, travelDays);
    open(opening);
    insertOpening(walk, opening);
  }
  write(walk, 'due', rule.unit, null, rollForwardOf(rule) !== 'none');
  return walk.steps;
}
