import type { Decimal } from 'decimal.js';
import { requireFinite } from '../arguments.ts';
import { type Reading, type Side, sideOf } from './compare.ts';
import { parseDecimal, printDecimal, printExact } from './decimal.ts';
import { acceptanceLimits, conformityProbability, type DecisionRule, type NonBinaryStatement } from './decision.ts';
import type { Bound, RangeLimit } from './limit.ts';
import { measuredIn } from './measured.ts';
import { refuse } from './refuse.ts';
import type { Result } from './result.ts';
import { roundedWithMark } from './rounding.ts';
import { convertUnit } from './units.ts';
import { type Finding, type JudgeInput, type Outcome, reason, type Step, step } from './verdict.ts';

const FULL = 'GB/T 8170-2008 4.3.2';
const ROUNDED = 'GB/T 8170-2008 4.3.3';
const RULE_CLAUSE: Readonly<Record<DecisionRule['kind'], string>> = {
  simple: 'ILAC-G8:09/2019 4.2.1',
  'guarded-acceptance': 'ILAC-G8:09/2019 4.2.2; JCGM 106:2012 8.3.2',
  'guarded-rejection': 'ILAC-G8:09/2019 4.2.2; JCGM 106:2012 8.3.3',
  'non-binary': 'ILAC-G8:09/2019 4.2.3',
};

const GUARDED: Readonly<Record<'guarded-acceptance' | 'guarded-rejection', Step>> = {
  'guarded-acceptance': { zh: '保护接受', en: 'Guarded acceptance' },
  'guarded-rejection': { zh: '保护拒收', en: 'Guarded rejection' },
};

/** Shows a limit with its signs, for example `≥6.5 且 ≤8.5`. */
function showBounds(lower: Bound | null, upper: Bound | null, unit: string): string {
  const parts = [
    lower === null ? null : `${lower.inclusive ? '≥' : '>'}${lower.value}`,
    upper === null ? null : `${upper.inclusive ? '≤' : '<'}${upper.value}`,
  ].filter((part) => part !== null);
  return parts.join(', ') + (unit === '1' ? '' : ` ${unit}`);
}

function shifted(
  limit: RangeLimit,
  U: string,
  rule: DecisionRule,
): { lower: Bound | null; upper: Bound | null; empty: boolean } {
  const limits = acceptanceLimits({ lower: limit.lower?.value ?? null, upper: limit.upper?.value ?? null }, U, rule);
  const move = (bound: Bound | null, value: string | null): Bound | null =>
    bound === null || value === null ? null : { value, decimals: null, inclusive: bound.inclusive };
  return { lower: move(limit.lower, limits.lower), upper: move(limit.upper, limits.upper), empty: limits.empty };
}

interface Uncertainty {
  readonly U: string;
  readonly u: number;
}

function uncertaintyIn(limit: RangeLimit, result: Result, input: JudgeInput, steps: Step[]): Uncertainty | null {
  if (input.uncertainty === undefined) return null;
  const { expanded, coverageFactor, unit } = input.uncertainty;
  const own = unit ?? (result.kind === 'value' ? result.unit : input.unit) ?? limit.unit;
  const k = parseDecimal(coverageFactor, 'uncertainty.coverageFactor');
  const U = convertUnit(parseDecimal(expanded, 'uncertainty.expanded'), own, limit.unit, 'uncertainty.unit');
  if (!k.greaterThan(0) || !U.greaterThan(0)) {
    refuse(
      'uncertainty-not-positive',
      'uncertainty',
      'JCGM 100:2008 6.2',
      '扩展不确定度和包含因子都必须大于零。',
      'The expanded uncertainty and its coverage factor must be above zero.',
    );
  }
  const printed = printExact(U);
  steps.push(
    step(
      `扩展不确定度 U = ${printed} ${limit.unit}，k = ${coverageFactor}。`,
      `Expanded uncertainty U = ${printed} ${limit.unit}, k = ${coverageFactor}.`,
    ),
  );
  return { U: printed, u: requireFinite(U.toNumber() / k.toNumber(), 'uncertainty', 'JCGM 100:2008 6.2') };
}

function sixDigits(p: number): number {
  return Number(p.toPrecision(6));
}

