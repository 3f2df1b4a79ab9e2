import { randomUUID } from 'node:crypto';
import { runFlows } from '@hengjian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  anotherScheme,
  assigned,
  boughtOnline,
  type Campaign,
  expireAll,
  failing,
  items,
  noticesOf,
  notified,
  openCampaign,
  passing,
  receipt,
  sampled,
  sampleRecord,
  serve,
} from '../../domains/sampling/src/campaign-fixture.ts';
import { entrust } from '../../domains/sampling/src/planning-fixture.ts';
import { flows } from './index.ts';
import { handling } from './testing/loop-fixture.ts';

let it2: Campaign;
let agreement: string;

async function settle(): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await it2.kernel.sealer.seal();
    await runFlows(it2.kernel);
  }
}
const act =
  (entity: string) =>
  (actor: Parameters<Campaign['act']>[0], action: string, input: object, record?: string, papers: string[] = []) =>
    it2.act(actor, `sampling.${entity}`, action, input as Record<string, unknown>, record, papers);
const [task, kept, expense, settlement] = ['task', 'kept-sample', 'expense', 'settlement'].map(act) as [
  ReturnType<typeof act>,
  ReturnType<typeof act>,
  ReturnType<typeof act>,
  ReturnType<typeof act>,
];
const keptOf = async (id: string) =>
  (
    await it2.rows<{ id: string; state: string; kind: string; keeper: string }>(
      it2.organiser,
      'select id, state, kind, keeper from sampling.kept_sample where task = $1',
      [id],
    )
  )[0]!;
const expensesOf = (id: string) =>
  it2.rows<{ id: string; kind: string; amount: string; bearer: string; state: string }>(
    it2.organiser,
    'select id, kind, amount::text, bearer, state from sampling.expense where task = $1 order by kind, amount',
    [id],
  );
const parked = () => it2.kernel.database.asOwner((tx) => tx.query('select flow, code from kernel.parked'));

beforeAll(async () => {
  it2 = await openCampaign(flows, handling);
  const body = { id: it2.samplers[0].organisation!, name: '抽样机构' };
  await entrust(it2.kernel, body, {
    work: ['sampling'],
    prices: [{ kind: 'sampling', amount: '800.00', per: 'batch' }],
  });
  agreement = await entrust(
    it2.kernel,
    { id: it2.lab.id, name: it2.lab.name },
    {
      work: ['testing'],
      ceiling: '2500.00',
      prices: [
        { kind: 'testing', amount: '900.00', per: 'batch' },
        { kind: 'testing', product: 'P201', amount: '1200.50', per: 'batch' },
      ],
    },
  );
});
beforeEach(() => it2.kernel.at('2026-03-02T02:00:00Z'));
afterAll(() => it2.kernel.close());

