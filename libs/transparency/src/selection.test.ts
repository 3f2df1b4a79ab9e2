import { hash as nodeHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalBytes, toHex, utf8 } from './bytes.ts';
import { buildFrame, encodeFrame, type Frame, frameLeaf, frameRoot, leafAt, sparseCells } from './frame.ts';
import { type Hash, sha256, sm3 } from './hashing.ts';
import { leafHash, rootOf } from './merkle-tree.ts';
import { draw, drawWith, type StratumSelection, type StratumSize, ticketOf } from './selection.ts';

const openssl: Hash = (bytes) => nodeHash('sha256', bytes, 'buffer');

function saltOf(index: number): Uint8Array {
  return sha256(utf8(`盐 ${index}`));
}

function frameOf(rows: readonly { stratum: number; weight: number }[]): Frame {
  return buildFrame(rows.map((row, index) => ({ ...row, record: { name: `示例企业${index}` }, salt: saltOf(index) })))
    .frame;
}

/** The rule of the page DRAW.md taken literally: every leaf of the stratum, one common power, one full sort. */
function drawByTheBook(frame: Frame, sizes: readonly StratumSize[], seed: Uint8Array, hash: Hash): StratumSelection[] {
  const common = BigInt([...new Set(frame.weights)].reduce((product, weight) => product * weight, 1));
  const rows = [...frame.weights].map((weight, position) => {
    const ticket = ticketOf(leafAt(frame.leaves, position), seed, { hash });
    const u = BigInt(`0x${toHex(ticket.subarray(0, 8))}`) + 1n;
    const exponent = common / BigInt(weight);
    const key = (u ** exponent) << (64n * (common - exponent));
    return { position, stratum: frame.strata[position]!, key, ticket: BigInt(`0x${toHex(ticket)}`) };
  });
  return sizes.map(({ code, sample, reserve }) => {
    const ordered = rows
      .filter(({ stratum }) => stratum === code)
      .sort((a, b) => {
        if (a.key !== b.key) return a.key > b.key ? -1 : 1;
        if (a.ticket !== b.ticket) return a.ticket > b.ticket ? -1 : 1;
        return a.position - b.position;
      })
      .map(({ position }) => position);
    return { stratum: code, drawn: ordered.slice(0, sample), reserve: ordered.slice(sample, sample + reserve) };
  });
}

const anyFrame = fc
  .array(fc.record({ stratum: fc.integer({ min: 0, max: 3 }), weight: fc.constantFrom(1, 2, 3, 4, 6, 8) }), {
    maxLength: 120,
  })
  .map(frameOf);
const anySeed = fc.uint8Array({ minLength: 32, maxLength: 32 });

function sizesFor(frame: Frame, sample: number, reserve: number): StratumSize[] {
  return [0, 1, 2, 3].map((code) => ({
    code,
    sample: Math.min(sample, frame.strata.filter((stratum) => stratum === code).length),
    reserve,
  }));
}