function probabilityOf(value: Decimal, uncertainty: Uncertainty, limit: RangeLimit, verdict: Outcome, steps: Step[]) {
  const bound = (end: Bound | null): number | null => (end === null ? null : Number(end.value));
  const p = conformityProbability(value.toNumber(), uncertainty.u, bound(limit.lower), bound(limit.upper));
  const wrong = verdict === 'not-judged' ? null : sixDigits(verdict === 'conforms' ? p.pNonconform : p.pConform);
  const conforms = sixDigits(p.pConform);
  steps.push(
    step(
      `真值符合限值的概率 ${conforms}${wrong === null ? '' : `，本结论错误的概率 ${wrong}`}（JCGM 106）。`,
      `Probability that the true value conforms: ${conforms}${wrong === null ? '' : `; that this verdict is wrong: ${wrong}`} (JCGM 106).`,
    ),
  );
  return { conforms, wrongVerdict: wrong };
}

function beyond(side: Side, limit: RangeLimit): ReturnType<typeof reason> {
  const shown = showBounds(limit.lower, limit.upper, limit.unit);
  return side === 'inside'
    ? reason('within-limit', `结果在限值 ${shown} 之内。`, `The result is within the limit ${shown}.`)
    : side === 'above'
      ? reason('beyond-limit', `结果高于限值 ${shown}。`, `The result lies above the limit ${shown}.`)
      : reason('beyond-limit', `结果低于限值 ${shown}。`, `The result lies below the limit ${shown}.`);
}

function byRule(
  reading: Reading,
  limit: RangeLimit,
  input: JudgeInput,
  uncertainty: Uncertainty | null,
  steps: Step[],
): Pick<Finding, 'verdict' | 'reason' | 'statement'> {
  const { rule, method } = input;
  const plain = sideOf(reading, limit.lower, limit.upper, method);
  if (rule.kind === 'simple')
    return { verdict: plain === 'inside' ? 'conforms' : 'fails', reason: beyond(plain, limit) };
  if (uncertainty === null) {
    refuse(
      'uncertainty-missing',
      'uncertainty',
      RULE_CLAUSE[rule.kind],
      '该判定规则需要扩展不确定度。',
      'This decision rule needs an expanded uncertainty.',
    );
  }
  const within = (guard: DecisionRule): boolean => {
    const { lower, upper } = shifted(limit, uncertainty.U, guard);
    return sideOf(reading, lower, upper, 'full') === 'inside';
  };
  if (rule.kind === 'non-binary') {
    const statement: NonBinaryStatement = within({ kind: 'guarded-acceptance', r: '1' })
      ? 'pass'
      : plain === 'inside'
        ? 'conditional-pass'
        : within({ kind: 'guarded-rejection', r: '1' })
          ? 'conditional-fail'
          : 'fail';
    steps.push(step(`非二元判定（w = U）：${statement}。`, `Non-binary statement (w = U): ${statement}.`));
    if (statement === 'pass') return { verdict: 'conforms', reason: beyond('inside', limit), statement };
    if (statement === 'fail') return { verdict: 'fails', reason: beyond(plain, limit), statement };
    return {
      verdict: 'not-judged',
      statement,
      reason: reason(
        'conditional',
        '结果落在限值两侧的不确定度范围内，该规则不作确定结论。',
        'The result lies within the uncertainty of the limit; this rule gives no definite verdict.',
      ),
    };
  }
  const acceptance = shifted(limit, uncertainty.U, rule);
  const shown = showBounds(acceptance.lower, acceptance.upper, limit.unit);
  const name = GUARDED[rule.kind];
  steps.push(
    step(
      `${name.zh}（w = ${rule.r}·U），接受限：${shown}。`,
      `${name.en} (w = ${rule.r}·U), acceptance limits: ${shown}.`,
    ),
  );
  if (acceptance.empty && within({ kind: 'guarded-rejection', r: rule.r })) {
    return {
      verdict: 'not-judged',
      reason: reason(
        'acceptance-interval-empty',
        '不确定度过大，接受区间为空，该测量不足以作出判定。',
        'The uncertainty is too large: the acceptance interval is empty and the measurement cannot decide.',
      ),
    };
  }
  const side = acceptance.empty ? plain : sideOf(reading, acceptance.lower, acceptance.upper, 'full');
  if ((side === 'inside') !== (plain === 'inside')) {
    const accepted = side === 'inside';
    return {
      verdict: accepted ? 'conforms' : 'fails',
      reason: reason(
        'inside-guard-band',
        accepted ? '结果超出限值但未超过保护带，按规则不判不合格。' : '结果虽在限值内但进入保护带，按规则不予接受。',
        accepted
          ? 'The result is beyond the limit but not beyond the guard band; the rule does not fail it.'
          : 'The result is within the limit but inside the guard band; the rule does not accept it.',
      ),
    };
  }
  return { verdict: side === 'inside' ? 'conforms' : 'fails', reason: beyond(side, limit) };
}

