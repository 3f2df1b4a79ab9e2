import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { publicName } from '@hengjian/subjects';
import { z } from 'zod';
import { inspectionSettings } from '../../../../data/inspections/index.ts';
import type { Item } from '../checklist/entity.ts';
import { checkOfficers, findListed } from '../officer/lifecycle.ts';
import { findMatter, legalCap } from '../plan/lifecycle.ts';
import { firmShape, type Source, sources, type VisitRow } from './entity.ts';

const shape = {
  plan: optional(field.reference('检查计划', 'inspections.plan', { en: 'Plan' })),
  source: field.choice('检查来源', sources, { en: 'Source' }),
  sourceReference: optional(
    field.text('来源编号', {
      en: 'Number of the source',
      max: 100,
      help: {
        zh: '投诉、抽检、案件、应急引起的，填其编号。',
        en: 'Where a complaint, sampling, case or emergency led here: its number.',
      },
    }),
  ),
  matters: field.list('检查事项', field.text('事项', { en: 'Matter', max: 120 }), { en: 'Matters', max: 20 }),
  checklists: field.list('检查表', field.reference('检查表', 'inspections.checklist', { en: 'Checklist' }), {
    en: 'Checklists',
    max: 10,
  }),
  ...firmShape,
  officers: field.list('检查人员', field.identifier('人员', { en: 'Person' }), { en: 'Officers', max: 10 }),
  dueOn: field.date('完成期限', { en: 'Due on' }),
  unannounced: field.flag('不预先通知', { en: 'Unannounced' }),
};

export const Planning = z.strictObject(shape);
export const Assignment = z.strictObject({
  ...shape,
  draw: field.reference('随机抽取', 'inspections.draw', { en: 'Draw' }),
  publicName: field.text('公示名称', { en: 'Public name' }),
});
export const Staffing = z.strictObject({ officers: shape.officers, dueOn: shape.dueOn });
type Planning = z.infer<typeof Planning>;

/** Sources that stand on a plan, and sources that stand on a number of their own. */
const planned: ReadonlySet<Source> = new Set(['random', 'daily', 'campaign', 'covert']);

const isCounted = (source: Source): boolean => inspectionSettings().countedSources.value.includes(source);

/** Visits of the year to a firm for a matter that count towards its cap. */
async function countedVisits(
  sql: Act['sql'],
  wanted: { enterprise: string; matter: string; year: string; except: string },
): Promise<number> {
  const [found] = await sql.query<{ n: number }>(
    `select count(*)::int as n from inspections.visit where enterprise = $1 and counted and matters ? $2 and id <> $4
       and planned_on between $3::date and ($3::date + interval '1 year' - interval '1 day')::date and state not in ('cancelled', 'merged')`,
    [wanted.enterprise, wanted.matter, `${wanted.year}-01-01`, wanted.except],
  );
  return found!.n;
}

async function checkGround(row: VisitRow, input: Planning, act: Act): Promise<true | Refusal> {
  if (!planned.has(input.source))
    return (
      Boolean(input.sourceReference) ||
      refuse(
        'source-missing',
        `“${sources[input.source].zh}”引起的检查，须写明来源编号；不计入年度频次。`,
        `A visit for ${sources[input.source].en} names the number that led to it.`,
        'sourceReference',
      )
    );
  if (!input.plan) return refuse('plan-missing', '须指定已公布的检查计划。', 'It stands on a published plan.', 'plan');
  for (const matter of input.matters) {
    const found = await findMatter(act.sql, input.plan, matter, act.occurredOn);
    if ('code' in found) return found;
    if (!isCounted(input.source)) continue;
    const legal = legalCap(matter);
    const cap = Math.min(found.cap, legal.value);
    const year = act.occurredOn.slice(0, 4);
    const had = await countedVisits(act.sql, { enterprise: input.enterprise, matter, year, except: row.id });
    if (had >= cap)
      return refuse(
        'yearly-cap',
        `“${input.enterpriseName}”${year}年“${matter}”已检查 ${had} 次，年度频次上限为 ${cap} 次（${legal.basis}）。`,
        `${input.enterpriseName} was inspected ${had} times in ${year} for ${matter}; the cap is ${cap}.`,
        'enterprise',
      );
  }
  return true;
}

interface Template {
  id: string;
  code: string;
  matter: string;
  items: Item[];
}

async function findTemplates(sql: Act['sql'], checklists: readonly string[]): Promise<Template[]> {
  return sql.query<Template>(
    `select id, code, matter, items from inspections.checklist where id = any($1::uuid[]) and state = 'published' order by code`,
    [checklists],
  );
}

/** Items of several checklists stand side by side under their codes. */
function joinItems(templates: readonly Pick<Template, 'code' | 'items'>[]): Item[] {
  if (templates.length === 1) return [...templates[0]!.items];
  return templates.flatMap(({ code, items }) => {
    const named = (key: string): string => `${code.slice(0, 20)}.${key}`.slice(0, 64);
    return items.map((item) => ({
      ...item,
      key: named(item.key),
      ...(item.when ? { when: { ...item.when, item: named(item.when.item) } } : {}),
    }));
  });
}

