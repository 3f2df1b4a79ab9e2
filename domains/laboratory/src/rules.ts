import { retentionRules } from '@hengjian/sampling';
import { Decimal } from 'decimal.js';

/** A rule of a control chart, by Westgard's usual names. `1-2s` warns; every other rejects the run. */
export type ChartRule = '1-2s' | '1-3s' | '2-2s' | 'R-4s' | '4-1s' | '10-x';

export interface ChartFinding {
  readonly rule: ChartRule;
  readonly rejects: boolean;
  /** Positions of the points that break it, from 0. */
  readonly points: readonly number[];
}

export interface ChartLimits {
  /** Target value and standard deviation of the control material, decimal strings in one unit. */
  readonly mean: string;
  readonly deviation: string;
}

/**
 * What the newest point of a control chart means, by Westgard's multirule: 1-2s is a warning that asks for the others; 1-3s, 2-2s
 * (two in a row beyond 2s on one side), R-4s (two in a row more than 4s apart, one beyond +2s and one beyond −2s), 4-1s and 10-x reject.
 * Points are decimal strings in order of time; only findings that end in the newest point are given.
 * @throws RangeError when the deviation is not above zero
 */
export function readChart(points: readonly string[], { mean, deviation }: ChartLimits): ChartFinding[] {
  const s = new Decimal(deviation);
  if (!s.greaterThan(0)) throw new RangeError('The deviation of a control chart must be above zero.');
  const z = points.map((point) => new Decimal(point).minus(mean).div(s));
  const last = z.length - 1;
  if (last < 0) return [];
  const findings: ChartFinding[] = [];
  const add = (rule: ChartRule, length: number): void => {
    const at = Array.from({ length }, (_, index) => last - length + 1 + index);
    findings.push({ rule, rejects: rule !== '1-2s', points: at });
  };
  const run = (length: number, holds: (value: Decimal) => boolean): boolean =>
    z.length >= length && z.slice(-length).every(holds);
  const oneSide = (length: number, beyond: number): boolean =>
    run(length, (value) => value.greaterThan(beyond)) || run(length, (value) => value.lessThan(-beyond));
  const newest = z[last]!;
  if (newest.abs().greaterThan(2)) add('1-2s', 1);
  if (newest.abs().greaterThan(3)) add('1-3s', 1);
  if (oneSide(2, 2)) add('2-2s', 2);
  const before = z[last - 1];
  if (before?.abs().greaterThan(2) && newest.abs().greaterThan(2) && before.isNegative() !== newest.isNegative())
    add('R-4s', 2);
  if (oneSide(4, 1)) add('4-1s', 4);
  if (oneSide(10, 0)) add('10-x', 10);
  return findings;
}

/** What a control of a run says: accepted or not, in words. */
export interface ControlAnswer {
  readonly accepted: boolean;
  readonly zh: string;
  readonly en: string;
}

/** A control as measured; decimal strings in the unit of the run. */
export type Control =
  | { readonly kind: 'blank'; readonly value: string; readonly quantification: string }
  | { readonly kind: 'duplicate'; readonly first: string; readonly second: string; readonly mostPercent: string }
  | {
      readonly kind: 'spike';
      readonly found: string;
      readonly original: string;
      readonly added: string;
      readonly leastPercent: string;
      readonly mostPercent: string;
    }
  | ({ readonly kind: 'control'; readonly value: string; readonly earlier: readonly string[] } & ChartLimits);

const one = (value: Decimal): string => value.toDecimalPlaces(1, Decimal.ROUND_HALF_EVEN).toFixed(1);

/**
 * Judges a control of a run: a blank below the limit of quantification; the relative difference of duplicates to their mean; the recovery
 * of a spike; the newest point of a control chart. Bounds are those of the method and come with the control.
 */
export function judgeControl(control: Control): ControlAnswer {
  if (control.kind === 'blank') {
    const accepted = new Decimal(control.value).lessThan(control.quantification);
    return {
      accepted,
      zh: `空白 ${control.value}${accepted ? '低于' : '未低于'}定量限 ${control.quantification}。`,
      en: `Blank ${control.value} is ${accepted ? '' : 'not '}below the limit of quantification ${control.quantification}.`,
    };
  }
  if (control.kind === 'duplicate') {
    const [first, second] = [new Decimal(control.first), new Decimal(control.second)];
    const mean = first.plus(second).div(2);
    const percent = mean.isZero() ? new Decimal(0) : first.minus(second).abs().div(mean.abs()).times(100);
    const accepted = percent.lessThanOrEqualTo(control.mostPercent);
    return {
      accepted,
      zh: `平行样相对偏差 ${one(percent)} %，允许 ${control.mostPercent} %。`,
      en: `Duplicates differ by ${one(percent)} % of their mean; ${control.mostPercent} % is allowed.`,
    };
  }
  if (control.kind === 'spike') {
    const percent = new Decimal(control.found).minus(control.original).div(control.added).times(100);
    const accepted =
      percent.greaterThanOrEqualTo(control.leastPercent) && percent.lessThanOrEqualTo(control.mostPercent);
    return {
      accepted,
      zh: `加标回收率 ${one(percent)} %，允许 ${control.leastPercent}～${control.mostPercent} %。`,
      en: `Recovery of the spike is ${one(percent)} %; ${control.leastPercent} to ${control.mostPercent} % is allowed.`,
    };
  }
  const findings = readChart([...control.earlier, control.value], control);
  const rejected = findings.filter(({ rejects }) => rejects).map(({ rule }) => rule);
  const warned = findings.some(({ rejects }) => !rejects);
  if (rejected.length > 0)
    return {
      accepted: false,
      zh: `质控图失控：${rejected.join('、')}。`,
      en: `The control chart rejects the run: ${rejected.join(', ')}.`,
    };
  return warned
    ? { accepted: true, zh: '质控图警告（1-2s），未失控。', en: 'The control chart warns (1-2s) and does not reject.' }
    : { accepted: true, zh: '质控图受控。', en: 'The control chart is in control.' };
}

/** 备用样品 (product), 复检备份样品 (food), 留样 (the laboratory's own): three things with three terms. */
export const keptKinds = {
  spare: { zh: '备用样品', en: 'Spare sample (product)' },
  backup: { zh: '复检备份样品', en: 'Retest back-up (food)' },
  retained: { zh: '留样', en: 'Retained by the laboratory' },
} as const;
export type KeptKind = keyof typeof keptKinds;

/**
 * Until when a kept sample is kept, the last day included. Back-up samples of food: three months from the conclusion when it passes, six
 * when it fails, never beyond the shelf life (food sampling order arts 12, 25). The laboratory's own: as many months as its own rules say.
 * A spare sample of a product has no day of its own: it stays until the organiser says that the objection term is over (order 18 art. 34).
 */
export function keepUntil(
  kind: KeptKind,
  concludedOn: string,
  fails: boolean,
  { shelfLifeUntil, retainedMonths }: { shelfLifeUntil: string | null; retainedMonths: number },
  addMonths: (day: string, months: number) => string,
): string | null {
  if (kind === 'spare') return null;
  if (kind === 'retained') return addMonths(concludedOn, retainedMonths);
  const term = addMonths(concludedOn, retentionRules[fails ? 'fails' : 'conforms'].amount);
  return shelfLifeUntil !== null && shelfLifeUntil < term ? shelfLifeUntil : term;
}
