import { randomUUID } from 'node:crypto';
import { findDrift } from '@hengjian/reading';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Actor,
  approvedScheme,
  type Bureau,
  openBureau,
  planInForce,
  planInput,
  product,
  productName,
  schemeInput,
} from './planning-fixture.ts';

let bureau: Bureau;
let plan: string;
const state = async (actor: Actor, table: string, id: string) =>
  (await bureau.rows<{ state: string }>(actor, `select state from sampling.${table} where id = $1`, [id]))[0]?.state;

beforeAll(async () => {
  bureau = await openBureau();
  plan = await planInForce(bureau);
});
afterAll(() => bureau.kernel.close());

describe('声明与数据库', () => {
  it('agree, and every table keeps strangers out', async () => {
    const own = /sampling\.(plan|scheme|rules|directory|draw|frame_entry|pool_entry|exclusion)\b/;
    expect((await findDrift(bureau.kernel.register, bureau.kernel.database)).filter((line) => own.test(line))).toEqual(
      [],
    );
    for (const table of ['plan', 'scheme', 'rules', 'directory', 'draw', 'frame_entry', 'pool_entry'])
      expect(
        await bureau.kernel.database.transaction('hengjian_app', null, (tx) =>
          tx.query(`select count(*) as n from sampling.${table}`),
        ),
      ).toEqual([{ n: 0 }]);
    await expect(bureau.rows(bureau.auditor, 'select count(*) from sampling.exclusion')).rejects.toThrow(
      /permission denied/,
    );
  });
});

