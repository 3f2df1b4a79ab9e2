import { concatBytes, domainTag } from './bytes.ts';
import { TransparencyError } from './errors.ts';
import { type Hashing, hasherOf, leafAt } from './frame.ts';
import { DIGEST_BYTES, hashOf, type ShortHasher } from './hashing.ts';
import { OrderedHeap } from './ordered-heap.ts';

const PAIRING_TAG = domainTag('hengjian-draw-pairing-v1');

/** 19 bytes of key, 4 of load and 32 of leaf fill one block of the hash. */
const PAIRING_KEY_BYTES = 19;

/** The samplers of a draw: salted leaves, strictly ascending, with the number of the body each comes from. */
export interface SamplerPool {
  readonly leaves: Uint8Array;
  readonly bodies: Uint16Array;
}

/** Edges that forbid a sampler (index in the pool) to visit a leaf (position in the frame); entry i is one edge. */
export interface ExclusionEdges {
  readonly positions: Uint32Array;
  readonly samplers: Uint32Array;
}

/** `any`: two samplers of the pool. `same-body`: both from one body. */
export type TeamRule = 'any' | 'same-body';

/** What samplers are paired from. */
export interface PairingRequest {
  readonly seed: Uint8Array;
  /** Frame positions in order: see `taskOrder`. */
  readonly tasks: readonly number[];
  readonly pool: SamplerPool;
  readonly exclusions: ExclusionEdges;
  readonly team: TeamRule;
}

/** One task with the indices of its two samplers, the one picked first in front. */
export interface SamplerPair {
  readonly position: number;
  readonly samplers: readonly [number, number];
}

/** Who goes where. */
export interface Pairing {
  readonly pairs: readonly SamplerPair[];
  /** Positions for which the exclusions leave no two samplers: the organiser must enlarge the pool for these. */
  readonly impossible: readonly number[];
}

const NOBODY: ReadonlySet<number> = new Set();

/** The samplers excluded from each task; edges of leaves that were not drawn are left out. */
function edgesByPosition(tasks: readonly number[], edges: ExclusionEdges): Map<number, Set<number>> {
  const wanted = new Set(tasks);
  const excluded = new Map<number, Set<number>>();
  edges.positions.forEach((position, index) => {
    if (!wanted.has(position)) return;
    const present = excluded.get(position);
    if (present === undefined) excluded.set(position, new Set([edges.samplers[index]!]));
    else present.add(edges.samplers[index]!);
  });
  return excluded;
}

/** Keeps the load of every sampler and the ticket that goes with it. */
class Loads {
  readonly #pool: SamplerPool;
  readonly #hasher: ShortHasher;
  readonly #loads: Uint32Array;
  readonly #tickets: Uint32Array;

  constructor(pool: SamplerPool, key: Uint8Array, hasher: ShortHasher) {
    this.#pool = pool;
    this.#hasher = hasher;
    this.#loads = new Uint32Array(pool.bodies.length);
    this.#tickets = new Uint32Array(pool.bodies.length * 8);
    hasher.message.set(key);
    for (let sampler = 0; sampler < pool.bodies.length; sampler += 1) this.#writeTicket(sampler);
  }

