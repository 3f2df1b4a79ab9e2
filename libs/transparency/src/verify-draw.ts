import { getChain, timeOfRound } from './beacon.ts';
import { verifyBeacon } from './beacon-signature.ts';
import { fromHex, toHex } from './bytes.ts';
import { commitmentDigest, verifySecret } from './commitment.ts';
import { type DrawBundle, type DrawResult, type DrawStage, parseBundle, stageOf } from './draw-bundle.ts';
import { type Answer, type DrawStep, failed, passed, seedOfBundle, step, unchecked } from './draw-step.ts';
import { TransparencyError } from './errors.ts';
import { decodeFrame, type Frame, frameRoot, frameSize, type Hashing } from './frame.ts';
import { type Hash, hashOf } from './hashing.ts';
import { verifyInclusion } from './merkle-verification.ts';
import { leafOf, verifyRedacted } from './salted-fields.ts';
import { drawWith, type StratumSelection } from './selection.ts';
import { type LogKey, verifyTreeHead } from './tree-head.ts';
import { openingSteps } from './verify-opening.ts';

/** What became of verifying a draw, step by step. */
export interface DrawVerdict {
  /** No step failed. Steps that could not be checked yet do not count: look at `stage` and at their `ok: null`. */
  readonly ok: boolean;
  readonly stage: DrawStage | null;
  readonly steps: readonly DrawStep[];
}

/** What a verifier may bring along. */
export interface VerifyDrawOptions {
  /** A faster implementation of the hash that the commitment names, `node:crypto`'s say. */
  readonly hash?: Hash;
  /** Keys of the public log, from a source other than the bundle. Without them its tree head proves nothing. */
  readonly logKeys?: readonly LogKey[];
}

const NOT_DRAWN = ['尚未抽取。', 'Nothing has been drawn yet.'] as const;
const UTC_SECONDS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** Unix seconds of a UTC time to the second. */
function unixSeconds(time: string): number {
  const milliseconds = UTC_SECONDS.test(time) ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    throw new TransparencyError('TIME_MALFORMED', { zh: '时间格式不正确。', en: 'A time is malformed.' });
  }
  return milliseconds / 1000;
}

function checkFrameRoot({ commitment }: DrawBundle, frame: Frame, hashing: Hashing): Answer {
  const root = toHex(frameRoot(frame, hashing));
  const size = frameSize(frame);
  return root === commitment.frame.root && size === commitment.frame.size
    ? passed(`抽样框共 ${size} 个单元，根哈希与承诺一致。`, `The frame of ${size} leaves has the root committed to.`)
    : failed(
        '抽样框的根哈希与承诺不一致：名单被改动过。',
        'The frame does not have the root committed to: it was changed.',
      );
}

function checkCommitment({ commitment, commitmentDigest: digest }: DrawBundle): Answer {
  unixSeconds(commitment.committedAt);
  if (commitment.beacon === null && commitment.parties.length < 2) {
    return failed(
      '随机数只来自一方，不能证明公正。',
      'The randomness comes from one side alone and proves no fairness.',
    );
  }
  if ((commitment.samplers === null) !== (commitment.exclusions === null)) {
    return failed('抽样人员与回避关系须同时承诺。', 'Samplers and exclusions are committed to together or not at all.');
  }
  return toHex(commitmentDigest(commitment)) === digest
    ? passed(
        '规则、样本量与随机来源的承诺摘要一致。',
        'Rule, sizes and sources of randomness have the digest committed to.',
      )
    : failed(
        '承诺摘要不一致：规则或样本量被改动过。',
        'The commitment does not have its digest: something was changed.',
      );
}

