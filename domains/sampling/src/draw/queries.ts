import { createHash } from 'node:crypto';
import { type Label, Problem, query, type Transaction } from '@hengjian/kernel';
import {
  DRAND_CHAINS,
  type DrawBundle,
  decodeFrame,
  fromHex,
  leafAt,
  openDraw,
  timeOfRound,
  toHex,
} from '@hengjian/transparency';
import { type DrawStep, type DrawStepName, verifyDraw } from '@hengjian/transparency/verification';
import { z } from 'zod';
import { unvisitedTasks } from '../task/index.ts';
import type { DrawRow } from './entity.ts';
import type { FirmRecord } from './frame.ts';
import { proveCommitment } from './log-proof.ts';
import { reservesCalled } from './open.ts';
import { bundleOf, type DrawEntry, opensWhen, readEntries } from './publication.ts';
import { type Stratum, type WeightReason, weightReasons } from './rules.ts';
import { readSealed, sealedDraw } from './sealed.ts';

const DrawInput = z.object({ draw: z.uuid() });
const insiders = ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'];

const unknown = () =>
  new Problem(404, 'draw-unknown', '没有这次抽取，或者尚未公布。', 'There is no such draw, or it is not public yet.');

const stepLabels: Record<DrawStepName, { zh: string; en: string }> = {
  format: { zh: '文件格式', en: 'Form of the file' },
  frame: { zh: '抽样框', en: 'Frame' },
  'frame-root': { zh: '抽样框根哈希', en: 'Root of the frame' },
  commitment: { zh: '承诺摘要', en: 'Digest of the commitment' },
  publication: { zh: '公开日志', en: 'Public log' },
  beacon: { zh: '随机信标签名', en: 'Signature of the beacon' },
  'beacon-time': { zh: '信标晚于承诺', en: 'Beacon after the commitment' },
  secrets: { zh: '各方秘密数', en: 'Secrets of the parties' },
  selection: { zh: '抽中的单元', en: 'Leaves drawn' },
  reserves: { zh: '候补及次序', en: 'Reserves and their order' },
  'opened-leaves': { zh: '公开的身份', en: 'Names opened' },
  'opened-reserves': { zh: '候补按次序启用', en: 'Reserves called in order' },
  samplers: { zh: '抽样人员名单', en: 'Pool of samplers' },
  exclusions: { zh: '回避关系', en: 'Exclusions' },
  recusal: { zh: '应回避者未派出', en: 'Nobody excluded was sent' },
  pairing: { zh: '派员结果', en: 'Pairing' },
};

const verify = (bundle: DrawBundle) => {
  const { hash } = bundle.commitment;
  // The built-in SM3 serves for SM3; for SHA-256 the platform's own is faster
  const native =
    hash === 'sha256'
      ? { hash: (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest()) }
      : {};
  return verifyDraw(bundle, native).steps.map(({ name, ok, detail }: DrawStep) => ({
    name,
    label: stepLabels[name],
    ok,
    detail,
  }));
};

/** sampling.draw-bundle: the file that anybody verifies, in the visitor's browser too. From the public record alone. */
export const drawBundle = query({
  name: 'sampling.draw-bundle',
  label: { zh: '抽取验证文件', en: 'Bundle of a draw' },
  roles: ['public', ...insiders],
  input: DrawInput,
  answer: async ({ draw }, { sql }) => {
    const bundle = bundleOf(await readEntries(sql, draw), await proveCommitment(sql, draw));
    if (bundle === undefined) throw unknown();
    return bundle;
  },
});

interface DrawnLeaf {
  leaf: string;
  stratum: string;
  order: number;
  reserve: boolean;
  opened: { name: string; creditCode: string | null; samplers: string[] } | null;
}

function drawnLeaves({ frameRows, result, opening }: DrawBundle, strata: readonly Stratum[]): DrawnLeaf[] {
  const { leaves } = decodeFrame(fromHex(frameRows));
  const keyOf = new Map(strata.map(({ code, key }) => [code, key]));
  const firms = new Map((opening?.leaves ?? []).map(({ index, record }) => [index, record as unknown as FirmRecord]));
  const people = new Map(
    (opening?.pairing?.samplers ?? []).map(({ index, record }) => [index, (record as { name: string }).name]),
  );
  const pairs = new Map((opening?.pairing?.pairs ?? []).map(({ position, samplers }) => [position, samplers]));
  return (result?.selection ?? []).flatMap(({ stratum, drawn, reserve }) =>
    [...drawn, ...reserve].map((position, index) => {
      const firm = firms.get(position);
      return {
        leaf: toHex(leafAt(leaves, position)),
        stratum: keyOf.get(stratum)!,
        order: index + 1,
        reserve: index >= drawn.length,
        opened:
          firm === undefined
            ? null
            : {
                name: firm.name,
                creditCode: firm.creditCode,
                samplers: (pairs.get(position) ?? []).map((sampler) => people.get(sampler)!),
              },
      };
    }),
  );
}

