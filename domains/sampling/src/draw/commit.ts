import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import {
  buildSamplerPool,
  commitExclusions,
  commitmentDigest,
  commitPool,
  type DrawCommitment,
  getChain,
  randomSalt,
  roundAt,
  samplerLeaf,
  timeOfRound,
  toHex,
} from '@hengjian/transparency';
import { z } from 'zod';
import { checkEntrusted } from '../money/entrustment.ts';
import { checkCapability } from '../task/capability.ts';
import { chains, type DrawRow, ExclusionField, LaboratoryField, PartyField, SamplerField, teams } from './entity.ts';
import { type Basis, checkBasis, findBasis } from './preconditions.ts';
import { publishStage } from './publication.ts';
import { findUnvisitable, laboratoriesFor, type Stratum } from './rules.ts';
import { frameOf, isUnchanged, readLeaves, type SealedLeaf, samplerRecord } from './sealed.ts';

export const CommitInput = z.strictObject({
  team: field.choice('派员方式', teams, { en: 'Team' }),
  samplers: field.list('抽样人员', SamplerField, { en: 'Samplers', max: 5_000 }),
  exclusions: field.list('回避关系', ExclusionField, {
    en: 'Exclusions',
    sealed: true,
    help: {
      zh: '不公开，只供审计、复议和法院查阅。',
      en: 'Never public; for auditor, reconsideration body and court.',
    },
  }),
  labs: field.list('检验机构', LaboratoryField, { en: 'Laboratories', max: 200 }),
  beaconChain: optional(field.choice('随机信标', chains, { en: 'Beacon' })),
  beaconRound: optional(field.integer('信标轮次', { en: 'Round', min: 1 })),
  beaconAt: optional(
    field.instant('抽取时间', {
      en: 'Time of the draw',
      help: { zh: '取该时间起的第一轮。', en: 'The first round from then on.' },
    }),
  ),
  parties: optional(field.list('秘密数参与方', PartyField, { en: 'Parties with a secret', max: 20 })),
});
type CommitInput = z.infer<typeof CommitInput>;

/** How long after its own time a commitment may be entered: it is made when it is published, never afterwards. */
const ENTRY_SECONDS = 60;

const seconds = (instant: string): number => Math.floor(new Date(instant).getTime() / 1000);

/** The announced round: as named, or the first that comes out at or after the named time. */
function roundOf({ beaconChain, beaconRound, beaconAt }: CommitInput): { round: number; time: number } | null {
  if (!beaconChain) return null;
  const chain = getChain(beaconChain);
  if (beaconRound) return { round: beaconRound, time: timeOfRound(beaconRound, chain) };
  if (!beaconAt) return null;
  const wanted = Math.max(seconds(beaconAt), chain.genesis);
  const last = roundAt(wanted, chain);
  const round = timeOfRound(last, chain) < wanted ? last + 1 : last;
  return { round, time: timeOfRound(round, chain) };
}

const beaconPast = refuse(
  'beacon-past',
  '信标轮次已经或即将发布，随机数不再是未知的；请选以后的轮次。',
  'That beacon round is out, or about to be; choose a later one.',
  'beaconRound',
);

function checkRandomness(input: CommitInput, act: Act): true | Refusal {
  const round = roundOf(input);
  if (input.beaconChain && round === null)
    return refuse(
      'beacon-round-missing',
      '请填写信标轮次或抽取时间。',
      'Name the round, or the time of the draw.',
      'beaconRound',
    );
  if (round === null && (input.parties ?? []).length < 2)
    return refuse(
      'randomness-one-sided',
      '请选随机信标，或由至少两方各出一个秘密数；随机数不能只来自一方。',
      'Choose a beacon, or at least two parties with a secret each; randomness from one side proves nothing.',
      'beaconChain',
    );
  const names = (input.parties ?? []).map(({ name }) => name);
  if (new Set(names).size !== names.length)
    return refuse('party-twice', '参与方重复。', 'A party is listed twice.', 'parties');
  return round === null || round.time > seconds(act.occurredAt) || beaconPast;
}

