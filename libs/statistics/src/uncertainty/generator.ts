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
 * One step x → multiplier·x mod modulus, exactly: the product stays below 2^53, and the quotient is off by one at most. Much
 * faster than the remainder operator on numbers of this size.
 */
function step(x: number, multiplier: number, modulus: number, inverse: number): number {
  const product = multiplier * x;
  const rest = product - Math.floor(product * inverse) * modulus;
  if (rest < 0) return rest + modulus;
  return rest >= modulus ? rest - modulus : rest;
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
  const [multiplierA, multiplierB, multiplierC, multiplierD] = MULTIPLIERS;
  const [modulusA, modulusB, modulusC, modulusD] = MODULI;
  const inverseA = 1 / modulusA;
  const inverseB = 1 / modulusB;
  const inverseC = 1 / modulusC;
  const inverseD = 1 / modulusD;
  const start = (modulus: number, j: number): number => {
    const mixed = scatter(scatter(scatter(low + 0x9e3779b9 * (j + 1)) ^ high) + j);
    return 1 + (mixed % (modulus - 1));
  };
  let a = start(modulusA, 0);
  let b = start(modulusB, 1);
  let c = start(modulusC, 2);
  let d = start(modulusD, 3);
  const uniform = (): number => {
    for (;;) {
      a = step(a, multiplierA, modulusA, inverseA);
      b = step(b, multiplierB, modulusB, inverseB);
      c = step(c, multiplierC, modulusC, inverseC);
      d = step(d, multiplierD, modulusD, inverseD);
      const sum = a / modulusA + b / modulusB + c / modulusC + d / modulusD;
      const value = sum - Math.floor(sum);
      if (value > 0) return value;
    }
  };
  return { uniform, normal: () => normalQuantile(uniform(), 0, 1) };
}
