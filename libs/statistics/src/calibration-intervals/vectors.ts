import { scores } from '../proficiency/index.ts';
import type { VectorInputs, VectorRegistry } from '../vector-registry.ts';
import {
  type DriftData,
  driftInterval,
  exponentialInterval,
  fitDrift,
  reliabilityTargetInterval,
  type StaircasePolicy,
  staircaseInterval,
  testInterval,
  uncertaintyRatio,
} from './index.ts';

function driftData(inputs: VectorInputs): DriftData {
  const { dt, delta, order } = inputs as unknown as { dt: number[]; delta: number[]; order: number };
  return { times: dt, changes: delta, order };
}

/** Reference-vector methods of calibration intervals (file 13). */
export const calibrationIntervalVectors: VectorRegistry = {
  'interval.ncsli_a3': (inputs) => {
    const { maxChangeFactor, ...test } = inputs as unknown as {
      inTolerance: number;
      n: number;
      interval: number;
      target: number;
      confidence: number;
      maxChangeFactor: number;
    };
    const result = testInterval({ ...test, mostChange: maxChangeFactor });
    return { ...result, reliabilityLower: result.lower, reliabilityUpper: result.upper };
  },
  'interval.variables_fit': (inputs) => {
    const { coefficients, syx } = fitDrift(driftData(inputs));
    return { b: coefficients, syx };
  },
  'interval.variables_reliability_target': (inputs) => {
    const { y0, u0, lower, upper, confidence } = inputs as Record<
      'y0' | 'u0' | 'lower' | 'upper' | 'confidence',
      number
    >;
    return { interval: reliabilityTargetInterval(driftData(inputs), { start: y0, u0, lower, upper, confidence }) };
  },
  'interval.exponential': (inputs) => {
    const { interval, observedReliability, target } = inputs as Record<
      'interval' | 'observedReliability' | 'target',
      number
    >;
    return { interval: exponentialInterval(interval, observedReliability, target) };
  },
  'interval.staircase': (inputs) => {
    const { interval, history, ...policy } = inputs as unknown as {
      interval: number;
      history: ('in' | 'out')[];
    } & StaircasePolicy;
    return { interval: staircaseInterval(interval, history, policy) };
  },
  'interval.linear_drift': (inputs) => {
    const { y0, slope, u, mpe, k } = inputs as Record<'y0' | 'slope' | 'u' | 'mpe' | 'k', number>;
    return { time: driftInterval({ error: y0, slope, u, mpe, k }) };
  },
  'verification.en': (inputs) => {
    const { x, ref, U, Uref } = inputs as Record<'x' | 'ref' | 'U' | 'Uref', number>;
    // E_n takes no standard deviation for assessment
    return { En: scores({ x, assigned: ref, sigma: 1, uAssigned: 0, expanded: U, expandedAssigned: Uref }).En };
  },
  'verification.mcr': (inputs) => {
    const { mpe, U } = inputs as Record<'mpe' | 'U', number>;
    return uncertaintyRatio(mpe, U);
  },
};
