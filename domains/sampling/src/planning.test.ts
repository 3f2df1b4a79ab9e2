import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, approvedScheme, type Bureau, openBureau, planInForce, planInput, product, productName, rulesFor, rulesInput, schemeInput } from './planning-fixture.ts';

let bureau: Bureau;
let plan: string;
const state = async (actor: Actor, table: string, id: string) => (await bureau.rows<{ state: string }>(actor, `select state from sampling.${table} where id = $1`, [id]))[0]?.state;

beforeAll(async () => {
  bureau = await openBureau();
  plan = await planInForce(bureau);
});
afterAll(() => bureau.kernel.close());

describe('年度计划', () => {
  it('has exact totals and its number, and is in force once approved and filed upward', async () => {
    const [row] = await bureau.rows(bureau.planner, 'select p.*, r.number from sampling.plan p join kernel.record r using (id) where id = $1', [plan]);
    expect(row).toMatchObject({ state: 'inForce', level: 'provincial', batches: 50, budget: '150000.10', approved_on: '2023-08-23', number: '湘市监抽检计〔2023〕1号' });
    expect(row!.subordinates).toEqual(['4301', '430102']);
  });

  it('is drafted and amended by the planner alone, and nobody signs his own', async () => {
    const { act, planner, organiser, chief, expert } = bureau;
    for (const actor of [organiser, chief, expert])
      await expect(act(actor, 'sampling.plan', 'draft', planInput)).rejects.toMatchObject({ code: /not-your/ as never });
    const { record } = await act(planner, 'sampling.plan', 'draft', { ...planInput, kind: 'special', items: [{ product: 'P201', productName: '电线', batches: 1, budget: '1' }] });
    await act(planner, 'sampling.plan', 'amend', { ...planInput, kind: 'special', items: [{ product: 'P202', productName: '水泥', batches: 7, budget: '0.1' }] }, record);
    expect((await bureau.rows(planner, 'select batches, budget from sampling.plan where id = $1', [record]))[0]).toEqual({ batches: 7, budget: '0.10' });
    await expect(act(planner, 'sampling.plan', 'fileUpward', { filedUpward: '2023-08-23', filedWith: '总局', filingNumber: '1' }, record)).rejects.toMatchObject({ code: 'not-allowed-now' });
    await act(planner, 'sampling.plan', 'withdraw', { reason: '重新编制' }, record);
  });

  it('cannot have been filed before its approval, or tomorrow', async () => {
    const { act, planner } = bureau;
    const { record } = await act(planner, 'sampling.plan', 'draft', { ...planInput, kind: 'emergency' });
    await bureau.approve(planner, 'sampling.plan', 'submit', record);
    for (const [filedUpward, code] of [['2023-08-22', 'filed-before-approval'], ['2023-08-24', 'filed-in-future']])
      await expect(act(planner, 'sampling.plan', 'fileUpward', { filedUpward, filedWith: '总局', filingNumber: '1' }, record)).rejects.toMatchObject({ code });
  });

  it('shows a city what the province samples, and stops the city from sampling it again (产品质量法第十五条第二款)', async () => {
    const { act, cityPlanner } = bureau;
    const input = { ...planInput, name: '2023年长沙市计划', items: [{ product, productName, batches: 5, budget: '100' }, { product: 'P999', productName: '其他', batches: 1, budget: '1' }] };
    const { record } = await act(cityPlanner, 'sampling.plan', 'draft', input);
    const [row] = await bureau.rows<{ level: string; duplicates: { relation: string; plan: string }[] }>(cityPlanner, 'select level, duplicates from sampling.plan where id = $1', [record]);
    expect(row).toMatchObject({ level: 'city', duplicates: [{ relation: 'superior', plan: '2023年省级监督抽查计划', issuer: '湖南省市场监督管理局' }, { relation: 'superior' }] });
    await expect(act(cityPlanner, 'sampling.plan', 'submit', {}, record)).rejects.toMatchObject({ code: 'duplicates-superior' });
    await act(cityPlanner, 'sampling.plan', 'amend', { ...input, kind: 'linked' }, record);
    expect((await act(cityPlanner, 'sampling.plan', 'submit', {}, record)).sheet).not.toBeNull();
  });

  it("registers a superior's plan that came on paper, which bars its products and carries no scheme", async () => {
    const { act, planner } = bureau;
    const superior = { ...planInput, year: 2024, name: '2024年国家监督抽查计划', level: 'national', issuer: '国家市场监督管理总局', items: [{ product: 'P301', productName: '电动机', batches: 3, budget: '0' }] };
    await expect(act(bureau.cityPlanner, 'sampling.plan', 'registerSuperior', { ...superior, level: 'city' })).rejects.toMatchObject({ code: 'not-superior' });
    const { record: national } = await act(planner, 'sampling.plan', 'registerSuperior', superior);
    const { record } = await act(planner, 'sampling.plan', 'draft', { ...planInput, year: 2024, items: superior.items });
    await expect(act(planner, 'sampling.plan', 'submit', {}, record)).rejects.toMatchObject({ code: 'duplicates-superior' });
    await expect(act(planner, 'sampling.scheme', 'draft', { ...schemeInput(national), product: 'P301' })).rejects.toMatchObject({ code: 'plan-unknown' });
  });

  it('does not complete while a scheme is under way', async () => {
    const own = await planInForce(bureau, { ...planInput, kind: 'follow-up' });
    const scheme = await approvedScheme(bureau, own);
    await expect(bureau.act(bureau.planner, 'sampling.plan', 'complete', {}, own)).rejects.toMatchObject({ code: 'schemes-open' });
    await bureau.act(bureau.planner, 'sampling.scheme', 'end', { reason: '全部办结' }, scheme);
    expect(await bureau.act(bureau.planner, 'sampling.plan', 'complete', {}, own)).toMatchObject({ state: 'completed' });
  });
});

