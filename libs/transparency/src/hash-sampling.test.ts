import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  auditIntegers,
  boundedIntegers,
  hashUniform,
  partialShuffle,
  weightedSample,
  weightedSampleOf,
} from './hash-sampling.ts';

const seeds = Array.from({ length: 4000 }, (_, i) => `种子${i}`);

function expectShare(count: number, chance: number): void {
  const deviation = Math.sqrt(chance * (1 - chance) * seeds.length);
  expect(Math.abs(count - chance * seeds.length)).toBeLessThan(4 * deviation);
}

describe('sampling by hash', () => {
  it('takes the first place in proportion to the weights, and never an element without weight', () => {
    const frame = [1, 2, 3, 0].map((weight, i) => ({ id: `企业${i}`, weight }));
    const firsts = seeds.map((seed) => weightedSample(frame, seed, 1)[0]!.id);
    for (const i of [0, 1, 2]) expectShare(firsts.filter((id) => id === `企业${i}`).length, (i + 1) / 6);
    expect(firsts).not.toContain('企业3');
  });

  it('with equal weights includes everybody equally often', () => {
    const frame = Array.from({ length: 5 }, (_, i) => ({ id: `企业${i}`, weight: 1 }));
    const drawn = seeds.map((seed) => weightedSample(frame, seed, 2).map(({ id }) => id));
    for (const { id } of frame) expectShare(drawn.filter((ids) => ids.includes(id)).length, 2 / 5);
  });

  it('keeps the order when part of the frame is left out', () => {
    const frame = Array.from({ length: 12 }, (_, i) => ({ id: `企业${i}`, weight: 1 + (i % 3) }));
    fc.assert(
      fc.property(fc.string(), fc.nat(11), (seed, left) => {
        const all = weightedSample(frame, seed, 12).map(({ id }) => id);
        const part = weightedSample(
          frame.filter((_, i) => i !== left),
          seed,
          11,
        ).map(({ id }) => id);
        expect(part).toEqual(all.filter((id) => id !== `企业${left}`));
      }),
      { numRuns: 30 },
    );
  });

  it('draws whole numbers evenly, also where the bound divides no power of two', () => {
    const values = seeds.slice(0, 500).flatMap((seed) => boundedIntegers(seed, 3, 8));
    expect(values).toHaveLength(seeds.length);
    for (const value of [0, 1, 2]) expectShare(values.filter((drawn) => drawn === value).length, 1 / 3);
  });

  it('shuffles without losing or repeating anybody', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 40 }), (seed, size) => {
        expect(partialShuffle(seed, size, size).toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: size }, (_, i) => i),
        );
        expect(partialShuffle(seed, size, size >> 1)).toEqual(partialShuffle(seed, size, size).slice(0, size >> 1));
      }),
      { numRuns: 40 },
    );
  });

  it('has tickets strictly between 0 and 1', () => {
    for (const seed of seeds.slice(0, 200)) {
      const u = hashUniform(seed, '企业');
      expect(u).toBeGreaterThan(0);
      expect(u).toBeLessThan(1);
    }
  });

  it('refuses more than there are, repeated elements, weights and bounds that are no numbers', () => {
    expect(() => weightedSample([{ id: 'a', weight: 1 }], 's', 2)).toThrow();
    expect(() =>
      weightedSample(
        [
          { id: 'a', weight: 1 },
          { id: 'a', weight: 1 },
        ],
        's',
        1,
      ),
    ).toThrow(/twice/);
    expect(() => weightedSample([{ id: 'a', weight: Number.NaN }], 's', 1)).toThrow(/not a number/);
    expect(() => weightedSampleOf([0.5, 1], [1, 1], 1)).toThrow();
    expect(() => boundedIntegers('s', 0, 1)).toThrow();
    expect(() => auditIntegers('s', 0.5, 1)).toThrow();
    expect(() => partialShuffle('s', 3, 4)).toThrow();
  });
});