describe('年度计划', () => {
  it('has exact totals and its number, and is in force once approved and filed upward', async () => {
    const [row] = await bureau.rows(
      bureau.planner,
      'select p.*, r.number from sampling.plan p join kernel.record r using (id) where id = $1',
      [plan],
    );
    expect(row).toMatchObject({
      state: 'inForce',
      level: 'provincial',
      batches: 50,
      budget: '150000.10',
      approved_on: '2023-08-23',
      number: '湘市监抽检计〔2023〕1号',
    });
    expect(row!.subordinates).toEqual(['4301', '430102']);
  });

  it('is drafted and amended by the planner alone, and nobody signs his own', async () => {
    const { act, planner, organiser, chief, expert } = bureau;
    for (const actor of [organiser, chief, expert])
      await expect(act(actor, 'sampling.plan', 'draft', planInput)).rejects.toMatchObject({
        code: /not-your/ as never,
      });
    const { record } = await act(planner, 'sampling.plan', 'draft', {
      ...planInput,
      kind: 'special',
      items: [{ product: 'P201', productName: '电线', batches: 1, budget: '1' }],
    });
    await act(
      planner,
      'sampling.plan',
      'amend',
      { ...planInput, kind: 'special', items: [{ product: 'P202', productName: '水泥', batches: 7, budget: '0.1' }] },
      record,
    );
    expect(
      (await bureau.rows(planner, 'select batches, budget from sampling.plan where id = $1', [record]))[0],
    ).toEqual({ batches: 7, budget: '0.10' });
    await expect(
      act(
        planner,
        'sampling.plan',
        'fileUpward',
        { filedUpward: '2023-08-23', filedWith: '总局', filingNumber: '1' },
        record,
      ),
    ).rejects.toMatchObject({ code: 'not-allowed-now' });
    await act(planner, 'sampling.plan', 'withdraw', { reason: '重新编制' }, record);
  });

  it('cannot have been filed before its approval, or tomorrow', async () => {
    const { act, planner } = bureau;
    const { record } = await act(planner, 'sampling.plan', 'draft', {
      ...planInput,
      kind: 'emergency',
      ground: '某市电气火灾事故',
    });
    await bureau.approve(planner, 'sampling.plan', 'submit', record);
    for (const [filedUpward, code] of [
      ['2023-08-22', 'filed-before-approval'],
      ['2023-08-24', 'filed-in-future'],
    ])
      await expect(
        act(planner, 'sampling.plan', 'fileUpward', { filedUpward, filedWith: '总局', filingNumber: '1' }, record),
      ).rejects.toMatchObject({ code });
  });

  it('shows a city what the province samples, and stops the city from sampling it again (产品质量法第十五条第二款)', async () => {
    const { act, cityPlanner } = bureau;
    const input = {
      ...planInput,
      name: '2023年长沙市计划',
      items: [
        { product, productName, batches: 5, budget: '100' },
        { product: 'P999', productName: '其他', batches: 1, budget: '1' },
      ],
    };
    const { record } = await act(cityPlanner, 'sampling.plan', 'draft', input);
    const [row] = await bureau.rows<{ level: string; duplicates: { relation: string; plan: string }[] }>(
      cityPlanner,
      'select level, duplicates from sampling.plan where id = $1',
      [record],
    );
    expect(row).toMatchObject({
      level: 'city',
      duplicates: [
        { relation: 'superior', plan: '2023年省级监督抽查计划', issuer: '湖南省市场监督管理局' },
        { relation: 'superior' },
      ],
    });
    await expect(act(cityPlanner, 'sampling.plan', 'submit', {}, record)).rejects.toMatchObject({
      code: 'duplicates-superior',
    });
    await act(cityPlanner, 'sampling.plan', 'amend', { ...input, kind: 'linked' }, record);
    expect((await act(cityPlanner, 'sampling.plan', 'submit', {}, record)).sheet).not.toBeNull();
  });

  it("registers a superior's plan that came on paper, which bars its products and carries no scheme", async () => {
    const { act, planner } = bureau;
    const superior = {
      ...planInput,
      year: 2024,
      name: '2024年国家监督抽查计划',
      level: 'national',
      issuer: '国家市场监督管理总局',
      items: [{ product: 'P301', productName: '电动机', batches: 3, budget: '0' }],
    };
    await expect(
      act(bureau.cityPlanner, 'sampling.plan', 'registerSuperior', { ...superior, level: 'city' }),
    ).rejects.toMatchObject({ code: 'not-superior' });
    const { record: national } = await act(planner, 'sampling.plan', 'registerSuperior', superior);
    const { record } = await act(planner, 'sampling.plan', 'draft', {
      ...planInput,
      year: 2024,
      items: superior.items,
    });
    await expect(act(planner, 'sampling.plan', 'submit', {}, record)).rejects.toMatchObject({
      code: 'duplicates-superior',
    });
    await expect(
      act(planner, 'sampling.scheme', 'draft', { ...schemeInput(national), product: 'P301' }),
    ).rejects.toMatchObject({ code: 'plan-unknown' });
  });

  it('does not complete while a scheme is under way', async () => {
    const own = await planInForce(bureau, { ...planInput, kind: 'follow-up', ground: '2022年第9号公告不合格批次' });
    const scheme = await approvedScheme(bureau, own);
    await expect(bureau.act(bureau.planner, 'sampling.plan', 'complete', {}, own)).rejects.toMatchObject({
      code: 'schemes-open',
    });
    await bureau.act(bureau.planner, 'sampling.scheme', 'end', { reason: '全部办结' }, scheme);
    expect(await bureau.act(bureau.planner, 'sampling.plan', 'complete', {}, own)).toMatchObject({
      state: 'completed',
    });
  });
});