describe('抽查方案', () => {
  const draft = (more: Record<string, unknown>, from = plan) => bureau.act(bureau.planner, 'sampling.scheme', 'draft', { ...schemeInput(from), ...more });

  it('needs a plan that is approved and filed, and a product of it', async () => {
    const { record } = await bureau.act(bureau.planner, 'sampling.plan', 'draft', planInput);
    await expect(draft({}, record)).rejects.toMatchObject({ code: 'plan-not-in-force' });
    await expect(draft({}, randomUUID())).rejects.toMatchObject({ code: 'plan-unknown' });
    await expect(draft({ product: 'P777' })).rejects.toMatchObject({ code: 'product-not-planned' });
    await expect(bureau.act(bureau.cityPlanner, 'sampling.scheme', 'draft', schemeInput(plan))).rejects.toMatchObject({ code: 'plan-unknown' });
  });

  it('stores its OC curve, risks, power and cost with the sentence that is printed', async () => {
    const scheme = await approvedScheme(bureau, plan, { batches: 8 });
    const [row] = await bureau.rows<{ design: Record<string, unknown>; cost: string; cost_per_batch: string; content: Record<string, unknown> }>(
      bureau.planner, `select s.design, s.cost, s.cost_per_batch, d.content from sampling.scheme s join kernel.document d on d.record = s.id where s.id = $1 and s.state = 'approved'`, [scheme]);
    expect(row).toMatchObject({ cost_per_batch: '2736.50', cost: '21892.00', design: { n: 3, c: 0, clause: '延长线插座产品质量国家监督抽查实施细则', cost: { total: '21892' } } });
    for (const part of ['curve', 'power', 'producerRisk', 'consumerRisk', 'coverage', 'statement']) expect(row!.design[part]).toBeTruthy();
    expect(row!.content.statement).toContain('至少抽到一家的概率');
  });

  it('is refused where its figures do not agree', async () => {
    await expect(draft({ acceptance: 3 })).rejects.toMatchObject({ code: 'never-rejects', errors: [{ path: 'input.acceptance' }] });
    await expect(draft({ designBasis: 'aql', lotSize: 1000, level: 'II', aql: '2.5' })).rejects.toMatchObject({ code: 'design-differs' });
    await expect(draft({ batches: 21 })).rejects.toMatchObject({ code: 'batches-exceed-plan' });
    await expect(draft({ testingFee: '9000' })).rejects.toMatchObject({ code: 'cost-exceeds-budget' });
    await expect(draft({ scheduleUntil: '2023-01-01' })).rejects.toMatchObject({ code: 'schedule-reversed' });
    await expect(draft({ licensed: 41 })).rejects.toMatchObject({ code: 'licensed-exceed' });
    await expect(bureau.act(bureau.organiser, 'sampling.scheme', 'draft', schemeInput(plan))).rejects.toMatchObject({ code: 'not-your-role' });
  });

  it('is never approved without OC curve, power and cost, nor with those of other figures', async () => {
    const own = await planInForce(bureau, { ...planInput, kind: 'special' });
    const { record } = await draft({}, own);
    const tamper = (text: string) => bureau.kernel.database.asOwner((tx) => tx.query(`update sampling.scheme set ${text} where id = $1`, [record]));
    const [{ design } = { design: {} }] = await bureau.rows(bureau.planner, 'select design from sampling.scheme where id = $1', [record]);
    await tamper('design = null');
    await expect(bureau.act(bureau.planner, 'sampling.scheme', 'submit', {}, record)).rejects.toMatchObject({ code: 'design-missing' });
    await tamper(`design = '${JSON.stringify(design)}'::jsonb, testing_fee = 1`);
    await expect(bureau.act(bureau.planner, 'sampling.scheme', 'submit', {}, record)).rejects.toMatchObject({ code: 'design-stale' });
    const { plan: _plan, product: _product, ...filled } = schemeInput(own);
    await bureau.act(bureau.planner, 'sampling.scheme', 'amend', { ...filled, designBasis: 'aql', nationalRule: null, lotSize: 90, level: 'S-1', aql: '4', sampleSize: null, acceptance: null }, record);
    expect((await bureau.rows(bureau.planner, 'select sample_size, acceptance, national_rule from sampling.scheme where id = $1', [record]))[0]).toEqual({ sample_size: 3, acceptance: 0, national_rule: null });
    await bureau.approve(bureau.planner, 'sampling.scheme', 'submit', record);
    expect(await state(bureau.planner, 'scheme', record)).toBe('approved');
  });

  it('lets the planner turn the knobs before anything is stored', async () => {
    const answer = await bureau.ask<Record<string, unknown>>(bureau.planner, 'sampling.plan-design', { product, lot: '1000', level: 'II', aql: '2.5', batches: '10', testingFee: '100' });
    expect(answer).toMatchObject({ n: 80, acceptance: 5, rejection: 6, codeLetter: 'J', cost: { perBatch: '8000', total: '80000', currency: 'CNY' } });
    await expect(bureau.ask(bureau.planner, 'sampling.plan-design', { lot: '1000', level: 'II', aql: '3' })).rejects.toMatchObject({ code: 'aql-not-in-standard' });
  });
});