const stratumViews = (strata: readonly Stratum[]) =>
  strata.map((stratum) => ({ ...stratum, label: { zh: stratum.label, en: stratum.label } }));

function beaconView({ commitment }: DrawBundle) {
  if (commitment.beacon === null) return null;
  const { chain, round } = commitment.beacon;
  const known = DRAND_CHAINS.find(({ hash }) => hash === chain)!;
  return { chain: known.name, round, at: new Date(timeOfRound(round, known) * 1000).toISOString(), kind: 'drand' };
}

const isPublicReader = async (sql: Transaction): Promise<boolean> => {
  const [role] = await sql.query<{ open: boolean }>(`select current_user = 'hengjian_public' as open`);
  return role!.open;
};

interface StateOfDraw {
  strata: Stratum[];
  root: string;
  freshness: unknown;
  stage: string;
}

async function findRow(sql: Transaction, draw: string): Promise<StateOfDraw | undefined> {
  const [row] = await sql.query<StateOfDraw>(
    'select strata, frame_root as root, freshness, state as stage from sampling.draw where id = $1',
    [draw],
  );
  return row;
}

/** Why firms have the weights they have, counted: for those inside. */
async function countReasons(
  sql: Transaction,
  draw: string,
): Promise<{ reason: WeightReason; label: Label; firms: number }[]> {
  const rows = await sql.query<{ reason: WeightReason; firms: number }>(
    `select reason, count(*) as firms from sampling.frame_entry, jsonb_array_elements_text(reasons) as reason
     where draw = $1 group by reason order by reason`,
    [draw],
  );
  return rows.map(({ reason, firms }) => ({ reason, label: weightReasons[reason], firms: Number(firms) }));
}

const fromEntries = (entries: readonly DrawEntry[]): StateOfDraw | undefined => {
  const last = entries.at(-1);
  return last && { strata: last.strata, root: last.commitment.frame.root, freshness: null, stage: last.stage };
};

/** Tasks that still keep the names shut; the public learns no more than that there are some. */
async function taskCounts(sql: Transaction, draw: string): Promise<{ total: number; done: number }> {
  const [all] = await sql.query<{ n: number }>('select count(*) as n from sampling.task where draw = $1', [draw]);
  const total = Number(all!.n);
  return { total, done: total - (await unvisitedTasks(sql, draw)) };
}

/** sampling.draw-state: how far a draw is, what of it is public, and what every check of it says. Names only once opened. */
export const drawState = query({
  name: 'sampling.draw-state',
  label: { zh: '抽取情况', en: 'State of a draw' },
  roles: ['public', ...insiders],
  input: DrawInput,
  answer: async ({ draw }, { sql }) => {
    const outside = await isPublicReader(sql);
    const entries = await readEntries(sql, draw);
    const state = outside ? fromEntries(entries) : await findRow(sql, draw);
    if (state === undefined) throw unknown();
    const bundle = bundleOf(entries);
    return {
      stage: state.stage,
      frame: {
        size: state.strata.reduce((sum, { size }) => sum + size, 0),
        root: state.root,
        strata: stratumViews(state.strata),
        freshness: state.freshness,
      },
      commitment: bundle?.commitment ?? null,
      commitmentDigest: bundle?.commitmentDigest ?? null,
      beacon: bundle === undefined ? null : beaconView(bundle),
      drawn: bundle === undefined ? [] : drawnLeaves(bundle, state.strata),
      steps: bundle === undefined ? [] : verify(bundle),
      opensWhen,
      weightReasons: outside ? null : await countReasons(sql, draw),
      tasks: outside ? null : await taskCounts(sql, draw),
    };
  },
});

/** sampling.draw-exclusions: who was kept from whom, why, and the bundle with which that is proved. For auditors alone. */
export const drawExclusions = query({
  name: 'sampling.draw-exclusions',
  label: { zh: '抽取的回避关系', en: 'Exclusions of a draw' },
  roles: ['auditor'],
  input: DrawInput,
  answer: async ({ draw }, { sql }) => {
    const [row] = await sql.query<Pick<DrawRow, 'id' | 'strata' | 'state'>>(
      'select id, strata, state from sampling.draw where id = $1',
      [draw],
    );
    if (row === undefined) throw unknown();
    const sealed = await readSealed(sql, draw);
    const bundle = bundleOf(await readEntries(sql, draw));
    const audited =
      bundle === undefined || bundle.result === null
        ? null
        : openDraw(bundle, sealedDraw(sealed), { reserves: await reservesCalled(sql, row), exclusions: true });
    return {
      exclusions: sealed.exclusions.map(({ position, sampler, reason }) => ({
        firm: sealed.leaves[position]!.name,
        creditCode: sealed.leaves[position]!.code,
        sampler: sealed.samplers[sampler]!.name,
        body: sealed.samplers[sampler]!.organisationName,
        reason,
      })),
      bundle: audited,
      steps: audited === null ? [] : verify(audited),
    };
  },
});
