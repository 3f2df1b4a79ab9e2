import { randomUUID } from 'node:crypto';
import { machineActor, machines, runFlows } from '@hengjian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  anotherScheme,
  assignment,
  type Campaign,
  expireAll,
  failing,
  noticesOf,
  notified,
  openCampaign,
  passing,
  receipt,
  sampleRecord,
  sellerRecord,
  serve,
} from '../../domains/sampling/src/campaign-fixture.ts';
import { flows } from './index.ts';
import { handling } from './testing/loop-fixture.ts';

let it2: Campaign;
type Scheme = { scheme: string; rules: string };

/** What the running platform does by itself. */
async function settle(): Promise<void> {
  await it2.kernel.sealer.seal();
  await runFlows(it2.kernel);
  await it2.kernel.sealer.seal();
  await runFlows(it2.kernel);
}
const parked = () => it2.kernel.database.asOwner((tx) => tx.query('select flow, code from kernel.parked'));
const followUps = (task: string) =>
  it2.rows<{ id: string; kind: string; state: string; subject_name: string }>(
    it2.organiser,
    'select id, kind, state, subject_name from sampling.follow_up where task = $1 order by kind, id',
    [task],
  );
const draws = (more: Record<string, unknown>) =>
  it2
    .act(machineActor(it2.kernel, machines.seed, '43'), 'sampling.task', 'assign', assignment(it2, more))
    .then(({ record }) => record);
const task = (
  actor: Parameters<Campaign['act']>[0],
  action: string,
  input: Record<string, unknown>,
  record: string,
  papers: string[] = [],
) => it2.act(actor, 'sampling.task', action, input, record, papers);
const stateOf = async (table: string, id: string) => (await it2.get<{ state: string }>(table, id)).state;

/** A seller's failing batch, final because nobody objected. */
async function finalFailure(
  scheme: Scheme,
  producer: Record<string, unknown> = {},
): Promise<{ id: string; producer: string }> {
  const sample = sellerRecord(it2, producer);
  const { task: id, notices } = await notified(it2, failing, { ...scheme }, sample);
  for (const notice of Object.values(notices)) await serve(it2, notice);
  await expireAll(it2, '2026-03-18T02:00:00Z');
  await settle();
  return { id, producer: (sample.labelledProducer as { name: string }).name };
}

beforeAll(async () => {
  it2 = await openCampaign(flows, handling);
});
beforeEach(() => it2.kernel.at('2026-03-02T02:00:00Z'));
afterAll(() => it2.kernel.close());

