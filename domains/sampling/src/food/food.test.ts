import { randomUUID } from 'node:crypto';
import { expireClocks } from '@hengjian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  anotherScheme,
  assigned,
  type Campaign,
  failing,
  items,
  openCampaign,
  passing,
  received,
  sampled,
  sampleRecord,
} from '../campaign-fixture.ts';

let it2: Campaign;
let food: { scheme: string; rules: string };
type Actor = Parameters<Campaign['act']>[0];
const act =
  (entity: string) =>
  (actor: Actor, action: string, input: object, record?: string, papers: string[] = []) =>
    it2.act(actor, `sampling.${entity}`, action, input as Record<string, unknown>, record, papers);
const task = act('task');
const notice = act('food-notice');
const retest = act('food-retest');
const objection = act('food-objection');
const only = async (table: string, parent: string, by = 'task') =>
  (
    await it2.kernel.database.asOwner((tx) =>
      tx.query<{ id: string }>(`select id from sampling.${table} where ${by} = $1`, [parent]),
    )
  )[0]!.id;

const foodSample = (more: Record<string, unknown> = {}) =>
  sampleRecord(it2, {
    spareKeptAt: 'laboratory',
    shelfLifeUntil: '2027-03-01',
    marketOpener: { name: '高桥大市场' },
    ...more,
  });

/** Signed and sent: the organiser has the conclusion on the second of March. */
async function sent(results: object[], more: Record<string, unknown> = {}): Promise<string> {
  const id = await received(it2, { ...food, ...more }, foodSample());
  await task(it2.lab.tester, 'enterResults', { results }, id);
  await task(it2.lab.signatory, 'report', { reportNumber: `食检${id.slice(0, 6)}` }, id);
  await task(it2.lab.signatory, 'submitReport', {}, id);
  return id;
}

/** A failing result served on the sampled operator on the second of March. */
async function served(firm: string): Promise<{ id: string; notice: string }> {
  const id = await sent(failing, { enterprise: firm });
  await task(it2.organiser, 'notify', {}, id);
  const own = (
    await it2.rows<{ id: string }>(
      it2.organiser,
      `select id from sampling.food_notice where task = $1 and addressee ->> 'kind' = 'sampled'`,
      [id],
    )
  )[0]!.id;
  await notice(it2.organiser, 'serve', { way: 'direct', servedOn: '2026-03-02', receivedBy: '李四' }, own, ['receipt']);
  return { id, notice: own };
}

beforeAll(async () => {
  it2 = await openCampaign();
  food = await anotherScheme(it2, { regime: 'food' });
});
beforeEach(() => it2.kernel.at('2026-03-02T02:00:00Z'));
afterAll(() => it2.kernel.close());

