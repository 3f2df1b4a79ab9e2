import { randomUUID } from 'node:crypto';
import { type Actor, expireClocks } from '@hengjian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Campaign,
  failing,
  notified,
  openCampaign,
  sampleRecord,
  sellerRecord,
  serve,
} from '../campaign-fixture.ts';
import { concludeRetest, spareSamplePayment } from './rules.ts';

let it2: Campaign;
const act = (actor: Actor, action: string, input: Record<string, unknown>, record: string, papers: string[] = []) =>
  it2.act(actor, 'sampling.objection', action, input, record, papers);

interface Disputed {
  task: string;
  notice: string;
  objection: string;
  agent: Actor;
}

/** A failing result, served and objected to by the firm. */
async function disputed(input: Record<string, unknown>, sample?: Record<string, unknown>): Promise<Disputed> {
  const firm = randomUUID();
  const agent = await it2.kernel.agent('经办人', 'enterprise-agent', firm);
  const { task, notices } = await notified(it2, failing, { enterprise: firm }, sample);
  const notice = notices.sampled!;
  for (const id of Object.values(notices)) await serve(it2, id);
  await it2.act(agent, 'sampling.notice', 'object', { reasons: '结果有误', ...input }, notice, ['application']);
  const [found] = await it2.rows<{ id: string }>(it2.organiser, 'select id from sampling.objection where notice = $1', [
    notice,
  ]);
  await act(it2.organiser, 'study', {}, found!.id);
  return { task, notice, objection: found!.id, agent };
}
const retest = { kind: 'retest', contested: ['导体电阻', '绝缘厚度'] };
const formalities = { formalitiesOn: '2026-03-02', retestFee: '1800.00', feePaidOn: '2026-03-02' };
const designation = () => ({
  retestLab: { id: it2.retestLab.id, name: it2.retestLab.name },
  retestDueOn: '2026-04-01',
});
const spare = { sealIntact: true, matchesSheet: true, spareState: '完好' };
const telling = { toldOn: '2026-03-02', toldHow: '直接送达' };

/** The retest with the spare sample at the retest laboratory. */
async function retesting(more: Record<string, unknown> = retest, sample?: Record<string, unknown>): Promise<Disputed> {
  const made = await disputed(more, sample);
  await act(it2.organiser, 'notifyRetest', { noticeReceivedOn: '2026-03-02' }, made.objection);
  await act(made.agent, 'completeFormalities', formalities, made.objection, ['feeReceipt']);
  await act(it2.organiser, 'designateLab', designation(), made.objection);
  await act(it2.retestLab.receiver, 'receiveSpare', spare, made.objection, ['sparePhotos']);
  return made;
}
const settledTask = async (task: string) => {
  await it2.act(it2.organiser, 'sampling.task', 'conclude', {}, task);
  return it2.get<Record<string, unknown>>('task', task);
};

beforeAll(async () => {
  it2 = await openCampaign();
});
beforeEach(() => it2.kernel.at('2026-03-02T02:00:00Z'));
afterAll(() => it2.kernel.close());

