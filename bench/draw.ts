import { createHash, hash } from 'node:crypto';
import {
  draw,
  type ExclusionEdges,
  type Frame,
  frameRoot,
  pairSamplers,
  requireFrame,
  type SamplerPool,
  taskOrder,
} from '@hengjian/transparency';

const LEAVES = 1_000_000;
const STRATA = 14;
const DRAWN = 10_000;
const RESERVE = 2_000;
const SAMPLERS = 5_000;
const BODIES = 60;
const EXCLUSIONS = 100_000;
const WEIGHT_CLASSES = [1, 2, 3, 5, 8] as const;
const ROUNDS = 5;

/** The bytes that are hashed for one leaf: 23 of key and 32 of leaf. */
const LEAF_INPUT_BYTES = 55;

/** Leaves in ascending order: a random step is added to the first six bytes each time, the rest is a hash. */
function ascendingLeaves(count: number): Uint8Array {
  const leaves = new Uint8Array(count * 32);
  const view = new DataView(leaves.buffer);
  const step = Math.floor(2 ** 48 / count);
  for (let index = 0; index < count; index += 1) {
    const digest = hash('sha256', String(index), 'buffer');
    leaves.set(digest, index * 32);
    const first = index * step + (digest.readUInt32BE(28) % step);
    view.setUint32(index * 32, Math.floor(first / 65_536));
    view.setUint16(index * 32 + 4, first % 65_536);
  }
  return leaves;
}

function makeFrame(): Frame {
  const leaves = ascendingLeaves(LEAVES);
  const strata = new Uint16Array(LEAVES);
  const weights = new Uint8Array(LEAVES);
  for (let position = 0; position < LEAVES; position += 1) {
    strata[position] = leaves[position * 32 + 31]! % STRATA;
    weights[position] = WEIGHT_CLASSES[leaves[position * 32 + 30]! % WEIGHT_CLASSES.length]!;
  }
  return { leaves, strata, weights };
}

function makePool(): SamplerPool {
  const leaves = ascendingLeaves(SAMPLERS);
  return { leaves, bodies: Uint16Array.from({ length: SAMPLERS }, (_, index) => leaves[index * 32 + 31]! % BODIES) };
}

function makeExclusions(frame: Frame): ExclusionEdges {
  const view = new DataView(frame.leaves.buffer);
  const positions = new Uint32Array(EXCLUSIONS);
  const samplers = new Uint32Array(EXCLUSIONS);
  for (let edge = 0; edge < EXCLUSIONS; edge += 1) {
    positions[edge] = view.getUint32(edge * 32 + 8) % LEAVES;
    samplers[edge] = view.getUint32(edge * 32 + 12) % SAMPLERS;
  }
  return { positions, samplers };
}

function seconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Every leaf's ticket input, hashed once by node:crypto: the yardstick. */
function hashEachLeaf(frame: Frame, seed: Uint8Array): void {
  const input = new Uint8Array(LEAF_INPUT_BYTES);
  input.set(seed.subarray(0, 23));
  for (let position = 0; position < LEAVES; position += 1) {
    input.set(frame.leaves.subarray(position * 32, position * 32 + 32), 23);
    hash('sha256', input, 'buffer');
  }
}

/** The same number of bytes in one call, in which the machine's SHA instructions show what they can. */
function hashAsOneStream(bytes: Uint8Array): void {
  createHash('sha256').update(bytes).digest();
}

/**
 * A whole public draw: frame checked and its root computed, 10,000 of 1,000,000 weighted leaves in 14 strata drawn with
 * reserves, and all paired with two of 5,000 samplers under 100,000 exclusions. Times in seconds, medians of rounds in
 * which draw and yardstick alternate; `ratio` = `seconds` / `baselineSeconds`.
 */
export async function run(): Promise<Record<string, unknown>> {
  const frame = makeFrame();
  const pool = makePool();
  const exclusions = makeExclusions(frame);
  const stream = new Uint8Array(LEAVES * LEAF_INPUT_BYTES);
  const sizes = Array.from({ length: STRATA }, (_, code) => ({
    code,
    sample: Math.floor(DRAWN / STRATA) + (code < DRAWN % STRATA ? 1 : 0),
    reserve: Math.floor(RESERVE / STRATA),
  }));
  const times = { root: [] as number[], draw: [] as number[], pairing: [] as number[], total: [] as number[] };
  const baseline: number[] = [];
  const streamed: number[] = [];
  let paired = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const seed = hash('sha256', `round ${round}`, 'buffer');
    baseline.push(seconds(() => hashEachLeaf(frame, seed)));
    streamed.push(seconds(() => hashAsOneStream(stream)));
    let tasks: number[] = [];
    const root = seconds(() => {
      requireFrame(frame);
      frameRoot(frame);
    });
    const drawing = seconds(() => {
      tasks = taskOrder(draw(frame, sizes, seed));
    });
    const pairing = seconds(() => {
      paired = pairSamplers({ seed, tasks, pool, exclusions, team: 'any' }).pairs.length;
    });
    times.root.push(root);
    times.draw.push(drawing);
    times.pairing.push(pairing);
    times.total.push(root + drawing + pairing);
  }
  const total = median(times.total);
  const baselineSeconds = median(baseline);
  return {
    leaves: LEAVES,
    drawn: DRAWN,
    paired,
    samplers: SAMPLERS,
    exclusions: EXCLUSIONS,
    seconds: total,
    baselineSeconds,
    ratio: total / baselineSeconds,
    ratioWithoutRoot: (median(times.draw) + median(times.pairing)) / baselineSeconds,
    rootSeconds: median(times.root),
    drawSeconds: median(times.draw),
    pairingSeconds: median(times.pairing),
    streamSeconds: median(streamed),
  };
}
