import type { CurveModel } from '../attribute-sampling/operating-characteristic.ts';
import { sampleSizeForDetection, sampleSizeForDetectionInLot } from '../estimation/detection.ts';
import type { VectorInputs, VectorRegistry } from '../vector-registry.ts';
import { findEqualDoublePlan } from './double.ts';
import { findSinglePlan, type RiskPoint, type TwoPoints } from './single.ts';

function pointsOf(inputs: VectorInputs): TwoPoints {
  const { prp, crp } = inputs as unknown as { prp: RiskPoint; crp: RiskPoint };
  return { producer: prp, consumer: crp };
}

function modelOf(inputs: VectorInputs): CurveModel {
  const { type, lotSize = Number.NaN } = inputs as { type: string; lotSize?: number };
  if (type.startsWith('hyper')) {
    return { model: 'hypergeometric', lotSize };
  }
  return { model: type === 'poisson' ? 'poisson' : 'binomial' };
}

/** Reference-vector methods of plan design (file 04). */
export const planDesignVectors: VectorRegistry = {
  'plan.find_single': (inputs) => {
    const { n, ac } = findSinglePlan(pointsOf(inputs), modelOf(inputs));
    return { n, c: ac };
  },
  'plan.find_double_equal_n': (inputs) => {
    const { n, c1, c2, asnAtProducer, asnAtConsumer } = findEqualDoublePlan(pointsOf(inputs));
    return { n, c1, c2, asnAtP1: asnAtProducer, asnAtP2: asnAtConsumer };
  },
  'plan.zero_acceptance_n': (inputs) => {
    const { confidence, p, lotSize, defectives } = inputs as {
      confidence: number;
      p?: number;
      lotSize?: number;
      defectives?: number;
    };
    return lotSize === undefined
      ? { n: sampleSizeForDetection(p ?? Number.NaN, confidence) }
      : { n: sampleSizeForDetectionInLot(defectives ?? Number.NaN, lotSize, confidence) };
  },
};
