export { type ComparisonMethod, compareWithLimit, type LimitComparison } from './compare.ts';
export {
  type AcceptanceLimits,
  acceptanceLimits,
  type BinaryDecision,
  type ConformityProbability,
  conformityProbability,
  type DecisionRule,
  decideBinary,
  decideNonBinary,
  type GuardBandFactors,
  guardBandFactors,
  guardBandForFalseAcceptance,
  largestFalseAcceptance,
  type NonBinaryStatement,
  type ToleranceLimits,
} from './decision.ts';
export { judge, type Replay, replay } from './judge.ts';
export type { Bound, Limit, LimitBasis, NotDetectedLimit, Quantity, RangeLimit, WordedLimit } from './limit.ts';
export { type LimitOptions, parseLimit } from './parse-limit.ts';
export {
  type Amount as DeterminedAmount,
  type Component as SumComponent,
  parseResult,
  type Result as ReportedResult,
  type ResultOptions,
} from './result.ts';
export { type GlobalRisk, globalRiskGamma, globalRiskNormal, type Interval as ToleranceInterval } from './risk.ts';
export {
  type Mark as RoundingMark,
  type MarkedReport,
  reportWithMark,
  roundDecimals,
  roundFifthUnit,
  roundHalfUnit,
  roundInterval,
  roundSignificant,
} from './rounding.ts';
export { findUnit, getUnit, type Unit as MeasurementUnit } from './units.ts';
export type {
  JudgeInput,
  Outcome as VerdictOutcome,
  Reason as VerdictReason,
  ReasonCode as VerdictReasonCode,
  StatedUncertainty,
  Step as VerdictStep,
  Verdict,
} from './verdict.ts';