describe('异议处理', () => {
  it('抽样过程的异议成立，结论撤销', async () => {
    const { objection, task, notice } = await disputed({ kind: 'objection', ground: 'sampling-process' });
    await expect(act(it2.organiser, 'notifyRetest', {}, objection)).rejects.toMatchObject({ code: 'no-retest-asked' });
    await expect(
      act(it2.chief, 'decide', { decision: 'upheld', decisionReason: '只有一人到场' }, objection),
    ).rejects.toMatchObject({ code: 'not-your-role' });
    expect(
      await act(it2.organiser, 'decide', { decision: 'upheld', decisionReason: '录像显示只有一人到场' }, objection),
    ).toMatchObject({ state: 'decided' });
    await expect(it2.act(it2.organiser, 'sampling.task', 'conclude', {}, task)).rejects.toMatchObject({
      code: 'notices-open',
    });
    await expect(act(it2.organiser, 'tell', { ...telling, toldOn: '2026-03-09' }, objection)).rejects.toMatchObject({
      code: 'told-in-future',
    });
    await act(it2.organiser, 'tell', telling, objection);
    expect(await it2.get('notice', notice)).toMatchObject({ state: 'settled' });
    expect(await settledTask(task)).toMatchObject({ final_conclusion: 'void', overturned: true, failed_items: [] });
  });

  it('标称生产者以不是其产品提出异议，成立的仅对销售者有效', async () => {
    const maker = randomUUID();
    const agent = await it2.kernel.agent('厂家经办人', 'enterprise-agent', maker);
    const { task, notices } = await notified(it2, failing, {}, sellerRecord(it2, { enterprise: maker }));
    for (const id of Object.values(notices)) await serve(it2, id);
    const notice = notices['labelled-producer']!;
    await it2.act(
      agent,
      'sampling.notice',
      'object',
      { kind: 'objection', ground: 'not-my-product', reasons: '无此型号' },
      notice,
      ['application'],
    );
    const [found] = await it2.rows<{ id: string }>(
      it2.organiser,
      'select id from sampling.objection where notice = $1',
      [notice],
    );
    await act(it2.organiser, 'study', {}, found!.id);
    await act(it2.organiser, 'decide', { decision: 'upheld', decisionReason: '厂家从未生产该型号' }, found!.id);
    expect(await it2.get('task', task)).toMatchObject({ denial: 'proved', denial_reason: '厂家从未生产该型号' });
    await act(it2.organiser, 'tell', telling, found!.id);
    it2.kernel.at('2026-03-18T02:00:00Z');
    expect((await expireClocks(it2.kernel)).refused).toEqual([]);
    expect(await settledTask(task)).toMatchObject({ final_conclusion: 'fails', denial: 'proved' });
  });

  it('同时申请异议和复检的，先处理异议，不成立再研究复检', async () => {
    const { objection, task } = await disputed({ ...retest, kind: 'both', ground: 'authenticity' });
    await expect(act(it2.organiser, 'notifyRetest', {}, objection)).rejects.toMatchObject({ code: 'objection-first' });
    expect(
      await act(it2.organiser, 'decide', { decision: 'dismissed', decisionReason: '封样照片一致' }, objection),
    ).toMatchObject({ state: 'under-study' });
    await expect(
      act(it2.organiser, 'decide', { decision: 'upheld', decisionReason: '又改' }, objection),
    ).rejects.toMatchObject({ code: 'decided-already' });
    expect(
      await act(it2.organiser, 'refuseRetest', { refusalReason: '导体电阻复检不具备条件' }, objection),
    ).toMatchObject({ state: 'retest-refused' });
    await act(it2.organiser, 'tell', telling, objection);
    expect(await settledTask(task)).toMatchObject({ final_conclusion: 'fails', overturned: false });
  });
});

