import { type Act, disclose, field, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { type Review, type RulesRow, rulesFields, SamplingRules } from './entity.ts';
import { checkContent, isJointlyReviewed } from './rules.ts';

export const RulesInput = z.strictObject({
  scheme: field.reference('抽查方案', 'sampling.scheme', { en: 'Scheme' }),
  ...rulesFields,
});
export const AmendInput = z.strictObject(rulesFields);
export const ReviewInput = z.strictObject({
  agrees: field.flag('同意', { en: 'Agrees' }),
  opinion: field.longText('意见', { en: 'Opinion', max: 5000 }),
});
export const ReasonInput = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 2000 }) });

interface SchemeOfRules {
  state: string;
  product: string;
  productName: string;
}

async function findScheme(id: string, act: Act): Promise<SchemeOfRules | undefined> {
  const [scheme] = await act.sql.query<SchemeOfRules>(
    'select state, product, product_name as "productName" from sampling.scheme where id = $1',
    [id],
  );
  return scheme;
}

export async function checkDraft(_row: RulesRow, input: z.infer<typeof RulesInput>, act: Act): Promise<true | Refusal> {
  const scheme = await findScheme(input.scheme, act);
  if (scheme === undefined) return refuse('scheme-unknown', '没有这个抽查方案。', 'There is no such scheme.', 'scheme');
  if (scheme.state !== 'approved')
    return refuse(
      'scheme-unapproved',
      '抽查方案批准后才能制定实施细则。',
      'Detailed rules follow an approved scheme.',
      'scheme',
    );
  return checkContent(input);
}

/** A second draft for the same scheme is its next version. */
export async function settleDraft(
  _row: RulesRow,
  input: z.infer<typeof RulesInput>,
  act: Act,
): Promise<Partial<RulesRow>> {
  const scheme = (await findScheme(input.scheme, act))!;
  const [last] = await act.sql.query<{ version: number | null }>(
    'select max(version) as version from sampling.rules where scheme = $1',
    [input.scheme],
  );
  return { product: scheme.product, productName: scheme.productName, version: (last?.version ?? 0) + 1, reviews: [] };
}

export const checkAmendment = (_row: RulesRow, input: z.infer<typeof AmendInput>): true | Refusal =>
  checkContent(input);

/** Whoever agreed, agreed to the former text: an amendment is reviewed anew. */
export const settleAmendment = (_row: RulesRow, input: z.infer<typeof AmendInput>): Partial<RulesRow> => ({
  minimumStock: input.minimumStock ?? null,
  retestDays: input.retestDays ?? null,
  experts: input.experts ?? null,
  reviews: [],
});

function review(part: Review['part']) {
  return (row: RulesRow, input: z.infer<typeof ReviewInput>, act: Act) => {
    const own: Review = { person: act.actor.person, name: act.actor.name, part, on: act.occurredOn, ...input };
    const reviews = [...row.reviews, own];
    return { reviews, to: isJointlyReviewed(reviews) ? 'reviewed' : 'drafted' };
  };
}
export const reviewAsSupervisor = review('supervision');
export const reviewAsExpert = review('testing');

/** An invited expert reviews in his capacity as expert, whatever other posts he holds. */
export const checkExpert = (_row: RulesRow, _input: unknown, act: Act): true | Refusal =>
  act.actor.role === 'test-expert' ||
  refuse('not-as-expert', '请以检验专家身份评审。', 'Please review in your capacity as test expert.');

export const checkReviewed = (row: RulesRow): true | Refusal =>
  isJointlyReviewed(row.reviews) ||
  refuse(
    'not-reviewed',
    '实施细则须经监管人员和检验专家联合评审同意。',
    'Supervisors and test experts must both have agreed.',
  );

/** Publishes the rules; a former version of the same scheme is superseded, and tasks that are open keep it. */
export async function publishRules(row: RulesRow, _input: unknown, act: Act): Promise<Partial<RulesRow>> {
  const [former] = await act.sql.query<{ id: string; entry: string }>(
    `select id, entry from sampling.rules where scheme = $1 and state = 'published'`,
    [row.scheme],
  );
  const entry = await act.publish({
    kind: 'sampling-rules',
    title: {
      zh: `${row.productName}质量监督抽查实施细则（第${row.version}版）`,
      en: `Detailed rules of supervision sampling: ${row.productName}, version ${row.version}`,
    },
    region: act.offices.get(row.office)!.region,
    subjects: [],
    body: disclose(SamplingRules as unknown as Parameters<typeof disclose>[0], { ...row, publishedOn: act.occurredOn }),
    words: [row.product, ...row.items.map(({ item }) => item)],
    ...(former === undefined ? {} : { replaces: former.entry }),
  });
  if (former !== undefined) {
    await act.perform('sampling.rules', former.id, 'supersede', { reason: `由第${row.version}版替代。` });
    await act.withdraw(former.entry, `由第${row.version}版替代。`, entry);
  }
  return { publishedOn: act.occurredOn, entry };
}
