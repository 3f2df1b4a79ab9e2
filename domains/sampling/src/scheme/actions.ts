import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import type { PlanItem } from '../plan/index.ts';
import { coverageOf } from '../plan/standing.ts';
import { type SchemeRow, schemeFields } from './entity.ts';
import { computeDesign, type Design, isRefusal } from './rules.ts';

const chosen = {
  sampleSize: optional(field.integer('样本量 n', { en: 'Sample size n', min: 1, unit: '件' })),
  acceptance: optional(field.integer('接收数 c', { en: 'Acceptance number c' })),
};
export const SchemeInput = z.strictObject({
  plan: field.reference('年度计划', 'sampling.plan', { en: 'Plan' }),
  product: field.text('产品分类代码', { en: 'Product class', max: 40 }),
  ...schemeFields,
  ...chosen,
});
export const AmendInput = z.strictObject({ ...schemeFields, ...chosen });
export const EndInput = z.strictObject({ reason: field.longText('说明', { en: 'Remark', max: 2000 }) });
type Filled = z.infer<typeof AmendInput>;

/** The design that the officer's figures make, or the sentence that says why they make none. */
export function designOf(filled: Filled): Design | Refusal {
  return computeDesign({
    basis: filled.designBasis,
    n: filled.sampleSize,
    c: filled.acceptance,
    lotSize: filled.lotSize,
    level: filled.level,
    aql: filled.aql,
    severity: filled.severity,
    acceptable: filled.acceptableQuality,
    limiting: filled.limitingQuality,
    nationalRule: filled.nationalRule,
    batches: filled.batches,
    population: filled.population,
    visitCost: filled.visitCost,
    unitPrice: filled.unitPrice,
    testingFee: filled.testingFee,
  });
}

interface PlannedItem {
  year: number;
  item: PlanItem;
}

/** The plan's line for a product, if the plan is our own authority's, approved and filed. */
async function plannedItem(row: SchemeRow, plan: string, product: string, act: Act): Promise<PlannedItem | Refusal> {
  const [found] = await act.sql.query<{
    office: string;
    state: string;
    issuer: string | null;
    year: number;
    items: PlanItem[];
  }>('select office, state, issuer, year, items from sampling.plan where id = $1', [plan]);
  const authority = authorityOf(act.offices, row.office).code;
  if (found === undefined || found.issuer !== null || authorityOf(act.offices, found.office).code !== authority)
    return refuse('plan-unknown', '没有这个本级年度计划。', 'There is no such plan of this office.', 'plan');
  if (found.state !== 'inForce')
    return refuse(
      'plan-not-in-force',
      '年度计划批准并报上一级备案后，才能制定抽查方案。',
      'A scheme follows a plan that is approved and filed with the superior.',
      'plan',
    );
  const item = found.items.find((candidate) => candidate.product === product);
  return item === undefined
    ? refuse('product-not-planned', '年度计划中没有这种产品。', 'The plan does not hold this product.', 'product')
    : { year: found.year, item };
}

/** Batches and money that other schemes take out of the same line of the plan. */
async function taken(
  row: SchemeRow,
  plan: string,
  product: string,
  act: Act,
): Promise<{ batches: number; cost: Decimal }> {
  const [sum] = await act.sql.query<{ batches: number | null; cost: string | null }>(
    `select sum(batches) as batches, sum(cost) as cost from sampling.scheme
     where plan = $1 and product = $2 and id <> $3 and state <> 'withdrawn'`,
    [plan, product, row.id],
  );
  return { batches: Number(sum?.batches ?? 0), cost: new Decimal(sum?.cost ?? 0) };
}

