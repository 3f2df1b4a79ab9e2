import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { requireWhole } from '../arguments.ts';

const CLAUSE = 'JCGM 101:2008 C.3';
const MULTIPLIERS = [11600, 47003, 23000, 33000] as const;
const MODULI = [2147483579, 2147483543, 2147483423, 2147483123] as const;

/** A stream of random numbers that the same seed repeats on every machine. */
export interface Generator {
  /** Uniform on the open interval (0, 1). */
  readonly uniform: () => number;
  /** Standard normal, by inversion. */
  readonly normal: () => number;
}

/** Spreads a seed over 32 bits, so that neighbouring seeds give unrelated streams. */
function scatter(value: number): number {
  let bits = value >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/**
 * The enhanced Wichmann–Hill generator (period about 2^121) in integer arithmetic that is exact in double precision.
 * `seed`: whole number of 0 or more; its four starting values are spread from it. Throws `not-a-whole-number`, `out-of-range`.
 * Source: JCGM 101:2008 C.3.
 */
export function createGenerator(seed: number): Generator {
  requireWhole(seed, 'seed', CLAUSE, 0);
  const low = seed >>> 0;
  const high = Math.floor(seed / 2 ** 32);
  const state = MODULI.map((modulus, j) => {
    const mixed = scatter(scatter(scatter(low + 0x9e3779b9 * (j + 1)) ^ high) + j);
    return 1 + (mixed % (modulus - 1));
  });
  const uniform = (): number => {
    for (;;) {
      let sum = 0;
      for (let j = 0; j < 4; j += 1) {
        const modulus = MODULI[j] ?? 1;
        const next = ((MULTIPLIERS[j] ?? 1) * (state[j] ?? 1)) % modulus;
        state[j] = next;
        sum += next / modulus;
      }
      const value = sum - Math.floor(sum);
      if (value > 0) return value;
    }
  };
  return { uniform, normal: () => normalQuantile(uniform(), 0, 1) };
}