function checkPublication(bundle: DrawBundle, logKeys: readonly LogKey[]): Answer {
  const { commitment, publication } = bundle;
  if (publication === null) {
    return unchecked('文件未附公开日志证明。', 'The file brings no proof from the public log.');
  }
  if (logKeys.length === 0) {
    return unchecked('未提供公开日志的公钥，无法核对。', 'No public key of the log was given to check against.');
  }
  const head = verifyTreeHead(publication.treeHead, logKeys);
  if (head === undefined) return failed('日志树头签名无效。', 'The signature of the tree head is not valid.');
  const { record, leafIndex } = publication;
  const leaf = leafOf(record);
  const path = publication.proof.map(fromHex);
  if (!verifyInclusion(leafIndex, head.size, leaf, path, fromHex(head.root), hashOf(head.hash))) {
    return failed('日志中没有该承诺。', 'The log does not hold this commitment.');
  }
  const opened = verifyRedacted(record, leaf);
  if (!opened.ok || record.fields.commitment?.value !== bundle.commitmentDigest) {
    return failed('日志中的记录不是本承诺。', 'The record in the log is not this commitment.');
  }
  if (commitment.beacon !== null) {
    const published = timeOfRound(commitment.beacon.round, getChain(commitment.beacon.chain));
    if (unixSeconds(head.time) >= published) {
      return failed('日志签名不早于随机信标发布。', 'The tree head was not signed before the beacon round.');
    }
  }
  return passed(
    `承诺于 ${head.time} 前已在公开日志第 ${leafIndex} 条。`,
    `The commitment stood in the log as entry ${leafIndex} by ${head.time}.`,
  );
}

function checkBeacon({ commitment }: DrawBundle, result: DrawResult): Answer {
  if (commitment.beacon === null) {
    return result.beacon === null
      ? unchecked('本次抽取不使用随机信标。', 'This draw uses no beacon.')
      : failed('使用了未预告的随机信标。', 'A beacon was used that was not announced.');
  }
  if (result.beacon?.round !== commitment.beacon.round) {
    return failed('随机信标轮次与预告不符。', 'The beacon round is not the one announced.');
  }
  const chain = getChain(commitment.beacon.chain);
  return verifyBeacon(chain, result.beacon)
    ? passed(
        `${chain.name} 第 ${result.beacon.round} 轮签名有效。`,
        `${chain.name} round ${result.beacon.round} is signed.`,
      )
    : failed('随机信标签名无效。', 'The signature of the beacon round is not valid.');
}

function checkBeaconTime({ commitment }: DrawBundle): Answer {
  if (commitment.beacon === null) return unchecked('本次抽取不使用随机信标。', 'This draw uses no beacon.');
  const { round, chain } = commitment.beacon;
  const published = timeOfRound(round, getChain(chain));
  const time = new Date(published * 1000).toISOString();
  return published > unixSeconds(commitment.committedAt)
    ? passed(`该轮发布于 ${time}，晚于承诺时间。`, `The round came out at ${time}, after the commitment.`)
    : failed(`该轮发布于 ${time}，不晚于承诺时间。`, `The round came out at ${time}, not after the commitment.`);
}

function checkSecrets({ commitment }: DrawBundle, result: DrawResult): Answer {
  const { parties, hash } = commitment;
  if (parties.length === 0 && result.secrets.length === 0) {
    return unchecked('本次抽取没有多方秘密数。', 'No party contributes a secret to this draw.');
  }
  const missing = parties.find((party, index) => {
    const secret = result.secrets[index];
    return secret === undefined || !verifySecret(party, fromHex(secret), hash);
  });
  if (missing !== undefined) {
    return failed(
      `“${missing.name}”未揭示或揭示不符，抽取作废。`,
      `"${missing.name}" did not reveal what it committed to: the draw is void.`,
    );
  }
  return result.secrets.length === parties.length
    ? passed('各方秘密数均与承诺一致。', 'Every party revealed what it committed to.')
    : failed('揭示的秘密数多于参与方。', 'More secrets are revealed than there are parties.');
}

