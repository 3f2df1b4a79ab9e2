import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { drawPieces } from '@hengjian/sampling';
import {
  commitmentDigest,
  type DrawBundle,
  type DrawCommitment,
  frameRowsOf,
  getChain,
  openDraw,
  pairDrawn,
  resolveDraw,
  toHex,
} from '@hengjian/transparency';
import { z } from 'zod';
import { inspectionSettings } from '../../../../data/inspections/index.ts';
import { checkOfficers, findListed } from '../officer/lifecycle.ts';
import { findMatter } from '../plan/lifecycle.ts';
import { type DrawRow, StratumField } from './entity.ts';
import { arrange, readObjects } from './frame.ts';
import { publishStage, readBundle } from './publication.ts';

const { ExclusionField, randomnessShape, ResolveInput, teams, WeightField } = drawPieces;
const schema = 'inspections';

export const FreezeInput = z.strictObject({
  plan: field.reference('检查计划', 'inspections.plan', { en: 'Plan' }),
  name: field.text('抽取名称', {
    en: 'Name',
    help: { zh: '将公开，不得含企业名称。', en: 'It will be public; name no firm.' },
  }),
  matter: field.text('检查事项', { en: 'Matter', max: 120 }),
  checklists: field.list('检查表', field.reference('检查表', 'inspections.checklist', { en: 'Checklist' }), {
    en: 'Checklists',
    max: 10,
  }),
  industries: field.list('行业代码前缀（空为全部）', field.text('行业', { en: 'Industry', max: 8 }), {
    en: 'Industries (none means all)',
    max: 100,
  }),
  strata: field.list('分层', StratumField, { en: 'Strata', max: 500 }),
  weightRules: field.list('权重规则', WeightField, { en: 'Weight rules', max: 20 }),
  dueOn: field.date('完成期限', { en: 'Due on' }),
  unannounced: field.flag('不预先通知', { en: 'Unannounced' }),
  hash: optional(field.choice('哈希算法', { sha256: 'SHA-256', sm3: 'SM3' }, { en: 'Hash' })),
});
type FreezeInput = z.infer<typeof FreezeInput>;

export const CommitInput = z.strictObject({
  team: field.choice('派员方式', teams, { en: 'Team' }),
  officers: field.list('检查人员', field.reference('检查人员', 'inspections.officer', { en: 'Officer' }), {
    en: 'Officers',
    max: 2_000,
  }),
  exclusions: field.list('回避关系', ExclusionField, {
    en: 'Exclusions',
    sealed: true,
    help: {
      zh: '不公开，只供审计、复议和法院查阅。',
      en: 'Never public; for auditor, reconsideration body and court.',
    },
  }),
  ...randomnessShape,
});
type CommitInput = z.infer<typeof CommitInput>;

async function framed(row: Pick<DrawRow, 'office'>, input: FreezeInput, act: Act) {
  const found = await findMatter(act.sql, input.plan, input.matter, act.occurredOn);
  if ('code' in found) return found;
  const { region } = authorityOf(act.offices, row.office);
  const { firms, atCap } = await readObjects(act, {
    industries: input.industries,
    regions: [region.replace(/(?:00)+$/, '')],
    year: act.occurredOn.slice(0, 4),
    cap: found.cap,
    matter: input.matter,
  });
  const wanted = firms.filter((firm) =>
    input.strata.some(
      ({ regions }) => regions.length === 0 || regions.some((prefix) => firm.region.startsWith(prefix)),
    ),
  );
  const arrangement = arrange(wanted, input.strata, input.weightRules);
  return 'code' in arrangement ? arrangement : { arrangement, atCap };
}

export async function checkFreeze(row: DrawRow, input: FreezeInput, act: Act): Promise<true | Refusal> {
  if (input.dueOn < act.occurredOn) return refuse('due-in-past', '完成期限已过。', 'The due date has passed.', 'dueOn');
  const [inForce] = await act.sql.query<{ n: number }>(
    `select count(*)::int as n from inspections.checklist where id = any($1::uuid[]) and state = 'published'`,
    [input.checklists],
  );
  if (input.checklists.length === 0 || inForce!.n !== new Set(input.checklists).size)
    return refuse(
      'checklist-not-in-force',
      '检查表没有启用或者已被替代。',
      'A checklist is not in force.',
      'checklists',
    );
  const found = await framed(row, input, act);
  return 'code' in found ? found : true;
}

