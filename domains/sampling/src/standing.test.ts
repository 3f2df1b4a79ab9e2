import { randomUUID } from 'node:crypto';
import { expireClocks } from '@hengjian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Actor,
  approvedScheme,
  type Bureau,
  entrust,
  type ListedFirm,
  openBureau,
  planInForce,
  planInput,
  product,
  productName,
  rulesFor,
} from './planning-fixture.ts';

let bureau: Bureau;
let firms: ListedFirm[];
const body = { id: randomUUID(), name: '长沙抽样队' };
const lab = { id: randomUUID(), name: '省质检院' };
const one = { product, productName, batches: 4, budget: '40000.00' };

async function planned(actor: Actor, more: Record<string, unknown> = {}) {
  const { record } = await bureau.act(actor, 'sampling.plan', 'draft', { ...planInput, items: [one], ...more });
  const [row] = await bureau.rows<{
    state: string;
    duplicates: { record: string; relation: string }[];
    firm_duplicates: Record<string, unknown>[];
    coverage: Record<string, unknown>[];
  }>(actor, 'select * from sampling.plan where id = $1', [record]);
  return { record, row: row! };
}

beforeAll(async () => {
  bureau = await openBureau();
  firms = [];
  for (let index = 0; index < 8; index += 1) firms.push(await bureau.firm({ basis: index < 5 ? 'licence' : 'survey' }));
  await bureau.firm({ state: 'stopped' });
});
afterAll(() => bureau.kernel.close());

describe('计划并存与重复', () => {
  it('重复的产品连同对方的计划记录一起显示，获证企业覆盖率算到小数', async () => {
    const first = await planInForce(bureau, { ...planInput, items: [one] });
    const { row } = await planned(bureau.cityPlanner, { kind: 'linked' });
    expect(row.duplicates).toMatchObject([{ relation: 'superior', record: first }]);
    const { row: own } = await planned(bureau.planner, { kind: 'special' });
    expect(own.coverage).toMatchObject([{ product, firms: 8, licensed: 5, sampled: 0, batches: 4, share: '80' }]);
    const scheme = await approvedScheme(bureau, first, { batches: 4, testingFee: '100' });
    const [stored] = await bureau.rows(bureau.planner, 'select coverage from sampling.scheme where id = $1', [scheme]);
    expect(stored!.coverage).toMatchObject({ licensed: 5, share: '80' });
  });

  it('六个月内本级和下级抽过的企业、其他机关已公开名单中的企业，报批前都看得见', async () => {
    const sampled = (office: string, home: number, firm: ListedFirm, on: string) =>
      bureau.kernel.database.asOwner((tx) =>
        tx.query(
          `insert into sampling.task (id, home, office, parties, state, scheme, rules, sequence, stratum, is_reserve, enterprise, enterprise_name,
             enterprise_code, enterprise_region, product, product_name, samplers, sampling_body, lab, due_on, plan_kind, rules_version, items,
             test_sample, spare_sample, sample_unit, verdict_rule, separate_bodies, sampled_on, refusals, report_revision, overturned)
           values ($1, $2, $3, '{}', 'sampled', $4, $4, 1, 'A', false, $5, $6, $7, '430102', $8, '插座', '[]', '{}', '{}', '2023-12-31', 'supervision', 1, '[]',
             1, 1, '只', 'any-item', false, $9, 0, 0, false)`,
          [randomUUID(), home, office, randomUUID(), firm.id, firm.name, firm.code, product, on],
        ),
      );
    await sampled('43', 430, firms[0]!, '2023-07-01');
    await sampled('4301', 431, firms[1]!, '2023-06-30');
    await sampled('4301', 431, firms[2]!, '2022-12-01');
    const { row } = await planned(bureau.planner, { kind: 'special' });
    expect(row.firm_duplicates).toMatchObject([
      { enterpriseName: firms[0]!.name, relation: 'own', authority: '湖南省市场监督管理局', on: '2023-07-01' },
      { enterpriseName: firms[1]!.name, relation: 'subordinate', authority: '长沙市市场监督管理局' },
    ]);
    for (const entry of row.firm_duplicates) expect(entry.task).toBeTruthy();
    expect(row.coverage).toMatchObject([{ sampled: 2, share: '100' }]);
    const seen = await planned(bureau.cityPlanner, { kind: 'linked' });
    expect(seen.row.firm_duplicates.map(({ relation }) => relation)).toEqual(['own']);
  });

  it('跟踪、应急和风险监测报批须写明依据；食品计划不受产品质量法第十五条限制', async () => {
    for (const kind of ['follow-up', 'emergency', 'risk-monitoring']) {
      const { record } = await planned(bureau.planner, { kind });
      await expect(bureau.act(bureau.planner, 'sampling.plan', 'submit', {}, record)).rejects.toMatchObject({
        code: 'ground-missing',
      });
    }
    const rice = { product: 'F001', productName: '大米', batches: 10, budget: '9000.00' };
    await planInForce(bureau, { ...planInput, regime: 'food', items: [rice] });
    const city = await planned(bureau.cityPlanner, { regime: 'food', items: [rice] });
    expect(city.row.duplicates).toMatchObject([{ relation: 'superior' }]);
    expect((await bureau.act(bureau.cityPlanner, 'sampling.plan', 'submit', {}, city.record)).sheet).not.toBeNull();
  });
});

