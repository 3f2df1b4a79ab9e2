import { fromHex, toHex } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import { commitExclusions, commitPool, decodePool, samplerLeaf } from './commitment.ts';
import type { DrawBundle, DrawResult, OpenedExclusion, OpenedPairing, OpenedRecord, Opening } from './draw-bundle.ts';
import {
  type Answer,
  type DrawStep,
  type DrawStepName,
  failed,
  passed,
  seedOfBundle,
  step,
  unchecked,
} from './draw-step.ts';
import { type Frame, frameLeaf, type Hashing, leafAt } from './frame.ts';
import type { HashProfile } from './hashing.ts';
import { type ExclusionEdges, pairSamplersWith, type SamplerPair, type SamplerPool } from './pairing.ts';
import { taskOrder } from './selection.ts';

const NOT_OPENED = ['尚未公开身份。', 'The names are not opened yet.'] as const;
const NO_SAMPLERS = ['本次抽取不含抽样人员。', 'Samplers are not part of this draw.'] as const;
const SEALED = [
  '回避关系只向审计、复议机关或法院公开。',
  'The exclusions are opened to an auditor, a reconsideration body or a court only.',
] as const;

type LeafOf = (record: unknown, salt: Uint8Array, profile: HashProfile) => Uint8Array;

/** The first opened record that is not the content of its leaf. */
function findMismatch(
  opened: readonly OpenedRecord[],
  leaves: Uint8Array,
  leafOf: LeafOf,
  profile: HashProfile,
): OpenedRecord | undefined {
  return opened.find(
    ({ index, salt, record }) => toHex(leafOf(record, fromHex(salt), profile)) !== toHex(leafAt(leaves, index)),
  );
}

function checkLeaves({ commitment }: DrawBundle, result: DrawResult, opening: Opening, frame: Frame): Answer {
  const wrong = findMismatch(opening.leaves, frame.leaves, frameLeaf, commitment.hash);
  if (wrong !== undefined) {
    return failed(
      `第 ${wrong.index} 号单元的身份与盐值不符合其哈希。`,
      `Record and salt opened for leaf ${wrong.index} do not hash to it.`,
    );
  }
  const opened = new Set(opening.leaves.map(({ index }) => index));
  const hidden = result.selection.flatMap(({ drawn }) => drawn).find((position) => !opened.has(position));
  if (hidden !== undefined) {
    return failed(`抽中的第 ${hidden} 号单元没有公开。`, `Leaf ${hidden} was drawn and is not opened.`);
  }
  const records = new Set(opening.leaves.map(({ record }) => canonicalJson(record)));
  if (opened.size !== opening.leaves.length || records.size !== opening.leaves.length) {
    return failed('同一对象公开了两次：它在名单中占了多个位置。', 'One record is opened twice: it had several places.');
  }
  return passed(
    `公开的 ${records.size} 个身份与各自的哈希一致。`,
    `The ${records.size} records opened hash to their leaves.`,
  );
}

function checkReserves(result: DrawResult, opening: Opening): Answer {
  const opened = new Set(opening.leaves.map(({ index }) => index));
  const skipped = result.selection.find(({ reserve }) => {
    const firstClosed = reserve.findIndex((position) => !opened.has(position));
    return firstClosed >= 0 && reserve.slice(firstClosed).some((position) => opened.has(position));
  });
  return skipped === undefined
    ? passed('启用的候补均按次序。', 'The reserves called on are the first of each list.')
    : failed(
        `第 ${skipped.stratum} 层的候补没有按次序启用。`,
        `In stratum ${skipped.stratum} a reserve was called on out of order.`,
      );
}

function checkSamplers({ commitment }: DrawBundle, opened: OpenedPairing, pool: SamplerPool, hashing: Hashing): Answer {
  const committed = commitPool(pool, hashing);
  if (committed.root !== commitment.samplers?.root || committed.size !== commitment.samplers.size) {
    return failed('抽样人员名单与承诺不一致。', 'The pool of samplers is not the one committed to.');
  }
  const wrong = findMismatch(opened.samplers, pool.leaves, samplerLeaf, commitment.hash);
  if (wrong !== undefined) {
    return failed(
      `第 ${wrong.index} 号抽样人员的身份与盐值不符合其哈希。`,
      `Record and salt opened for sampler ${wrong.index} do not hash to the leaf.`,
    );
  }
  const named = new Set(opened.samplers.map(({ index }) => index));
  return opened.pairs.every(({ samplers }) => samplers.every((sampler) => named.has(sampler)))
    ? passed('抽样人员名单与承诺一致，身份属实。', 'The samplers are those committed to, and hash to their leaves.')
    : failed('有抽样人员的身份没有公开。', 'A sampler who was assigned is not opened.');
}