describe('the draw', () => {
  it('is the rule of DRAW.md taken literally, whatever the frame', () => {
    fc.assert(
      fc.property(anyFrame, anySeed, fc.nat(12), fc.nat(6), (frame, seed, sample, reserve) => {
        const sizes = sizesFor(frame, sample, reserve);
        expect(draw(frame, sizes, seed)).toEqual(drawByTheBook(frame, sizes, seed, sha256));
      }),
      { seed: 1, numRuns: 80 },
    );
  });

  it('gives the same bits with the hash of node:crypto as with the built-in one, and under SM3', () => {
    const frame = frameOf(
      Array.from({ length: 5000 }, (_, index) => ({ stratum: index % 3, weight: 1 + (index % 5) })),
    );
    const sizes = [0, 1, 2].map((code) => ({ code, sample: 40, reserve: 10 }));
    const seed = sha256(utf8('种子'));
    expect(drawWith({ hash: openssl })(frame, sizes, seed)).toEqual(draw(frame, sizes, seed));
    expect(toHex(frameRoot(frame, { hash: openssl }))).toBe(toHex(frameRoot(frame)));
    const national = drawWith({ profile: 'sm3' })(frame, sizes, seed);
    expect(drawWith({ profile: 'sm3', hash: sm3 })(frame, sizes, seed)).toEqual(national);
    expect(national).not.toEqual(draw(frame, sizes, seed));
  });

  it('stays exact when hardly any ticket reaches the height at which leaves are kept at first', () => {
    const low: Hash = (bytes) => sha256(bytes).map((byte, index) => (index < 4 ? 0 : byte));
    const frame = frameOf(Array.from({ length: 400 }, (_, index) => ({ stratum: index % 2, weight: 1 + (index % 3) })));
    const sizes = [0, 1].map((code) => ({ code, sample: 9, reserve: 4 }));
    const seed = sha256(utf8('低'));
    expect(drawWith({ hash: low })(frame, sizes, seed)).toEqual(drawByTheBook(frame, sizes, seed, low));
  });

  it('settles equal tickets by position, after the weights', () => {
    const constant: Hash = () => new Uint8Array(32).fill(200);
    const frame = frameOf([1, 4, 2, 4, 1].map((weight) => ({ stratum: 7, weight })));
    const [selection] = drawWith({ hash: constant })(frame, [{ code: 7, sample: 3, reserve: 5 }], saltOf(0));
    const order = [...selection!.drawn, ...selection!.reserve];
    expect(order.map((position) => frame.weights[position])).toEqual([4, 4, 2, 1, 1]);
    expect(order[0]!).toBeLessThan(order[1]!);
    expect(order[3]!).toBeLessThan(order[4]!);
  });

  it('draws everybody where the sample is the stratum, and gives what is left as reserve', () => {
    const frame = frameOf([1, 2, 3].map((weight) => ({ stratum: 0, weight })));
    const [all] = draw(frame, [{ code: 0, sample: 3, reserve: 9 }], saltOf(1));
    expect([...all!.drawn].sort()).toEqual([0, 1, 2]);
    expect(all!.reserve).toEqual([]);
    const [some] = draw(frame, [{ code: 0, sample: 1, reserve: 9 }], saltOf(1));
    expect(some!.reserve).toHaveLength(2);
  });

  it.each([
    ['a sample larger than its stratum', [{ code: 0, sample: 3, reserve: 0 }]],
    ['a stratum without sizes', [{ code: 1, sample: 0, reserve: 0 }]],
    [
      'a stratum listed twice',
      [
        { code: 0, sample: 1, reserve: 0 },
        { code: 0, sample: 1, reserve: 0 },
      ],
    ],
    ['half an enterprise', [{ code: 0, sample: 0.5, reserve: 0 }]],
  ])('refuses %s', (_, sizes) => {
    const frame = frameOf([1, 1].map((weight) => ({ stratum: 0, weight })));
    expect(() => draw(frame, sizes, saltOf(0))).toThrow(expect.objectContaining({ code: 'STRATUM_SIZES_INVALID' }));
  });
});

/** Chances of successive sampling: each place goes to one of those left, in proportion to the weights. */
function successiveInclusion(weights: readonly number[], places: number): number[] {
  const inclusion = weights.map(() => 0);
  const go = (left: readonly number[], chance: number, remaining: number): void => {
    if (remaining === 0) return;
    const total = left.reduce((sum, index) => sum + weights[index]!, 0);
    for (const index of left) {
      const next = (chance * weights[index]!) / total;
      inclusion[index]! += next;
      go(
        left.filter((other) => other !== index),
        next,
        remaining - 1,
      );
    }
  };
  go(
    weights.map((_, index) => index),
    1,
    places,
  );
  return inclusion;
}