describe('实施细则', () => {
  let scheme: string;
  let expert: Actor;
  beforeAll(async () => {
    expert = bureau.expert;
    scheme = await approvedScheme(bureau, await planInForce(bureau, { ...planInput, name: '2023年细则试验计划' }));
  });

  it('follows an approved scheme', async () => {
    const { record } = await bureau.act(bureau.planner, 'sampling.scheme', 'draft', { ...schemeInput(plan), batches: 1 });
    await expect(bureau.act(bureau.planner, 'sampling.rules', 'draft', rulesInput(record, expert))).rejects.toMatchObject({ code: 'scheme-unapproved' });
  });

  it('is reviewed by a supervisor and an invited test expert, not by its author, and again after every change', async () => {
    const { act, planner, organiser, chief } = bureau;
    const { record } = await act(planner, 'sampling.rules', 'draft', rulesInput(scheme, expert));
    const agree = { agrees: true, opinion: '同意' };
    await expect(act(planner, 'sampling.rules', 'submit', {}, record)).rejects.toMatchObject({ code: 'not-allowed-now' });
    await expect(act(organiser, 'sampling.rules', 'reviewAsExpert', agree, record)).rejects.toMatchObject({ code: 'not-your-role' });
    const stranger = await bureau.kernel.agent('外人', 'test-expert', randomUUID());
    await expect(act(stranger, 'sampling.rules', 'reviewAsExpert', agree, record)).rejects.toMatchObject({ code: 'not-found' });
    expect(await act(organiser, 'sampling.rules', 'reviewAsSupervisor', agree, record)).toMatchObject({ state: 'drafted' });
    expect(await act(expert, 'sampling.rules', 'reviewAsExpert', { agrees: false, opinion: '方法已作废' }, record)).toMatchObject({ state: 'drafted' });
    const { scheme: _scheme, ...amended } = rulesInput(scheme, expert);
    await act(planner, 'sampling.rules', 'amend', amended, record);
    expect(await act(expert, 'sampling.rules', 'reviewAsExpert', agree, record)).toMatchObject({ state: 'drafted' });
    expect(await act(chief, 'sampling.rules', 'reviewAsSupervisor', agree, record)).toMatchObject({ state: 'reviewed' });
    await expect(act(planner, 'sampling.rules', 'publish', {}, record)).rejects.toMatchObject({ code: 'not-allowed-now' });
    await act(planner, 'sampling.rules', 'withdraw', { reason: '重新起草' }, record);
  });

  it('lets nobody review in two capacities', async () => {
    const { act, planner, kernel } = bureau;
    const { record } = await act(planner, 'sampling.rules', 'draft', rulesInput(scheme, expert));
    const officer = await kernel.officer('两职', 'organiser', '43');
    const asExpert = { ...officer, role: 'test-expert' };
    await act(officer, 'sampling.rules', 'reviewAsSupervisor', { agrees: true, opinion: '同意' }, record);
    await expect(act(asExpert, 'sampling.rules', 'reviewAsExpert', { agrees: true, opinion: '同意' }, record)).rejects.toMatchObject({ code: 'separation' });
    await act(planner, 'sampling.rules', 'withdraw', { reason: '重新起草' }, record);
  });

  it('is published whole and names nobody; the next version replaces it, and what is open keeps the old one', async () => {
    const entries = (record: string) => bureau.rows<Record<string, unknown>>(bureau.planner, 'select id, body, subjects, withdrawn_at, replaces, replaced_by from public_record.entry where record = $1', [record]);
    const first = await rulesFor(bureau, scheme);
    const [entry] = await entries(first);
    expect(entry).toMatchObject({ subjects: [], withdrawn_at: null, body: { product, productName, testSample: 3, spareSample: 3, publishedOn: '2023-08-23', retestDays: 20 } });
    expect(JSON.stringify(entry!.body)).not.toMatch(/scheme|review|expert|李专家|张计划/);
    const second = await rulesFor(bureau, scheme);
    const [old] = await entries(first);
    const [fresh] = await entries(second);
    expect(fresh).toMatchObject({ replaces: entry!.id, withdrawn_at: null, body: { version: (entry!.body as { version: number }).version + 1 } });
    expect(old).toMatchObject({ replaced_by: fresh!.id });
    expect(old!.withdrawn_at).not.toBeNull();
    expect(await state(bureau.planner, 'rules', first)).toBe('superseded');
    await expect(bureau.act(bureau.planner, 'sampling.rules', 'supersede', { reason: 'x' }, second)).rejects.toMatchObject({ code: 'not-your-role' });
  });
});