describe('定向名单', () => {
  const list = (scheme: string, rules: string, more: Record<string, unknown> = {}) => ({
    scheme,
    rules,
    name: '不合格企业跟踪名单',
    ground: '2022年第9号公告不合格批次',
    targets: firms.slice(0, 2).map(({ id, name, code, region }) => ({
      enterprise: id,
      name,
      code,
      region,
      reason: '上次不合格',
    })),
    samplers: [
      { person: randomUUID(), name: '甲' },
      { person: randomUUID(), name: '乙' },
    ],
    samplingBody: body,
    lab,
    dueOn: '2023-12-01',
    ...more,
  });
  const draft = (input: Record<string, unknown>) => bureau.act(bureau.organiser, 'sampling.targeting', 'draft', input);

  it('监督抽查不得点名；跟踪抽查写明依据、有委托协议并经批准后逐家下达，样品不具代表性', async () => {
    const ordinary = await approvedScheme(
      bureau,
      await planInForce(bureau, { ...planInput, kind: 'special', items: [one] }),
      {
        batches: 4,
        testingFee: '100',
      },
    );
    await expect(draft(list(ordinary, await rulesFor(bureau, ordinary)))).rejects.toMatchObject({
      code: 'drawn-at-random',
    });
    const scheme = await approvedScheme(
      bureau,
      await planInForce(bureau, { ...planInput, kind: 'follow-up', ground: '2022年第9号公告', items: [one] }),
      { batches: 1, testingFee: '100' },
    );
    const rules = await rulesFor(bureau, scheme);
    await expect(draft(list(scheme, rules))).rejects.toMatchObject({ code: 'not-entrusted' });
    await entrust(bureau.kernel, body, { work: ['sampling'] });
    await entrust(bureau.kernel, lab, { work: ['testing'] });
    await expect(draft(list(scheme, rules))).rejects.toMatchObject({ code: 'targets-exceed-scheme' });
    const few = list(scheme, rules, { targets: list(scheme, rules).targets.slice(0, 1) });
    await expect(draft({ ...few, samplers: few.samplers.slice(0, 1) })).rejects.toMatchObject({ code: 'two-samplers' });
    const { record } = await draft(few);
    const { sheet } = await bureau.act(bureau.organiser, 'sampling.targeting', 'submit', {}, record);
    await bureau.act(bureau.chief, 'kernel.approval', 'sign', { opinion: '同意' }, sheet!);
    expect(
      await bureau.rows(
        bureau.organiser,
        'select enterprise_name, selection, draw, state, plan_kind from sampling.task where targeting = $1',
        [record],
      ),
    ).toEqual([
      { enterprise_name: firms[0]!.name, selection: 'targeted', draw: null, state: 'assigned', plan_kind: 'follow-up' },
    ]);
  });
});

