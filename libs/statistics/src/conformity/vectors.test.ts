import { describe, expect, it } from 'vitest';
import rounding from '../../fixtures/08a_rounding_gbt8170.json' with { type: 'json' };
import decisions from '../../fixtures/08b_uncertainty_decision.json' with { type: 'json' };
import { runVectorCase, type VectorCase } from '../vector-runner.ts';
import { conformityVectors } from './vectors.ts';

const cases = [...(rounding.cases as VectorCase[]), ...(decisions.cases as VectorCase[])].filter(
  (vector) => !/^(?:gum|mc)\./.test(vector.method),
);

describe('reference vectors of rounding, limits and decision rules', () => {
  it.each(cases.map((vector) => [vector.id, vector] as const))('%s', (_id, vector) => {
    expect(runVectorCase(vector, conformityVectors).problems).toEqual([]);
  });
});
