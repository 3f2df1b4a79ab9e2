import { concatBytes, domainTag } from './bytes.ts';
import { TransparencyError } from './errors.ts';
import { type Frame, frameSize, type Hashing, hasherOf, MAXIMUM_WEIGHT } from './frame.ts';
import { hashOf, type ShortHasher } from './hashing.ts';

const TICKET_TAG = domainTag('hengjian-draw-ticket-v1');

/** 23 bytes of key and 32 of leaf fill one block of the hash exactly (55 bytes and the padding). */
const TICKET_KEY_BYTES = 23;

/** A threshold that stands for a cell not to be looked at. */
const SKIPPED = -1;

/** How many leaves of a stratum are drawn, and how many more stand in reserve. */
export interface StratumSize {
  readonly code: number;
  readonly sample: number;
  readonly reserve: number;
}

/** Positions in the frame, in the order of the draw. */
export interface StratumSelection {
  readonly stratum: number;
  readonly drawn: readonly number[];
  readonly reserve: readonly number[];
}

/** The draw with a hash of one's own: `drawWith({ hash })`, where `hash` is an implementation of the profile. */
export type Draw = (frame: Frame, sizes: readonly StratumSize[], seed: Uint8Array) => StratumSelection[];

/** One leaf in the running: its ticket is eight words, read as a 256-bit number. */
interface Candidate {
  readonly position: number;
  readonly weight: number;
  readonly ticket: Uint32Array;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** u: the first 64 bits of the ticket, plus one, so that it lies in 1 … 2^64. */
function leadingNumber(ticket: Uint32Array): bigint {
  return (BigInt(ticket[0]!) << 32n) + BigInt(ticket[1]!) + 1n;
}

function compareTickets(left: Candidate, right: Candidate): number {
  for (let index = 0; index < 8; index += 1) {
    const difference = right.ticket[index]! - left.ticket[index]!;
    if (difference !== 0) return difference;
  }
  return left.position - right.position;
}

/**
 * Negative when `left` is drawn before `right`. The larger (u / 2^64)^(1 / weight) goes first; raised to the product of
 * the weights and cleared of denominators this is a comparison of whole numbers.
 */
function compareCandidates(left: Candidate, right: Candidate): number {
  if (left.weight === right.weight) return compareTickets(left, right);
  const divisor = greatestCommonDivisor(left.weight, right.weight);
  const a = BigInt(left.weight / divisor);
  const b = BigInt(right.weight / divisor);
  const leftKey = (leadingNumber(left.ticket) ** b) << (64n * a);
  const rightKey = (leadingNumber(right.ticket) ** a) << (64n * b);
  if (leftKey === rightKey) return compareTickets(left, right);
  return leftKey > rightKey ? -1 : 1;
}

/** First 23 bytes of H(tag ‖ seed). */
function ticketKey(seed: Uint8Array, hashing: Hashing): Uint8Array {
  const hash = hashing.hash ?? hashOf(hashing.profile ?? 'sha256');
  return hash(concatBytes(TICKET_TAG, seed)).subarray(0, TICKET_KEY_BYTES);
}

/** Ticket of one leaf: H(key ‖ leaf), 32 bytes. Anyone can recompute it with a command-line tool. */
export function ticketOf(leaf: Uint8Array, seed: Uint8Array, hashing: Hashing = {}): Uint8Array {
  const hash = hashing.hash ?? hashOf(hashing.profile ?? 'sha256');
  return hash(concatBytes(ticketKey(seed, hashing), leaf));
}

function refuseSizes(zh: string, en: string): never {
  throw new TransparencyError('STRATUM_SIZES_INVALID', { zh, en });
}

/** Leaves of one stratum and one weight class. Within a cell the larger ticket is simply drawn first. */
interface Cell {
  /** How many of the cell can at most be wanted: all the places of the stratum, or the whole cell. */
  readonly wanted: number;
  /** Only tickets whose first word reaches this are kept at first; chosen so that enough of them very likely do. */
  readonly threshold: number;
  candidates: Candidate[];
}

interface StratumCells {
  readonly size: StratumSize;
  readonly leaves: number;
  readonly cells: readonly Cell[];
}

/**
 * A first word that about `wanted` of `size` tickets reach, with a margin of six standard deviations. It only decides
 * how much is kept: a cell that falls short is gone through again without a threshold.
 */
function keepingThreshold(size: number, wanted: number): number {
  const kept = wanted + 6 * Math.ceil(Math.sqrt(wanted)) + 16;
  return kept >= size ? 0 : Math.floor((1 - kept / size) * 2 ** 32);
}

/** Where a leaf belongs: index of its stratum among the sizes, times this, plus its weight class. */
const CELLS_PER_STRATUM = MAXIMUM_WEIGHT + 1;

interface Arrangement {
  readonly strata: readonly StratumCells[];
  /** Index among the sizes by stratum code. */
  readonly indexOfStratum: Int32Array;
  /** By number of the cell; undefined where the frame has no leaf of that stratum and weight. */
  readonly cells: readonly (Cell | undefined)[];
}

function requireSizes(sizes: readonly StratumSize[]): void {
  for (const { code, sample, reserve } of sizes) {
    if (![code, sample, reserve].every((count) => Number.isSafeInteger(count) && count >= 0) || code > 65_535) {
      refuseSizes(
        '层代码应为 0 至 65535，样本量和候补数应为非负整数。',
        'A stratum is coded from 0 to 65535; samples and reserves are whole numbers from 0.',
      );
    }
  }
  if (new Set(sizes.map(({ code }) => code)).size !== sizes.length) {
    refuseSizes('同一层出现了两次。', 'A stratum is listed twice.');
  }
}

function countCells(frame: Frame, indexOfStratum: Int32Array, strata: number): Uint32Array {
  const counts = new Uint32Array(strata * CELLS_PER_STRATUM);
  for (let position = 0; position < frameSize(frame); position += 1) {
    const stratum = indexOfStratum[frame.strata[position]!]!;
    if (stratum < 0) {
      refuseSizes('抽样框中有未列出样本量的层。', 'The frame has a stratum for which no sample size is given.');
    }
    counts[stratum * CELLS_PER_STRATUM + frame.weights[position]!]! += 1;
  }
  return counts;
}

function arrange(frame: Frame, sizes: readonly StratumSize[]): Arrangement {
  requireSizes(sizes);
  const indexOfStratum = new Int32Array(65_536).fill(-1);
  sizes.forEach(({ code }, index) => {
    indexOfStratum[code] = index;
  });
  const counts = countCells(frame, indexOfStratum, sizes.length);
  const cells = new Array<Cell | undefined>(counts.length).fill(undefined);
  const strata = sizes.map((size, index): StratumCells => {
    const first = index * CELLS_PER_STRATUM;
    const leaves = counts.subarray(first, first + CELLS_PER_STRATUM).reduce((sum, count) => sum + count, 0);
    if (size.sample > leaves) {
      refuseSizes(
        `第 ${size.code} 层只有 ${leaves} 个单元，少于样本量 ${size.sample}。`,
        `Stratum ${size.code} has ${leaves} leaves, fewer than its sample of ${size.sample}.`,
      );
    }
    const ofStratum: Cell[] = [];
    for (let weight = 1; weight <= MAXIMUM_WEIGHT; weight += 1) {
      const count = counts[first + weight]!;
      if (count === 0) continue;
      const wanted = Math.min(size.sample + size.reserve, count);
      const cell: Cell = { wanted, threshold: keepingThreshold(count, wanted), candidates: [] };
      cells[first + weight] = cell;
      ofStratum.push(cell);
    }
    return { size, leaves, cells: ofStratum };
  });
  return { strata, indexOfStratum, cells };
}

function hashTicket(frame: Frame, position: number, hasher: ShortHasher): void {
  const { message } = hasher;
  const from = position * 32;
  for (let offset = 0; offset < 32; offset += 1) message[TICKET_KEY_BYTES + offset] = frame.leaves[from + offset]!;
  hasher.digest(TICKET_KEY_BYTES + 32);
}

function collectCandidates(frame: Frame, arrangement: Arrangement, key: Uint8Array, hasher: ShortHasher): void {
  const { cells, indexOfStratum } = arrangement;
  const { words } = hasher;
  hasher.message.set(key);

  function collect(thresholds: Float64Array): void {
    for (let position = 0; position < frameSize(frame); position += 1) {
      const weight = frame.weights[position]!;
      const number = indexOfStratum[frame.strata[position]!]! * CELLS_PER_STRATUM + weight;
      const threshold = thresholds[number]!;
      if (threshold === SKIPPED) continue;
      hashTicket(frame, position, hasher);
      if (words[0]! >= threshold) cells[number]!.candidates.push({ position, weight, ticket: words.slice() });
    }
  }

  collect(Float64Array.from(cells, (cell) => cell?.threshold ?? SKIPPED));
  const short = cells.map((cell) => cell !== undefined && cell.candidates.length < cell.wanted);
  if (!short.includes(true)) return;
  cells.forEach((cell, number) => {
    if (cell !== undefined && short[number]) cell.candidates = [];
  });
  collect(Float64Array.from(short, (again) => (again ? 0 : SKIPPED)));
}

/** Merges the weight classes of a stratum, each already in order, until all places are filled. */
function fillPlaces({ size, leaves, cells }: StratumCells): StratumSelection {
  const queues = cells.map(({ candidates, wanted }) => ({
    ordered: candidates.sort(compareTickets).slice(0, wanted),
    next: 0,
  }));
  const places = Math.min(size.sample + size.reserve, leaves);
  const positions: number[] = [];
  while (positions.length < places) {
    let best: (typeof queues)[number] | undefined;
    for (const queue of queues) {
      const head = queue.ordered[queue.next];
      if (head === undefined) continue;
      if (best === undefined || compareCandidates(head, best.ordered[best.next]!) < 0) best = queue;
    }
    if (best === undefined) break;
    positions.push(best.ordered[best.next]!.position);
    best.next += 1;
  }
  return {
    stratum: size.code,
    drawn: positions.slice(0, size.sample),
    reserve: positions.slice(size.sample),
  };
}

/** The draw of DRAW.md under a chosen hash: see {@link draw}. */
export function drawWith(hashing: Hashing): Draw {
  return (frame, sizes, seed) => {
    const arrangement = arrange(frame, sizes);
    collectCandidates(frame, arrangement, ticketKey(seed, hashing), hasherOf(hashing));
    return arrangement.strata.map(fillPlaces);
  };
}

/**
 * Draws from each stratum, without replacement and with chances by weight class, `sample` leaves and then up to
 * `reserve` more, in order (successive sampling; P. S. Efraimidis and P. G. Spirakis, Information Processing Letters 97,
 * 2006, with integer arithmetic in place of logarithms). The result depends on nothing but frame, sizes and seed.
 * @throws TransparencyError STRATUM_SIZES_INVALID
 */
export const draw: Draw = drawWith({});

/** The leaves of a selection in the order in which samplers are paired: everything drawn, then all reserves. */
export function taskOrder(selections: readonly StratumSelection[]): number[] {
  return [...selections.flatMap(({ drawn }) => drawn), ...selections.flatMap(({ reserve }) => reserve)];
}