describe('产品生产者名录', () => {
  it('is entered once for a firm and product, verified on a day that has been, and counts a failure once', async () => {
    const { act, planner, organiser, expert } = bureau;
    const input = { enterprise: randomUUID(), enterpriseName: '甲厂', product: 'P105', productName: '儿童玩具', basis: 'survey', status: 'making', checkedOn: '2023-08-01' };
    await expect(act(expert, 'sampling.directory', 'enter', input)).rejects.toMatchObject({ code: 'not-your-office' });
    await expect(act(planner, 'sampling.directory', 'enter', { ...input, checkedOn: '2023-09-01' })).rejects.toMatchObject({ code: 'checked-in-future' });
    const { record } = await act(planner, 'sampling.directory', 'enter', input);
    await expect(act(organiser, 'sampling.directory', 'enter', input)).rejects.toMatchObject({ code: 'already-exists' });
    expect(await act(organiser, 'sampling.directory', 'verify', { status: 'stopped', checkedOn: '2023-08-20' }, record)).toMatchObject({ state: 'stopped' });
    const failure = { concludedOn: '2023-08-20', task: randomUUID() };
    await act(organiser, 'sampling.directory', 'recordFailure', failure, record);
    await expect(act(organiser, 'sampling.directory', 'recordFailure', failure, record)).rejects.toMatchObject({ code: 'failure-recorded' });
    expect((await bureau.rows(planner, 'select past_failures, checked_on from sampling.directory where id = $1', [record]))[0]).toEqual({ past_failures: 1, checked_on: '2023-08-20' });
  });
});