describe('备用样品', () => {
  it('封存在企业，异议期满后合格的退还；不退还不得处置，企业书面放弃的除外', async () => {
    const firm = randomUUID();
    const agent = await it2.kernel.agent('经办人', 'enterprise-agent', firm);
    const { task: id, notices } = await notified(it2, passing, { enterprise: firm });
    await settle();
    const sample = await keptOf(id);
    expect(sample).toMatchObject({ state: 'kept', kind: 'spare', keeper: 'firm' });
    expect(await it2.rows(agent, 'select quantity from sampling.kept_sample')).toEqual([{ quantity: 2 }]);
    const back = { fateOn: '2026-03-18', receivedBy: '李四' };
    await expect(kept(it2.organiser, 'returnToFirm', back, sample.id, ['returnReceipt'])).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
    await kept(it2.organiser, 'checkSeal', { intact: true }, sample.id, ['sealPhotos']);
    await serve(it2, notices.sampled!);
    await expireAll(it2, '2026-03-18T02:00:00Z');
    await settle();
    expect((await keptOf(id)).state).toBe('released');
    const throwAway = (fate: string) =>
      kept(it2.organiser, 'dispose', { fate, fateOn: '2026-03-18', fateNote: '样品已过时' }, sample.id, [
        'disposalRecord',
      ]);
    await expect(throwAway('destroyed')).rejects.toMatchObject({ code: 'to-return' });
    await expect(
      kept(it2.organiser, 'returnToFirm', { ...back, fateOn: '2026-03-17' }, sample.id, ['returnReceipt']),
    ).rejects.toMatchObject({ code: 'returned-on' });
    expect(await kept(it2.organiser, 'returnToFirm', back, sample.id, ['returnReceipt'])).toMatchObject({
      state: 'returned',
    });
  });

  it('不合格的不退还，按规定处置；企业隐匿的登记证据', async () => {
    const { task: id, notices } = await notified(it2, failing);
    await settle();
    const sample = await keptOf(id);
    await serve(it2, notices.sampled!);
    await expireAll(it2, '2026-03-18T02:00:00Z');
    await settle();
    await expect(
      kept(it2.organiser, 'returnToFirm', { fateOn: '2026-03-18', receivedBy: '李四' }, sample.id, ['returnReceipt']),
    ).rejects.toMatchObject({ code: 'not-to-return' });
    await kept(it2.organiser, 'dispose', { fate: 'destroyed', fateOn: '2026-03-18', fateNote: '监督销毁' }, sample.id, [
      'disposalRecord',
    ]);
    it2.kernel.at('2026-03-02T02:00:00Z');
    const other = await sampled(it2);
    await settle();
    const hidden = await keptOf(other);
    await expect(
      kept(it2.organiser, 'reportLoss', { fate: 'hidden', fateNote: '现场未见' }, hidden.id),
    ).rejects.toMatchObject({ code: 'document-missing' });
    expect(
      await kept(it2.organiser, 'reportLoss', { fate: 'hidden', fateNote: '现场未见' }, hidden.id, ['evidence']),
    ).toMatchObject({ state: 'lost' });
  });

  it('食品备份样品合格的保存三个月，保质期更短的到保质期止', async () => {
    const food = await anotherScheme(it2, { regime: 'food' });
    const conclude = async (more: Record<string, unknown>) => {
      const id = await sampled(it2, food, sampleRecord(it2, { spareKeptAt: 'laboratory', ...more }));
      await task(it2.samplers[1], 'deliver', { carriage: 'carried', sentOn: '2026-03-02' }, id);
      await task(it2.lab.receiver, 'receive', receipt, id, ['receiptPhotos']);
      await task(it2.lab.tester, 'enterResults', { results: passing }, id);
      await task(it2.lab.signatory, 'report', { reportNumber: id.slice(0, 8) }, id);
      await task(it2.lab.signatory, 'submitReport', {}, id);
      await task(it2.organiser, 'concludeConforming', {}, id);
      await settle();
      return keptOf(id);
    };
    const long = await conclude({});
    const short = await conclude({ shelfLifeUntil: '2026-04-10' });
    expect(long).toMatchObject({ state: 'released', kind: 'backup', keeper: 'laboratory' });
    expect(await it2.clock(long.id, 'retentionConforming')).toMatchObject({ opens_on: '2026-06-03' });
    it2.kernel.at('2026-04-10T02:00:00Z');
    const away = { fate: 'destroyed', fateOn: '2026-04-10', fateNote: '期满' };
    await expect(kept(it2.lab.receiver, 'dispose', away, long.id, ['disposalRecord'])).rejects.toMatchObject({
      code: 'kept-longer',
    });
    expect(await kept(it2.lab.receiver, 'dispose', away, short.id, ['disposalRecord'])).toMatchObject({
      state: 'disposed',
    });
    expect(await parked()).toEqual([]);
  });
});

