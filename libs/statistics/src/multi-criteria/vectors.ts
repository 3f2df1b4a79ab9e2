import type { VectorRegistry } from '../vector-registry.ts';
import {
  criticWeights,
  type DecisionMatrix,
  entropyWeights,
  geometricMeanWeights,
  idealRanking,
  type PairwiseWeights,
  pairwiseWeights,
} from './index.ts';

function printed(result: PairwiseWeights): unknown {
  return {
    weights: result.weights,
    lambdaMax: result.lambdaMax,
    ci: result.consistencyIndex,
    cr: result.consistencyRatio,
    consistent: result.consistent,
  };
}

/** Reference-vector methods of weights and rankings (file 14). */
export const multiCriteriaVectors: VectorRegistry = {
  'ahp.eigenvector': (inputs) => printed(pairwiseWeights(inputs.matrix as DecisionMatrix)),
  'ahp.geometric_mean': (inputs) => printed(geometricMeanWeights(inputs.matrix as DecisionMatrix)),
  'entropy.weights': (inputs) => entropyWeights(inputs.matrix as DecisionMatrix),
  'critic.weights': (inputs) => ({
    weights: criticWeights(inputs.matrix as DecisionMatrix, inputs.benefit as boolean[] | undefined),
  }),
  topsis: (inputs) => {
    const { matrix, weights, benefit } = inputs as unknown as {
      matrix: DecisionMatrix;
      weights: number[];
      benefit: boolean[];
    };
    return idealRanking(matrix, weights, benefit);
  },
};