/** Freezes the object bank: from here on nobody can change it unseen. */
export async function freeze(row: DrawRow, input: FreezeInput, act: Act): Promise<Partial<DrawRow>> {
  const found = await framed(row, input, act);
  if ('code' in found) throw act.problem(found.code, found.zh, found.en);
  const { arrangement, atCap } = found;
  const hash = input.hash ?? 'sha256';
  const hidden = drawPieces.hideFirms(arrangement.placed, hash);
  await drawPieces.storeFrame(act.sql, row.id, arrangement.placed, hidden, schema);
  return {
    hash,
    strata: arrangement.strata as unknown as DrawRow['strata'],
    sizes: {
      frame: arrangement.placed.length,
      drawn: arrangement.strata.reduce((sum, { sample }) => sum + sample, 0),
      atCap,
    },
    frameRoot: hidden.root,
  };
}

async function poolOf(row: DrawRow, input: CommitInput, act: Act) {
  const rows = await act.sql.query<{ id: string; person: string; name: string; office: string }>(
    'select id, person, name, office from inspections.officer where id = any($1::uuid[])',
    [input.officers],
  );
  const listed = await findListed(
    act.sql,
    rows.map(({ person }) => person),
  );
  const able = checkOfficers(rows.length === input.officers.length ? rows.map(({ person }) => person) : [], listed, {
    matters: [row.matter],
    day: row.dueOn,
    minimum: inspectionSettings().minimumOfficers.value,
  });
  const samplers = rows.map(({ person, name, office }) => ({
    person,
    name,
    organisation: office,
    organisationName: act.offices.get(office)?.label.zh ?? office,
  }));
  return { able, people: { team: input.team, samplers, exclusions: input.exclusions } };
}

const changed = refuse(
  'frame-changed',
  '抽样框与冻结时不一致，已被改动；请作废后重新冻结。',
  'The frame is not the one that was frozen; void the draw and freeze anew.',
);

export async function checkCommit(row: DrawRow, input: CommitInput, act: Act): Promise<true | Refusal> {
  const random = drawPieces.checkRandomness(input, act);
  if (random !== true) return random;
  const leaves = await drawPieces.readLeaves(act.sql, row.id, schema);
  if (!drawPieces.isUnchanged(leaves, row.frameRoot, row.hash)) return changed;
  const { able, people } = await poolOf(row, input, act);
  return able === true ? drawPieces.checkPeople(people, leaves) : able;
}

/** Commits in public: leaves, sizes, roots of pool and exclusions, and the number that nobody knows yet. */
export async function commit(row: DrawRow, input: CommitInput, act: Act): Promise<Partial<DrawRow>> {
  const leaves = await drawPieces.readLeaves(act.sql, row.id, schema);
  const { people } = await poolOf(row, input, act);
  const round = drawPieces.roundOf(input);
  const sealed = await drawPieces.sealPeople(row, people, leaves, act, schema);
  const frame = drawPieces.frameOf(leaves);
  const commitment: DrawCommitment = {
    format: 'hengjian-draw-v1',
    hash: row.hash,
    id: row.id,
    committedAt: `${act.occurredAt.slice(0, 19)}Z`,
    frame: { size: leaves.length, root: row.frameRoot },
    strata: (row.strata as unknown as drawPieces.Stratum[]).map(({ code, sample }) => ({ code, sample, reserve: 0 })),
    ...sealed,
    beacon: round === null ? null : { chain: getChain(input.beaconChain!).hash, round: round.round },
    parties: input.parties ?? [],
    replaces: null,
  };
  const digest = toHex(commitmentDigest(commitment));
  const entry = await publishStage(row, act, { stage: 'committed', commitment, commitmentDigest: digest, frame });
  await drawPieces.requirePublishedInTime(entry, round?.time ?? null, act);
  return {
    commitment: commitment as unknown as DrawRow['commitment'],
    commitmentDigest: digest,
    committedOn: act.occurredOn,
    beaconRound: round?.round ?? null,
    beaconAt: round === null ? null : new Date(round.time * 1000).toISOString(),
    entry,
  };
}

