import type { VectorInputs, VectorRegistry } from '../vector-registry.ts';
import {
  contradictionPower,
  type DeclaredQualityPlan,
  decideByCensus,
  decideDeclaredQuality,
  declaredQualityRisks,
  largestSampleForLimit,
} from './large-population.ts';
import {
  largestSmallPopulationSample,
  type SmallPopulationPlan,
  smallPopulationFalseContradiction,
  smallPopulationLimitingCount,
  smallPopulationMiss,
} from './small-population.ts';

function planOf(inputs: VectorInputs): DeclaredQualityPlan {
  return { n: inputs.n as number, limit: inputs.L as number };
}

function smallPlanOf(inputs: VectorInputs): SmallPopulationPlan {
  return { ...planOf(inputs), populationSize: inputs.N as number };
}

/** Reference-vector methods of declared quality levels (file 02). */
export const declaredQualityVectors: VectorRegistry = {
  'gb2828_4.decision': (inputs) => {
    const { N, dqlPercent, nonconforming } = inputs as { N?: number; dqlPercent: number; nonconforming: number };
    return N !== undefined && N <= (inputs.n as number)
      ? decideByCensus(N, nonconforming, dqlPercent)
      : decideDeclaredQuality(planOf(inputs), nonconforming);
  },
  'gb2828_4.risks': (inputs) => {
    const risks = declaredQualityRisks(planOf(inputs), inputs.dqlPercent as number);
    return {
      falseContradictionRisk: risks.falseContradictionRisk,
      lqPercentAt10: risks.limitingPercent,
      lqr: risks.limitingQualityRatio,
    };
  },
  'gb2828_4.power': (inputs) => ({
    probContradict: contradictionPower(planOf(inputs), inputs.dqlPercent as number, inputs.qualityRatio as number),
  }),
  'gb2828_4.max_n_for_L': (inputs) => {
    const { L, dqlPercent, alpha } = inputs as { L: number; dqlPercent: number; alpha: number };
    return { n: largestSampleForLimit(L, dqlPercent, alpha) };
  },
  'gb2828_11.risks': (inputs) => ({
    falseContradictionRisk: smallPopulationFalseContradiction(
      smallPlanOf(inputs),
      inputs.declaredNonconforming as number,
    ),
  }),
  'gb2828_11.miss_risk': (inputs) => ({
    probNotContradict: smallPopulationMiss(smallPlanOf(inputs), inputs.actualNonconforming as number),
  }),
  'gb2828_11.max_n_for_L': (inputs) => {
    const { N, declaredNonconforming, L, alpha } = inputs as {
      N: number;
      declaredNonconforming: number;
      L: number;
      alpha: number;
    };
    return { n: largestSmallPopulationSample(N, declaredNonconforming, L, alpha) };
  },
  'gb2828_11.limiting_count': (inputs) => ({
    D: smallPopulationLimitingCount(smallPlanOf(inputs), inputs.beta as number),
  }),
};
