import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { type Duplicate, PlanItem, type PlanLevel, type PlanRow, planKinds, regimes } from './entity.ts';
import {
  barredBySuperior,
  checkGround,
  checkItems,
  duplicatesIn,
  levelOfRegion,
  type OtherPlan,
  totalsOf,
} from './rules.ts';
import { coverageOf, firmDuplicatesOf } from './standing.ts';

export const PlanInput = z.strictObject({
  year: field.integer('年度', { en: 'Year', min: 2000, max: 2100 }),
  name: field.text('计划名称', { en: 'Name' }),
  kind: field.choice('抽查类型', planKinds, { en: 'Kind' }),
  regime: optional(
    field.choice('适用规定', regimes, {
      en: 'Governed by',
      help: { zh: '不填为产品质量监督抽查。', en: 'Product quality when left out.' },
    }),
  ),
  ground: optional(field.longText('开展依据', { en: 'Ground', max: 2000 })),
  items: field.list('抽查产品', PlanItem, { en: 'Products', max: 1000 }),
});
type PlanInput = z.infer<typeof PlanInput>;

export const SuperiorInput = PlanInput.extend({
  level: field.choice(
    '层级',
    {
      national: { zh: '国家级', en: 'National' },
      provincial: { zh: '省级', en: 'Provincial' },
      city: { zh: '市级', en: 'City' },
    },
    { en: 'Level' },
  ),
  issuer: field.text('制定机关', { en: 'Issued by' }),
});

export const FilingInput = z.strictObject({
  filedUpward: field.date('报备日期', { en: 'Filed on' }),
  filedWith: field.text('备案机关', { en: 'Filed with' }),
  filingNumber: field.text('备案文号', { en: 'Filing number' }),
});

export const ReasonInput = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 2000 }) });
export const CompleteInput = z.strictObject({ reason: optional(field.longText('说明', { en: 'Remark', max: 2000 })) });

/** The other plans of the year that this planner may see: own, lower, and superiors' that were told downward. */
async function otherPlans(row: PlanRow, year: number, regime: string, act: Act): Promise<OtherPlan[]> {
  const rows = await act.sql.query<{
    id: string;
    name: string;
    level: PlanLevel;
    issuer: string | null;
    office: string;
    products: string[];
  }>(
    `select id, name, level, issuer, office, array(select item ->> 'product' from jsonb_array_elements(items) as item) as products
     from sampling.plan where year = $1 and id <> $2 and regime = $3 and state in ('approved', 'inForce', 'completed') order by name`,
    [year, row.id, regime],
  );
  return rows.map(({ office, issuer, ...plan }) => ({
    ...plan,
    issuer: issuer ?? act.offices.get(office)?.label.zh ?? office,
  }));
}

async function findDuplicates(
  row: PlanRow,
  plan: Pick<PlanInput, 'year' | 'items' | 'regime'>,
  act: Act,
): Promise<Duplicate[]> {
  const level = levelOfRegion(act.offices.get(row.office)!.region);
  return duplicatesIn(plan.items, level, await otherPlans(row, plan.year, plan.regime ?? 'product', act));
}

/** What is planned and sampled elsewhere, by product and by firm, and how many licensed producers can be reached. */
const standingOf = async (row: PlanRow, plan: Pick<PlanInput, 'year' | 'items' | 'regime'>, act: Act) => ({
  duplicates: await findDuplicates(row, plan, act),
  firmDuplicates: await firmDuplicatesOf(row, plan.items, act),
  coverage: await coverageOf(plan.items, plan.year, act.sql),
});

export const checkPlan = (_row: PlanRow, input: PlanInput): true | Refusal => checkItems(input.items);

/** Totals, level and what is planned elsewhere: duplicates are a warning while the plan is drafted. */
export async function settlePlan(row: PlanRow, input: PlanInput, act: Act): Promise<Partial<PlanRow>> {
  return {
    ...totalsOf(input.items),
    ...(await standingOf(row, input, act)),
    regime: input.regime ?? 'product',
    ground: input.ground ?? null,
    level: levelOfRegion(act.offices.get(row.office)!.region),
    subordinates: row.subordinates ?? [],
  };
}

/** Nothing that a superior samples is approved a second time (产品质量法 art. 15(2)); an exempt kind names its ground. */
export async function checkNoDuplication(row: PlanRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const grounded = checkGround(row.regime, row.kind, row.ground);
  if (grounded !== true) return grounded;
  const barred = barredBySuperior(row.regime, row.kind, await findDuplicates(row, row, act));
  if (barred.length === 0) return true;
  const zh = barred.map(({ productName, plan }) => `“${productName}”已列入上级的《${plan}》`).join('；');
  const en = barred.map(({ productName, plan }) => `${productName} is in the superior's plan ${plan}`).join('; ');
  return refuse('duplicates-superior', `${zh}，不得另行重复抽查。`, `${en}; it may not be sampled again.`);
}

/** Approval tells every bureau below, so that none plans the same product again. */
export async function approvePlan(row: PlanRow, _input: unknown, act: Act): Promise<Partial<PlanRow>> {
  const bureau = authorityOf(act.offices, row.office);
  const below = [...act.offices.values()].filter(
    ({ code, kind, place }) => kind === 'bureau' && code !== bureau.code && place.includes(bureau.code),
  );
  return {
    approvedOn: act.occurredOn,
    subordinates: below.map(({ code }) => code),
    ...(await standingOf(row, row, act)),
  };
}

export function checkFiling(row: PlanRow, input: z.infer<typeof FilingInput>, act: Act): true | Refusal {
  if (input.filedUpward > act.occurredOn)
    return refuse(
      'filed-in-future',
      '报备日期不能晚于今天。',
      'It cannot have been filed in the future.',
      'filedUpward',
    );
  return (
    (row.approvedOn ?? '') <= input.filedUpward ||
    refuse('filed-before-approval', '报备日期早于批准日期。', 'It was filed before it was approved.', 'filedUpward')
  );
}

/** Registers what a superior plans and told us on paper; it only stands against duplication. */
export const settleSuperior = (_row: PlanRow, input: z.infer<typeof SuperiorInput>): Partial<PlanRow> => ({
  ...totalsOf(input.items),
  regime: input.regime ?? 'product',
  duplicates: [],
  firmDuplicates: [],
  coverage: [],
  subordinates: [],
});

export function checkSuperior(row: PlanRow, input: z.infer<typeof SuperiorInput>, act: Act): true | Refusal {
  const levels = ['national', 'provincial', 'city', 'county'];
  const own = levelOfRegion(act.offices.get(row.office)!.region);
  if (levels.indexOf(input.level) >= levels.indexOf(own))
    return refuse('not-superior', '只登记上级机关的计划。', 'Only plans of a superior are registered.', 'level');
  return checkItems(input.items);
}

/** A plan ends when none of its schemes is under way. */
export async function checkSchemesEnded(row: PlanRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const [open] = await act.sql.query<{ n: number }>(
    `select count(*) as n from sampling.scheme where plan = $1 and state in ('drafted', 'approved')`,
    [row.id],
  );
  const n = Number(open!.n);
  return (
    n === 0 || refuse('schemes-open', `还有 ${n} 个抽查方案没有办结。`, `${n} schemes of this plan have not ended.`)
  );
}
