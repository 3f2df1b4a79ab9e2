import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { checkEntry } from '../quality/rules.ts';
import { Enterprise, type EnterpriseRow, type Facts, factNames, facts, statuses } from './entity.ts';
import { isSame, knownVersions, type Plan, planAmendment, planCorrection, writePlan } from './history.ts';
import { holdersOf, readEnterprise } from './reading.ts';
import { readCapital } from './written.ts';

const reason = field.longText('理由和依据', { en: 'Reason', max: 2_000 });
const effectiveOn = field.date('自何日起', {
  en: 'True since',
  help: { zh: '变化实际发生的日期，不是登记的日期。', en: 'The day of the change itself, not of its entry.' },
});

/** Every fact, each of which may be left as it is. */
const anyFact = { ...facts, name: facts.name.optional(), kind: facts.kind.optional(), status: facts.status.optional() };

export const registerInput = z.strictObject({
  ...facts,
  status: facts.status.optional(),
  source: optional(field.text('资料来源', { en: 'Source' })),
  sourceKey: optional(field.text('来源编号', { en: 'Number at the source' })),
  effectiveOn: optional(effectiveOn),
});
export const amendInput = z.strictObject({ ...anyFact, effectiveOn, reason });
export const correctInput = z.strictObject({ ...anyFact, reason });
export const followInput = z.strictObject({
  ...anyFact,
  effectiveOn,
  reason,
  source: field.text('资料来源', { en: 'Source' }),
  sourceMarks: field.json('来源比对标记', { en: 'Marks' }),
});
export const closeInput = z.strictObject({
  status: field.choice(
    '去向',
    { moved: statuses.moved, closed: statuses.closed, cancelled: statuses.cancelled },
    { en: 'What became of it' },
  ),
  effectiveOn,
  reason,
});
export const reopenInput = z.strictObject({
  status: field.choice('经营状况', { operating: statuses.operating, suspended: statuses.suspended }, { en: 'Status' }),
  effectiveOn,
  reason,
});
export const mergeInput = z.strictObject({
  survivor: field.reference('保留哪一户', Enterprise.name, { en: 'Which one stays' }),
  reason,
});
export const absorbInput = z.strictObject({
  other: field.reference('并入的主体', Enterprise.name, { en: 'Merged entity' }),
  aliases: facts.aliases,
});
export const reasonInput = z.strictObject({ reason });

/** Conditions of an officer's own entry: the code is right and nobody else's, places and industries exist, no day lies ahead. */
export async function checkFacts(
  row: EnterpriseRow,
  input: Partial<Facts> & { effectiveOn?: string | null },
  act: Act,
): Promise<true | Refusal> {
  if (input.effectiveOn && input.effectiveOn > act.today)
    return refuse(
      'effective-in-future',
      '起始日不能晚于今天；将来的变化请到当日再登记。',
      'It cannot be true since a day that has not come.',
      'effectiveOn',
    );
  const sound = checkEntry(input, act.today);
  if (sound !== true || !input.creditCode) return sound;
  const code = input.creditCode.toUpperCase();
  // Two officers who enter the same code at once stand in line here until the first one's transaction has ended.
  await act.sql.query('select pg_advisory_xact_lock(hashtext($1))', [`subjects.enterprise/${code}`]);
  const holder = (await holdersOf(act.sql, [code])).find(({ id }) => id !== row.id);
  if (holder === undefined) return true;
  const office = act.offices.get(holder.office)?.label;
  return refuse(
    'credit-code-held',
    `统一社会信用代码${code}已由“${holder.name}”使用（${office?.zh ?? holder.office}登记）。`,
    `The code ${code} belongs to "${holder.name}", entered at ${office?.en ?? holder.office}.`,
    'creditCode',
  );
}

export function register(_row: EnterpriseRow, input: z.infer<typeof registerInput>, act: Act): Partial<EnterpriseRow> {
  return {
    ...derived(input),
    status: input.status ?? 'operating',
    source: input.source ?? '工作人员登记',
    effectiveOn: input.effectiveOn ?? act.occurredOn,
    recordedOn: act.today,
  };
}

/** The facts named in an input, with what follows from them. */
function derived(input: Partial<Facts>): Partial<Facts> {
  const named = Object.fromEntries(
    factNames
      .filter((name) => Object.hasOwn(input, name) && input[name] !== undefined)
      .map((name) => [name, input[name]]),
  ) as Partial<Facts>;
  if (named.creditCode) named.creditCode = named.creditCode.toUpperCase();
  if (named.registeredCapital !== undefined) {
    const capital = named.registeredCapital ? readCapital(named.registeredCapital) : undefined;
    named.capitalAmount = capital?.amount ?? null;
    named.capitalCurrency = capital?.currency ?? null;
  }
  return named;
}