const commitmentOf = (row: DrawRow): DrawCommitment => row.commitment as unknown as DrawCommitment;

export const checkResolve = (row: DrawRow, input: z.infer<typeof ResolveInput>): true | Refusal =>
  drawPieces.checkSources(commitmentOf(row), input);

/** Draws, pairs officers, and makes one visit of each leaf drawn; what is told names leaves only. */
export async function resolve(row: DrawRow, input: z.infer<typeof ResolveInput>, act: Act): Promise<Partial<DrawRow>> {
  const sealed = await drawPieces.readSealed(act.sql, row.id, schema);
  if (!drawPieces.isUnchanged(sealed.leaves, row.frameRoot, row.hash))
    throw act.problem(changed.code, changed.zh, changed.en);
  const commitment = commitmentOf(row);
  const announced: DrawBundle = {
    format: 'hengjian-draw-bundle-v1',
    commitment,
    commitmentDigest: row.commitmentDigest!,
    frameRows: frameRowsOf(drawPieces.frameOf(sealed.leaves)),
    publication: null,
    result: null,
    opening: null,
  };
  const beacon = drawPieces.beaconOf(commitment, input);
  const drawn = resolveDraw(announced, { ...(beacon === null ? {} : { beacon }), secrets: input.secrets ?? [] });
  const { pairs, impossible } = pairDrawn(drawn, drawPieces.sealedDraw(sealed));
  if (impossible.length > 0) throw new Error('A leaf was drawn that nobody may visit, against the check.');
  for (const { position, samplers } of pairs) {
    const firm = sealed.leaves[position]!;
    await act.create('inspections.visit', 'assign', {
      plan: row.plan,
      draw: row.id,
      source: 'random',
      matters: [row.matter],
      checklists: row.checklists,
      enterprise: firm.enterprise,
      enterpriseName: firm.name,
      publicName: firm.publicName,
      enterpriseCode: firm.code,
      enterpriseRegion: firm.region,
      officers: samplers.map((index) => sealed.samplers[index]!.person),
      dueOn: row.dueOn,
      unannounced: row.unannounced,
    });
  }
  const entry = await publishStage(row, act, {
    stage: 'drawn',
    commitment,
    commitmentDigest: row.commitmentDigest!,
    result: drawn.result,
  });
  return { result: drawn.result as unknown as DrawRow['result'], drawnOn: act.occurredOn, entry };
}

/** Names stay shut until the last visit is over (practice W1 holds for unannounced inspections, too). */
export async function checkOpen(row: DrawRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const [seen] = await act.sql.query<{ all: number; open: number }>(
    `select count(*)::int as all, (count(*) filter (where state in ('approved', 'inspecting', 'planned')))::int as open from inspections.visit where draw = $1`,
    [row.id],
  );
  if (seen!.all !== row.sizes.drawn)
    return refuse('visits-hidden', '您看不到本次抽取的全部检查。', 'You do not see every visit of this draw.');
  return (
    seen!.open === 0 ||
    refuse(
      'visits-outstanding',
      `还有 ${seen!.open} 户没有检查完；现在公开等于通风报信。`,
      `${seen!.open} visits are outstanding; opening now would give notice.`,
    )
  );
}

export async function open(row: DrawRow, _input: unknown, act: Act): Promise<Partial<DrawRow>> {
  const bundle = (await readBundle(act.sql, row.id))!;
  const sealed = drawPieces.sealedDraw(await drawPieces.readSealed(act.sql, row.id, schema));
  const { result, opening } = openDraw(bundle, sealed);
  const entry = await publishStage(row, act, {
    stage: 'opened',
    commitment: bundle.commitment,
    commitmentDigest: bundle.commitmentDigest,
    result,
    opening,
  });
  return { openedOn: act.occurredOn, entry };
}

export const Reason = z.strictObject({ reason: field.longText('作废理由', { en: 'Reason', max: 2000 }) });

export async function voidDraw(row: DrawRow, input: z.infer<typeof Reason>, act: Act): Promise<Partial<DrawRow>> {
  const entry = await publishStage(row, act, {
    stage: 'voided',
    commitment: commitmentOf(row),
    commitmentDigest: row.commitmentDigest!,
    reason: input.reason,
  });
  return { entry };
}
