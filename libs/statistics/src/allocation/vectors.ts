import type { VectorInputs, VectorRegistry } from '../vector-registry.ts';
import { boundedAllocation } from './bounded.ts';
import {
  type CostedStratum,
  integerNeymanAllocation,
  largestRemainder,
  neymanAllocation,
  neymanCensusAllocation,
  proportionalAllocation,
  varianceTargetAllocation,
} from './stratified.ts';
import { horvitzThompson, inclusionProbabilities, systematicSelection } from './unequal-probability.ts';

interface StrataInputs {
  readonly n: number;
  readonly Nh: number[];
  readonly Sh: number[];
  readonly unitCost?: number[];
}

function strataOf(inputs: VectorInputs): CostedStratum[] {
  const { Nh, Sh, unitCost } = inputs as unknown as StrataInputs;
  return Nh.map((population, h) => ({ population, deviation: Sh[h]!, unitCost: unitCost?.[h] ?? 1 }));
}

function total(inputs: VectorInputs): number {
  return inputs.n as number;
}

/** Reference-vector methods of allocation and unequal-probability sampling (file 05a). */
export const allocationVectors: VectorRegistry = {
  'alloc.proportional': (inputs) => ({ nh: proportionalAllocation(total(inputs), inputs.Nh as number[]) }),
  'alloc.neyman': (inputs) => ({ nh: neymanAllocation(total(inputs), strataOf(inputs)) }),
  'alloc.neyman_capped': (inputs) => ({ nh: neymanCensusAllocation(total(inputs), strataOf(inputs)) }),
  'alloc.box_constrained': (inputs) => {
    const { A, min, max } = inputs as unknown as { A: number[]; min?: number[]; max?: number[] };
    const bounds = { min: min ?? A.map(() => 0), max: max ?? A.map(() => Number.POSITIVE_INFINITY) };
    return { nh: boundedAllocation(total(inputs), A, bounds) };
  },
  'alloc.variance_target': (inputs) => {
    const { cv, mean } = inputs as { cv: number; mean: number };
    return { nh: varianceTargetAllocation(cv, mean, strataOf(inputs)) };
  },
  'alloc.integer_exact': (inputs) => ({
    nh: integerNeymanAllocation(total(inputs), strataOf(inputs), inputs.minPerStratum as number),
  }),
  'alloc.largest_remainder': (inputs) => ({ nh: largestRemainder(total(inputs), inputs.weights as number[]) }),
  'pps.inclusion_probabilities': (inputs) => ({ pi: inclusionProbabilities(inputs.size as number[], total(inputs)) }),
  'pps.systematic': (inputs) => {
    const { pi, u } = inputs as unknown as { pi: number[]; u: number };
    return { selected: systematicSelection(pi, u).map((index) => index + 1) };
  },
  'pps.horvitz_thompson': (inputs) => {
    const { y, pi } = inputs as unknown as { y: number[]; pi: number[] };
    return horvitzThompson(y, pi);
  },
};