/**
 * The handler of a change in the world, under the name of its action: what was true before stays true of its time. An old name
 * becomes an alias.
 */
export function amendAs(action: string) {
  return async (
    row: EnterpriseRow,
    input: Partial<Facts> & { effectiveOn: string; reason: string },
    act: Act,
  ): Promise<Partial<EnterpriseRow>> => {
    const changes = derived(input);
    if (changes.name !== undefined && changes.name !== row.name && changes.aliases === undefined)
      changes.aliases = [...new Set([...(row.aliases ?? []), row.name])].filter((name) => name !== changes.name);
    return apply(
      row,
      planAmendment(await knownVersions(act.sql, row.id), input.effectiveOn, changes),
      changes,
      input.reason,
      action,
      act,
    );
  };
}

/** A mistake of entry: what stands in the register was never true. */
export async function correct(
  row: EnterpriseRow,
  input: Partial<Facts> & { reason: string },
  act: Act,
): Promise<Partial<EnterpriseRow>> {
  const changes = derived(input);
  return apply(
    row,
    planCorrection(await knownVersions(act.sql, row.id), changes),
    changes,
    input.reason,
    'correct',
    act,
  );
}

async function apply(
  row: EnterpriseRow,
  plan: Plan,
  changes: Partial<Facts>,
  reason: string,
  action: string,
  act: Act,
): Promise<Partial<EnterpriseRow>> {
  if (plan.added.length === 0)
    throw act.problem(
      'nothing-changed',
      '填写的内容与现有资料相同，没有可以变更的。',
      'What was entered is the same as before; there is nothing to change.',
    );
  await writePlan(act.sql, row, plan, { on: act.today, action, reason });
  const now = Object.fromEntries(
    Object.keys(changes).map((name) => {
      const [held, next] = [row[name as keyof Facts], plan.now.fields[name as keyof Facts] ?? null];
      return [name, isSame(held, next) ? held : next];
    }),
  );
  return { ...now, effectiveOn: plan.now.from, recordedOn: act.today };
}

export async function checkSurvivor(
  row: EnterpriseRow,
  input: z.infer<typeof mergeInput>,
  act: Act,
): Promise<true | Refusal> {
  if (input.survivor === row.id)
    return refuse('same-enterprise', '不能并入自己。', 'An entity cannot be merged into itself.', 'survivor');
  const survivor = await readEnterprise(act.sql, input.survivor);
  return (
    survivor.state === 'registered' ||
    survivor.state === 'closed' ||
    refuse(
      'survivor-gone',
      '保留的那一户已经作废或者并入别户。',
      'The entity to keep is itself void or merged.',
      'survivor',
    )
  );
}

/** Points the duplicate to the one that stays, which takes over its names; the records of both are read together from then on. */
export async function merge(
  row: EnterpriseRow,
  input: z.infer<typeof mergeInput>,
  act: Act,
): Promise<Partial<EnterpriseRow>> {
  const survivor = await readEnterprise(act.sql, input.survivor);
  const aliases = [...new Set([...(survivor.aliases ?? []), row.name, ...(row.aliases ?? [])])].filter(
    (name) => name !== survivor.name,
  );
  await act.perform(Enterprise.name, survivor.id, 'absorb', { other: row.id, aliases });
  return { mergedInto: survivor.id };
}

export async function absorb(
  row: EnterpriseRow,
  input: z.infer<typeof absorbInput>,
  act: Act,
): Promise<Partial<EnterpriseRow>> {
  const changes: Partial<Facts> = { aliases: input.aliases ?? [] };
  if (isSame(row.aliases ?? [], changes.aliases)) return { aliases: row.aliases };
  const plan = planAmendment(await knownVersions(act.sql, row.id), act.occurredOn, changes);
  return apply(row, plan, changes, '并入重复登记的主体', 'absorb', act);
}

/** Only an entry that nothing hangs on can be void; a duplicate that has records is merged instead. */
export async function checkUnused(row: EnterpriseRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const [used] = await act.sql.query<{ yes: boolean }>('select subjects.is_referred_to($1::uuid) as yes', [row.id]);
  return (
    !used!.yes ||
    refuse(
      'has-records',
      '这个主体已有业务记录，不能作废；重复登记的请“并入他户”。',
      'There are records about this entity; merge a duplicate instead.',
    )
  );
}
