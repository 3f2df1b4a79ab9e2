import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGenerator } from '../uncertainty/index.ts';
import { bernoulliScanRatio, circularZones, poissonScanRatio, spaceTimePermutationScan, spatialScan } from './index.ts';

const map = fc.array(
  fc.record({
    x: fc.integer({ min: 0, max: 100 }),
    y: fc.integer({ min: 0, max: 100 }),
    people: fc.integer({ min: 1, max: 900 }),
    cases: fc.integer({ min: 0, max: 30 }),
  }),
  { minLength: 3, maxLength: 12 },
);

type Place = { x: number; y: number; people: number; cases: number };

function scan(places: readonly Place[]) {
  const zones = circularZones(
    places.map(({ x }) => x),
    places.map(({ y }) => y),
    places.map(({ people }) => people),
  );
  return spatialScan({ cases: places.map(({ cases }) => cases), expected: places.map(({ people }) => people), zones });
}

describe('spatial scan', () => {
  it('does not depend on where the map is pinned, how it is scaled or how expectation is scaled', () => {
    fc.assert(
      fc.property(map, (places) => {
        const moved = scan(
          places.map((place) => ({ ...place, x: 3 * place.x + 700, y: 3 * place.y - 90, people: 5 * place.people })),
        );
        const here = scan(places).mostLikely;
        expect(moved.mostLikely?.zone).toEqual(here?.zone);
        expect(moved.mostLikely?.llr ?? 0).toBeCloseTo(here?.llr ?? 0, 8);
      }),
    );
  });

  it('does not depend on the order in which counties are listed', () => {
    fc.assert(
      fc.property(map, (places) => {
        // Equal distances are settled by the order of the list, so that places must differ
        const apart = places.map((place, i) => ({ ...place, x: place.x + 0.013 * i * i, y: place.y + 0.007 * i }));
        expect(scan(apart.toReversed()).mostLikely?.llr ?? 0).toBeCloseTo(scan(apart).mostLikely?.llr ?? 0, 8);
      }),
    );
  });

  it('no zone that it was given has a larger ratio than the one reported', () => {
    fc.assert(
      fc.property(map, (places) => {
        const total = places.reduce((sum, { cases }) => sum + cases, 0);
        const people = places.reduce((sum, place) => sum + place.people, 0);
        const zones = circularZones(
          places.map(({ x }) => x),
          places.map(({ y }) => y),
          places.map((place) => place.people),
        );
        const ratios = zones.map((zone) => {
          const cases = zone.reduce((sum, area) => sum + places[area]!.cases, 0);
          const share = zone.reduce((sum, area) => sum + places[area]!.people, 0) / people;
          return poissonScanRatio(cases, Math.min(total, share * total), total);
        });
        const found = scan(places);
        expect(found.mostLikely?.llr ?? 0).toBeCloseTo(Math.max(0, ...ratios), 8);
        const areas = [found.mostLikely, ...found.secondary].flatMap((cluster) => cluster?.zone ?? []);
        expect(new Set(areas).size).toBe(areas.length);
      }),
    );
  });

  it('finds a planted cluster, calls it significant, and repeats itself under the same seed', () => {
    const places = Array.from({ length: 30 }, (_, i) => ({
      x: i % 6,
      y: Math.floor(i / 6),
      people: 100,
      cases: i < 2 ? 30 : 8,
    }));
    const cases = places.map((place) => place.cases);
    const expected = places.map(({ people }) => people);
    const zones = circularZones(
      places.map(({ x }) => x),
      places.map(({ y }) => y),
      expected,
      0.3,
    );
    const run = (seed: number) =>
      spatialScan({ cases, expected, zones }, { replicates: 199, generator: createGenerator(seed) });
    expect(run(1).mostLikely).toMatchObject({ zone: [0, 1], cases: 60, p: 0.005 });
    expect(run(1)).toEqual(run(1));
    expect(run(1).criticalValue).not.toBe(run(2).criticalValue);
  });

  it('calls five in a hundred maps without cluster significant at 5 %', () => {
    const generator = createGenerator(4);
    const people = Array.from({ length: 12 }, (_, i) => 50 + 10 * i);
    const zones = circularZones(
      people.map((_, i) => i % 4),
      people.map((_, i) => i >> 2),
      people,
    );
    const ends = people.map((_, i) => people.slice(0, i + 1).reduce((sum, value) => sum + value, 0));
    const whole = ends.at(-1)!;
    let significant = 0;
    for (let trial = 0; trial < 200; trial += 1) {
      const cases = people.map(() => 0);
      for (let n = 0; n < 60; n += 1) {
        const point = generator.uniform() * whole;
        cases[ends.findIndex((end) => point < end)]! += 1;
      }
      const found = spatialScan({ cases, expected: people, zones }, { replicates: 39, generator });
      significant += (found.mostLikely?.p ?? 1) <= 0.05 ? 1 : 0;
    }
    expect(Math.abs(significant - 10)).toBeLessThan(4 * Math.sqrt(200 * 0.05 * 0.95));
  });

  it('has nothing to report without an excess, and refuses cases where none can be', () => {
    expect(spatialScan({ cases: [0, 0], expected: [1, 1], zones: [[0]] }).mostLikely).toBeNull();
    expect(() => spatialScan({ cases: [1, 0], expected: [0, 1], zones: [[0]] })).toThrow(/expected-zero/);
    expect(() => spatialScan({ cases: [1, 0], expected: [1, 1], zones: [[2]] })).toThrow(/out-of-range/);
    expect(() => poissonScanRatio(3, 0, 5)).toThrow(/expected-zero/);
    expect(() => bernoulliScanRatio(3, 2, 5, 10)).toThrow(/out-of-range/);
  });
});

