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

/** A polynomial by Horner's rule over another, each written from its constant on. */
function quotient(over: readonly number[], under: readonly number[], r: number): number {
  let [above, below] = [0, 0];
  for (let i = over.length - 1; i >= 0; i -= 1) {
    above = above * r + over[i]!;
    below = below * r + under[i]!;
  }
  return above / below;
}

/**
 * Standard normal quantile, relative error about 1e-16 for every 0 < p < 1. The same as `normalQuantile`, written out because
 * a Monte Carlo run asks for millions. Source: Wichura 1988, algorithm AS 241, PPND16.
 */
function standardNormal(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * quotient(CENTRE[0], CENTRE[1], 0.180625 - q * q);
  const distance = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const size = distance <= 5 ? quotient(NEAR[0], NEAR[1], distance - 1.6) : quotient(FAR[0], FAR[1], distance - 5);
  return q < 0 ? -size : size;
}

const CENTRE = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
] as const;

const NEAR = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
] as const;

const FAR = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
] as const;

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
  return { uniform, normal: () => standardNormal(uniform()) };
}