describe('复检手续', () => {
  it('收到通知之日起七日内办理并先行支付，逾期视为放弃', async () => {
    const { objection, agent, notice, task } = await disputed(retest);
    await expect(
      act(it2.organiser, 'notifyRetest', { noticeReceivedOn: '2026-03-05' }, objection),
    ).rejects.toMatchObject({ code: 'received-in-future' });
    await act(it2.organiser, 'notifyRetest', {}, objection);
    expect(await it2.clock(objection, 'formalities')).toBeUndefined();
    await expect(act(agent, 'completeFormalities', formalities, objection, ['feeReceipt'])).rejects.toMatchObject({
      code: 'receipt-missing',
    });
    it2.kernel.at('2026-03-04T02:00:00Z');
    await act(it2.organiser, 'recordReceipt', { noticeReceivedOn: '2026-03-03' }, objection, ['receipt']);
    await expect(
      act(it2.organiser, 'recordReceipt', { noticeReceivedOn: '2026-03-04' }, objection, ['receipt']),
    ).rejects.toMatchObject({ code: 'receipt-entered' });
    expect(await it2.clock(objection, 'formalities')).toMatchObject({ started_on: '2026-03-03', due_on: '2026-03-10' });
    it2.kernel.at('2026-03-11T02:00:00Z');
    const late = { ...formalities, formalitiesOn: '2026-03-11', feePaidOn: '2026-03-11' };
    await expect(act(agent, 'completeFormalities', late, objection, ['feeReceipt'])).rejects.toMatchObject({
      code: 'formalities-late',
    });
    await expect(
      act(agent, 'completeFormalities', { ...late, formalitiesOn: '2026-03-09' }, objection, ['feeReceipt']),
    ).rejects.toMatchObject({ code: 'fee-first' });
    expect((await expireClocks(it2.kernel)).refused).toEqual([]);
    expect(await it2.get('objection', objection)).toMatchObject({ state: 'waived', outcome: 'stands' });
    expect(await it2.get('notice', notice)).toMatchObject({ state: 'settled' });
    expect(await settledTask(task)).toMatchObject({ final_conclusion: 'fails' });
  });

  it('十日内确定复检机构，不得是初检机构，除非仅此一家', async () => {
    const { objection, agent } = await disputed(retest);
    await act(it2.organiser, 'notifyRetest', { noticeReceivedOn: '2026-03-02' }, objection);
    await expect(act(agent, 'completeFormalities', formalities, objection)).rejects.toMatchObject({
      code: 'document-missing',
    });
    await act(agent, 'completeFormalities', formalities, objection, ['feeReceipt']);
    expect(await it2.clock(objection, 'designation')).toMatchObject({ started_on: '2026-03-02', due_on: '2026-03-12' });
    const first = { id: it2.lab.id, name: it2.lab.name };
    await expect(
      act(it2.organiser, 'designateLab', { ...designation(), retestLab: first }, objection),
    ).rejects.toMatchObject({ code: 'same-laboratory' });
    await expect(
      act(it2.organiser, 'designateLab', { ...designation(), onlyLabReason: '方便' }, objection),
    ).rejects.toMatchObject({ code: 'reason-without-need' });
    await expect(
      act(it2.organiser, 'designateLab', { ...designation(), retestDueOn: '2026-03-02' }, objection),
    ).rejects.toMatchObject({ code: 'due-in-past' });
    await act(
      it2.organiser,
      'designateLab',
      { ...designation(), retestLab: first, onlyLabReason: '省内仅一家具备该项目资质' },
      objection,
    );
    const [order] = await it2.rows(
      it2.organiser,
      `select content from kernel.document where record = $1 and kind = 'retestOrder'`,
      [objection],
    );
    expect(order!.content).toMatchObject({ exception: '省内仅一家具备该项目资质' });
    expect(await it2.clock(objection, 'designation')).toMatchObject({ status: 'met' });
  });
});

