import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discrimination, evidenceWeights, type GradeScale, gradeOf, scaledScore, stabilityIndex } from './index.ts';

const firms = fc.array(fc.record({ bad: fc.boolean(), score: fc.integer({ min: 0, max: 20 }) }), {
  minLength: 1,
  maxLength: 40,
});
const SCALE: GradeScale = { cuts: [90, 75, 60], labels: ['A', 'B', 'C', 'D'], hysteresis: 2 };

describe('scorecards', () => {
  it('AUC is the share of pairs in which the bad firm scores higher, ties half, and turns round with the score', () => {
    fc.assert(
      fc.property(firms, (given) => {
        const result = discrimination(
          given.map(({ bad }) => bad),
          given.map(({ score }) => score),
        );
        const pairs = given
          .filter(({ bad }) => bad)
          .flatMap((one) => given.filter(({ bad }) => !bad).map((other) => Math.sign(one.score - other.score)));
        if (pairs.length === 0) {
          expect(result).toBeNull();
          return;
        }
        expect(result!.auc).toBeCloseTo(
          pairs.reduce<number>((sum, sign) => sum + (sign + 1) / 2, 0) / pairs.length,
          10,
        );
        const turned = discrimination(
          given.map(({ bad }) => bad),
          given.map(({ score }) => -score),
        )!;
        expect(turned.auc).toBeCloseTo(1 - result!.auc, 10);
        expect(turned.ks).toBeCloseTo(result!.ks, 10);
        expect(result!.ks).toBeGreaterThanOrEqual(Math.abs(result!.gini) / 2 - 1e-9);
      }),
    );
  });

  it('stability and information are 0 between equal distributions and positive otherwise, from either side', () => {
    const bins = fc.array(fc.record({ one: fc.integer({ min: 1, max: 99 }), other: fc.integer({ min: 1, max: 99 }) }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(bins, (given) => {
        const one = given.map((bin) => bin.one);
        const other = given.map((bin) => bin.other);
        expect(
          stabilityIndex(
            one,
            one.map((value) => 3 * value),
          ),
        ).toBeCloseTo(0, 12);
        expect(stabilityIndex(one, other)).toBeGreaterThanOrEqual(-1e-12);
        expect(stabilityIndex(other, one)).toBeCloseTo(stabilityIndex(one, other)!, 10);
        expect(evidenceWeights(one, other).informationValue).toBeCloseTo(stabilityIndex(other, one)!, 10);
      }),
    );
    expect(stabilityIndex([1, 0], [1, 1])).toBeNull();
    expect(evidenceWeights([1, 0], [1, 1])).toEqual({ weights: [Math.log(2), null], informationValue: null });
  });

  it('double odds are worth the points agreed', () => {
    const scale = { baseScore: 600, baseOdds: 50, pointsToDouble: 20 };
    expect(scaledScore(100, scale)).toBeCloseTo(620, 10);
    expect(() => scaledScore(0, scale)).toThrow(/not-positive/);
  });
});

describe('grades', () => {
  it('a firm near a cut keeps its grade until it has passed it clearly', () => {
    expect(gradeOf(91, SCALE)).toMatchObject({ grade: 'A', reason: 'score' });
    expect(gradeOf(91, SCALE, { former: 'B' })).toMatchObject({ grade: 'B', reason: 'kept' });
    expect(gradeOf(92, SCALE, { former: 'B' })).toMatchObject({ grade: 'A', reason: 'score' });
    expect(gradeOf(89, SCALE, { former: 'A' })).toMatchObject({ grade: 'A', reason: 'kept' });
    expect(gradeOf(87.9, SCALE, { former: 'A' })).toMatchObject({ grade: 'B', reason: 'score' });
  });

  it('a veto outweighs every score and is named', () => {
    expect(gradeOf(99, SCALE, { vetoes: ['严重违法失信'] })).toEqual({
      grade: 'D',
      reason: 'veto',
      vetoes: ['严重违法失信'],
    });
  });

  it('never falls when the score rises, whatever the former grade', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 99, noNaN: true }),
        fc.constantFrom(undefined, 'A', 'B', 'C', 'D'),
        (score, former) => {
          const standing = former === undefined ? {} : { former };
          const place = (value: number): number => SCALE.labels.indexOf(gradeOf(value, SCALE, standing).grade);
          expect(place(score + 1)).toBeLessThanOrEqual(place(score));
        },
      ),
    );
  });

  it('refuses scores outside the scale, unknown grades and cuts that do not fall', () => {
    expect(() => gradeOf(101, SCALE)).toThrow(/out-of-range/);
    expect(() => gradeOf(50, SCALE, { former: 'E' })).toThrow(/grade-unknown/);
    expect(() => gradeOf(50, { ...SCALE, cuts: [60, 75, 90] })).toThrow(/cuts-not-falling/);
    expect(() => gradeOf(50, { ...SCALE, labels: ['A'] })).toThrow(/length-mismatch/);
  });
});
