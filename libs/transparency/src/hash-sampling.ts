import { toHex, utf8 } from './bytes.ts';
import { TransparencyError } from './errors.ts';
import { sha256 } from './hashing.ts';

/**
 * Small published sampling methods on SHA-256, for checking draws that other bodies made with them. The platform's own draws
 * follow DRAW.md instead.
 */

function refuse(zh: string, en: string): never {
  throw new TransparencyError('SAMPLE_INVALID', { zh, en });
}

function sha256Hex(text: string): string {
  return toHex(sha256(utf8(text)));
}

const STEPS = 2n ** 53n;

/** The top 53 bits of SHA-256(hex of SHA-256(seed) ‖ id). */
function ticketBits(seed: string, id: string): bigint {
  return BigInt(`0x${sha256Hex(sha256Hex(seed) + id)}`) >> 203n;
}

/** A number strictly between 0 and 1 for an element under a seed: (top 53 bits of its hash + ½)/2⁵³. */
export function hashUniform(seed: string, id: string): number {
  return Number(2n * ticketBits(seed, id) + 1n) / Number(2n * STEPS);
}

/** −ln u of {@link hashUniform}, also exact to 16 digits where u is nearly 1. */
function exponential(seed: string, id: string): number {
  const bits = 2n * ticketBits(seed, id) + 1n;
  const remainder = Number(2n * STEPS - bits) / Number(2n * STEPS);
  return -Math.log1p(-remainder);
}

/** An element drawn with its key; smaller keys win. */
export interface WeightedTicket {
  readonly id: string;
  readonly key: number;
}

function requireCount(count: number, most: number): void {
  if (!Number.isInteger(count) || count < 0 || count > most) {
    refuse('抽取数量应为整数，且不超过可抽对象数。', 'The number to draw must be whole and at most what can be drawn.');
  }
}

function requireWeight(weight: number): void {
  if (!Number.isFinite(weight)) refuse('权重不是有效数字。', 'A weight is not a number.');
}

/**
 * Weighted draw without replacement: the `take` smallest keys −ln(u)/w, in order; elements of weight 0 or less are left out.
 * Inclusion probabilities are not in proportion to the weights when more than one is drawn.
 * @throws TransparencyError SAMPLE_INVALID, FRAME_REPEATS. Source: Efraimidis & Spirakis 2006.
 */
export function weightedSample(
  frame: readonly { readonly id: string; readonly weight: number }[],
  seed: string,
  take: number,
): WeightedTicket[] {
  if (new Set(frame.map(({ id }) => id)).size !== frame.length) {
    throw new TransparencyError('FRAME_REPEATS', {
      zh: '抽样框中有重复的对象。',
      en: 'The frame lists the same element twice.',
    });
  }
  for (const { weight } of frame) requireWeight(weight);
  const eligible = frame.filter(({ weight }) => weight > 0);
  requireCount(take, eligible.length);
  return eligible
    .map(({ id, weight }) => ({ id, key: exponential(seed, id) / weight }))
    .sort((one, other) => one.key - other.key || (one.id < other.id ? -1 : 1))
    .slice(0, take);
}

/**
 * The same from given numbers u in (0, 1): keys u^{1/w}, of which the `take` largest win. `indices` ascend by place drawn.
 * @throws TransparencyError SAMPLE_INVALID
 */
export function weightedSampleOf(
  u: readonly number[],
  weights: readonly number[],
  take: number,
): { readonly indices: readonly number[]; readonly keys: readonly number[] } {
  if (u.length !== weights.length || u.some((value) => !(value > 0 && value < 1))) {
    refuse('随机数应在 0 与 1 之间，且与权重一一对应。', 'One number between 0 and 1 is needed for each weight.');
  }
  const keys = u.map((value, i) => {
    requireWeight(weights[i]!);
    return weights[i]! > 0 ? value ** (1 / weights[i]!) : 0;
  });
  const eligible = keys.map((_, i) => i).filter((i) => weights[i]! > 0);
  requireCount(take, eligible.length);
  return { indices: eligible.sort((a, b) => keys[b]! - keys[a]! || a - b).slice(0, take), keys };
}

/** 32-bit words of SHA-256(seed ‖ ',' ‖ counter), big-endian, counter from 0. */
function* words(seed: string): Generator<number> {
  for (let counter = 0; ; counter += 1) {
    const block = sha256(utf8(`${seed},${counter}`));
    const view = new DataView(block.buffer, block.byteOffset);
    for (let at = 0; at < block.length; at += 4) yield view.getUint32(at);
  }
}

function below(stream: Generator<number>, bound: number): number {
  const limit = Math.floor(2 ** 32 / bound) * bound;
  for (;;) {
    const word = stream.next().value as number;
    if (word < limit) return word % bound;
  }
}

/**
 * Whole numbers from 0 to `bound` − 1, each equally likely: words that would favour small numbers are thrown away, never
 * reduced. @throws TransparencyError SAMPLE_INVALID for a bound outside 1 to 2³² or a count that is not whole
 */
export function boundedIntegers(seed: string, bound: number, count: number): number[] {
  if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
    refuse('上界应为 1 到 2³² 的整数。', 'The bound must be a whole number from 1 to 2^32.');
  }
  requireCount(count, Number.MAX_SAFE_INTEGER);
  const stream = words(seed);
  return Array.from({ length: count }, () => below(stream, bound));
}

/**
 * The first `take` places of a shuffle of 0 … size − 1 (Fisher–Yates), every order equally likely.
 * @throws TransparencyError SAMPLE_INVALID
 */
export function partialShuffle(seed: string, size: number, take: number): number[] {
  requireCount(size, 2 ** 32);
  requireCount(take, size);
  const stream = words(seed);
  const places = Array.from({ length: size }, (_, i) => i);
  for (let i = 0; i < take; i += 1) {
    const other = i + below(stream, size - i);
    [places[i], places[other]] = [places[other]!, places[i]!];
  }
  return places.slice(0, take);
}

/**
 * Whole numbers 1 … modulus by SHA-256(seed ‖ ',' ‖ k NUL bytes) mod modulus + 1, k from 0 — the audits' classic, whose bias
 * is below modulus/2²⁵⁶. @throws TransparencyError SAMPLE_INVALID. Source: Rivest, Sampler.
 */
export function auditIntegers(seed: string, modulus: number, count: number): number[] {
  if (!Number.isSafeInteger(modulus) || modulus < 1)
    refuse('模数应为正整数。', 'The modulus must be a positive whole number.');
  requireCount(count, Number.MAX_SAFE_INTEGER);
  return Array.from(
    { length: count },
    (_, k) => Number(BigInt(`0x${sha256Hex(`${seed},${'\0'.repeat(k)}`)}`) % BigInt(modulus)) + 1,
  );
}
