import { toHex, utf8 } from './bytes.ts';
import { TransparencyError } from './errors.ts';
import { sha256 } from './hashing.ts';

/** A drawn element: its ticket as a decimal fraction in full, and how often it has had a ticket (from 1). */
export interface ConsistentTicket {
  readonly id: string;
  readonly ticket: string;
  readonly generation: number;
}

function sha256Hex(text: string): string {
  return toHex(sha256(utf8(text)));
}

/**
 * The digits of a fraction made of SHA-256: the digest as a decimal number of at least 64 digits, read backwards,
 * because the leading decimal digits of a 256-bit number are not uniform and the last ones are.
 */
function digitsOf(text: string): string {
  const decimal = BigInt(`0x${sha256Hex(text)}`)
    .toString()
    .padStart(64, '0');
  return [...decimal].reverse().join('');
}

function leadingNines(fraction: string): number {
  let end = 2;
  while (fraction[end] === '9') end += 1;
  return end;
}

/** Uniform between `ticket` and 1: keeps its leading nines and takes digits until the result is larger. */
function nextTicket(ticket: string): string {
  const floor = `${ticket}0`;
  const kept = floor.slice(0, leadingNines(floor));
  let attempt = 1;
  let next = kept + digitsOf(`${ticket}:${attempt}`);
  while (next <= floor) {
    attempt += 1;
    next = kept + digitsOf(`${ticket}:${attempt}`);
  }
  return next;
}

/** Fractions of equal form compare as their digits do. */
function precedes(left: ConsistentTicket, right: ConsistentTicket): boolean {
  return left.ticket === right.ticket ? left.id < right.id : left.ticket < right.ticket;
}

function insertInOrder(queue: ConsistentTicket[], ticket: ConsistentTicket): void {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (precedes(queue[middle]!, ticket)) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, ticket);
}

/**
 * Consistent sampling (R. L. Rivest, arXiv:1808.10016): every element's ticket depends on the seed and itself alone,
 * the lowest tickets win, and drawing from a part of the frame keeps the order. With equal probability; for weights and
 * strata see the draw. With replacement an element gets a new, higher ticket each time it is drawn.
 * @param take how many to draw; without replacement at most the whole frame is drawn
 * @throws TransparencyError FRAME_REPEATS when an element is listed twice
 */
export function consistentSample(
  ids: readonly string[],
  seed: string,
  take: number,
  options: { readonly withReplacement?: boolean } = {},
): ConsistentTicket[] {
  if (new Set(ids).size !== ids.length) {
    throw new TransparencyError('FRAME_REPEATS', {
      zh: '抽样框中有重复的对象。',
      en: 'The frame lists the same element twice.',
    });
  }
  const seedHex = sha256Hex(seed);
  const queue = ids
    .map((id): ConsistentTicket => ({ id, ticket: `0.${digitsOf(seedHex + id)}`, generation: 1 }))
    .sort((left, right) => (precedes(left, right) ? -1 : 1));
  if (options.withReplacement !== true) return queue.slice(0, take);
  const drawn: ConsistentTicket[] = [];
  while (drawn.length < take && queue.length > 0) {
    const ticket = queue.shift()!;
    drawn.push(ticket);
    insertInOrder(queue, { id: ticket.id, ticket: nextTicket(ticket.ticket), generation: ticket.generation + 1 });
  }
  return drawn;
}

/** A ticket cut for display: leading nines and `digits` more. */
export function shortTicket(ticket: string, digits = 9): string {
  return ticket.slice(0, leadingNines(ticket) + digits);
}
