import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import type { Allocation } from '../scheme/allocation.ts';
import { allocateStrata, checkAllocated } from './allocating.ts';
import { AllocationField, type DrawRow, StratumField, WeightField } from './entity.ts';
import { countDirectory, hideFirms, readFirms, storeFrame } from './frame.ts';
import { checkBasis, findBasis } from './preconditions.ts';
import { type Arrangement, arrangeFrame } from './rules.ts';

export const FreezeInput = z.strictObject({
  scheme: field.reference('抽查方案', 'sampling.scheme', { en: 'Scheme' }),
  rules: field.reference('实施细则', 'sampling.rules', { en: 'Detailed rules' }),
  name: field.text('抽取名称', {
    en: 'Name',
    help: { zh: '将公开，不得含企业名称。', en: 'It will be public; name no firm.' },
  }),
  strata: field.list('分层', StratumField, { en: 'Strata', max: 500 }),
  allocation: optional(
    field.object('样本分配', AllocationField, {
      en: 'Allocation',
      help: {
        zh: '填写后，各层样本量须与该方法的结果一致。',
        en: 'The sample sizes must then be those of the method.',
      },
    }),
  ),
  weightRules: field.list('权重规则', WeightField, { en: 'Weight rules', max: 20 }),
  checkedSince: field.date('名录须于此日后核查', { en: 'Directory checked since' }),
  staleReason: optional(
    field.longText('使用未核查名录的理由', { en: 'Reason for using what was not checked', max: 2000 }),
  ),
  hash: optional(field.choice('哈希算法', { sha256: 'SHA-256', sm3: 'SM3' }, { en: 'Hash' })),
  replaces: optional(field.reference('替代的作废抽取', 'sampling.draw', { en: 'Void draw that it repeats' })),
});
type FreezeInput = z.infer<typeof FreezeInput>;

async function checkReplaced(input: FreezeInput, act: Act): Promise<true | Refusal> {
  if (!input.replaces) return true;
  const [former] = await act.sql.query<{ state: string; scheme: string; digest: string | null }>(
    'select state, scheme, commitment_digest as digest from sampling.draw where id = $1',
    [input.replaces],
  );
  return (
    (former?.state === 'voided' && former.scheme === input.scheme && former.digest !== null) ||
    refuse(
      'replaces-nothing-void',
      '只能替代同一方案中已公布承诺后作废的抽取。',
      'Only a committed and void draw of the same scheme is repeated.',
      'replaces',
    )
  );
}

/** Places that other draws of the scheme have taken of its batches. */
async function drawnOf(scheme: string, row: DrawRow, act: Act): Promise<number> {
  const [sum] = await act.sql.query<{ n: number | null }>(
    `select sum((sizes ->> 'drawn')::integer) as n from sampling.draw where scheme = $1 and id <> $2 and state <> 'voided'`,
    [scheme, row.id],
  );
  return Number(sum?.n ?? 0);
}

/** Roles that the strata ask for; null when one of them asks for all. */
function rolesOf({ strata }: Pick<FreezeInput, 'strata'>): string[] | null {
  const asked = strata.map(({ roles }) => roles ?? []);
  return asked.some((roles) => roles.length === 0) ? null : [...new Set(asked.flat())];
}

async function allocationOf(input: FreezeInput, product: string, act: Act): Promise<Allocation | Refusal | null> {
  if (!input.allocation) return null;
  const { firms } = await readFirms(act.sql, product, rolesOf(input));
  const total = input.strata.reduce((sum, { sample }) => sum + sample, 0);
  return allocateStrata(act.sql, {
    ...input.allocation,
    total,
    product,
    firms,
    strata: input.strata,
    day: act.occurredOn,
  });
}

async function arrange(input: FreezeInput, product: string, act: Act): Promise<Arrangement | Refusal> {
  const { firms, unregistered } = await readFirms(act.sql, product, rolesOf(input));
  if (unregistered.length > 0)
    return refuse(
      'firm-unregistered',
      `名录中有 ${unregistered.length} 家企业在主体库中找不到（如“${unregistered[0]}”）。`,
      `${unregistered.length} firms of the directory are not in the register (${unregistered[0]}, for one).`,
    );
  return arrangeFrame(firms, input.strata, input.weightRules);
}

export async function checkFreeze(row: DrawRow, input: FreezeInput, act: Act): Promise<true | Refusal> {
  const basis = await findBasis(input.scheme, input.rules, act);
  const sound = checkBasis(basis, { office: row.office, scheme: input.scheme }, ['published'], act.offices);
  if (sound !== true || basis === undefined) return sound;
  const replaced = await checkReplaced(input, act);
  if (replaced !== true) return replaced;
  const wanted = input.strata.reduce((sum, { sample }) => sum + sample, 0);
  const left = basis.batches - (await drawnOf(input.scheme, row, act));
  if (wanted > left)
    return refuse(
      'draws-exceed-scheme',
      `方案还剩 ${left} 批次可抽，各层样本量合计 ${wanted}。`,
      `The scheme has ${left} batches left; the samples add up to ${wanted}.`,
      'strata',
    );
  const count = await countDirectory(act.sql, basis.product, input.checkedSince, rolesOf(input));
  if (count.stale > 0 && !input.staleReason)
    return refuse(
      'directory-stale',
      `名录中有 ${count.stale} 家企业在 ${input.checkedSince} 之后没有核查过；请先核查，或写明理由。`,
      `${count.stale} firms of the directory were not checked since ${input.checkedSince}; check them, or say why not.`,
      'checkedSince',
    );
  const arrangement = await arrange(input, basis.product, act);
  if ('code' in arrangement) return arrangement;
  const allocation = await allocationOf(input, basis.product, act);
  if (allocation === null) return true;
  return 'code' in allocation ? allocation : checkAllocated(allocation, input.strata);
}

/** Freezes the frame: every firm behind a salted leaf of its own; from here on nobody can change it unseen. */
export async function freezeFrame(row: DrawRow, input: FreezeInput, act: Act): Promise<Partial<DrawRow>> {
  const basis = (await findBasis(input.scheme, input.rules, act))!;
  const arrangement = await arrange(input, basis.product, act);
  if ('code' in arrangement) throw act.problem(arrangement.code, arrangement.zh, arrangement.en);
  const hash = input.hash ?? 'sha256';
  const hidden = hideFirms(arrangement.placed, hash);
  await storeFrame(act.sql, row.id, arrangement.placed, hidden);
  const count = await countDirectory(act.sql, basis.product, input.checkedSince, rolesOf(input));
  const { strata } = arrangement;
  const allocation = await allocationOf(input, basis.product, act);
  return {
    allocation: allocation as unknown as DrawRow['allocation'],
    product: basis.product,
    productName: basis.productName,
    hash,
    strata: strata as unknown as DrawRow['strata'],
    sizes: {
      frame: arrangement.placed.length,
      drawn: strata.reduce((sum, { sample }) => sum + sample, 0),
      reserves: strata.reduce((sum, { size, sample, reserves }) => sum + Math.min(reserves, size - sample), 0),
    },
    frameRoot: hidden.root,
    freshness: { ...count, checkedSince: input.checkedSince, staleReason: input.staleReason ?? null },
  };
}