describe('委托协议', () => {
  const agreement = (more: Record<string, unknown> = {}) => ({
    body: { id: randomUUID(), name: '市质检所' },
    kind: 'procured',
    procurement: '湘财采2023-7',
    agreementNumber: '协2023-7',
    signedOn: '2023-08-01',
    validFrom: '2023-08-01',
    validUntil: '2023-12-31',
    work: ['testing'],
    products: [product],
    share: 60,
    ceiling: '50000.00',
    prices: [{ kind: 'testing', amount: '900.00', per: 'batch' }],
    qualification: 'CMA430001',
    qualifiedUntil: '2026-01-01',
    duties: '按时报送报告',
    liability: '逾期扣减费用',
    ...more,
  });
  const draft = (more: Record<string, unknown> = {}) =>
    bureau.act(bureau.planner, 'sampling.entrustment', 'draft', agreement(more));

  it('有采购编号、法定资质和两级签批才生效，到期自动失效；同类工作的份额合计不过百', async () => {
    await expect(draft({ procurement: null })).rejects.toMatchObject({ code: 'procurement-missing' });
    await expect(draft({ qualifiedUntil: '2023-07-31' })).rejects.toMatchObject({ code: 'not-qualified' });
    await expect(draft({ validUntil: '2023-07-31' })).rejects.toMatchObject({ code: 'validity-reversed' });
    const { record } = await draft();
    await bureau.approve(bureau.planner, 'sampling.entrustment', 'submit', record);
    await expect(draft({ share: 41 })).rejects.toMatchObject({ code: 'shares-exceed' });
    await draft({ share: 40 });
    await draft({ share: 90, products: ['P105'] });
    bureau.kernel.at('2024-01-01T02:00:00Z');
    expect((await expireClocks(bureau.kernel)).refused).toEqual([]);
    bureau.kernel.at('2023-08-23T02:00:00Z');
    const [row] = await bureau.rows(bureau.planner, 'select state from sampling.entrustment where id = $1', [record]);
    expect(row).toEqual({ state: 'ended' });
  });
});

describe('样本分配', () => {
  const strata = [
    { key: 'A', label: '芙蓉区', regions: ['430102'], bases: [] },
    { key: 'B', label: '天心区', regions: ['430103'], bases: [], unitCost: '900' },
  ];

  it('规划人员看到每种方法的权重和它能说明什么；缺费用的方法说明缺什么', async () => {
    for (let index = 0; index < 6; index += 1) await bureau.firm({ region: '430103' });
    const answer = await bureau.ask<{ methods: Record<string, unknown>[] }>(bureau.planner, 'sampling.allocation', {
      product,
      total: '7',
      floor: '2',
      strata: JSON.stringify(strata),
    });
    expect(answer.methods.map(({ method }) => method)).toEqual([
      'proportional',
      'neyman',
      'cost-optimal',
      'risk-weighted',
    ]);
    expect(answer.methods[0]).toMatchObject({
      cells: [
        { key: 'A', population: 8, allocated: 4, score: 1 },
        { key: 'B', population: 6, allocated: 3 },
      ],
      representation: 'random',
    });
    expect(answer.methods[2]).toMatchObject({ refused: { code: 'unit-cost-missing' } });
  });

  it('写明分配方法的，冻结时样本量须与其结果一致；销售者单独成层', async () => {
    const scheme = await approvedScheme(
      bureau,
      await planInForce(bureau, { ...planInput, items: [{ ...one, batches: 9 }] }),
      {
        batches: 9,
        testingFee: '100',
      },
    );
    const rules = await rulesFor(bureau, scheme);
    const freeze = (a: number, b: number, roles?: string[]) =>
      bureau.act(bureau.planner, 'sampling.draw', 'freeze', {
        scheme,
        rules,
        name: '分配试验',
        strata: strata.map((stratum, index) => ({ ...stratum, roles, sample: [a, b][index]!, reserves: 1 })),
        allocation: { method: 'proportional', floor: 2 },
        weightRules: [],
        checkedSince: '2023-05-01',
      });
    await expect(freeze(5, 2)).rejects.toMatchObject({ code: 'allocation-differs' });
    await expect(freeze(4, 3, ['seller'])).rejects.toMatchObject({ code: 'sample-exceeds-stratum' });
    const { record } = await freeze(4, 3, ['producer']);
    const [row] = await bureau.rows<{ allocation: { cells: object[]; statement: { zh: string } } }>(
      bureau.planner,
      'select allocation from sampling.draw where id = $1',
      [record],
    );
    expect(row!.allocation.cells).toHaveLength(2);
    expect(row!.allocation.statement.zh).toContain('可以作为名录内企业总体情况的估计');
  });

  it('名录收录销售者、市场和网店，网店须写明平台；同一单位可以既是生产者又是销售者', async () => {
    const entry = (more: Record<string, unknown>) =>
      bureau.act(bureau.planner, 'sampling.directory', 'enter', {
        enterprise: firms[3]!.id,
        enterpriseName: firms[3]!.name,
        product,
        productName,
        basis: 'survey',
        status: 'making',
        checkedOn: '2023-08-01',
        ...more,
      });
    await expect(entry({ role: 'online-shop' })).rejects.toMatchObject({ code: 'platform-missing' });
    await entry({ role: 'online-shop', platform: '某平台' });
    await entry({ role: 'seller', address: '高桥大市场' });
    const preview = await bureau.ask<{ size: number }>(bureau.planner, 'sampling.frame-preview', {
      product,
      role: 'seller',
    });
    expect(preview.size).toBe(1);
  });
});