describe('一批不合格产品：从下达任务到公告', () => {
  it('文书、候补、告知、生效、后处理、公告和公开提示，一环扣一环', async () => {
    const scheme = await anotherScheme(it2);
    const place = { ...scheme, draw: randomUUID(), stratum: '长沙市' };
    const [first, second] = [await draws(place), await draws(place)];
    const reserves = [await draws({ ...place, isReserve: true }), await draws({ ...place, isReserve: true })];
    await settle();
    expect(await it2.get('task', first)).toMatchObject({ issued_on: '2026-03-02' });

    // One firm has closed: the next reserve by order steps in without anybody choosing it.
    await task(it2.samplers[0], 'notSampled', { unsampledReason: 'stopped', unsampledNote: '已停业三个月' }, second, [
      'evidence',
    ]);
    await settle();
    expect([await stateOf('task', reserves[0]!), await stateOf('task', reserves[1]!)]).toEqual([
      'assigned',
      'reserved',
    ]);
    expect(await it2.get('task', reserves[0]!)).toMatchObject({ replaces: second });

    const deliver = async (id: string, sample: Record<string, unknown>) => {
      await task(it2.samplers[0], 'sample', sample, id, ['photos']);
      await task(it2.samplers[0], 'deliver', { carriage: 'carried', sentOn: '2026-03-02' }, id);
      await task(it2.lab.receiver, 'receive', receipt, id, ['receiptPhotos']);
    };
    await deliver(first, sellerRecord(it2));
    await settle();
    expect(await stateOf('task', reserves[1]!)).toBe('reserved');
    await deliver(reserves[0]!, sampleRecord(it2));
    await settle();
    expect(await stateOf('task', reserves[1]!)).toBe('released');

    for (const [id, results] of [
      [first, failing],
      [reserves[0]!, passing],
    ] as const) {
      await task(it2.lab.tester, 'enterResults', { results }, id);
      await task(it2.lab.signatory, 'report', { reportNumber: `R-${id.slice(0, 8)}` }, id);
      await task(it2.organiser, 'notify', {}, id);
      for (const notice of Object.values(await noticesOf(it2, id))) await serve(it2, notice);
    }
    expect(await followUps(first)).toEqual([]);
    await expireAll(it2, '2026-03-17T02:00:00Z');
    await settle();
    expect(await stateOf('task', first)).toBe('notified');
    await expireAll(it2, '2026-03-18T02:00:00Z');
    await settle();
    expect(await it2.get('task', first)).toMatchObject({
      state: 'concluded',
      final_conclusion: 'fails',
      concluded_on: '2026-03-18',
    });
    expect((await followUps(first)).map(({ kind }) => kind)).toEqual([
      'credit-fact',
      'credit-fact',
      'handover-producer',
      'handover-seller',
      'priority',
      'priority',
    ]);
    expect(await followUps(reserves[0]!)).toEqual([]);

    const progress = await it2.ask<Record<string, unknown>>(it2.organiser, 'sampling.campaign-progress', {
      scheme: scheme.scheme,
    });
    expect(progress).toMatchObject({
      total: 3,
      reservesUsed: 1,
      failed: 1,
      rate: { x: 1, n: 2, method: 'Wilson 95 %' },
    });
    expect(progress.byState).toEqual([
      { state: 'not-sampled', label: { zh: '未抽到样', en: 'No sample' }, n: 1 },
      { state: 'concluded', label: { zh: '结论生效', en: 'Final' }, n: 2 },
    ]);

    const { record } = await it2.act(it2.organiser, 'sampling.bulletin', 'draft', {
      scheme: scheme.scheme,
      name: '电线电缆抽查公告',
    });
    await it2.signed(it2.organiser, 'sampling.bulletin', 'publish', record);
    await settle();
    const { entry } = await it2.get<{ entry: string }>('bulletin', record);
    const block = () =>
      it2.rows(it2.organiser, 'select cited_entry, state, source from handling.block_entry where task = $1', [first]);
    expect(await block()).toEqual([{ cited_entry: entry, state: 'open', source: 'published-conclusion' }]);
    const loop = await it2.ask<{ open: number; steps: { name: string; on: string | null }[] }>(
      it2.organiser,
      'sampling.failure-loop',
      { task: first },
    );
    expect(loop.open).toBe(6);
    expect(loop.steps.filter(({ on }) => on === null).map(({ name }) => name)).toEqual(['drawn']);
    await it2.signed(it2.organiser, 'sampling.bulletin', 'withdraw', record, { reason: '数据有误' });
    await settle();
    expect(await block()).toMatchObject([{ state: 'reversed' }]);
    expect(await parked()).toEqual([]);
  });
});

describe('复检推翻初检', () => {
  it('复检结论告知申请人后任务生效为未发现不合格，不产生任何后处理', async () => {
    const firm = randomUUID();
    const agent = await it2.kernel.agent('经办人', 'enterprise-agent', firm);
    const { task: id, notices } = await notified(it2, failing, { enterprise: firm });
    await serve(it2, notices.sampled!);
    await it2.act(
      agent,
      'sampling.notice',
      'object',
      { kind: 'retest', contested: ['导体电阻', '绝缘厚度'], reasons: '送检样品受潮' },
      notices.sampled!,
      ['application'],
    );
    const [objection] = await it2.rows<{ id: string }>(agent, 'select id from sampling.objection');
    const step = (actor: typeof agent, action: string, input: Record<string, unknown> = {}, papers: string[] = []) =>
      it2.act(actor, 'sampling.objection', action, input, objection!.id, papers);
    await step(it2.organiser, 'study');
    await step(it2.organiser, 'notifyRetest', { noticeReceivedOn: '2026-03-02' });
    await step(
      agent,
      'completeFormalities',
      { formalitiesOn: '2026-03-02', retestFee: '1800', feePaidOn: '2026-03-02' },
      ['feeReceipt'],
    );
    await step(it2.organiser, 'designateLab', {
      retestLab: { id: it2.retestLab.id, name: it2.retestLab.name },
      retestDueOn: '2026-04-01',
    });
    await step(it2.retestLab.receiver, 'receiveSpare', { sealIntact: true, matchesSheet: true, spareState: '完好' }, [
      'sparePhotos',
    ]);
    await step(it2.retestLab.tester, 'enterRetest', { results: passing.slice(0, 2) });
    await step(it2.retestLab.signatory, 'concludeRetest', { retestReport: 'FJ-1' });
    await settle();
    expect(await stateOf('task', id)).toBe('disputed');
    await step(it2.organiser, 'tell', { toldOn: '2026-03-02', toldHow: '直接送达' });
    await settle();
    expect(await it2.get('task', id)).toMatchObject({
      state: 'concluded',
      conclusion: 'fails',
      final_conclusion: 'conforms',
      overturned: true,
    });
    expect(await followUps(id)).toEqual([]);
    expect(await parked()).toEqual([]);
  });
});

