import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { criticWeights, entropyWeights, geometricMeanWeights, idealRanking, pairwiseWeights } from './index.ts';

const weights = fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 1, maxLength: 9 });
const judgements = fc.integer({ min: 2, max: 6 }).chain((n) =>
  fc
    .array(fc.integer({ min: -8, max: 8 }), { minLength: (n * (n - 1)) / 2, maxLength: (n * (n - 1)) / 2 })
    .map((scale) => {
      const above = scale.map((value) => (value >= 0 ? value + 1 : 1 / (1 - value)));
      let next = 0;
      const upper = Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (__, j) => (j > i ? above[next++]! : 1)),
      );
      return upper.map((row, i) => row.map((value, j) => (j < i ? 1 / upper[j]![i]! : value)));
    }),
);
const matrix = fc
  .record({ rows: fc.integer({ min: 2, max: 7 }), columns: fc.integer({ min: 1, max: 4 }) })
  .chain(({ rows, columns }) =>
    fc.record({
      values: fc.array(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
      weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: columns, maxLength: columns }),
      benefit: fc.array(fc.boolean(), { minLength: columns, maxLength: columns }),
    }),
  );

describe('pairwise judgements', () => {
  it('give back the weights that consistent judgements come from, with ratio 0', () => {
    fc.assert(
      fc.property(weights, (given) => {
        const total = given.reduce((sum, weight) => sum + weight, 0);
        const consistent = given.map((row) => given.map((column) => row / column));
        for (const result of [pairwiseWeights(consistent), geometricMeanWeights(consistent)]) {
          result.weights.forEach((weight, i) => {
            expect(weight).toBeCloseTo(given[i]! / total, 10);
          });
          expect(result.consistencyRatio).toBeCloseTo(0, 9);
          expect(result.consistent).toBe(true);
        }
      }),
    );
  });

  it('weights follow their criteria when these change places, and the largest eigenvalue is at least n', () => {
    fc.assert(
      fc.property(judgements, (given) => {
        const turned = given.toReversed().map((row) => row.toReversed());
        const here = pairwiseWeights(given);
        pairwiseWeights(turned)
          .weights.toReversed()
          .forEach((weight, i) => {
            expect(weight).toBeCloseTo(here.weights[i]!, 9);
          });
        expect(here.lambdaMax).toBeGreaterThanOrEqual(given.length - 1e-9);
      }),
    );
  });

  it('refuse judgements whose reciprocals disagree, zeros, and more than ten criteria', () => {
    expect(() =>
      pairwiseWeights([
        [1, 3],
        [0.5, 1],
      ]),
    ).toThrow(/not-reciprocal/);
    expect(() => pairwiseWeights([[2]])).toThrow(/not-reciprocal/);
    expect(() =>
      pairwiseWeights([
        [1, 0],
        [0, 1],
      ]),
    ).toThrow(/not-positive/);
    expect(() => pairwiseWeights(Array.from({ length: 11 }, () => Array.from({ length: 11 }, () => 1)))).toThrow(
      /out-of-range/,
    );
    expect(
      pairwiseWeights([
        [1, 3],
        [0.333, 1],
      ]).weights[0],
    ).toBeCloseTo(0.75, 3);
  });
});

describe('weights from data', () => {
  it('do not depend on the order of the alternatives or the unit of a criterion, and add up to 1', () => {
    fc.assert(
      fc.property(matrix, ({ values }) => {
        const scaled = values.map((row) => row.map((value, j) => (j === 0 ? value * 1000 : value)));
        for (const weigh of [
          (m: readonly number[][]) => entropyWeights(m).weights,
          (m: readonly number[][]) => criticWeights(m),
        ]) {
          const here = weigh(values);
          for (const other of [weigh(values.toReversed()), weigh(scaled)]) {
            if (here === null) expect(other).toBeNull();
            else for (const [j, weight] of here.entries()) expect(other![j]).toBeCloseTo(weight, 8);
          }
          if (here !== null) expect(here.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
        }
      }),
    );
  });

  it('a criterion that tells nobody apart weighs nothing; when none does there are no weights', () => {
    expect(
      entropyWeights([
        [3, 1],
        [3, 5],
      ]).weights,
    ).toEqual([0, 1]);
    expect(
      entropyWeights([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual({ entropy: [1, 1], weights: null });
    expect(
      criticWeights([
        [3, 1],
        [3, 1],
      ]),
    ).toBeNull();
    expect(() =>
      entropyWeights([
        [1, -1],
        [1, 1],
      ]),
    ).toThrow(/out-of-range/);
    expect(() => entropyWeights([[1, 2]])).toThrow(/out-of-range/);
  });
});

describe('TOPSIS', () => {
  it('ranks the same whatever the order of alternatives, the units and the scale of the weights', () => {
    fc.assert(
      fc.property(matrix, ({ values, weights: given, benefit }) => {
        const here = idealRanking(values, given, benefit);
        const turned = idealRanking(values.toReversed(), given, benefit);
        const scaled = idealRanking(
          values.map((row) => row.map((value) => value * 8)),
          given.map((weight) => weight * 4),
          benefit,
        );
        here.closeness.forEach((value, i) => {
          for (const other of [turned.closeness.toReversed()[i], scaled.closeness[i]]) {
            if (value === null) expect(other).toBeNull();
            else expect(other).toBeCloseTo(value, 9);
          }
        });
      }),
    );
  });

  it('an alternative that is best in everything is the ideal, and one that is worst is as far as can be', () => {
    fc.assert(
      fc.property(matrix, ({ values, weights: given, benefit }) => {
        const best = benefit.map((up) => (up ? 200 : 0));
        const worst = benefit.map((up) => (up ? 0 : 200));
        const { closeness, rank } = idealRanking([best, ...values, worst], given, benefit);
        expect(closeness[0]).toBe(1);
        expect(closeness.at(-1)).toBe(0);
        expect(rank[0]).toBe(1);
      }),
    );
  });

  it('alternatives that are all alike have no closeness and share the first rank', () => {
    expect(
      idealRanking(
        [
          [1, 2],
          [1, 2],
        ],
        [1, 1],
        [true, false],
      ),
    ).toEqual({ closeness: [null, null], rank: [1, 1] });
    expect(() => idealRanking([[1, 2]], [0, 0], [true, true])).toThrow(/out-of-range/);
    expect(() => idealRanking([[1, 2]], [1], [true, true])).toThrow(/length-mismatch/);
  });
});