describe('费用', () => {
  it('购样、抽样、检验各成一笔，价格依协议；非破坏性检验不购买；网购按订单金额', async () => {
    const scheme = await anotherScheme(it2);
    const { task: id } = await notified(it2, passing, scheme);
    await settle();
    expect(await expensesOf(id)).toMatchObject([
      { kind: 'purchase', amount: '241.00', bearer: 'organiser', state: 'incurred' },
      { kind: 'sampling', amount: '800.00' },
      { kind: 'testing', amount: '1200.50' },
    ]);
    const unharmed = await sampled(it2, scheme, sampleRecord(it2, { purchase: 'not-harmed' }));
    const online = await assigned(it2, scheme);
    await boughtOnline(it2, online);
    await task(
      it2.samplers[0],
      'sample',
      sampleRecord(it2, { channel: 'online', signature: 'online', stock: 0, spareKeptAt: 'laboratory' }),
      online,
      ['photos'],
    );
    await settle();
    expect((await expensesOf(unharmed)).map(({ kind }) => kind)).toEqual(['sampling']);
    expect(await expensesOf(online)).toMatchObject([{ kind: 'purchase', amount: '482.00' }, { kind: 'sampling' }]);
    expect(await keptOf(online)).toMatchObject({ kind: 'spare-bought', keeper: 'laboratory' });

    const oversight = await it2.ask<{ money: { unpaidPurchases: object[] } }>(
      it2.organiser,
      'sampling.campaign-oversight',
      {
        scheme: scheme.scheme,
      },
    );
    expect(oversight).toMatchObject({
      total: 3,
      strata: [{ stratum: '长沙', sampled: 3, decided: 1, failed: 0, failureRate: { x: 0, n: 1 } }],
      failureRate: { x: 0, n: 1, rate: 0, method: 'Wilson 95 %' },
      lateBodies: [],
      representation: { basis: 'random', representative: true },
      money: { incurred: '4323.50', paid: '0.00', left: '-4322.50', overBudget: true, testsWithoutPrice: 0 },
    });
    expect(oversight.money.unpaidPurchases).toMatchObject([{ amount: '241.00' }, { amount: '482.00' }]);
    const query = it2.kernel.register.queries.get('sampling.campaign-oversight')!;
    const later = await it2.kernel.database.transaction('hengjian_app', it2.organiser.claim, (sql) =>
      query.answer({ scheme: scheme.scheme }, { actor: it2.organiser, sql, kernel: it2.kernel, today: '2026-06-01' }),
    );
    expect(later).toMatchObject({
      lateBodies: [{ name: '抽样机构', part: 'sampling', late: 2, oldest: '2026-05-29' }],
    });
  });

  it('不得让企业承担；支付凭票据；结算不超协议上限，结算后不再重复', async () => {
    const { task: id } = await notified(it2, passing);
    await settle();
    const [purchase] = await expensesOf(id);
    const fee = {
      task: id,
      kind: 'testing',
      bearer: 'applicant',
      payee: '某院',
      amount: '1.00',
      basis: '—',
      incurredOn: '2026-03-02',
    };
    await expect(expense(it2.organiser, 'incur', fee)).rejects.toMatchObject({ code: 'fee-from-firm' });
    const payment = { paidOn: '2026-03-02', receiptNumber: 'F1', paymentReference: 'Z1' };
    await expect(expense(it2.organiser, 'pay', payment, purchase!.id)).rejects.toMatchObject({
      code: 'document-missing',
    });
    await expect(
      expense(it2.organiser, 'pay', { ...payment, paidOn: '2026-03-01' }, purchase!.id, ['receipt']),
    ).rejects.toMatchObject({ code: 'paid-on' });
    expect(await expense(it2.organiser, 'pay', payment, purchase!.id, ['receipt'])).toMatchObject({ state: 'paid' });

    const period = { entrustment: agreement, periodFrom: '2026-03-01', periodUntil: '2026-03-31' };
    const open = await it2.rows<{ id: string }>(
      it2.organiser,
      `select id from sampling.expense where payee_body = $1 and state = 'incurred' order by id`,
      [it2.lab.id],
    );
    await expect(settlement(it2.organiser, 'draft', period)).rejects.toMatchObject({ code: 'over-ceiling' });
    for (const { id: extra } of open.slice(2))
      await expense(it2.organiser, 'void', { reason: '与本次结算无关' }, extra);
    const { record } = await settlement(it2.organiser, 'draft', period);
    expect(await it2.get('settlement', record)).toMatchObject({ total: '2401.00', settled_before: '0.00' });
    await it2.signed(it2.organiser, 'sampling.settlement', 'submit', record);
    expect(await it2.get('settlement', record)).toMatchObject({ state: 'approved' });
    await expect(settlement(it2.organiser, 'draft', period)).rejects.toMatchObject({ code: 'nothing-to-settle' });
    const paid = { paidOn: '2026-03-02', paymentReference: 'Z2' };
    expect(await settlement(it2.organiser, 'pay', paid, record, ['invoice'])).toMatchObject({ state: 'paid' });
  });

  it('复检改变结论的，复检费和备用样品费用由组织部门承担', async () => {
    const firm = randomUUID();
    const agent = await it2.kernel.agent('经办人', 'enterprise-agent', firm);
    const { task: id } = await notified(it2, failing, { enterprise: firm });
    await settle();
    const notice = (await noticesOf(it2, id)).sampled!;
    await serve(it2, notice);
    const ask = { kind: 'retest', contested: ['导体电阻', '绝缘厚度'], reasons: '受潮' };
    await it2.act(agent, 'sampling.notice', 'object', ask, notice, ['application']);
    const [objection] = await it2.rows<{ id: string }>(agent, 'select id from sampling.objection');
    const step = (actor: typeof agent, action: string, input: object = {}, papers: string[] = []) =>
      it2.act(actor, 'sampling.objection', action, input as Record<string, unknown>, objection!.id, papers);
    await step(it2.organiser, 'study');
    await step(it2.organiser, 'notifyRetest', { noticeReceivedOn: '2026-03-02' });
    const done = { formalitiesOn: '2026-03-02', retestFee: '1800', feePaidOn: '2026-03-02' };
    await step(agent, 'completeFormalities', done, ['feeReceipt']);
    const lab = { id: it2.retestLab.id, name: it2.retestLab.name };
    await step(it2.organiser, 'designateLab', { retestLab: lab, retestDueOn: '2026-04-01' });
    const spare = { sealIntact: true, matchesSheet: true, spareState: '完好' };
    await step(it2.retestLab.receiver, 'receiveSpare', spare, ['sparePhotos']);
    await step(it2.retestLab.tester, 'enterRetest', { results: passing.slice(0, 2) });
    await step(it2.retestLab.signatory, 'concludeRetest', { retestReport: 'FJ-9' });
    await step(it2.organiser, 'tell', { toldOn: '2026-03-02', toldHow: '直接送达' });
    await settle();
    expect(await keptOf(id)).toMatchObject({ state: 'used' });
    expect((await expensesOf(id)).filter(({ kind }) => kind === 'retest' || kind === 'spare-purchase')).toMatchObject([
      { kind: 'retest', amount: '1800', bearer: 'organiser' },
      { kind: 'spare-purchase', amount: '241.00', bearer: 'organiser' },
    ]);
    expect(await parked()).toEqual([]);
  });
});

