import { notWhole } from './calendar.ts';
import { CalendarError } from './errors.ts';

/** What a term is counted in. Only `working-day` asks the calendar while counting; hours run through nights and holidays. */
export type ClockUnit = 'hour' | 'working-day' | 'day' | 'month' | 'year';

/**
 * - `within`: to be done at the latest `amount` units after the start (自…之日起…日内).
 * - `before`: to be done at the latest `amount` units before a named date (有效期届满三十个工作日前). Never rolls.
 * - `not-before`: may be done only once `amount` units have run (公示不少于五个工作日).
 * - `window`: opens like `not-before` with `amount`, closes like `within` with `until` (六十日后九十日前).
 * - `recurring`: due every `amount` units after the start (每三个月); each occurrence is counted from the start.
 */
export type ClockKind = 'within' | 'before' | 'not-before' | 'window' | 'recurring';

/**
 * What happens when the last day is a day off.
 * - `holiday`: the letter of the rules (期间届满的最后一日为法定节假日的，以法定节假日后的第一日为期间届满的日期): days off named in the
 *   notice roll to the first day after them, plain weekends do not.
 * - `holiday-and-weekend`: the practice, and the default: to the next working day (make-up days are working days).
 */
export type RollForward = 'none' | 'holiday' | 'holiday-and-weekend';

/** A time limit as the law states it. */
export interface ClockRule {
  readonly id?: string;
  readonly kind: ClockKind;
  readonly unit: ClockUnit;
  /** Whole units, 0 or more; 0 means on the starting day itself. */
  readonly amount: number;
  /** The closing bound of a `window`, in the same unit; not smaller than `amount`. */
  readonly until?: number;
  /** Default false: the day on which a period starts is not counted (开始的当日不计入). */
  readonly countFirstDay?: boolean;
  /**
   * Hours only, default false: the limit runs from the minute. True leaves out the hour in which the period starts, so that it
   * runs from the next full hour (期间开始的时不计算在内; order 2 art 80).
   */
  readonly excludeStartingHour?: boolean;
  /** Default `holiday-and-weekend` for `within`, `recurring` and the end of a `window`; `none` for the others and for hours. */
  readonly rollForward?: RollForward;
  /**
   * When a `not-before` or `window` opens. Default `after-term`, on the day after the term has run in full (满六十日后), the
   * reading that is never too early; `on-last-day` for an interval of at least so many days (间隔不少于十五日).
   */
  readonly opens?: 'after-term' | 'on-last-day';
  /** The clause, for example 《产品质量监督抽查管理暂行办法》第三十六条. */
  readonly basis: string;
}