  #writeTicket(sampler: number): void {
    const { message, words } = this.#hasher;
    const load = this.#loads[sampler]!;
    for (let byte = 0; byte < 4; byte += 1) message[PAIRING_KEY_BYTES + byte] = load >>> (24 - 8 * byte);
    message.set(leafAt(this.#pool.leaves, sampler), PAIRING_KEY_BYTES + 4);
    this.#hasher.digest(PAIRING_KEY_BYTES + 4 + DIGEST_BYTES);
    this.#tickets.set(words, sampler * 8);
  }

  /** One more task for this sampler; its ticket is drawn anew. */
  add(sampler: number): void {
    this.#loads[sampler]! += 1;
    this.#writeTicket(sampler);
  }

  /** Lower load first, then the lower ticket as a 256-bit number, then the lower index. */
  readonly compare = (left: number, right: number): number => {
    const byLoad = this.#loads[left]! - this.#loads[right]!;
    if (byLoad !== 0) return byLoad;
    for (let word = 0; word < 8; word += 1) {
      const byTicket = this.#tickets[left * 8 + word]! - this.#tickets[right * 8 + word]!;
      if (byTicket !== 0) return byTicket;
    }
    return left - right;
  };
}

/** Members of one body (or the whole pool) in the order of their loads. */
type Team = OrderedHeap<number>;

function formTeams(pool: SamplerPool, rule: TeamRule, loads: Loads): Team[] {
  const members = new Map<number, number[]>();
  pool.bodies.forEach((body, sampler) => {
    const team = rule === 'any' ? 0 : body;
    const present = members.get(team);
    if (present === undefined) members.set(team, [sampler]);
    else present.push(sampler);
  });
  return [...members.values()]
    .filter((samplers) => samplers.length >= 2)
    .map((samplers) => new OrderedHeap(loads.compare, samplers));
}

/** Takes members off a team until two are found that may go, or none are left. All taken are answered. */
function takeTwo(team: Team, isExcluded: (sampler: number) => boolean): { taken: number[]; chosen: number[] } {
  const taken: number[] = [];
  const chosen: number[] = [];
  while (chosen.length < 2) {
    const sampler = team.pop();
    if (sampler === undefined) break;
    taken.push(sampler);
    if (!isExcluded(sampler)) chosen.push(sampler);
  }
  return { taken, chosen };
}

interface Trial {
  readonly team: Team;
  readonly taken: readonly number[];
  readonly pair: readonly [number, number] | undefined;
}

/**
 * The best pair for one task. Teams are tried in the order of their foremost member; a team whose foremost members are
 * excluded may turn out to be worse than a later one, so trying goes on until the next team cannot be better.
 */
function tryTeams(queue: OrderedHeap<Team>, loads: Loads, isExcluded: (sampler: number) => boolean): Trial[] {
  const trials: Trial[] = [];
  let best: Trial | undefined;
  for (let team = queue.peek(); team !== undefined; team = queue.peek()) {
    if (best?.pair !== undefined && loads.compare(best.pair[0], team.peek()!) < 0) break;
    queue.pop();
    const { taken, chosen } = takeTwo(team, isExcluded);
    const [first, second] = chosen;
    const pair = first === undefined || second === undefined ? undefined : ([first, second] as const);
    const trial: Trial = { team, taken, pair };
    if (pair !== undefined && (best?.pair === undefined || loads.compare(pair[0], best.pair[0]) < 0)) best = trial;
    trials.push(trial);
  }
  // The best trial in front, the others only to be put back
  return best === undefined ? trials : [best, ...trials.filter((trial) => trial !== best)];
}

function requirePool({ pool, exclusions }: PairingRequest): void {
  const size = pool.bodies.length;
  const lengthsHold =
    pool.leaves.length === size * DIGEST_BYTES && exclusions.positions.length === exclusions.samplers.length;
  if (lengthsHold && exclusions.samplers.every((sampler) => sampler < size)) return;
  throw new TransparencyError('SAMPLER_POOL_INVALID', {
    zh: '抽样人员名单或回避关系的数据不一致。',
    en: 'The pool of samplers or the exclusions do not fit together.',
  });
}

/** The pairing of DRAW.md under a chosen hash: see {@link pairSamplers}. */
export function pairSamplersWith(hashing: Hashing): (request: PairingRequest) => Pairing {
  return (request) => {
    requirePool(request);
    const hash = hashing.hash ?? hashOf(hashing.profile ?? 'sha256');
    const key = hash(concatBytes(PAIRING_TAG, request.seed)).subarray(0, PAIRING_KEY_BYTES);
    const loads = new Loads(request.pool, key, hasherOf(hashing));
    const teams = formTeams(request.pool, request.team, loads);
    const queue = new OrderedHeap<Team>((left, right) => loads.compare(left.peek()!, right.peek()!), teams);
    const edges = edgesByPosition(request.tasks, request.exclusions);
    const pairs: SamplerPair[] = [];
    const impossible: number[] = [];
    for (const position of request.tasks) {
      const excluded = edges.get(position) ?? NOBODY;
      const trials = tryTeams(queue, loads, (sampler) => excluded.has(sampler));
      const pair = trials[0]?.pair;
      if (pair === undefined) impossible.push(position);
      else {
        pairs.push({ position, samplers: pair });
        for (const sampler of pair) loads.add(sampler);
      }
      for (const { team, taken } of trials) {
        for (const sampler of taken) team.push(sampler);
        queue.push(team);
      }
    }
    return { pairs, impossible };
  };
}

/**
 * Gives each task two samplers, never one that an edge excludes: for the first, of all who may go (and have somebody to
 * go with) the one with the fewest tasks so far, ties by ticket; the second likewise from the same team. Loads differ
 * by one at most unless exclusions or small bodies force more. Time grows with tasks and edges, not with tasks times
 * samplers.
 * @throws TransparencyError SAMPLER_POOL_INVALID
 */
export const pairSamplers: (request: PairingRequest) => Pairing = pairSamplersWith({});
