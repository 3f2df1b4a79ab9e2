import { type Act, field, type Paper, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { type Basis, checkBasis, findBasis } from '../draw/preconditions.ts';
import { checkEntrusted } from '../money/entrustment.ts';
import { kindRule, type PlanKind, planKinds, type Regime } from '../plan/index.ts';
import { type TargetingRow, targetingFields } from './entity.ts';

export const TargetingInput = z.strictObject({
  scheme: field.reference('抽查方案', 'sampling.scheme', { en: 'Scheme' }),
  rules: field.reference('实施细则', 'sampling.rules', { en: 'Detailed rules' }),
  ...targetingFields,
});
type TargetingInput = z.infer<typeof TargetingInput>;
export const ReasonInput = z.strictObject({ reason: field.longText('撤回理由', { en: 'Why', max: 2000 }) });

async function kindOf(scheme: string, act: Act): Promise<{ kind: PlanKind; regime: Regime }> {
  const [plan] = await act.sql.query<{ kind: PlanKind; regime: Regime }>(
    'select p.kind, p.regime from sampling.scheme s join sampling.plan p on p.id = s.plan where s.id = $1',
    [scheme],
  );
  return plan!;
}

/** Batches of the scheme that neither draws nor other lists have taken. */
async function batchesLeft(basis: Basis, input: { scheme: string }, row: TargetingRow, act: Act): Promise<number> {
  const [taken] = await act.sql.query<{ n: number | null }>(
    `select coalesce((select sum((sizes ->> 'drawn')::integer) from sampling.draw where scheme = $1 and state <> 'voided'), 0)
       + coalesce((select sum(jsonb_array_length(targets)) from sampling.targeting where scheme = $1 and id <> $2 and state <> 'withdrawn'), 0) as n`,
    [input.scheme, row.id],
  );
  return basis.batches - Number(taken!.n ?? 0);
}

/** Only kinds that answer to something may name firms; ordinary supervision draws them at random (order 18 art. 15). */
export async function checkTargets(row: TargetingRow, input: TargetingInput, act: Act): Promise<true | Refusal> {
  const basis = await findBasis(input.scheme, input.rules, act);
  const sound = checkBasis(basis, { office: row.office, scheme: input.scheme }, ['published'], act.offices);
  if (sound !== true || basis === undefined) return sound;
  const { kind, regime } = await kindOf(input.scheme, act);
  if (!kindRule(regime, kind).mayNameFirms)
    return refuse(
      'drawn-at-random',
      `“${planKinds[kind].zh}”的被抽样单位应当随机抽取（第十五条），不得直接确定。`,
      `Firms of "${planKinds[kind].en}" are drawn at random (art. 15); none is named.`,
      'scheme',
    );
  if (input.targets.length === 0)
    return refuse('nobody-named', '名单中没有被抽样单位。', 'The list names no firm.', 'targets');
  if (new Set(input.targets.map(({ enterprise }) => enterprise)).size !== input.targets.length)
    return refuse('named-twice', '同一单位在名单中出现了两次。', 'A firm is named twice.', 'targets');
  if (new Set(input.samplers.map(({ person }) => person)).size < 2)
    return refuse(
      'two-samplers',
      '抽样人员不得少于两人（第十六条）。',
      'At least two samplers are needed (art. 16).',
      'samplers',
    );
  if (input.dueOn < act.occurredOn) return refuse('due-in-past', '完成期限已过。', 'The due date has passed.', 'dueOn');
  const entrusted = await checkEntrusted(act, row.office, basis.product, [
    { work: 'sampling', bodies: [input.samplingBody], path: 'samplingBody' },
    { work: 'testing', bodies: [input.lab], path: 'lab' },
  ]);
  if (entrusted !== true) return entrusted;
  const left = await batchesLeft(basis, input, row, act);
  return (
    input.targets.length <= left ||
    refuse(
      'targets-exceed-scheme',
      `方案还剩 ${left} 批次，名单有 ${input.targets.length} 家。`,
      `The scheme has ${left} batches left; the list names ${input.targets.length}.`,
      'targets',
    )
  );
}

export async function settleTargets(
  _row: TargetingRow,
  input: TargetingInput,
  act: Act,
): Promise<Partial<TargetingRow>> {
  const { product, productName } = (await findBasis(input.scheme, input.rules, act))!;
  const { kind } = await kindOf(input.scheme, act);
  return { product, productName, planKind: kind };
}

export const checkApproval = (row: TargetingRow, _input: unknown, act: Act) =>
  checkTargets(row, row as unknown as TargetingInput, act);

/** One task for each firm named; what is drawn publicly says nothing of them. */
export async function assignTargets(row: TargetingRow, _input: unknown, act: Act): Promise<Partial<TargetingRow>> {
  for (const [index, { enterprise, name, code, region }] of row.targets.entries())
    await act.create('sampling.task', 'assign', {
      targeting: row.id,
      scheme: row.scheme,
      rules: row.rules,
      sequence: index + 1,
      stratum: '定向',
      isReserve: false,
      enterprise,
      enterpriseName: name,
      enterpriseCode: code ?? null,
      enterpriseRegion: region,
      product: row.product,
      productName: row.productName,
      samplers: row.samplers,
      samplingBody: row.samplingBody,
      lab: row.lab,
      dueOn: row.dueOn,
    });
  return { assignedOn: act.occurredOn };
}

/** 定向抽样审批单: who is named and why. */
export const targetingPaper = (row: TargetingRow): Paper => ({
  template: 'targeting',
  title: `${row.productName}${planKinds[row.planKind].zh}定向名单`,
  content: {
    name: row.name,
    ground: row.ground,
    tables: [{ columns: ['被抽样单位', '理由'], rows: row.targets.map(({ name, reason }) => [name, reason]) }],
    closing: '定向确定的样品不具代表性，其不合格率不代表总体质量。',
  },
});
