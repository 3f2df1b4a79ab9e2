import type { ComparisonMethod } from './compare.ts';
import type { DecisionRule, NonBinaryStatement } from './decision.ts';
import type { Limit } from './limit.ts';
import type { Result } from './result.ts';

/** Expanded uncertainty as a certificate states it: decimal strings, `unit` defaulting to the result's. */
export interface StatedUncertainty {
  readonly expanded: string;
  readonly coverageFactor: string;
  readonly unit?: string;
}

/** Everything a verdict depends on; plain JSON, so that it can be stored and judged again. */
export interface JudgeInput {
  readonly limit: Limit;
  /** A parsed result, or its text to be read with `unit`. */
  readonly result: string | Result;
  /** Unit of the result's column, `'1'` for a pure number, null when every amount carries its own. */
  readonly unit: string | null;
  readonly method: ComparisonMethod;
  readonly uncertainty?: StatedUncertainty;
  readonly rule: DecisionRule;
  /** Standard and clause that set the limit, for example `GB 2763-2021 4.1`. */
  readonly source?: string;
  /** Says that a single number answers a limit on a sum of analytes. */
  readonly resultIsSum?: boolean;
  /**
   * How analytes not detected enter a sum: `zero` as 0; `bounds` (the default) as anything up to their detection limit,
   * judged only when both ends agree.
   */
  readonly notDetectedInSum?: 'bounds' | 'zero';
}

/** One line of the reasoning, in both languages. */
export interface Step {
  readonly zh: string;
  readonly en: string;
}

/** Why the verdict is what it is. */
export interface Reason extends Step {
  readonly code: ReasonCode;
}

/** Stable code of the reason for a verdict. */
export type ReasonCode =
  | 'within-limit'
  | 'beyond-limit'
  | 'inside-guard-band'
  | 'conditional'
  | 'acceptance-interval-empty'
  | 'not-detected'
  | 'detected'
  | 'below-quantification'
  | 'detection-limit-not-stated'
  | 'detection-limit-too-high'
  | 'depends-on-undetected'
  | 'requirement-met'
  | 'requirement-not-met'
  | 'no-limit-value'
  | 'no-numeric-maximum';

/** The verdict; `not-judged` is a legitimate one and no error. */
export type Outcome = 'conforms' | 'fails' | 'not-judged';

/** A verdict that shows its reasoning and carries what is needed to reach it again. */
export interface Verdict {
  readonly verdict: Outcome;
  readonly reason: Reason;
  /** The clauses applied: of the limit, of the comparison and of the decision rule. */
  readonly clause: string;
  readonly steps: readonly Step[];
  /** ILAC-G8 statement under a non-binary rule, else null. */
  readonly statement: NonBinaryStatement | null;
  /** Present when an uncertainty was stated: six significant digits; `wrongVerdict` is null when nothing was judged. */
  readonly probability: { readonly conforms: number; readonly wrongVerdict: number | null } | null;
  readonly input: JudgeInput;
  /** Edition of these rules of judgement; a replay under another edition may differ. */
  readonly edition: string;
}

/** What a judgement yields before it is bound to its input. */
export interface Finding {
  readonly verdict: Outcome;
  readonly reason: Reason;
  readonly clauses: readonly string[];
  readonly steps: readonly Step[];
  readonly statement?: NonBinaryStatement;
  readonly probability?: { readonly conforms: number; readonly wrongVerdict: number | null };
}

export function step(zh: string, en: string): Step {
  return { zh, en };
}

export function reason(code: ReasonCode, zh: string, en: string): Reason {
  return { code, zh, en };
}