function checkPeople(input: CommitInput, leaves: readonly SealedLeaf[]): true | Refusal {
  const people = new Map(input.samplers.map((sampler) => [sampler.person, sampler]));
  if (people.size !== input.samplers.length)
    return refuse('sampler-twice', '抽样人员重复。', 'A sampler is listed twice.', 'samplers');
  const firms = new Set(leaves.map(({ enterprise }) => enterprise));
  const seen = new Set<string>();
  for (const [index, { sampler, enterprise }] of input.exclusions.entries()) {
    const at = `exclusions.${index}`;
    if (!people.has(sampler))
      return refuse(
        'exclusion-sampler-unknown',
        '回避关系中的人员不在抽样人员名单中。',
        'An exclusion names somebody outside the pool.',
        at,
      );
    if (!firms.has(enterprise))
      return refuse(
        'exclusion-firm-unknown',
        '回避关系中的企业不在抽样框中。',
        'An exclusion names a firm outside the frame.',
        at,
      );
    if (seen.has(`${sampler}/${enterprise}`))
      return refuse('exclusion-twice', '同一回避关系填了两次。', 'An exclusion is listed twice.', at);
    seen.add(`${sampler}/${enterprise}`);
  }
  const unvisitable = findUnvisitable([...firms], input.samplers, input.exclusions, input.team);
  if (unvisitable === undefined) return true;
  const name = leaves.find(({ enterprise }) => enterprise === unvisitable)!.name;
  return refuse(
    'too-few-samplers',
    `回避之后，可派往“${name}”的抽样人员不足两人；请增加抽样人员。`,
    `After exclusions fewer than two samplers are left for ${name}; enlarge the pool.`,
    'samplers',
  );
}

function checkLaboratories(row: DrawRow, input: CommitInput, separate: boolean): true | Refusal {
  const bodies = separate ? [...new Set(input.samplers.map(({ organisation }) => organisation))] : [null];
  for (const { key, label } of row.strata as unknown as Stratum[])
    for (const body of bodies)
      if (laboratoriesFor(input.labs, row.product, key, body).length === 0)
        return refuse(
          'no-laboratory',
          `“${label}”没有可以承检“${row.productName}”的检验机构${separate ? '（方案要求与抽样机构分开）' : ''}。`,
          `No laboratory may test ${row.productName} for ${label}${separate ? ' apart from the sampling body' : ''}.`,
          'labs',
        );
  return true;
}

/** Whoever may be sent or may test has an agreement in force (order 18 art. 13; order 15 art. 5). */
function checkAgreements(row: DrawRow, input: CommitInput, act: Act): Promise<true | Refusal> {
  const sampling = input.samplers.map(({ organisation, organisationName }) => ({
    id: organisation,
    name: organisationName,
  }));
  const testing = input.labs.filter(({ products }) => products.includes(row.product));
  return checkEntrusted(act, row.office, row.product, [
    { work: 'sampling', bodies: sampling, path: 'samplers' },
    { work: 'testing', bodies: testing, path: 'labs' },
  ]);
}

export async function checkCommit(row: DrawRow, input: CommitInput, act: Act): Promise<true | Refusal> {
  const basis = await findBasis(row.scheme, row.rules, act);
  const sound = checkBasis(basis, row, ['published'], act.offices);
  if (sound !== true || basis === undefined) return sound;
  const random = checkRandomness(input, act);
  if (random !== true) return random;
  const leaves = await readLeaves(act.sql, row.id);
  if (!isUnchanged(leaves, row.frameRoot, row.hash)) return frameChanged;
  const people = checkPeople(input, leaves);
  if (people !== true) return people;
  const able = checkLaboratories(row, input, basis.separateBodies);
  if (able !== true) return able;
  const accredited = await checkScopes(row, input, basis.items, act);
  return accredited === true ? checkAgreements(row, input, act) : accredited;
}

/** Who may be drawn to test must be accredited for every item of the rules today: after the draw it is too late to find out (practice W16). */
async function checkScopes(row: DrawRow, input: CommitInput, items: Basis['items'], act: Act): Promise<true | Refusal> {
  for (const [index, { id, name, products }] of input.labs.entries()) {
    if (!products.includes(row.product)) continue;
    const task = { lab: { id, name }, product: row.product, items };
    const able = await checkCapability(act.sql, task, act.occurredOn, 'assign');
    if (able !== true) return { ...able, path: `labs.${index}` };
  }
  return true;
}

export const frameChanged = refuse(
  'frame-changed',
  '抽样框与冻结时不一致，已被改动；本次抽取不能继续，请作废后重新冻结。',
  'The frame is not the one that was frozen: it was changed. This draw cannot go on; void it and freeze anew.',
);

