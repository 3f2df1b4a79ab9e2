import type { VectorRegistry } from '../vector-registry.ts';
import { discrimination, evidenceWeights, gradeOf, scaledScore, stabilityIndex } from './index.ts';

/** Reference-vector methods of scorecards (file 14). */
export const creditScoringVectors: VectorRegistry = {
  'score.auc_ks': (inputs) => {
    const { y, score } = inputs as unknown as { y: number[]; score: number[] };
    return discrimination(
      y.map((value) => value === 1),
      score,
    );
  },
  'score.psi': (inputs) => {
    const { expected, actual } = inputs as unknown as { expected: number[]; actual: number[] };
    return { psi: stabilityIndex(expected, actual) };
  },
  'score.woe_iv': (inputs) => {
    const { good, bad } = inputs as unknown as { good: number[]; bad: number[] };
    const { weights, informationValue } = evidenceWeights(good, bad);
    return { woe: weights, iv: informationValue };
  },
  'score.points_scaling': (inputs) => {
    const { odds, pdo, baseScore, baseOdds } = inputs as Record<'odds' | 'pdo' | 'baseScore' | 'baseOdds', number>;
    return { score: scaledScore(odds, { baseScore, baseOdds, pointsToDouble: pdo }) };
  },
  'score.grade': (inputs) => {
    const { score, cuts, labels } = inputs as unknown as { score: number; cuts: number[]; labels: string[] };
    return { grade: gradeOf(score, { cuts, labels }).grade };
  },
};