export async function checkPlanning(row: VisitRow, input: Planning, act: Act): Promise<true | Refusal> {
  if (input.matters.length === 0)
    return refuse('no-matters', '没有检查事项。', 'There is no matter to inspect.', 'matters');
  if (input.dueOn < act.occurredOn) return refuse('due-in-past', '完成期限已过。', 'The due date has passed.', 'dueOn');
  const [firm] = await act.sql.query<{ name: string }>(
    'select name from subjects.enterprise where id = $1 and merged_into is null',
    [input.enterprise],
  );
  if (firm?.name !== input.enterpriseName)
    return refuse(
      'firm-unknown',
      '检查对象不在主体库中，或者名称与主体库不一致。',
      'The firm is not in the register under this name.',
      'enterprise',
    );
  const ground = await checkGround(row, input, act);
  if (ground !== true) return ground;
  const templates = await findTemplates(act.sql, input.checklists);
  const without = input.matters.find((matter) => !templates.some((template) => template.matter === matter));
  if (templates.length !== new Set(input.checklists).size || without !== undefined)
    return refuse(
      'checklist-not-in-force',
      without === undefined ? '检查表没有启用或者已被替代。' : `“${without}”没有启用的检查表。`,
      without === undefined ? 'A checklist is not in force.' : `No checklist in force for ${without}.`,
      'checklists',
    );
  return checkStaff(input.matters, input, act);
}

export async function checkStaff(
  matters: readonly string[],
  input: z.infer<typeof Staffing>,
  act: Act,
): Promise<true | Refusal> {
  return checkOfficers(input.officers, await findListed(act.sql, input.officers), {
    matters,
    day: input.dueOn,
    minimum: inspectionSettings().minimumOfficers.value,
  });
}

/** Officers as the bank has them on the day on which they are named. */
export async function staffOf(people: readonly string[], act: Act): Promise<VisitRow['officers']> {
  const listed = await findListed(act.sql, people);
  return people.map((person) => {
    const { name, certificate } = listed.get(person)!;
    return { person, name, certificate };
  });
}

/** Freezes checklist and officers into the visit: a later version does not reach back. */
export async function plan(
  _row: VisitRow,
  input: Planning & { publicName?: string },
  act: Act,
): Promise<Partial<VisitRow>> {
  const [known] = await act.sql.query<Parameters<typeof publicName>[0]>(
    'select kind, name, legal_representative as "legalRepresentative" from subjects.enterprise where id = $1',
    [input.enterprise],
  );
  return {
    items: joinItems(await findTemplates(act.sql, input.checklists)),
    officers: await staffOf(input.officers, act),
    counted: isCounted(input.source),
    plannedOn: act.occurredOn,
    scanned: false,
    publicName: input.publicName ?? publicName(known!),
  };
}

export const TakeOver = z.strictObject({
  matters: shape.matters,
  checklists: shape.checklists,
});

export const Merging = z.strictObject({
  into: field.reference('并入的检查', 'inspections.visit', { en: 'Merge into' }),
});

/** 综合查一次: two visits to one firm become one, before either has begun. */
export async function checkMerging(row: VisitRow, input: z.infer<typeof Merging>, act: Act): Promise<true | Refusal> {
  const [other] = await act.sql.query<{ enterprise: string; state: string; office: string }>(
    'select enterprise, state, office from inspections.visit where id = $1',
    [input.into],
  );
  if (input.into === row.id || other?.enterprise !== row.enterprise)
    return refuse('other-firm', '只能合并对同一企业的检查。', 'Only visits to the same firm are merged.', 'into');
  if (row.draw)
    return refuse(
      'drawn-stays',
      '随机抽取的检查不能并掉，请把另一次并入它。',
      'A visit that was drawn stays; merge the other one into it.',
      'into',
    );
  return (
    other.state === 'planned' ||
    other.state === 'approved' ||
    refuse('already-begun', '对方检查已经开始。', 'The other visit has begun.', 'into')
  );
}

export async function merge(row: VisitRow, input: z.infer<typeof Merging>, act: Act): Promise<Partial<VisitRow>> {
  await act.perform('inspections.visit', input.into, 'takeOver', {
    matters: row.matters,
    checklists: row.checklists,
  });
  return { mergedInto: input.into };
}

export async function takeOver(row: VisitRow, input: z.infer<typeof TakeOver>, act: Act): Promise<Partial<VisitRow>> {
  const checklists = [...new Set([...row.checklists, ...input.checklists])];
  return {
    matters: [...new Set([...row.matters, ...input.matters])],
    checklists,
    items: joinItems(await findTemplates(act.sql, checklists)),
  };
}