describe('the chances of a draw', () => {
  // A stratum of six enterprises, many times over: every stratum is a repetition of the same small draw
  const weights = [1, 2, 3, 5, 8, 8];
  const strata = 2500;
  const rows = Array.from({ length: strata * weights.length }, (_, index) => ({
    stratum: Math.floor(index / weights.length),
    weight: weights[index % weights.length]!,
  }));
  const { frame, order } = buildFrame(rows.map((row, index) => ({ ...row, record: index, salt: saltOf(index) })));
  const sizes = Array.from({ length: strata }, (_, code) => ({ code, sample: 3, reserve: 0 }));
  const seeds = Array.from({ length: 8 }, (_, index) => sha256(utf8(`第 ${index} 次`)));
  const repetitions = strata * seeds.length;
  const selections = seeds.flatMap((seed) => draw(frame, sizes, seed));
  const withinStratum = (position: number): number => order[position]! % weights.length;

  function expectFrequencies(counts: readonly number[], chances: readonly number[]): void {
    counts.forEach((count, index) => {
      const chance = chances[index]!;
      const deviation = Math.sqrt((chance * (1 - chance)) / repetitions);
      expect(Math.abs(count / repetitions - chance)).toBeLessThan(4 * deviation);
    });
  }

  it('are in proportion to the weights for the first place', () => {
    const counts = weights.map(() => 0);
    for (const { drawn } of selections) counts[withinStratum(drawn[0]!)]! += 1;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    expectFrequencies(
      counts,
      weights.map((weight) => weight / total),
    );
  });

  it('are those of successive sampling for being among the three drawn', () => {
    const counts = weights.map(() => 0);
    for (const { drawn } of selections) for (const position of drawn) counts[withinStratum(position)]! += 1;
    expectFrequencies(counts, successiveInclusion(weights, 3));
  });

  it('are the same for two enterprises of one weight, wherever they stand', () => {
    const ahead = selections.filter(({ drawn }) => {
      const places = drawn.map(withinStratum);
      return places.includes(4) && !places.includes(5);
    }).length;
    const behind = selections.filter(({ drawn }) => {
      const places = drawn.map(withinStratum);
      return places.includes(5) && !places.includes(4);
    }).length;
    expect(Math.abs(ahead - behind)).toBeLessThan(4 * Math.sqrt(ahead + behind));
  });
});

describe('the frame', () => {
  const rows = Array.from({ length: 50 }, (_, index) => ({ stratum: index % 2, weight: 1 + (index % 3) }));
  const entries = rows.map((row, index) => ({ ...row, record: { code: `示例${index}` }, salt: saltOf(index) }));
  const { frame, order } = buildFrame(entries);
  const root = toHex(frameRoot(frame));

  it('changes its root when one enterprise is swapped for another', () => {
    fc.assert(
      fc.property(fc.nat(49), (index) => {
        const swapped = entries.map((entry, at) => (at === index ? { ...entry, record: { code: '替换' } } : entry));
        expect(toHex(frameRoot(buildFrame(swapped).frame))).not.toBe(root);
      }),
      { seed: 2, numRuns: 50 },
    );
  });

  it('changes its root when a weight or a stratum is changed, or somebody is left out', () => {
    const heavier = buildFrame(entries.map((entry, at) => (at === 7 ? { ...entry, weight: 9 } : entry)));
    const moved = buildFrame(entries.map((entry, at) => (at === 7 ? { ...entry, stratum: 5 } : entry)));
    for (const changed of [heavier, moved, buildFrame(entries.slice(1))]) {
      expect(toHex(frameRoot(changed.frame))).not.toBe(root);
    }
  });

  it('has the RFC 6962 root over its rows, and does not depend on the order of the register', () => {
    const bytes = encodeFrame(frame);
    const leaves = Array.from({ length: 50 }, (_, index) => leafHash(bytes.subarray(index * 35, index * 35 + 35)));
    expect(root).toBe(toHex(rootOf(leaves)));
    expect(toHex(frameRoot(buildFrame(entries.toReversed()).frame))).toBe(root);
  });

  it('tells the organiser which entry became which leaf', () => {
    order.forEach((index, position) => {
      const { record, salt } = entries[index]!;
      expect(equalBytes(leafAt(frame.leaves, position), frameLeaf(record, salt))).toBe(true);
      expect(frame.weights[position]).toBe(entries[index]!.weight);
    });
  });

  it.each([
    ['twice the same leaf', [entries[0]!, entries[0]!]],
    ['weight 0', [{ ...entries[0]!, weight: 0 }]],
    ['weight 101', [{ ...entries[0]!, weight: 101 }]],
    ['half a weight', [{ ...entries[0]!, weight: 1.5 }]],
    ['a stratum beyond two bytes', [{ ...entries[0]!, stratum: 65_536 }]],
  ])('refuses %s', (_, wrong) => {
    expect(() => buildFrame(wrong)).toThrow(expect.objectContaining({ code: 'FRAME_INVALID' }));
  });

  it('warns of cells so small that stratum and weight nearly name somebody', () => {
    const small = frameOf([...rows, { stratum: 9, weight: 8 }]);
    expect(sparseCells(small, 5)).toEqual([{ stratum: 9, weight: 8, size: 1 }]);
    expect(sparseCells(frame, 5)).toEqual([]);
  });
});