/** Time that does not count: both days are suspended for clocks in days; from `from` up to `to` for clocks in hours. */
export interface Suspension {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** Time added at the end of the term, before any rolling. Hours can only be extended by hours, days and more only by days and more. */
export interface Extension {
  readonly amount: number;
  readonly unit: ClockUnit;
  readonly basis: string;
}

/** What happened to one clock while it ran. */
export interface ClockOptions {
  readonly suspensions?: readonly Suspension[];
  readonly extensions?: readonly Extension[];
  /** Calendar days the papers were in transit (期间不包括在途时间), added at the end of the term, before any rolling. */
  readonly travelDays?: number;
  /** Which occurrence of a `recurring` clock, from 1 (default). */
  readonly occurrence?: number;
}

const KINDS: readonly ClockKind[] = ['within', 'before', 'not-before', 'window', 'recurring'];
const UNITS: readonly ClockUnit[] = ['working-day', 'day', 'month', 'year', 'hour'];
const ROLLS: readonly RollForward[] = ['none', 'holiday', 'holiday-and-weekend'];
const OPENINGS = ['after-term', 'on-last-day'] as const;

/** Refuses a word that is none of those allowed, so that a misspelt one is never counted as another. */
function checkWord<T extends string>(word: T, allowed: readonly T[], zh: string, en: string): void {
  if (allowed.includes(word)) return;
  throw new CalendarError(
    'not-offered',
    `${zh}应为 ${allowed.join('、')} 之一：${String(word)}。`,
    `The ${en} must be one of ${allowed.join(', ')}: ${String(word)}.`,
  );
}

/** No statute counts further; it keeps a mistyped amount from being walked day by day. */
const LARGEST_AMOUNT = 100_000;

function checkAmount(amount: number, least: number): void {
  if (!Number.isSafeInteger(amount)) throw notWhole(amount);
  if (amount < least) {
    throw new CalendarError(
      'negative-amount',
      `期限数值不得小于 ${least}：${amount}。`,
      `An amount must not be smaller than ${least}: ${amount}.`,
    );
  }
  if (amount > LARGEST_AMOUNT) {
    throw new CalendarError('out-of-range', `期限数值过大：${amount}。`, `The amount is too large: ${amount}.`);
  }
}

/** The roll rule in force: what the rule says, else the default of its kind and unit. */
export function rollForwardOf(rule: ClockRule): RollForward {
  if (rule.rollForward !== undefined) return rule.rollForward;
  if (rule.unit === 'hour' || rule.kind === 'before' || rule.kind === 'not-before') return 'none';
  return 'holiday-and-weekend';
}

/** @throws CalendarError when the rule, or the rule together with the options, makes no sense */
export function checkRule(rule: ClockRule, options: ClockOptions | undefined): void {
  checkWord(rule.kind, KINDS, '期限种类', 'kind of term');
  checkWord(rule.unit, UNITS, '期限单位', 'unit');
  if (rule.rollForward !== undefined) checkWord(rule.rollForward, ROLLS, '顺延方式', 'roll-over');
  if (rule.opens !== undefined) checkWord(rule.opens, OPENINGS, '起始方式', 'opening');
  checkAmount(rule.amount, rule.kind === 'recurring' ? 1 : 0);
  if (rule.kind === 'window') checkWindow(rule);
  const rolls = rule.rollForward !== undefined && rule.rollForward !== 'none';
  if (rolls && rule.kind === 'before') {
    throw new CalendarError(
      'before-limit-does-not-roll',
      '“届满前”期限不得顺延，顺延会缩短法定提前量。',
      'A limit before a named date does not roll: rolling would shorten the time the law asks for.',
    );
  }
  if (rolls && rule.unit === 'hour') {
    throw new CalendarError('hours-do-not-roll', '以小时计的期限不顺延。', 'A limit in hours does not roll.');
  }
  if (options !== undefined) checkOptions(rule, options);
}

function checkWindow(rule: ClockRule): void {
  if (rule.until === undefined) {
    throw new CalendarError('window-without-end', '区间期限缺少截止值。', 'A window needs its second bound.');
  }
  checkAmount(rule.until, 0);
  if (rule.until < rule.amount) {
    throw new CalendarError(
      'window-ends-before-it-opens',
      `区间期限的截止值 ${rule.until} 小于起始值 ${rule.amount}。`,
      `The window ends (${rule.until}) before it opens (${rule.amount}).`,
    );
  }
}

function checkOptions(rule: ClockRule, options: ClockOptions): void {
  const { suspensions = [], extensions = [], travelDays = 0, occurrence = 1 } = options;
  checkAmount(travelDays, 0);
  checkAmount(occurrence, 1);
  if (rule.kind === 'before' && (suspensions.length > 0 || extensions.length > 0 || travelDays > 0)) {
    throw new CalendarError(
      'before-limit-does-not-stop',
      '“届满前”期限不适用中止、延长和在途时间扣除。',
      'A limit before a named date knows no suspension, extension or travel time.',
    );
  }
  for (const extension of extensions) {
    checkWord(extension.unit, UNITS, '延长的单位', 'unit of an extension');
    checkAmount(extension.amount, 0);
  }
}

/** The error for days extended by hours or hours by days. */
export function unitMismatch(): CalendarError {
  return new CalendarError(
    'unit-mismatch',
    '以小时计的期限只能按小时延长，以日、月、年计的期限不能按小时延长。',
    'Hours are extended by hours only, and days, months and years never by hours.',
  );
}