describe('抽查方案', () => {
  const draft = (more: Record<string, unknown>, from = plan) =>
    bureau.act(bureau.planner, 'sampling.scheme', 'draft', { ...schemeInput(from), ...more });

  it('needs a plan that is approved and filed, and a product of it', async () => {
    const { record } = await bureau.act(bureau.planner, 'sampling.plan', 'draft', planInput);
    await expect(draft({}, record)).rejects.toMatchObject({ code: 'plan-not-in-force' });
    await expect(draft({}, randomUUID())).rejects.toMatchObject({ code: 'plan-unknown' });
    await expect(draft({ product: 'P777' })).rejects.toMatchObject({ code: 'product-not-planned' });
    await expect(bureau.act(bureau.cityPlanner, 'sampling.scheme', 'draft', schemeInput(plan))).rejects.toMatchObject({
      code: 'plan-unknown',
    });
  });

  it('stores its OC curve, risks, power and cost with the sentence that is printed', async () => {
    const scheme = await approvedScheme(bureau, plan, { batches: 8 });
    const [row] = await bureau.rows<{
      design: Record<string, unknown>;
      cost: string;
      cost_per_batch: string;
      content: Record<string, unknown>;
    }>(
      bureau.planner,
      `select s.design, s.cost, s.cost_per_batch, d.content from sampling.scheme s join kernel.document d on d.record = s.id where s.id = $1 and s.state = 'approved'`,
      [scheme],
    );
    expect(row).toMatchObject({
      cost_per_batch: '2736.50',
      cost: '21892.00',
      design: { n: 3, c: 0, clause: '延长线插座产品质量国家监督抽查实施细则', cost: { total: '21892' } },
    });
    for (const part of ['curve', 'power', 'producerRisk', 'consumerRisk', 'coverage', 'statement'])
      expect(row!.design[part]).toBeTruthy();
    expect(row!.content.statement).toContain('至少抽到一家的概率');
  });

  it('is refused where its figures do not agree', async () => {
    await expect(draft({ acceptance: 3 })).rejects.toMatchObject({
      code: 'never-rejects',
      errors: [{ path: 'input.acceptance' }],
    });
    await expect(draft({ designBasis: 'aql', lotSize: 1000, level: 'II', aql: '2.5' })).rejects.toMatchObject({
      code: 'design-differs',
    });
    await expect(draft({ batches: 21 })).rejects.toMatchObject({ code: 'batches-exceed-plan' });
    await expect(draft({ testingFee: '9000' })).rejects.toMatchObject({ code: 'cost-exceeds-budget' });
    await expect(draft({ scheduleUntil: '2023-01-01' })).rejects.toMatchObject({ code: 'schedule-reversed' });
    await expect(draft({ licensed: 41 })).rejects.toMatchObject({ code: 'licensed-exceed' });
    await expect(bureau.act(bureau.organiser, 'sampling.scheme', 'draft', schemeInput(plan))).rejects.toMatchObject({
      code: 'not-your-role',
    });
  });

  it('is never approved without OC curve, power and cost, nor with those of other figures', async () => {
    const own = await planInForce(bureau, { ...planInput, kind: 'special' });
    const { record } = await draft({}, own);
    const tamper = (text: string) =>
      bureau.kernel.database.asOwner((tx) => tx.query(`update sampling.scheme set ${text} where id = $1`, [record]));
    const [{ design } = { design: {} }] = await bureau.rows(
      bureau.planner,
      'select design from sampling.scheme where id = $1',
      [record],
    );
    await tamper('design = null');
    await expect(bureau.act(bureau.planner, 'sampling.scheme', 'submit', {}, record)).rejects.toMatchObject({
      code: 'design-missing',
    });
    await tamper(`design = '${JSON.stringify(design)}'::jsonb, testing_fee = 1`);
    await expect(bureau.act(bureau.planner, 'sampling.scheme', 'submit', {}, record)).rejects.toMatchObject({
      code: 'design-stale',
    });
    const { plan: _plan, product: _product, ...filled } = schemeInput(own);
    await bureau.act(
      bureau.planner,
      'sampling.scheme',
      'amend',
      {
        ...filled,
        designBasis: 'aql',
        nationalRule: null,
        lotSize: 90,
        level: 'S-1',
        aql: '4',
        sampleSize: null,
        acceptance: null,
      },
      record,
    );
    expect(
      (
        await bureau.rows(
          bureau.planner,
          'select sample_size, acceptance, national_rule from sampling.scheme where id = $1',
          [record],
        )
      )[0],
    ).toEqual({ sample_size: 3, acceptance: 0, national_rule: null });
    await bureau.approve(bureau.planner, 'sampling.scheme', 'submit', record);
    expect(await state(bureau.planner, 'scheme', record)).toBe('approved');
  });

  it('lets the planner turn the knobs before anything is stored', async () => {
    const answer = await bureau.ask<Record<string, unknown>>(bureau.planner, 'sampling.plan-design', {
      product,
      lot: '1000',
      level: 'II',
      aql: '2.5',
      batches: '10',
      testingFee: '100',
    });
    expect(answer).toMatchObject({
      n: 80,
      acceptance: 5,
      rejection: 6,
      codeLetter: 'J',
      cost: { perBatch: '8000', total: '80000', currency: 'CNY' },
    });
    await expect(
      bureau.ask(bureau.planner, 'sampling.plan-design', { lot: '1000', level: 'II', aql: '3' }),
    ).rejects.toMatchObject({ code: 'aql-not-in-standard' });
  });
});