describe('食品抽样', () => {
  it('文书是抽样检验告知书；样品付款、由承检机构保存；没有六个月限制', async () => {
    const id = await assigned(it2, food);
    const [paper] = await it2.rows<{ title: string }>(
      it2.organiser,
      `select title from kernel.document where record = $1 and kind = 'samplingNotice'`,
      [id],
    );
    expect(paper!.title).toBe('食品安全抽样检验告知书');
    const sample = (more: Record<string, unknown>) =>
      task(it2.samplers[0], 'sample', foodSample({ model: '500g', ...more }), id, ['photos']);
    await expect(sample({ spareKeptAt: 'firm' })).rejects.toMatchObject({ code: 'kept-by-laboratory' });
    await expect(sample({ purchase: 'not-harmed' })).rejects.toMatchObject({ code: 'sample-is-bought' });
    await sample({});
    expect(await it2.clock(id, 'foodDelivery')).toMatchObject({ due_on: '2026-03-09' });
    const again = await assigned(it2, food);
    const none = { unsampledReason: 'six-months', unsampledNote: '三个月前抽过' };
    await expect(task(it2.samplers[0], 'notSampled', none, again, ['evidence'])).rejects.toMatchObject({
      code: 'no-such-bar',
    });
    await task(it2.samplers[0], 'sample', foodSample({ model: '500g' }), again, ['photos']);
  });

  it('五个工作日送样，经同意可以延长；风险监测不受数量限制', async () => {
    const id = await sampled(it2, food, foodSample());
    const later = { agreedDeliveryOn: '2026-03-12', agreementReason: '冷链车辆故障' };
    await expect(
      task(it2.organiser, 'allowLaterDelivery', { ...later, agreedDeliveryOn: '2026-03-01' }, id),
    ).rejects.toMatchObject({ code: 'agreed-in-past' });
    await task(it2.organiser, 'allowLaterDelivery', later, id);
    expect(await it2.clock(id, 'foodDelivery')).toMatchObject({ status: 'met' });
    expect(await it2.clock(id, 'agreedDelivery')).toMatchObject({ due_on: '2026-03-12', status: 'running' });
    const product = await sampled(it2);
    await expect(task(it2.organiser, 'allowLaterDelivery', later, product)).rejects.toMatchObject({ code: 'not-food' });
    const monitoring = await anotherScheme(it2, { regime: 'food', kind: 'risk-monitoring' });
    const small = foodSample({ stock: 1, testQuantity: 1, spareQuantity: 0 });
    expect(await sampled(it2, monitoring, small)).toBeTruthy();
  });

  it('二十个工作日出报告；合格七个工作日、不合格两个工作日报送；合格的归档不送达', async () => {
    const id = await received(it2, food, foodSample());
    expect(await it2.clock(id, 'foodReport')).toMatchObject({ due_on: '2026-03-30' });
    await task(it2.lab.tester, 'enterResults', { results: passing }, id);
    expect(await task(it2.lab.signatory, 'report', { reportNumber: '食检1' }, id)).toMatchObject({ state: 'signed' });
    expect(await it2.clock(id, 'foodConforming')).toMatchObject({ due_on: '2026-03-11' });
    expect(await it2.clock(id, 'foodFailing')).toBeUndefined();
    await task(it2.lab.signatory, 'submitReport', {}, id);
    await expect(task(it2.organiser, 'notify', {}, id)).rejects.toMatchObject({ code: 'nothing-to-serve' });
    expect(await task(it2.organiser, 'concludeConforming', {}, id)).toMatchObject({ state: 'concluded' });
    expect(await it2.get('task', id)).toMatchObject({ final_conclusion: 'conforms' });

    const bad = await received(it2, food, foodSample());
    await task(it2.lab.tester, 'enterResults', { results: failing }, bad);
    await task(it2.lab.signatory, 'report', { reportNumber: '食检2' }, bad);
    expect(await it2.clock(bad, 'foodFailing')).toMatchObject({ due_on: '2026-03-04' });
    await task(it2.lab.signatory, 'submitReport', {}, bad);
    await expect(task(it2.organiser, 'concludeConforming', {}, bad)).rejects.toMatchObject({ code: 'to-be-told' });
    await task(it2.organiser, 'notify', {}, bad);
    const notices = await it2.rows<{ id: string; kind: string }>(
      it2.organiser,
      `select id, addressee ->> 'kind' as kind from sampling.food_notice where task = $1 order by 2`,
      [bad],
    );
    expect(notices.map(({ kind }) => kind)).toEqual(['market', 'sampled']);
    expect(await it2.clock(notices[0]!.id, 'service')).toMatchObject({ due_on: '2026-03-09' });
    await notice(
      it2.organiser,
      'serve',
      { way: 'direct', servedOn: '2026-03-02', receivedBy: '王五' },
      notices[0]!.id,
      ['receipt'],
    );
    const ask = { contested: ['导体电阻'], reasons: '不认可' };
    await expect(notice(it2.organiser, 'requestRetest', ask, notices[0]!.id, ['application'])).rejects.toMatchObject({
      code: 'not-entitled',
    });
  });
});

