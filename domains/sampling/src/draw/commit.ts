import { gradesOn } from '@hengjian/institutions';
import { type Act, field, type Refusal, refuse } from '@hengjian/kernel';
import { commitmentDigest, type DrawCommitment, getChain, toHex } from '@hengjian/transparency';
import { z } from 'zod';
import { checkEntrusted } from '../money/entrustment.ts';
import { checkCapability } from '../task/capability.ts';
import { type DrawRow, ExclusionField, LaboratoryField, SamplerField, teams } from './entity.ts';
import { checkPeople, sealPeople } from './people.ts';
import { type Basis, checkBasis, findBasis } from './preconditions.ts';
import { publishStage } from './publication.ts';
import { checkRandomness, randomnessShape, requirePublishedInTime, roundOf } from './randomness.ts';
import { laboratoriesFor, type Stratum } from './rules.ts';
import { frameOf, isUnchanged, readLeaves } from './sealed.ts';

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
  ...randomnessShape,
});
type CommitInput = z.infer<typeof CommitInput>;

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
  const grades = await gradesOn(
    act.sql,
    input.labs.map(({ id }) => id),
    act.occurredOn,
  );
  const barred = input.labs.findIndex(({ id }) => grades.get(id) === 'D');
  return (
    barred === -1 ||
    refuse(
      'grade-d',
      `“${input.labs[barred]!.name}”的检验工作质量等级为 D，整改验收前不分配任务（令第39号第二十条）。`,
      `${input.labs[barred]!.name} is graded D; it is given no task until its correction is accepted.`,
      `labs.${barred}`,
    )
  );
}

export const frameChanged = refuse(
  'frame-changed',
  '抽样框与冻结时不一致，已被改动；本次抽取不能继续，请作废后重新冻结。',
  'The frame is not the one that was frozen: it was changed. This draw cannot go on; void it and freeze anew.',
);

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
