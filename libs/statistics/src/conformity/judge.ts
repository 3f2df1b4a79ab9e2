import { parseDecimal } from './decimal.ts';
import { judgeNumber } from './judge-number.ts';
import type { NotDetectedLimit, WordedLimit } from './limit.ts';
import { refuse } from './refuse.ts';
import { type Amount, parseResult, type Result } from './result.ts';
import { convertUnit } from './units.ts';
import { type Finding, type JudgeInput, reason, type Step, step, type Verdict } from './verdict.ts';

const EDITION = 'conformity/1';
const DETECTION = 'GB/T 27417-2017 5';
const RULES = new Set(['simple', 'guarded-acceptance', 'guarded-rejection', 'non-binary']);

function exceeds(amount: { value: string; unit: string }, other: { value: string; unit: string }): boolean {
  const converted = convertUnit(parseDecimal(amount.value, 'result'), amount.unit, other.unit, 'result');
  return converted.greaterThan(parseDecimal(other.value, 'limit'));
}

function judgeDetected(amount: Amount, limit: NotDetectedLimit | WordedLimit): Finding['reason'] {
  const demanded = limit.kind === 'not-detected' ? limit.detectionLimit : null;
  if (amount.kind === 'value') {
    const value = parseDecimal(amount.value, 'result');
    if (value.isNegative() && !value.isZero()) {
      refuse('negative-amount', 'result', DETECTION, '检出量不能为负。', 'A detected amount cannot be negative.');
    }
    if (value.isZero()) return reason('not-detected', '结果为 0，未检出。', 'The result is 0: not detected.');
    if (demanded !== null && exceeds(demanded, amount)) {
      return reason(
        'not-detected',
        `结果低于标准规定的检出限 ${demanded.value} ${demanded.unit}，视为未检出。`,
        `The result is below the detection limit of the standard, ${demanded.value} ${demanded.unit}: not detected.`,
      );
    }
    return reason('detected', `检出 ${amount.value} ${amount.unit}。`, `Detected: ${amount.value} ${amount.unit}.`);
  }
  const own = amount.kind === 'below' ? amount.threshold : amount.detectionLimit;
  if (demanded !== null && own === null) {
    return reason(
      'detection-limit-not-stated',
      `标准要求检出限不高于 ${demanded.value} ${demanded.unit}，报告未给出检出限。`,
      `The standard demands a detection limit of ${demanded.value} ${demanded.unit}; the report states none.`,
    );
  }
  if (demanded !== null && own !== null && exceeds(own, demanded)) {
    return reason(
      'detection-limit-too-high',
      `方法检出限 ${own.value} ${own.unit} 高于标准要求的 ${demanded.value} ${demanded.unit}。`,
      `The method's limit ${own.value} ${own.unit} is above the demanded ${demanded.value} ${demanded.unit}.`,
    );
  }
  if (amount.kind === 'below' && demanded === null) {
    return reason(
      'below-quantification',
      `结果小于 ${amount.threshold.value} ${amount.threshold.unit}，不能说明是否检出。`,
      `Below ${amount.threshold.value} ${amount.threshold.unit}: this does not tell whether it was detected.`,
    );
  }
  return reason('not-detected', '未检出。', 'Not detected.');
}

function judgeAbsence(limit: NotDetectedLimit | WordedLimit, result: Result): Finding {
  if (result.kind === 'assessment') {
    refuse(
      'assessment-for-number',
      'result',
      DETECTION,
      '请给出检出量或“未检出”，不能只写符合与否。',
      'Give the amount detected or "ND"; a bare pass or fail does not show what was found.',
    );
  }
  const amounts = result.kind === 'components' ? result.components.map((component) => component.amount) : [result];
  const found = amounts.map((amount) => judgeDetected(amount, limit));
  const detected = found.find((item) => item.code === 'detected');
  const open = found.find((item) => item.code !== 'not-detected');
  const decisive =
    detected ??
    open ??
    found[0] ??
    refuse('result-missing', 'result', DETECTION, '没有检验结果。', 'No result is given.');
  const verdict = detected !== undefined ? 'fails' : open !== undefined ? 'not-judged' : 'conforms';
  return {
    verdict,
    reason: decisive,
    clauses: [DETECTION],
    steps: [
      step(`限值“${limit.text}”：不得有检出。`, `Limit "${limit.text}": nothing may be detected.`),
      ...found.map((item): Step => step(item.zh, item.en)),
    ],
  };
}

