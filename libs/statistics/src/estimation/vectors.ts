import type { VectorInputs, VectorRegistry } from '../vector-registry.ts';
import { compareProportions } from './comparison.ts';
import {
  clopperPearsonInterval,
  hypergeometricInterval,
  type Interval,
  jeffreysInterval,
  midPInterval,
  poissonRateInterval,
  wilsonContinuityInterval,
  wilsonInterval,
} from './intervals.ts';
import { sampleSizeForProportion } from './sample-size.ts';
import {
  kishEffectiveSize,
  type StratifiedIntervalMethod,
  type Stratum,
  stratifiedInterval,
  stratifiedProportion,
  waldInterval,
} from './stratified.ts';

function interval(method: (x: number, n: number, confidence: number) => Interval): (inputs: VectorInputs) => Interval {
  return (inputs) => {
    const { x, n, conf } = inputs as { x: number; n: number; conf: number };
    return method(x, n, conf);
  };
}

function strataOf(inputs: VectorInputs): Stratum[] {
  const { Nh, nh, xh } = inputs as unknown as { Nh: number[]; nh: number[]; xh: number[] };
  return Nh.map((population, h) => ({ population, n: nh[h]!, x: xh[h]! }));
}

/** Reference-vector methods of estimation (file 05b) and of the sample size for a proportion (05a). */
export const estimationVectors: VectorRegistry = {
  'ci.wilson': interval(wilsonInterval),
  'ci.wilson_cc': interval(wilsonContinuityInterval),
  'ci.clopper_pearson': interval(clopperPearsonInterval),
  'ci.jeffreys': interval(jeffreysInterval),
  'ci.mid_p': interval(midPInterval),
  'ci.hypergeometric_exact': (inputs) => {
    const { N, n, x, conf } = inputs as { N: number; n: number; x: number; conf: number };
    const { lower, upper, lowerCount, upperCount } = hypergeometricInterval(x, n, N, conf);
    return { lower, upper, lowerD: lowerCount, upperD: upperCount };
  },
  'ci.poisson_rate': (inputs) => {
    const { events, exposure, conf } = inputs as { events: number; exposure: number; conf: number };
    return poissonRateInterval(events, exposure, conf);
  },
  'compare.two_proportions': (inputs) => {
    const { x1, n1, x2, n2 } = inputs as { x1: number; n1: number; x2: number; n2: number };
    const { fisherP, difference, lower, upper } = compareProportions(x1, n1, x2, n2);
    return { fisherP, diff: difference, lower, upper };
  },
  'estimate.stratified_proportion': (inputs) => {
    const estimate = stratifiedProportion(strataOf(inputs));
    const wald = waldInterval(estimate, inputs.conf as number);
    return {
      estimate: estimate.estimate,
      se: estimate.se,
      waldLower: wald === null ? null : wald.lower,
      waldUpper: wald === null ? null : wald.upper,
    };
  },
  'estimate.design_effect': (inputs) => ({ deff: stratifiedProportion(strataOf(inputs)).designEffect }),
  'estimate.stratified_ci': (inputs) => {
    const { conf, ciMethod } = inputs as { conf: number; ciMethod: StratifiedIntervalMethod };
    return stratifiedInterval(strataOf(inputs), conf, ciMethod);
  },
  'estimate.kish_effective_n': (inputs) => {
    const { effectiveN, designEffect } = kishEffectiveSize(inputs.w as number[]);
    return { neff: effectiveN, deff: designEffect };
  },
  'samplesize.proportion': (inputs) => {
    const { p, e, conf, N } = inputs as { p: number; e: number; conf: number; N?: number };
    const size = sampleSizeForProportion(p, e, conf, N);
    return { n0: size.infinite, n: size.finite, nCeil: size.n };
  },
};