describe('复检', () => {
  it('只检有异议的项目，同样的方法和规则；结论改变由组织部门承担费用', async () => {
    const { objection, task, agent } = await retesting();
    const enter = (results: object[]) => act(it2.retestLab.tester, 'enterRetest', { results }, objection);
    await expect(enter([{ item: '标志', result: '不符合' }])).rejects.toMatchObject({ code: 'unknown-item' });
    await expect(act(it2.lab.tester, 'enterRetest', { results: [] }, objection)).rejects.toMatchObject({
      code: 'not-found',
    });
    await enter([{ item: '导体电阻', result: '7.30' }]);
    await expect(
      act(it2.retestLab.signatory, 'concludeRetest', { retestReport: 'F1' }, objection),
    ).rejects.toMatchObject({ code: 'results-missing' });
    await enter([{ item: '绝缘厚度', result: '0.72' }]);
    await expect(act(it2.organiser, 'concludeRetest', { retestReport: 'F1' }, objection)).rejects.toMatchObject({
      code: 'not-your-role',
    });
    await act(it2.retestLab.signatory, 'concludeRetest', { retestReport: 'F1' }, objection);
    expect(await it2.get('objection', objection)).toMatchObject({
      state: 'retest-concluded',
      retest_conclusion: 'conforms',
      outcome: 'overturned',
      fee_bearer: 'organiser',
      spare_payment: '241.00',
    });
    await act(it2.organiser, 'tell', telling, objection);
    expect(await it2.rows(agent, 'select outcome from sampling.objection')).toEqual([{ outcome: 'overturned' }]);
    expect(await settledTask(task)).toMatchObject({
      conclusion: 'fails',
      final_conclusion: 'conforms',
      overturned: true,
      seriousness: 'none',
      failed_items: [],
    });
    const shown = await it2.ask<{ retests: { conclusion: string; items: unknown[] }[] }>(
      it2.organiser,
      'sampling.task-results',
      { task },
    );
    expect(shown.retests).toMatchObject([
      { conclusion: 'conforms', lab: '市质检所', items: [{ item: '导体电阻' }, { item: '绝缘厚度' }] },
    ]);
  });

  it('结论一致由申请人承担费用；部分项目改变的，最终不合格项目随之更新', async () => {
    const { objection, task } = await retesting();
    await act(
      it2.retestLab.tester,
      'enterRetest',
      {
        results: [
          { item: '导体电阻', result: '7.30' },
          { item: '绝缘厚度', result: '0.60' },
        ],
      },
      objection,
    );
    await act(it2.retestLab.signatory, 'concludeRetest', { retestReport: 'F2' }, objection);
    expect(await it2.get('objection', objection)).toMatchObject({
      retest_conclusion: 'fails',
      outcome: 'stands',
      fee_bearer: 'applicant',
    });
    await act(it2.organiser, 'tell', telling, objection);
    const row = await settledTask(task);
    expect(row).toMatchObject({ final_conclusion: 'fails', overturned: false, seriousness: 'ordinary' });
    expect(row.failed_items).toEqual([expect.objectContaining({ item: '绝缘厚度', result: '0.60' })]);
  });

  it('企业隐匿、变卖备用样品的终止复检，以初检结论为最终结论；检验机构保管的不能归责于企业', async () => {
    const { objection, task } = await retesting();
    const gone = { spareFate: 'sold', spareNote: '企业承认已售出' };
    await act(it2.retestLab.receiver, 'terminateRetest', gone, objection);
    await act(it2.organiser, 'tell', telling, objection);
    expect(await settledTask(task)).toMatchObject({ final_conclusion: 'fails' });
    const atLab = await disputed(retest, sampleRecord(it2, { spareKeptAt: 'laboratory' }));
    await act(it2.organiser, 'notifyRetest', { noticeReceivedOn: '2026-03-02' }, atLab.objection);
    await act(atLab.agent, 'completeFormalities', formalities, atLab.objection, ['feeReceipt']);
    await act(it2.organiser, 'designateLab', designation(), atLab.objection);
    await expect(
      act(it2.retestLab.receiver, 'receiveSpare', { ...spare, sealIntact: false }, atLab.objection, ['sparePhotos']),
    ).rejects.toMatchObject({ code: 'spare-not-intact' });
    await expect(act(it2.organiser, 'terminateRetest', gone, atLab.objection, ['sparePhotos'])).rejects.toMatchObject({
      code: 'not-the-firms',
    });
    expect(
      await act(it2.organiser, 'refuseRetest', { refusalReason: '备用样品受潮，不具备检验条件' }, atLab.objection),
    ).toMatchObject({ state: 'retest-refused' });
  });
});

describe('复检结论的计算', () => {
  it('未复检的项目沿用初检结果', () => {
    const items = [
      { item: '甲', method: 'm', limit: '≤1', unit: 'mm', severity: 'A' as const, judge: 'full' as const },
      { item: '乙', method: 'm', limit: '≤1', unit: 'mm', severity: 'B' as const, judge: 'full' as const },
    ];
    const firstVerdicts = [
      { item: '甲', verdict: 'fails' as const, value: '2', unit: 'mm' },
      { item: '乙', verdict: 'fails' as const, value: '3', unit: 'mm' },
    ];
    const row = { items, verdictRule: 'any-item' as const, firstVerdicts, firstConclusion: 'fails' as const };
    const done = concludeRetest(row, [{ item: '甲', verdict: 'conforms', value: '0.9', unit: 'mm' }]);
    expect(done).toMatchObject({
      retestConclusion: 'fails',
      feeBearer: 'applicant',
      outcome: 'stands',
      finalFailedItems: [{ item: '乙', result: '3' }],
    });
  });

  it('备用样品费用按标价精确到分', () => {
    expect(spareSamplePayment('0.1', 3)).toBe('0.30');
    expect(spareSamplePayment(null, 3)).toBe('0.00');
  });
});
