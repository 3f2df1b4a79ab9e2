import type { VectorInputs, VectorRegistry } from '../vector-registry.ts';
import { compareWithLimit } from './compare.ts';
import { decimalOf, printExact } from './decimal.ts';
import {
  conformityProbability,
  type DecisionRule,
  decideBinary,
  decideNonBinary,
  guardBandFactors,
  guardBandForFalseAcceptance,
  largestFalseAcceptance,
} from './decision.ts';
import { refuse } from './refuse.ts';
import { globalRiskGamma, globalRiskNormal } from './risk.ts';
import {
  reportWithMark,
  roundDecimals,
  roundFifthUnit,
  roundHalfUnit,
  roundInterval,
  roundSignificant,
} from './rounding.ts';

const text = (inputs: VectorInputs, key: string): string => inputs[key] as string;
const number = (inputs: VectorInputs, key: string): number => inputs[key] as number;
const optional = (inputs: VectorInputs, key: string): number | null =>
  (inputs[key] as number | null | undefined) ?? null;

/** The decimal string that a number in a vector file stands for. */
function decimal(inputs: VectorInputs, key: string): string {
  return printExact(decimalOf(number(inputs, key)));
}

function decimalOrNull(inputs: VectorInputs, key: string): string | null {
  return optional(inputs, key) === null ? null : decimal(inputs, key);
}

function tolerance(inputs: VectorInputs): { lower: string | null; upper: string | null } {
  return { lower: decimalOrNull(inputs, 'lower'), upper: decimalOrNull(inputs, 'upper') };
}

function ruleOf(inputs: VectorInputs): DecisionRule {
  const r = optional(inputs, 'r') === null ? '1' : decimal(inputs, 'r');
  if (inputs.rule === 'simple') return { kind: 'simple' };
  if (inputs.rule === 'guard_accept') return { kind: 'guarded-acceptance', r };
  if (inputs.rule === 'guard_reject') return { kind: 'guarded-rejection', r };
  refuse('rule-unknown', 'rule', 'ILAC-G8:09/2019 4.2', '未知的判定规则。', 'Unknown decision rule.');
}

const numberOrNull = (value: string | null): number | null => (value === null ? null : Number(value));

/** Reference-vector methods of rounding, comparison with limits and decision rules, by name. */
export const conformityVectors: VectorRegistry = {
  'gbt8170.round': (i) => ({ value: roundDecimals(text(i, 'x'), number(i, 'decimals')) }),
  'gbt8170.round_significant': (i) => ({ value: roundSignificant(text(i, 'x'), number(i, 'digits')) }),
  'gbt8170.round_half_unit': (i) => ({ value: roundHalfUnit(text(i, 'x'), number(i, 'unitDecimals')) }),
  'gbt8170.round_fifth_unit': (i) => ({ value: roundFifthUnit(text(i, 'x'), number(i, 'unitDecimals')) }),
  'gbt8170.round_interval': (i) => ({ value: roundInterval(text(i, 'x'), text(i, 'interval')) }),
  'gbt8170.report_mark': (i) => {
    const report = reportWithMark(text(i, 'x'), number(i, 'reportDecimals'), number(i, 'finalDecimals'));
    return { reported: report.value + report.mark, final: report.final };
  },
  'gbt8170.compare_limit': (i) =>
    compareWithLimit(text(i, 'x'), {
      lower: (i.lower as string | null | undefined) ?? null,
      upper: (i.upper as string | null | undefined) ?? null,
      lowerExclusive: i.lowerExclusive === true,
      upperExclusive: i.upperExclusive === true,
      limitDecimals: number(i, 'limitDecimals'),
    }),
  'conformity.probability': (i) =>
    conformityProbability(number(i, 'y'), number(i, 'u'), optional(i, 'lower'), optional(i, 'upper')),
  'decision.nonbinary_ilac_g8': (i) => ({
    result: decideNonBinary(decimal(i, 'y'), decimal(i, 'U'), tolerance(i)).replace('-', '_'),
  }),
  'decision.binary': (i) => {
    const decision = decideBinary(decimal(i, 'y'), decimal(i, 'U'), tolerance(i), ruleOf(i));
    return {
      accept: decision.accept,
      acceptLower: numberOrNull(decision.lower),
      acceptUpper: numberOrNull(decision.upper),
    };
  },
  'decision.guard_band_for_pfa': (i) => ({
    w: guardBandForFalseAcceptance(number(i, 'U'), number(i, 'k'), number(i, 'pfa')),
  }),
  'decision.max_specific_false_accept': (i) => ({ pfaMax: largestFalseAcceptance(number(i, 'r'), number(i, 'k')) }),
  'decision.tur_guardband_factors': (i) => guardBandFactors(number(i, 'tur')),
  'risk.global_normal': (i) =>
    globalRiskNormal(
      { mean: number(i, 'processMean'), sd: number(i, 'processSd') },
      number(i, 'u'),
      { lower: optional(i, 'lower'), upper: optional(i, 'upper') },
      { lower: optional(i, 'acceptLower'), upper: optional(i, 'acceptUpper') },
    ),
  'risk.global_gamma': (i) =>
    globalRiskGamma(
      { shape: number(i, 'shape'), rate: number(i, 'rate') },
      number(i, 'u'),
      { lower: optional(i, 'lower'), upper: optional(i, 'upper') },
      { lower: optional(i, 'acceptLower'), upper: optional(i, 'acceptUpper') },
    ),
};