describe('食品通知的送达', () => {
  it('邮件退回换一种方式；确认过地址的，退回之日视为送达；公告满三十日视为送达；各自起算七个工作日', async () => {
    const id = await sent(failing, { enterprise: randomUUID() });
    await task(it2.organiser, 'notify', {}, id);
    const [market, operator] = await it2.rows<{ id: string }>(
      it2.organiser,
      `select id from sampling.food_notice where task = $1 order by addressee ->> 'kind'`,
      [id],
    );
    const back = { returnedOn: '2026-03-02', returnReason: '查无此人', waybill: 'EMS1' };
    await notice(it2.organiser, 'returnMail', back, operator!.id, ['returnedMail']);
    expect(await it2.clock(operator!.id, 'service')).toMatchObject({ status: 'running' });
    await notice(it2.organiser, 'publicise', { publicReason: '原址无人' }, operator!.id, ['posting']);
    expect(await it2.clock(operator!.id, 'service')).toMatchObject({ status: 'met' });
    const confirmation = { addressConfirmedOn: '2026-03-01', address: '高桥大市场' };
    await notice(it2.organiser, 'confirmAddress', confirmation, market!.id, ['addressConfirmation']);
    await expect(notice(it2.organiser, 'returnMail', back, market!.id, ['returnedMail'])).rejects.toMatchObject({
      code: 'address-confirmed',
    });
    await notice(it2.organiser, 'deemServed', back, market!.id, ['returnedMail']);
    expect(await it2.clock(market!.id, 'request')).toMatchObject({ started_on: '2026-03-02', due_on: '2026-03-11' });
    it2.kernel.at('2026-04-08T02:00:00Z');
    expect((await expireClocks(it2.kernel)).refused).toEqual([]);
    expect(await it2.get('food_notice', operator!.id)).toMatchObject({ state: 'served', served_on: '2026-04-01' });
    expect(await it2.clock(operator!.id, 'request')).toMatchObject({ started_on: '2026-04-01', due_on: '2026-04-13' });
  });
});

