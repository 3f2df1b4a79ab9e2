import type { RiskPoint } from '../plan-design/single.ts';
import type { VectorInputs, VectorRegistry } from '../vector-registry.ts';
import { decideByConstant, estimateFractions, summariseMeasurements, type VariablesSample } from './decision.ts';
import {
  acceptabilityConstant,
  findVariablesPlan,
  fractionFromQuality,
  maximumFraction,
  type SigmaMethod,
  variablesAcceptance,
} from './operating-characteristic.ts';

interface SampleInputs {
  readonly values?: number[];
  readonly n?: number;
  readonly mean?: number;
  readonly s?: number;
  readonly sigma: SigmaMethod;
  readonly upper?: number;
  readonly lower?: number;
}

function sampleOf(inputs: VectorInputs): VariablesSample {
  const { values, n = Number.NaN, mean = Number.NaN, s = Number.NaN } = inputs as unknown as SampleInputs;
  return values === undefined ? { n, mean, deviation: s } : summariseMeasurements(values);
}

function limitsOf(inputs: VectorInputs): { lower?: number; upper?: number } {
  const { lower, upper } = inputs as unknown as SampleInputs;
  return { ...(lower === undefined ? {} : { lower }), ...(upper === undefined ? {} : { upper }) };
}

/** Reference-vector methods of variables sampling (file 03). */
export const variablesSamplingVectors: VectorRegistry = {
  'variables.oc': (inputs) => {
    const { n, k, p, sigma } = inputs as { n: number; k: number; p: number; sigma: SigmaMethod };
    return { pa: variablesAcceptance({ n, k }, p, sigma) };
  },
  'variables.k_from_M': (inputs) => ({ k: acceptabilityConstant(inputs.M as number, inputs.n as number) }),
  'variables.M_from_k': (inputs) => ({ M: maximumFraction(inputs.k as number, inputs.n as number) }),
  'variables.k_decision': (inputs) => {
    const sample = sampleOf(inputs);
    const { statistics, accepted } = decideByConstant(sample, limitsOf(inputs), inputs.k as number);
    return { mean: sample.mean, s: sample.deviation, QU: statistics.upper, QL: statistics.lower, accept: accepted };
  },
  'variables.p_estimate': (inputs) => {
    const estimate = estimateFractions(sampleOf(inputs), limitsOf(inputs), inputs.sigma as SigmaMethod);
    return {
      p: estimate.total,
      pUpperPercent: 100 * estimate.upper,
      pLowerPercent: 100 * estimate.lower,
      pTotalPercent: 100 * estimate.total,
    };
  },
  'variables.p_from_Q': (inputs) => {
    const { Q, n, sigma = 'unknown' } = inputs as { Q: number; n: number; sigma?: SigmaMethod };
    return { pPercent: 100 * fractionFromQuality(Q, n, sigma) };
  },
  'variables.find_plan': (inputs) => {
    const { prp, crp, sigma } = inputs as unknown as { prp: RiskPoint; crp: RiskPoint; sigma: SigmaMethod };
    return findVariablesPlan({ producer: prp, consumer: crp }, sigma);
  },
};