/** Hides the pool and the exclusions behind salts, stores what names them, and returns what is told. */
async function sealPeople(row: DrawRow, input: CommitInput, leaves: readonly SealedLeaf[], act: Act) {
  const bodies = [...new Set(input.samplers.map(({ organisation }) => organisation))];
  const entries = input.samplers.map((sampler) => ({
    record: samplerRecord(sampler),
    salt: randomSalt(),
    body: bodies.indexOf(sampler.organisation),
  }));
  const { pool, order } = buildSamplerPool(entries, row.hash);
  await act.sql.query(
    `insert into sampling.pool_entry (draw, position, leaf, salt, body, person, name, organisation, organisation_name)
     select $1, position - 1, decode(leaf, 'hex'), decode(salt, 'hex'), body, person, name, organisation, organisation_name
     from unnest($2::text[], $3::text[], $4::integer[], $5::uuid[], $6::text[], $7::uuid[], $8::text[])
       with ordinality as p (leaf, salt, body, person, name, organisation, organisation_name, position)`,
    [
      row.id,
      order.map((index) => toHex(samplerLeaf(entries[index]!.record, entries[index]!.salt, row.hash))),
      order.map((index) => toHex(entries[index]!.salt)),
      order.map((index) => entries[index]!.body),
      order.map((index) => input.samplers[index]!.person),
      order.map((index) => input.samplers[index]!.name),
      order.map((index) => input.samplers[index]!.organisation),
      order.map((index) => input.samplers[index]!.organisationName),
    ],
  );
  const positionOf = new Map(leaves.map(({ enterprise }, position) => [enterprise, position]));
  const poolIndexOf = new Map(order.map((index, position) => [input.samplers[index]!.person, position]));
  const edges = input.exclusions.map(({ sampler, enterprise, reason }) => ({
    position: positionOf.get(enterprise)!,
    sampler: poolIndexOf.get(sampler)!,
    salt: randomSalt(),
    reason,
  }));
  await act.sql.query(
    `insert into sampling.exclusion (draw, position, sampler, salt, reason)
     select $1, position, sampler, decode(salt, 'hex'), reason
     from unnest($2::integer[], $3::integer[], $4::text[], $5::text[]) as e (position, sampler, salt, reason)`,
    [
      row.id,
      edges.map(({ position }) => position),
      edges.map(({ sampler }) => sampler),
      edges.map(({ salt }) => toHex(salt)),
      edges.map(({ reason }) => reason),
    ],
  );
  const profile = row.hash;
  return {
    samplers: { ...commitPool(pool, { profile }), team: input.team },
    exclusions: commitExclusions(edges, frameOf(leaves).leaves, pool, { profile }),
  };
}

async function replacedDigest(row: DrawRow, act: Act): Promise<string | null> {
  if (!row.replaces) return null;
  const [former] = await act.sql.query<{ digest: string | null }>(
    'select commitment_digest as digest from sampling.draw where id = $1',
    [row.replaces],
  );
  return former?.digest ?? null;
}

/** Commits in public: leaves, rule, sizes, roots of pool and exclusions, and the round that nobody knows yet. */
export async function commitDraw(row: DrawRow, input: CommitInput, act: Act): Promise<Partial<DrawRow>> {
  const basis = (await findBasis(row.scheme, row.rules, act))!;
  const leaves = await readLeaves(act.sql, row.id);
  const round = roundOf(input);
  const people = await sealPeople(row, input, leaves, act);
  const commitment: DrawCommitment = {
    format: 'hengjian-draw-v1',
    hash: row.hash,
    id: row.id,
    committedAt: `${act.occurredAt.slice(0, 19)}Z`,
    frame: { size: leaves.length, root: row.frameRoot },
    strata: (row.strata as unknown as Stratum[]).map(({ code, sample, reserves }) => ({
      code,
      sample,
      reserve: reserves,
    })),
    ...people,
    beacon: round === null ? null : { chain: getChain(input.beaconChain!).hash, round: round.round },
    parties: input.parties ?? [],
    replaces: await replacedDigest(row, act),
  };
  const digest = toHex(commitmentDigest(commitment));
  const entry = await publishStage(row, act, {
    stage: 'committed',
    rules: basis.entry!,
    commitment,
    commitmentDigest: digest,
    frame: frameOf(leaves),
  });
  await requirePublishedInTime(entry, round?.time ?? null, act);
  return {
    commitment: commitment as unknown as DrawRow['commitment'],
    commitmentDigest: digest,
    committedOn: act.occurredOn,
    beaconRound: round?.round ?? null,
    beaconAt: round === null ? null : new Date(round.time * 1000).toISOString(),
    entry,
  };
}

/** The time of publication is the platform's, not the actor's word: the round must come out after it, and soon after is too late to pretend. */
async function requirePublishedInTime(entry: string, roundTime: number | null, act: Act): Promise<void> {
  const [published] = await act.sql.query<{ at: string }>(
    'select published_at as at from public_record.entry where id = $1',
    [entry],
  );
  const at = seconds(published!.at);
  if (at - seconds(act.occurredAt) > ENTRY_SECONDS)
    throw act.problem(
      'commitment-backdated',
      '承诺在公布时作出，不能补录。',
      'A commitment is made when it is published; it cannot be entered afterwards.',
    );
  if (roundTime !== null && roundTime <= at) throw act.problem(beaconPast.code, beaconPast.zh, beaconPast.en);
}