describe('食品复检', () => {
  it('七个工作日内申请；随机确定机构，初检机构和有关系的不参加；复检推翻初检，费用由部门承担', async () => {
    const firm = randomUUID();
    const agent = await it2.kernel.agent('经办人', 'enterprise-agent', firm);
    const { id, notice: own } = await served(firm);
    expect(await it2.clock(own, 'request')).toMatchObject({ due_on: '2026-03-11' });
    const ask = { contested: ['导体电阻', '绝缘厚度'], reasons: '送检过程受热' };
    it2.kernel.at('2026-03-12T02:00:00Z');
    await expect(notice(agent, 'requestRetest', ask, own, ['application'])).rejects.toMatchObject({ code: 'too-late' });
    it2.kernel.at('2026-03-02T03:00:00Z');
    await notice(agent, 'requestRetest', ask, own, ['application']);
    await expect(notice(agent, 'requestRetest', ask, own, ['application'])).rejects.toMatchObject({
      code: 'asked-already',
    });
    const record = await only('food_retest', id);
    expect(await it2.clock(record, 'acceptance')).toMatchObject({ due_on: '2026-03-09' });
    await retest(it2.organiser, 'accept', {}, record);
    await expect(retest(it2.organiser, 'selectBody', {}, record)).rejects.toMatchObject({ code: 'nobody-to-retest' });
    const tied = randomUUID();
    const list = (bodyId: string, name: string) =>
      it2.act(it2.organiser, 'sampling.retest-body', 'list', {
        body: { id: bodyId, name },
        region: '43',
        scope: '粮食加工品',
        listName: '国家复检机构名录（2026年）',
        listedOn: '2026-01-01',
      });
    await list(it2.lab.id, it2.lab.name);
    await list(it2.retestLab.id, it2.retestLab.name);
    await list(tied, '关系院');
    await expect(list(tied, '关系院')).rejects.toMatchObject({ code: 'listed-already' });
    await retest(it2.organiser, 'extendSelection', { extensionReason: '名录机构春检' }, record);
    expect(await it2.clock(record, 'selection')).toMatchObject({ due_on: '2026-03-16' });
    await retest(it2.organiser, 'selectBody', { ties: [{ id: tied, reason: '长期委托检验' }] }, record);
    expect(await it2.get('food_retest', record)).toMatchObject({
      retest_lab: { id: it2.retestLab.id },
      selection: {
        index: 0,
        eligible: [{ id: it2.retestLab.id }],
        excluded: expect.arrayContaining([expect.objectContaining({ reason: '初检机构' })]),
      },
    });
    const hand = { transferredOn: '2026-03-02', transferHow: '冷链', retestFee: '1500', feePaidOn: '2026-03-03' };
    await expect(
      retest(it2.lab.receiver, 'transfer', hand, record, ['transferRecord', 'feeReceipt']),
    ).rejects.toMatchObject({ code: 'fee-first' });
    await retest(it2.lab.receiver, 'transfer', { ...hand, feePaidOn: '2026-03-02' }, record, [
      'transferRecord',
      'feeReceipt',
    ]);
    const arrival = { receivedOn: '2026-03-02', sealIntact: false, spareState: '完好' };
    await expect(
      retest(it2.retestLab.receiver, 'receiveSpare', arrival, record, ['spareRecord']),
    ).rejects.toMatchObject({ code: 'seal-broken' });
    await retest(it2.retestLab.receiver, 'receiveSpare', { ...arrival, sealIntact: true }, record, ['spareRecord']);
    expect(await it2.clock(record, 'retest')).toMatchObject({ due_on: '2026-03-16' });
    await retest(it2.retestLab.tester, 'enterResults', { results: passing.slice(0, 2) }, record);
    await retest(it2.retestLab.signatory, 'conclude', { retestReport: '复1' }, record);
    expect(await it2.get('food_retest', record)).toMatchObject({ outcome: 'overturned', fee_bearer: 'organiser' });
    await retest(it2.organiser, 'tell', { toldOn: '2026-03-02', toldHow: '直接送达' }, record);
    expect(await it2.get('food_notice', own)).toMatchObject({ state: 'settled' });
    await expect(task(it2.organiser, 'conclude', {}, id)).rejects.toMatchObject({ code: 'notices-open' });
    const market = (
      await it2.rows<{ id: string }>(
        it2.organiser,
        `select id from sampling.food_notice where task = $1 and state = 'prepared'`,
        [id],
      )
    )[0]!.id;
    await notice(it2.organiser, 'serve', { way: 'direct', servedOn: '2026-03-02', receivedBy: '王五' }, market, [
      'receipt',
    ]);
    it2.kernel.at('2026-03-12T02:00:00Z');
    expect((await expireClocks(it2.kernel)).refused).toEqual([]);
    await task(it2.organiser, 'conclude', {}, id);
    expect(await it2.get('task', id)).toMatchObject({ final_conclusion: 'conforms', overturned: true });
  });

  it('微生物指标、备份样品过保质期的不予复检；机构不能承担的重新随机确定', async () => {
    const germs = await anotherScheme(it2, {
      regime: 'food',
      tested: items.map((entry) => ({ ...entry, microbiological: entry.item === '导体电阻' })),
    });
    const firm = randomUUID();
    const saved = food;
    food = germs;
    const { id, notice: own } = await served(firm);
    food = saved;
    await notice(
      it2.organiser,
      'requestRetest',
      { contested: ['导体电阻'], reasons: '不服', filedOn: '2026-03-02' },
      own,
      ['application'],
    );
    const record = await only('food_retest', id);
    await expect(retest(it2.organiser, 'accept', {}, record)).rejects.toMatchObject({ code: 'microbiological' });
    expect(await retest(it2.organiser, 'reject', { rejection: 'microbiological' }, record)).toMatchObject({
      state: 'rejected',
    });
    expect(await it2.get('food_notice', own)).toMatchObject({ state: 'settled' });

    const other = await served(randomUUID());
    await notice(
      it2.organiser,
      'requestRetest',
      { contested: ['绝缘厚度'], reasons: '不服', filedOn: '2026-03-02' },
      other.notice,
      ['application'],
    );
    const second = await only('food_retest', other.id);
    await retest(it2.organiser, 'accept', {}, second);
    await retest(it2.organiser, 'selectBody', {}, second);
    const { retest_lab: chosen } = await it2.get<{ retest_lab: { id: string } }>('food_retest', second);
    expect(chosen.id).not.toBe(it2.lab.id);
    if (chosen.id !== it2.retestLab.id) return;
    await retest(it2.retestLab.receiver, 'declineTask', { reason: '设备检修' }, second);
    await retest(it2.organiser, 'selectBody', {}, second);
    expect(await it2.get('food_retest', second)).toMatchObject({
      selection: { excluded: expect.arrayContaining([expect.objectContaining({ reason: '不能承担：设备检修' })]) },
    });
  });
});