function roundingSteps(reading: Reading, limit: RangeLimit, steps: Step[]): void {
  const places = new Set([limit.lower, limit.upper].map((bound) => bound?.decimals).filter((place) => place != null));
  for (const place of places) {
    const rounded = printDecimal(roundedWithMark(reading.value, reading.mark, place), place);
    const raw = printExact(reading.value) + (reading.mark === '' ? '' : `(${reading.mark})`);
    steps.push(
      step(`修约到限值的末位：${raw} → ${rounded}。`, `Rounded to the last place of the limit: ${raw} → ${rounded}.`),
    );
  }
}

function censored(limit: RangeLimit, from: Reading, to: Reading | null): Pick<Finding, 'verdict' | 'reason'> {
  const low = sideOf(from, limit.lower, limit.upper, 'full');
  // Without an upper end only a sum that already exceeds the limit is settled.
  const high = to === null ? (low === 'above' ? 'above' : null) : sideOf(to, limit.lower, limit.upper, 'full');
  if (high === null) {
    return {
      verdict: 'not-judged',
      reason: reason(
        'detection-limit-not-stated',
        '未检出而没有给出检出限，不能证明满足数值限值。',
        'Not detected, but no detection limit is stated; this does not show that a numeric limit is met.',
      ),
    };
  }
  if (low === high) return { verdict: low === 'inside' ? 'conforms' : 'fails', reason: beyond(low, limit) };
  return {
    verdict: 'not-judged',
    reason: reason(
      'depends-on-undetected',
      '检出限（定量限）跨越限值，方法灵敏度不足以判定。',
      'The detection or quantification limit straddles the limit; the method is not sensitive enough to decide.',
    ),
  };
}

/** Judges a result against a numeric limit. Errors as {@link measuredIn}, `uncertainty-missing`, `rounding-with-guard-band`. */
export function judgeNumber(limit: RangeLimit, result: Result, input: JudgeInput): Finding {
  const { rule, method } = input;
  if (method === 'rounded' && rule.kind !== 'simple') {
    refuse(
      'rounding-with-guard-band',
      'method',
      RULE_CLAUSE[rule.kind],
      '使用保护带时应以未修约的测定值作全数值比较，不能再先修约。',
      'With a guard band the unrounded value is compared in full; it must not be rounded first.',
    );
  }
  if (limit.lower === null && limit.upper === null) {
    refuse('limit-empty', 'limit', 'GB/T 8170-2008 4.1', '限值没有上限也没有下限。', 'The limit has neither end.');
  }
  const shown = showBounds(limit.lower, limit.upper, limit.unit);
  const steps: Step[] = [step(`限值“${limit.text}”：${shown}。`, `Limit "${limit.text}": ${shown}.`)];
  const measured = measuredIn(limit.unit, limit.basis, result, input, steps);
  if (measured.kind !== 'number') {
    steps.push(
      step(
        '未定量的结果不修约、不加保护带，直接与限值比较。',
        'A result without a number is compared as it is, unrounded and unguarded.',
      ),
    );
    const finding = censored(limit, measured.from, measured.kind === 'span' ? measured.to : null);
    return { ...finding, clauses: [FULL, 'GB/T 27417-2017 5'], steps };
  }
  const { reading } = measured;
  steps.push(
    method === 'full'
      ? step('全数值比较法：以未修约的数值与限值比较。', 'Full-value method: the unrounded value meets the limit.')
      : step('修约值比较法：先修约再与限值比较。', 'Rounded-value method: the value is rounded, then meets the limit.'),
  );
  if (method === 'rounded') roundingSteps(reading, limit, steps);
  const uncertainty = uncertaintyIn(limit, result, input, steps);
  const finding = byRule(reading, limit, input, uncertainty, steps);
  steps.push(step(finding.reason.zh, finding.reason.en));
  const base: Finding = { ...finding, clauses: [method === 'full' ? FULL : ROUNDED, RULE_CLAUSE[rule.kind]], steps };
  if (uncertainty === null) return base;
  return { ...base, probability: probabilityOf(reading.value, uncertainty, limit, finding.verdict, steps) };
}