describe('现场检验', () => {
  it('细则规定现场检验的项目由抽样人员检验，其他项目不行；不因此可以签发报告', async () => {
    const tested = items.map((entry) => ({ ...entry, onSite: entry.item === '标志' }));
    const scheme = await anotherScheme(it2, { tested });
    const id = await sampled(it2, scheme);
    const [one] = it2.samplers;
    const test = (item: string, result: string, papers = ['onSiteRecord']) =>
      task(one, 'testOnSite', { onSiteTestedOn: '2026-03-02', results: [{ item, result }] }, id, papers);
    await expect(test('标志', '符合', [])).rejects.toMatchObject({ code: 'document-missing' });
    await expect(test('导体电阻', '7.2')).rejects.toMatchObject({ code: 'not-on-site' });
    expect(await test('标志', '符合')).toMatchObject({ state: 'sampled' });
    await task(one, 'deliver', { carriage: 'carried', sentOn: '2026-03-02' }, id);
    await task(it2.lab.receiver, 'receive', receipt, id, ['receiptPhotos']);
    const rest = { results: passing.slice(0, 2) };
    expect(await task(it2.lab.tester, 'enterResults', rest, id)).toMatchObject({ state: 'tested' });
    await expect(task(one, 'report', { reportNumber: 'X' }, id)).rejects.toMatchObject({ code: 'not-your-role' });
    expect(await task(it2.lab.signatory, 'report', { reportNumber: 'X' }, id)).toMatchObject({ state: 'reported' });
    const plain = await sampled(it2);
    await expect(
      task(one, 'testOnSite', { onSiteTestedOn: '2026-03-02', results: [] }, plain, ['onSiteRecord']),
    ).rejects.toMatchObject({ code: 'nothing-on-site' });
  });
});