describe('食品抽检异议', () => {
  it('对抽样过程的异议在抽样后七个工作日内提出，五个工作日受理，二十个工作日审结；成立的结论撤销', async () => {
    const id = await sampled(it2, food, foodSample());
    const file = (filedOn: string, papers = ['application']) =>
      objection(
        it2.organiser,
        'objectToSampling',
        { task: id, reasons: '未出示任务委托书', filedOn },
        undefined,
        papers,
      );
    await expect(file('2026-03-02', [])).rejects.toMatchObject({ code: 'document-missing' });
    it2.kernel.at('2026-03-13T02:00:00Z');
    await expect(file('2026-03-12')).rejects.toMatchObject({ code: 'too-late' });
    const { record } = await file('2026-03-11');
    expect(await it2.clock(record, 'acceptance')).toMatchObject({ due_on: '2026-03-18' });
    await objection(it2.organiser, 'askForMore', { missing: '营业执照复印件' }, record);
    await objection(it2.organiser, 'supply', { supplementedOn: '2026-03-13' }, record);
    expect(await it2.clock(record, 'acceptance')).toMatchObject({ started_on: '2026-03-13', due_on: '2026-03-20' });
    await expect(objection(it2.organiser, 'askForMore', { missing: '又缺一份' }, record)).rejects.toMatchObject({
      code: 'asked-once',
    });
    await objection(it2.organiser, 'accept', {}, record);
    expect(await it2.clock(record, 'samplingDecision')).toMatchObject({ due_on: '2026-04-13' });
    expect(await it2.clock(record, 'otherDecision')).toBeUndefined();
    await expect(objection(it2.organiser, 'consult', { consultation: '请示' }, record)).rejects.toMatchObject({
      code: 'no-stop',
    });
    const decision = { decision: 'upheld', decisionReason: '确未出示', toldOn: '2026-03-13', toldHow: '直接送达' };
    expect(await objection(it2.organiser, 'decide', decision, record)).toMatchObject({ state: 'decided' });
    expect(await it2.get('food_objection', record)).toMatchObject({ outcome: 'void' });
  });

  it('对方法、标准的异议三十个工作日审结，商请有关部门的时间不计入', async () => {
    const { id, notice: own } = await served(randomUUID());
    const ask = { ground: 'standard', reasons: '适用标准有误', filedOn: '2026-03-02' };
    await notice(it2.organiser, 'object', ask, own, ['application']);
    const record = await only('food_objection', id);
    await objection(it2.organiser, 'accept', {}, record);
    expect(await it2.clock(record, 'otherDecision')).toMatchObject({ due_on: '2026-04-14' });
    await objection(it2.organiser, 'consult', { consultation: '商请卫健部门' }, record);
    it2.kernel.at('2026-03-09T02:00:00Z');
    await objection(it2.organiser, 'resume', {}, record);
    const paused = await it2.clock(record, 'otherDecision');
    expect(paused!.status).toBe('running');
    expect(String(paused!.due_on) > '2026-04-14').toBe(true);
    const decision = { decision: 'dismissed', decisionReason: '适用正确', toldOn: '2026-03-09', toldHow: '邮寄' };
    await objection(it2.organiser, 'decide', decision, record);
    expect(await it2.get('food_notice', own)).toMatchObject({ state: 'settled' });
  });
});
