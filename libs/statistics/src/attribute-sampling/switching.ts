import { requireOneOf, requireWhole } from '../arguments.ts';
import { StatisticsError } from '../errors.ts';
import { findNextTighterAql, type SinglePlan, singlePlanByCode } from './single.ts';
import type { CodeLetter, Severity } from './tables.ts';

const CLAUSE = 'GB/T 2828.1-2012 9.3, 9.4';
const WINDOW = 5;
const NOT_ACCEPTED_TO_TIGHTEN = 2;
const ACCEPTED_TO_RELAX = 5;
const SCORE_FOR_REDUCED = 30;
const NOT_ACCEPTED_TO_DISCONTINUE = 5;

/** Where a supplier's lot history stands. Plain data: store it with the history or rebuild it by replay. */
export interface SwitchingState {
  readonly severity: Severity | 'discontinued';
  /** Switching score (转移得分); counted under normal inspection only. */
  readonly score: number;
  /** Acceptance of up to the last five original lots since normal inspection began. */
  readonly window: readonly boolean[];
  /** Consecutive original lots accepted since tightened inspection began. */
  readonly consecutiveAccepted: number;
  /** Original lots not accepted since tightened inspection began. */
  readonly notAccepted: number;
}

/** What one lot contributes to the switching rules. */
export interface LotOutcome {
  readonly accepted: boolean;
  /** Points that an accepted lot adds to the switching score; null resets the score. See {@link scoreGainSingle}. */
  readonly scoreGain: number | null;
  /** A resubmitted lot never counts. Default false. */
  readonly resubmitted?: boolean;
  /** False when production was irregular or delayed. Default true. */
  readonly productionSteady?: boolean;
  /** The responsible authority considers reduced inspection desirable (9.3.3.1 c). Default false. */
  readonly reducedApproved?: boolean;
  /** Other conditions call for normal inspection (9.3.4 d). Default false. */
  readonly otherConditions?: boolean;
}

/** Start of a lot history: normal inspection unless the authority directs otherwise (9.1). */
export function startSwitching(severity: Severity = 'normal'): SwitchingState {
  return { severity, score: 0, window: [], consecutiveAccepted: 0, notAccepted: 0 };
}

/** Resumes a discontinued history in tightened inspection, after the supplier's measures were found effective (9.4). */
export function resumeInspection(state: SwitchingState): SwitchingState {
  if (state.severity !== 'discontinued') {
    throw new StatisticsError({
      code: 'inspection-not-discontinued',
      argument: 'state',
      clause: CLAUSE,
      zh: '检验并未暂停，无须恢复',
      en: 'inspection is not discontinued and cannot be resumed',
    });
  }
  return startSwitching('tightened');
}

/**
 * State after one more lot. Original inspection only: a resubmitted lot leaves the state as it is.
 * N→T: 2 of 5 or fewer consecutive lots not accepted. T→N: 5 consecutive accepted. N→R: score ≥ 30, production steady
 * and the authority agrees. R→N: a lot not accepted, irregular production or other conditions. Discontinued when 5
 * lots in all were not accepted under tightened inspection. Window, score and counts restart after a switch.
 * Throws `inspection-discontinued`. Source: GB/T 2828.1-2012 9.3.1–9.3.4, 9.4.
 */
export function advanceSwitching(state: SwitchingState, lot: LotOutcome): SwitchingState {
  if (lot.resubmitted === true) {
    return state;
  }
  switch (state.severity) {
    case 'normal':
      return afterNormal(state, lot);
    case 'tightened':
      return afterTightened(state, lot);
    case 'reduced':
      return lot.accepted && lot.productionSteady !== false && lot.otherConditions !== true
        ? state
        : startSwitching('normal');
    default:
      throw new StatisticsError({
        code: 'inspection-discontinued',
        argument: 'state',
        clause: 'GB/T 2828.1-2012 9.4',
        zh: '检验已暂停：供方采取改进措施并经认可后，方可从加严检验恢复',
        en: 'inspection is discontinued: resume in tightened inspection once the supplier has improved',
      });
  }
}