function checkExclusions(
  { commitment }: DrawBundle,
  edges: readonly OpenedExclusion[],
  frame: Frame,
  pool: SamplerPool,
  hashing: Hashing,
): Answer {
  const salted = edges.map((edge) => ({ ...edge, salt: fromHex(edge.salt) }));
  const committed = commitExclusions(salted, frame.leaves, pool, hashing);
  return committed.root === commitment.exclusions?.root && committed.size === commitment.exclusions.size
    ? passed(`${edges.length} 条回避关系与承诺一致。`, `The ${edges.length} exclusions are those committed to.`)
    : failed('回避关系与承诺不一致。', 'The exclusions are not those committed to.');
}

function checkRecusal(pairs: readonly SamplerPair[], edges: readonly OpenedExclusion[]): Answer {
  const forbidden = new Set(edges.map(({ position, sampler }) => `${position}/${sampler}`));
  const broken = pairs.find(({ position, samplers }) =>
    samplers.some((sampler) => forbidden.has(`${position}/${sampler}`)),
  );
  return broken === undefined
    ? passed('没有任何应回避的人员被派出。', 'Nobody was assigned who had to be excluded.')
    : failed(
        `第 ${broken.position} 号单元派出了应回避的人员。`,
        `Leaf ${broken.position} was given a sampler who is excluded.`,
      );
}

function edgesOf(opened: readonly OpenedExclusion[]): ExclusionEdges {
  return {
    positions: Uint32Array.from(opened, ({ position }) => position),
    samplers: Uint32Array.from(opened, ({ sampler }) => sampler),
  };
}

function checkPairing(
  bundle: DrawBundle,
  result: DrawResult,
  opened: OpenedPairing,
  edges: readonly OpenedExclusion[],
  pool: SamplerPool,
  hashing: Hashing,
): Answer {
  const recomputed = pairSamplersWith(hashing)({
    seed: seedOfBundle(bundle),
    tasks: taskOrder(result.selection),
    pool,
    exclusions: edgesOf(edges),
    team: bundle.commitment.samplers?.team ?? 'any',
  });
  const told = canonicalJson({ pairs: opened.pairs, impossible: opened.impossible });
  return told === canonicalJson(recomputed)
    ? passed('重新计算的派员结果一致。', 'Computed again, the same samplers are assigned.')
    : failed('重新计算的派员结果不同。', 'Computed again, other samplers are assigned.');
}

const PAIRING_STEPS: readonly DrawStepName[] = ['samplers', 'exclusions', 'recusal', 'pairing'];

function pairingSteps(
  bundle: DrawBundle,
  result: DrawResult,
  opened: OpenedPairing,
  frame: Frame,
  hashing: Hashing,
): DrawStep[] {
  let pool: SamplerPool | undefined;
  const samplers = step('samplers', () => {
    pool = decodePool(fromHex(opened.poolRows));
    return checkSamplers(bundle, opened, pool, hashing);
  });
  // With no exclusion committed to there is nothing to hide, and anybody can check the pairing
  const edges = opened.exclusions ?? (bundle.commitment.exclusions?.size === 0 ? [] : null);
  if (pool === undefined) return [samplers];
  const read = pool;
  if (edges === null) {
    return [samplers, ...PAIRING_STEPS.slice(1).map((name) => ({ name, ...unchecked(...SEALED) }))];
  }
  return [
    samplers,
    step('exclusions', () => checkExclusions(bundle, edges, frame, read, hashing)),
    step('recusal', () => checkRecusal(opened.pairs, edges)),
    step('pairing', () => checkPairing(bundle, result, opened, edges, read, hashing)),
  ];
}

/** The steps about names: what was opened hashes to what was drawn, and the samplers were assigned by the rule. */
export function openingSteps(bundle: DrawBundle, frame: Frame, hashing: Hashing): DrawStep[] {
  const { commitment, result, opening } = bundle;
  if (result === null || opening === null) {
    const names: DrawStepName[] = ['opened-leaves', 'opened-reserves', ...PAIRING_STEPS];
    return names.map((name) => ({ name, ...unchecked(...NOT_OPENED) }));
  }
  const leafSteps = [
    step('opened-leaves', () => checkLeaves(bundle, result, opening, frame)),
    step('opened-reserves', () => checkReserves(result, opening)),
  ];
  if (commitment.samplers === null && opening.pairing === null) {
    return [...leafSteps, ...PAIRING_STEPS.map((name) => ({ name, ...unchecked(...NO_SAMPLERS) }))];
  }
  if (opening.pairing === null) {
    return [...leafSteps, { name: 'samplers', ...failed('抽样人员没有公开。', 'The samplers are not opened.') }];
  }
  return [...leafSteps, ...pairingSteps(bundle, result, opening.pairing, frame, hashing)];
}