describe('space-time permutation scan', () => {
  const grids = fc
    .record({ areas: fc.integer({ min: 2, max: 5 }), periods: fc.integer({ min: 2, max: 8 }) })
    .chain(({ areas, periods }) =>
      fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: periods, maxLength: periods }), {
        minLength: areas,
        maxLength: areas,
      }),
    );

  it('agrees with going through all zones and windows one by one', () => {
    fc.assert(
      fc.property(grids, fc.constantFrom('current', 'any'), (counts, windows) => {
        const periods = counts[0]!.length;
        const longest = Math.max(1, periods - 1);
        const zones = counts.flatMap((_, i) => (i === 0 ? [[0]] : [[i], [i, i - 1]]));
        const total = counts.flat().reduce((sum, value) => sum + value, 0);
        let best = 0;
        for (const zone of zones) {
          const row = zone.flatMap((area) => counts[area]!).reduce((sum, value) => sum + value, 0);
          for (let to = windows === 'current' ? periods : 1; to <= periods; to += 1) {
            for (let from = Math.max(0, to - longest); from < to; from += 1) {
              const inside = zone
                .flatMap((area) => counts[area]!.slice(from, to))
                .reduce((sum, value) => sum + value, 0);
              const column = counts.flatMap((line) => line.slice(from, to)).reduce((sum, value) => sum + value, 0);
              const expected = total === 0 ? 0 : (row * column) / total;
              if (inside > expected) best = Math.max(best, poissonScanRatio(inside, expected, total));
            }
          }
        }
        const found = spaceTimePermutationScan({ counts, zones, longest, windows }).mostLikely;
        expect(found?.llr ?? 0).toBeCloseTo(best, 9);
      }),
    );
  });

  it('blind to a county that is always busier, it finds the one that is busier now', () => {
    const counts = Array.from({ length: 6 }, (_, area) =>
      Array.from({ length: 40 }, (__, day) => (area === 0 ? 12 : 3) + (area === 4 && day >= 37 ? 9 : 0)),
    );
    const zones = counts.map((_, area) => [area]);
    const run = () =>
      spaceTimePermutationScan({ counts, zones, longest: 7 }, { replicates: 199, generator: createGenerator(5) });
    expect(run().mostLikely).toMatchObject({ zone: [4], from: 38, to: 40, cases: 36, p: 0.005 });
    expect(run()).toEqual(run());
  });
});