function afterNormal(state: SwitchingState, lot: LotOutcome): SwitchingState {
  const window = [...state.window, lot.accepted].slice(-WINDOW);
  if (window.filter((accepted) => !accepted).length >= NOT_ACCEPTED_TO_TIGHTEN) {
    return startSwitching('tightened');
  }
  const score = lot.accepted && lot.scoreGain !== null ? state.score + lot.scoreGain : 0;
  if (score >= SCORE_FOR_REDUCED && lot.productionSteady !== false && lot.reducedApproved === true) {
    return { ...startSwitching('reduced'), score };
  }
  return { ...state, score, window };
}

function afterTightened(state: SwitchingState, lot: LotOutcome): SwitchingState {
  if (lot.accepted) {
    const consecutiveAccepted = state.consecutiveAccepted + 1;
    return consecutiveAccepted >= ACCEPTED_TO_RELAX ? startSwitching('normal') : { ...state, consecutiveAccepted };
  }
  const notAccepted = state.notAccepted + 1;
  const severity = notAccepted >= NOT_ACCEPTED_TO_DISCONTINUE ? 'discontinued' : 'tightened';
  return { ...state, severity, notAccepted, consecutiveAccepted: 0 };
}

/**
 * Score of a lot inspected under a single plan: with Ac ≥ 2, 3 points if it would also be accepted at the next
 * tighter AQL, else null (reset); with Ac 0 or 1, 2 points if accepted, else null. Source: 9.3.3.2.
 */
export function scoreGainSingle(plan: SinglePlan, aql: number, nonconforming: number): number | null {
  requireWhole(nonconforming, 'nonconforming', CLAUSE, 0);
  if (nonconforming > plan.ac) {
    return null;
  }
  if (plan.ac < 2) {
    return 2;
  }
  const tighter = findNextTighterAql(aql);
  const limit = tighter === undefined ? 0 : singlePlanByCode(plan.code, tighter, 'normal').ac;
  return nonconforming <= limit ? 3 : null;
}

/**
 * Score of a lot inspected under a double (accepted on the first sample) or multiple plan (accepted by the third
 * sample): 3 points, else null (reset). `acceptedAtStage` counts from 1, null when not accepted. Source: 9.3.3.2.
 */
export function scoreGainMultistage(kind: 'double' | 'multiple', acceptedAtStage: number | null): number | null {
  requireOneOf(kind, ['double', 'multiple'], 'kind', CLAUSE);
  if (acceptedAtStage === null) {
    return null;
  }
  requireWhole(acceptedAtStage, 'acceptedAtStage', CLAUSE, 1);
  return acceptedAtStage <= (kind === 'double' ? 1 : 3) ? 3 : null;
}

/** A lot of the history: what was found and the circumstances. */
export interface InspectedLot extends Omit<LotOutcome, 'accepted' | 'scoreGain'> {
  /** Nonconforming units (or nonconformities) found in the sample. */
  readonly nonconforming: number;
}

/** One line of the trace of a lot history under single sampling. */
export interface SwitchingStep {
  /** Position in the history, from 1. */
  readonly lot: number;
  readonly inspectedUnder: Severity;
  readonly plan: SinglePlan;
  readonly accepted: boolean;
  readonly next: SwitchingState;
}

/**
 * Replays a lot history under single sampling with a fixed code letter and AQL: per lot the plan in force, the
 * decision and the state it leaves. Ends with the lot at which inspection is discontinued.
 * Throws as {@link singlePlanByCode}, and `not-a-whole-number` or `out-of-range` on an impossible count.
 */
export function replaySwitching(
  code: CodeLetter,
  aql: number,
  lots: readonly InspectedLot[],
  start: SwitchingState = startSwitching(),
): SwitchingStep[] {
  const trace: SwitchingStep[] = [];
  let state = start;
  for (const [index, lot] of lots.entries()) {
    if (state.severity === 'discontinued') {
      break;
    }
    const inspectedUnder = state.severity;
    const plan = singlePlanByCode(code, aql, inspectedUnder);
    requireWhole(lot.nonconforming, `lots[${index}].nonconforming`, CLAUSE, 0);
    const accepted = lot.nonconforming <= plan.ac;
    const scoreGain = inspectedUnder === 'normal' ? scoreGainSingle(plan, aql, lot.nonconforming) : null;
    state = advanceSwitching(state, { ...lot, accepted, scoreGain });
    trace.push({ lot: index + 1, inspectedUnder, plan, accepted, next: state });
  }
  return trace;
}