describe('结论生效以后又变更', () => {
  it('没办的和已移交的都撤销；仅对销售者有效的只撤销生产者的', async () => {
    const { id, producer } = await finalFailure(await anotherScheme(it2));
    const handed = (await followUps(id)).find(({ kind }) => kind === 'handover-producer')!;
    await it2.act(it2.organiser, 'sampling.follow-up', 'handOver', { deadline: '2026-06-01' }, handed.id);
    const approve = async (change: string, ground: string) => {
      const { record } = await it2.act(
        it2.organiser,
        'sampling.reversal',
        'propose',
        { task: id, ground, change, decidedOn: '2026-03-18', decisionNumber: '湘复决〔2026〕1号', reason: '经查成立' },
        undefined,
        ['decision'],
      );
      await it2.signed(it2.organiser, 'sampling.reversal', 'approve', record);
      await settle();
      return followUps(id);
    };
    const after = await approve('seller-only', 'denial');
    expect(
      after.filter(({ state }) => state === 'reversed').map(({ kind, subject_name }) => [kind, subject_name]),
    ).toEqual([
      ['credit-fact', producer],
      ['handover-producer', producer],
      ['priority', producer],
    ]);
    const later = await approve('void', 'reconsideration');
    expect(later.filter(({ state, kind }) => state === 'open' && kind !== 'correction-notice')).toEqual([]);
    expect(
      await it2.rows(
        it2.organiser,
        'select conclusion, producer_denied from sampling.effective_conclusion where task = $1',
        [id],
      ),
    ).toEqual([{ conclusion: 'void', producer_denied: true }]);
    expect(await parked()).toEqual([]);
  });
});

describe('线索', () => {
  it('拒绝抽样、无证、否认成立各成线索；样品失效不是', async () => {
    const leads = async (id: string) => {
      await settle();
      return (await followUps(id)).map(({ kind, subject_name }) => [kind, subject_name]);
    };
    const scheme = await anotherScheme(it2);
    const assigned = async () => {
      const id = await draws({ ...scheme, draw: randomUUID() });
      await settle();
      return id;
    };
    const refused = await assigned();
    await task(
      it2.samplers[0],
      'notSampled',
      { unsampledReason: 'refused', unsampledNote: '锁门', instantReport: '已报告' },
      refused,
      ['evidence'],
    );
    expect(await leads(refused)).toMatchObject([['lead', expect.stringContaining('厂')]]);
    expect(
      await it2.rows(it2.county, 'select kind, purpose, state from kernel.handover where target = $1', [refused]),
    ).toEqual([{ kind: 'notification', purpose: '已报告', state: 'sent' }]);
    const unlicensed = await assigned();
    await task(it2.samplers[0], 'sample', sellerRecord(it2, { name: '无证厂' }), unlicensed, ['photos']);
    await task(it2.samplers[0], 'deliver', { carriage: 'carried', sentOn: '2026-03-02' }, unlicensed);
    await task(it2.lab.receiver, 'stopTest', { offence: 'unlicensed', instantReport: '证书已注销' }, unlicensed, [
      'evidence',
    ]);
    expect(await leads(unlicensed)).toEqual([['lead', '无证厂']]);
    const spoiled = await assigned();
    await task(it2.samplers[0], 'sample', sampleRecord(it2), spoiled, ['photos']);
    await task(it2.lab.tester, 'stopTest', { offence: 'impossible', instantReport: '受潮' }, spoiled, ['evidence']);
    expect(await leads(spoiled)).toEqual([]);

    const denied = (await notified(it2, failing, {}, sellerRecord(it2))).task;
    await task(it2.organiser, 'askProducer', { producerAnswerDue: '2026-03-16' }, denied);
    await task(it2.organiser, 'answerProducer', { producerAnswer: 'denies', producerStatement: '喷码不符' }, denied, [
      'producerEvidence',
    ]);
    await task(it2.organiser, 'decideDenial', { denial: 'proved', denialReason: '属实' }, denied);
    expect(await leads(denied)).toMatchObject([['lead', expect.stringContaining('试验电缆')]]);
    const notices = await noticesOf(it2, denied);
    expect(await stateOf('notice', notices['labelled-producer']!)).toBe('withdrawn');
    await serve(it2, notices.sampled!);
    await expireAll(it2, '2026-03-18T02:00:00Z');
    await settle();
    expect((await followUps(denied)).map(({ kind }) => kind)).toEqual([
      'credit-fact',
      'handover-seller',
      'lead',
      'priority',
    ]);
    expect(await parked()).toEqual([]);
  });
});