async function checkScheme(
  row: SchemeRow,
  plan: string,
  product: string,
  filled: Filled,
  act: Act,
): Promise<true | Refusal> {
  const planned = await plannedItem(row, plan, product, act);
  if (isRefusal(planned)) return planned;
  if (filled.scheduleUntil < filled.scheduleFrom)
    return refuse('schedule-reversed', '完成日期早于开始日期。', 'It ends before it begins.', 'scheduleUntil');
  if ((filled.licensed ?? 0) > (filled.population ?? filled.licensed ?? 0))
    return refuse(
      'licensed-exceed',
      '获证企业数大于企业总数。',
      'There are more licensed firms than firms.',
      'licensed',
    );
  const design = designOf(filled);
  if (isRefusal(design)) return design;
  const others = await taken(row, plan, product, act);
  const left = planned.item.batches - others.batches;
  if (filled.batches > left)
    return refuse(
      'batches-exceed-plan',
      `计划中“${planned.item.productName}”还剩 ${left} 批次，方案填了 ${filled.batches} 批次。`,
      `The plan has ${left} batches of ${planned.item.productName} left; the scheme asks for ${filled.batches}.`,
      'batches',
    );
  const money = new Decimal(planned.item.budget).minus(others.cost);
  return (
    money.gte(design.cost.total) ||
    refuse(
      'cost-exceeds-budget',
      `费用合计 ${design.cost.total} 元，超出计划剩余经费 ${money.toFixed(2)} 元。`,
      `The cost of ${design.cost.total} yuan is more than the ${money.toFixed(2)} yuan left in the plan.`,
      'batches',
    )
  );
}

async function settle(
  row: SchemeRow,
  plan: string,
  product: string,
  filled: Filled,
  act: Act,
): Promise<Partial<SchemeRow>> {
  const planned = await plannedItem(row, plan, product, act);
  const design = designOf(filled);
  if (isRefusal(planned) || isRefusal(design)) throw new Error('A scheme is settled only after its check.');
  const [known] = await coverageOf([{ ...planned.item, batches: filled.batches }], planned.year, act.sql);
  const { firms, licensed, sampled, share } = known!;
  return {
    coverage: { firms, licensed, sampled, share: share ?? null },
    year: planned.year,
    productName: planned.item.productName,
    budget: planned.item.budget,
    sampleSize: design.n,
    acceptance: design.c,
    costPerBatch: new Decimal(design.cost.perBatch).toFixed(2),
    cost: new Decimal(design.cost.total).toFixed(2),
    design: design as unknown as SchemeRow['design'],
  };
}

export const checkDraft = (row: SchemeRow, input: z.infer<typeof SchemeInput>, act: Act) =>
  checkScheme(row, input.plan, input.product, input, act);
export const settleDraft = (row: SchemeRow, input: z.infer<typeof SchemeInput>, act: Act) =>
  settle(row, input.plan, input.product, input, act);
export const checkAmendment = (row: SchemeRow, input: Filled, act: Act) =>
  checkScheme(row, row.plan, row.product, input, act);

/** What was filled in before and is left out now is gone: the form shows the whole scheme. */
export async function settleAmendment(row: SchemeRow, input: Filled, act: Act): Promise<Partial<SchemeRow>> {
  const emptied = Object.fromEntries(
    Object.keys(schemeFields).map((name) => [name, (input as Record<string, unknown>)[name] ?? null]),
  );
  return { ...emptied, ...(await settle(row, row.plan, row.product, input, act)) };
}

/** No scheme is approved without its OC curve, power and cost, computed anew from what it says. */
export async function checkApproval(row: SchemeRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const stored = row.design as unknown as Design | null;
  if (stored === null || stored.curve.length === 0 || stored.power.length === 0)
    return refuse(
      'design-missing',
      '方案没有抽检特性曲线、检出概率和费用，不能报批。',
      'A scheme without OC curve, power and cost cannot be approved.',
    );
  const anew = designOf(row);
  if (isRefusal(anew)) return anew;
  const same = anew.n === stored.n && anew.c === stored.c && anew.statement.zh === stored.statement.zh;
  if (!same)
    return refuse(
      'design-stale',
      '抽样设计与方案内容不一致，请修改后重新计算。',
      'The stored design does not follow from the scheme; amend it so that it is computed again.',
    );
  return checkScheme(row, row.plan, row.product, row, act);
}