function sameSelection(
  bundle: DrawBundle,
  result: DrawResult,
  recomputed: readonly StratumSelection[],
  part: 'drawn' | 'reserve',
): boolean {
  return (
    result.selection.length === recomputed.length &&
    bundle.commitment.strata.every((_, index) => {
      const told = result.selection[index]!;
      const own = recomputed[index]!;
      return told.stratum === own.stratum && told[part].join() === own[part].join();
    })
  );
}

function recomputeSelection(bundle: DrawBundle, frame: Frame, hashing: Hashing): () => StratumSelection[] {
  let selection: StratumSelection[] | undefined;
  return () => {
    if (selection === undefined) {
      selection = drawWith(hashing)(frame, bundle.commitment.strata, seedOfBundle(bundle));
    }
    return selection;
  };
}

function selectionSteps(bundle: DrawBundle, frame: Frame, hashing: Hashing): DrawStep[] {
  const { result } = bundle;
  if (result === null) {
    const names = ['beacon', 'beacon-time', 'secrets', 'selection', 'reserves'] as const;
    return names.map((name) =>
      name === 'beacon-time' ? step(name, () => checkBeaconTime(bundle)) : { name, ...unchecked(...NOT_DRAWN) },
    );
  }
  const recomputed = recomputeSelection(bundle, frame, hashing);
  const drawn = result.selection.reduce((sum, { drawn: positions }) => sum + positions.length, 0);
  return [
    step('beacon', () => checkBeacon(bundle, result)),
    step('beacon-time', () => checkBeaconTime(bundle)),
    step('secrets', () => checkSecrets(bundle, result)),
    step('selection', () =>
      sameSelection(bundle, result, recomputed(), 'drawn')
        ? passed(`重新计算得到同样的 ${drawn} 个单元。`, `Computed again, the same ${drawn} leaves are drawn.`)
        : failed('重新计算的结果与公布的不同。', 'Computed again, other leaves are drawn than were published.'),
    ),
    step('reserves', () =>
      sameSelection(bundle, result, recomputed(), 'reserve')
        ? passed('候补名单及次序一致。', 'The reserves and their order are the same.')
        : failed('候补名单或次序不同。', 'The reserves or their order differ.'),
    ),
  ];
}

function verdictOf(stage: DrawStage | null, steps: readonly DrawStep[]): DrawVerdict {
  return { ok: steps.every(({ ok }) => ok !== false), stage, steps };
}

/**
 * Checks a draw from its file alone, in the browser as on a server: everything that is told is computed again. It never
 * throws; what is wrong is a step that fails. A verdict is only as good as the source of the bundle's digest and of
 * `logKeys`: compare the commitment with the one that was published before the beacon round.
 */
export function verifyDraw(value: unknown, options: VerifyDrawOptions = {}): DrawVerdict {
  let bundle: DrawBundle | undefined;
  const format = step('format', () => {
    bundle = parseBundle(value);
    return passed('文件格式正确。', 'The file is well formed.');
  });
  if (bundle === undefined) return verdictOf(null, [format]);
  const read = bundle;
  const profile = read.commitment.hash;
  const hashing: Hashing = options.hash === undefined ? { profile } : { profile, hash: options.hash };
  let frame: Frame | undefined;
  const frameStep = step('frame', () => {
    frame = decodeFrame(fromHex(read.frameRows));
    return passed(
      '名单按序排列，无重复，权重合规。',
      'The leaves are in order, none repeats, the weights are allowed.',
    );
  });
  if (frame === undefined) return verdictOf(stageOf(read), [format, frameStep]);
  const decoded = frame;
  return verdictOf(stageOf(read), [
    format,
    frameStep,
    step('frame-root', () => checkFrameRoot(read, decoded, hashing)),
    step('commitment', () => checkCommitment(read)),
    step('publication', () => checkPublication(read, options.logKeys ?? [])),
    ...selectionSteps(read, decoded, hashing),
    ...openingSteps(read, decoded, hashing),
  ]);
}
