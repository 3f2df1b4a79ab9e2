import { hash as nodeHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, domainTag, toHex, utf8 } from './bytes.ts';
import { buildSamplerPool } from './commitment.ts';
import { leafAt } from './frame.ts';
import { sha256 } from './hashing.ts';
import {
  type ExclusionEdges,
  type Pairing,
  type PairingRequest,
  pairSamplers,
  pairSamplersWith,
  type SamplerPool,
} from './pairing.ts';

const seed = sha256(utf8('派员'));

function poolOf(bodies: readonly number[]): SamplerPool {
  return buildSamplerPool(
    bodies.map((body, index) => ({ body, record: { name: `抽样员${index}` }, salt: sha256(utf8(`盐 ${index}`)) })),
  ).pool;
}

function edgesOf(list: readonly (readonly [number, number])[]): ExclusionEdges {
  return {
    positions: Uint32Array.from(list, ([position]) => position),
    samplers: Uint32Array.from(list, ([, sampler]) => sampler),
  };
}

/** The rule of DRAW.md taken literally: for every task all samplers are put in order. */
function pairByTheBook({ seed: drawSeed, tasks, pool, exclusions, team }: PairingRequest): Pairing {
  const key = sha256(concatBytes(domainTag('hengjian-draw-pairing-v1'), drawSeed)).subarray(0, 19);
  const load = [...pool.bodies].map(() => 0);
  const rank = (sampler: number): string => {
    const count = Uint8Array.of(0, 0, 0, load[sampler]!);
    const ticket = toHex(sha256(concatBytes(key, count, leafAt(pool.leaves, sampler))));
    return `${String(load[sampler]).padStart(9, '0')} ${ticket}`;
  };
  const pairs: Pairing['pairs'][number][] = [];
  const impossible: number[] = [];
  for (const position of tasks) {
    const excluded = [...exclusions.samplers].filter((_, edge) => exclusions.positions[edge] === position);
    const eligible = load
      .map((_, sampler) => sampler)
      .filter((sampler) => !excluded.includes(sampler))
      .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
    const together = (a: number, b: number): boolean =>
      a !== b && (team === 'any' || pool.bodies[a] === pool.bodies[b]);
    const first = eligible.find((sampler) => eligible.some((other) => together(sampler, other)));
    if (first === undefined) {
      impossible.push(position);
      continue;
    }
    const second = eligible.find((sampler) => together(first, sampler))!;
    pairs.push({ position, samplers: [first, second] });
    load[first]! += 1;
    load[second]! += 1;
  }
  return { pairs, impossible };
}

const anyRequest = fc
  .record({
    bodies: fc.array(fc.nat(4), { maxLength: 14 }),
    tasks: fc.uniqueArray(fc.nat(60), { maxLength: 30 }),
    edges: fc.array(fc.tuple(fc.nat(60), fc.nat(13)), { maxLength: 150 }),
    team: fc.constantFrom('any' as const, 'same-body' as const),
    seed: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  })
  .map(({ bodies, tasks, edges, team, seed: drawSeed }): PairingRequest => {
    const inside = edges.filter(([, sampler]) => sampler < bodies.length);
    return { seed: drawSeed, tasks, pool: poolOf(bodies), exclusions: edgesOf(inside), team };
  });

function loadsOf({ pairs }: Pairing, size: number): number[] {
  const loads = new Array<number>(size).fill(0);
  for (const { samplers } of pairs) for (const sampler of samplers) loads[sampler]! += 1;
  return loads;
}

describe('the pairing of samplers', () => {
  it('is the rule of DRAW.md taken literally, whatever the pool and the exclusions', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        expect(pairSamplers(request)).toEqual(pairByTheBook(request));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('never sends anybody who is excluded, for no seed', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const { exclusions, pool, team, tasks } = request;
        const forbidden = new Set(
          [...exclusions.positions].map((position, edge) => `${position}/${exclusions.samplers[edge]}`),
        );
        const { pairs, impossible } = pairSamplers(request);
        for (const { position, samplers } of pairs) {
          expect(samplers[0]).not.toBe(samplers[1]);
          for (const sampler of samplers) expect(forbidden.has(`${position}/${sampler}`)).toBe(false);
          if (team === 'same-body') expect(pool.bodies[samplers[0]]).toBe(pool.bodies[samplers[1]]);
        }
        expect([...pairs.map(({ position }) => position), ...impossible].sort()).toEqual([...tasks].sort());
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it('says for which leaf nobody is left, and pairs the others', () => {
    const request: PairingRequest = {
      seed,
      tasks: [5, 9, 12],
      pool: poolOf([0, 0, 0]),
      exclusions: edgesOf([
        [9, 0],
        [9, 2],
      ]),
      team: 'any',
    };
    const { pairs, impossible } = pairSamplers(request);
    expect(impossible).toEqual([9]);
    expect(pairs.map(({ position }) => position)).toEqual([5, 12]);
  });

  it('spreads the tasks evenly: nobody has more than one task above another', () => {
    const pool = poolOf(Array.from({ length: 37 }, () => 0));
    const tasks = Array.from({ length: 500 }, (_, index) => index);
    const loads = loadsOf(pairSamplers({ seed, tasks, pool, exclusions: edgesOf([]), team: 'any' }), 37);
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
  });

  it('gives every sampler the same chance of a given task', () => {
    const pool = poolOf(Array.from({ length: 6 }, () => 0));
    const counts = new Array<number>(6).fill(0);
    const repetitions = 6000;
    for (let index = 0; index < repetitions; index += 1) {
      const request = {
        seed: sha256(utf8(`第 ${index} 次`)),
        tasks: [0, 1],
        pool,
        exclusions: edgesOf([]),
        team: 'any' as const,
      };
      for (const sampler of pairSamplers(request).pairs[1]!.samplers) counts[sampler]! += 1;
    }
    for (const count of counts) {
      expect(Math.abs(count / repetitions - 1 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / repetitions));
    }
  });

  it('does not change the pairs of what is drawn when reserves are added behind', () => {
    const pool = poolOf([0, 0, 1, 1, 1, 2, 2]);
    const exclusions = edgesOf([
      [3, 1],
      [4, 1],
    ]);
    const few = pairSamplers({ seed, tasks: [3, 1, 4], pool, exclusions, team: 'same-body' });
    const more = pairSamplers({ seed, tasks: [3, 1, 4, 8, 9], pool, exclusions, team: 'same-body' });
    expect(more.pairs.slice(0, 3)).toEqual(few.pairs);
  });

  it('gives the same pairs with the hash of node:crypto', () => {
    const pool = poolOf(Array.from({ length: 50 }, (_, index) => index % 7));
    const tasks = Array.from({ length: 200 }, (_, index) => index);
    const request: PairingRequest = {
      seed,
      tasks,
      pool,
      exclusions: edgesOf([
        [7, 7],
        [8, 1],
      ]),
      team: 'same-body',
    };
    const withNode = pairSamplersWith({ hash: (bytes) => nodeHash('sha256', bytes, 'buffer') });
    expect(withNode(request)).toEqual(pairSamplers(request));
  });

  it('refuses an exclusion of a sampler outside the pool', () => {
    const request: PairingRequest = {
      seed,
      tasks: [1],
      pool: poolOf([0, 0]),
      exclusions: edgesOf([[1, 2]]),
      team: 'any',
    };
    expect(() => pairSamplers(request)).toThrow(expect.objectContaining({ code: 'SAMPLER_POOL_INVALID' }));
  });
});