function judgeWorded(limit: WordedLimit, result: Result): Finding {
  const shown = step(`要求：“${limit.text}”。`, `Requirement: "${limit.text}".`);
  if (limit.kind === 'no-value' || limit.kind === 'as-needed') {
    const why =
      limit.kind === 'no-value'
        ? reason('no-limit-value', '没有标准值，不作判定。', 'No limit value is set; nothing is judged.')
        : reason(
            'no-numeric-maximum',
            '按生产需要适量使用，没有数值上限，不作数值判定。',
            'Used as production needs; there is no numeric maximum to judge by.',
          );
    return { verdict: 'not-judged', reason: why, clauses: [], steps: [shown, step(why.zh, why.en)] };
  }
  if (result.kind !== 'assessment') {
    refuse(
      'assessment-missing',
      'result',
      limit.text,
      `要求“${limit.text}”是文字要求，结果应为“符合”或“不符合”。`,
      `"${limit.text}" is a requirement in words; the result must say whether it is met.`,
    );
  }
  const why = result.meets
    ? reason(
        'requirement-met',
        `检验员记录：${result.observed}。`,
        `Recorded by the tester: met ("${result.observed}").`,
      )
    : reason(
        'requirement-not-met',
        `检验员记录：${result.observed}。`,
        `Recorded by the tester: not met ("${result.observed}").`,
      );
  return {
    verdict: result.meets ? 'conforms' : 'fails',
    reason: why,
    clauses: [],
    steps: [shown, step(why.zh, why.en)],
  };
}

function find(input: JudgeInput): Finding {
  const { limit } = input;
  // Nothing is compared where there is no value, so an unreadable result must not stop the record.
  if (limit.kind === 'no-value' || limit.kind === 'as-needed') {
    return judgeWorded(limit, { kind: 'assessment', meets: true, observed: '' });
  }
  const result = typeof input.result === 'string' ? parseResult(input.result, input.unit) : input.result;
  if (limit.kind === 'range') return judgeNumber(limit, result, input);
  if (limit.kind === 'requirement') return judgeWorded(limit, result);
  if (limit.kind === 'not-detected' || limit.kind === 'prohibited') return judgeAbsence(limit, result);
  refuse('limit-unknown', 'limit', 'GB/T 8170-2008 4.1', '限值的种类未知。', 'The limit is of no known kind.');
}

/**
 * Judges one result against one limit and shows how.
 *
 * `method` is 修约值比较法 (`rounded`) only where the product standard says so; 全数值比较法 (`full`) otherwise
 * (GB/T 8170-2008 4.3.1). `rule` is what the standard or the contract fixed for measurement uncertainty; a guard band is
 * applied to the limit and the unrounded value compared with it.
 *
 * `not-judged` is a legitimate verdict: no value is set, a detection limit straddles the limit, a non-binary rule is
 * undecided. Wrong or incomplete input throws a StatisticsError instead: reading and unit errors of {@link parseResult},
 * `incompatible-units`, `conversion-not-exact`, `sum-not-stated`, `sum-components-differ`, `unexpected-components`,
 * `assessment-missing`, `assessment-for-number`, `uncertainty-missing`, `uncertainty-not-positive`,
 * `rounding-with-guard-band`, `rounding-place-unknown`, `negative-amount`, `method-unknown`, `rule-unknown`, `limit-unknown`,
 * `limit-empty`.
 */
export function judge(input: JudgeInput): Verdict {
  if (input.method !== 'full' && input.method !== 'rounded') {
    refuse(
      'method-unknown',
      'method',
      'GB/T 8170-2008 4.3.1',
      '比较方法应为 full（全数值）或 rounded（修约值）。',
      'The method must be "full" or "rounded".',
    );
  }
  if (!RULES.has(input.rule?.kind)) {
    refuse('rule-unknown', 'rule', 'ILAC-G8:09/2019 4.2', '未指定判定规则。', 'No known decision rule is given.');
  }
  const finding = find(input);
  const clauses = [input.source ?? `“${input.limit.text}”`, ...finding.clauses];
  return {
    verdict: finding.verdict,
    reason: finding.reason,
    clause: clauses.join('; '),
    steps: finding.steps,
    statement: finding.statement ?? null,
    probability: finding.probability ?? null,
    input: structuredClone(input),
    edition: EDITION,
  };
}

/** Outcome of judging again from the stored input. */
export interface Replay {
  readonly identical: boolean;
  /** Names of the parts of the verdict that came out differently; empty when identical. */
  readonly differences: readonly string[];
  readonly recomputed: Verdict;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/**
 * Judges again from the input a verdict carries and tells what, if anything, differs from what is stored: an altered
 * verdict, reason, step, clause or probability shows. Key order and storage as JSON do not matter. Errors as {@link judge}.
 */
export function replay(verdict: Verdict): Replay {
  const recomputed = judge(verdict.input);
  const keys = ['verdict', 'reason', 'clause', 'steps', 'statement', 'probability', 'edition'] as const;
  const differences = keys.filter((key) => canonical(verdict[key]) !== canonical(recomputed[key]));
  return { identical: differences.length === 0, differences, recomputed };
}
