import { randomUUID } from 'node:crypto';
import type { Actor } from '@hengjian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Campaign, failing, openCampaign, reported } from '../campaign-fixture.ts';
import { type Failure, followUpsOf, regionOf, undoing } from './rules.ts';

let it2: Campaign;
let task: string;
const act = (actor: Actor, action: string, input: Record<string, unknown>, record: string, papers: string[] = []) =>
  it2.act(actor, 'sampling.follow-up', action, input, record, papers);
const open = async (kind: string, more: Record<string, unknown> = {}): Promise<string> => {
  const input = {
    task,
    kind,
    subjectName: '湖南某厂',
    region: '430102',
    productName: '电线电缆',
    ground: '导体电阻不合格',
    clause: '第四十六条',
    startedOn: '2026-03-02',
    ...more,
  };
  return (await it2.act(it2.organiser, 'sampling.follow-up', 'open', input)).record;
};

beforeAll(async () => {
  it2 = await openCampaign();
  task = await reported(it2, failing);
});
beforeEach(() => it2.kernel.at('2026-03-02T02:00:00Z'));
afterAll(() => it2.kernel.close());

describe('移交', () => {
  it('移交到所在地县局，县局只看到这一项任务，答复后凭材料销号', async () => {
    const id = await open('handover-producer');
    expect(await it2.rows(it2.county, 'select id from sampling.task')).toEqual([]);
    await expect(act(it2.organiser, 'handOver', { deadline: '2026-03-02' }, id)).rejects.toMatchObject({
      code: 'due-in-past',
    });
    await expect(act(it2.organiser, 'handOver', { deadline: '2026-06-01', toOffice: '999' }, id)).rejects.toMatchObject(
      { code: 'unknown-office' },
    );
    await act(it2.organiser, 'handOver', { deadline: '2026-06-01' }, id);
    const row = await it2.get<{ handover: string }>('follow_up', id);
    expect(row).toMatchObject({ state: 'handed-over', to_office: '430102', sent_on: '2026-03-02' });
    expect(await it2.rows(it2.county, 'select id from sampling.task')).toEqual([{ id: task }]);
    expect(await it2.clock(id, 'answer')).toMatchObject({ due_on: '2026-06-01', status: 'running' });
    const reply = { repliedOn: '2026-03-02', reply: '已责令改正并立案' };
    await expect(act(it2.organiser, 'finish', reply, id)).rejects.toMatchObject({ code: 'document-missing' });
    await expect(act(it2.organiser, 'finish', reply, id, ['reply'])).rejects.toMatchObject({ code: 'not-answered' });
    await it2.act(it2.county, 'kernel.handover', 'receive', {}, row.handover);
    await it2.act(it2.county, 'kernel.handover', 'answer', { reply: '已责令改正' }, row.handover);
    expect(await act(it2.organiser, 'finish', reply, id, ['reply'])).toMatchObject({ state: 'done' });
  });

  it('县局退回的重新移交', async () => {
    const id = await open('handover-seller');
    await act(it2.organiser, 'handOver', { deadline: '2026-06-01', toOffice: '430102' }, id);
    await expect(act(it2.organiser, 'reopen', { reason: '退回' }, id)).rejects.toMatchObject({ code: 'not-returned' });
    const { handover } = await it2.get<{ handover: string }>('follow_up', id);
    await it2.act(it2.organiser, 'kernel.handover', 'returnIt', { reply: '县局来函：企业不在本区' }, handover);
    expect(await act(it2.organiser, 'reopen', { reason: '企业不在芙蓉区' }, id)).toMatchObject({ state: 'open' });
  });

  it('外省生产者以函通报，事项种类不对的不能办', async () => {
    const id = await open('peer-notification', { region: '350100' });
    await expect(act(it2.organiser, 'handOver', { deadline: '2026-06-01' }, id)).rejects.toMatchObject({
      code: 'other-kind',
    });
    await act(it2.organiser, 'sendLetter', { recipient: '福建省市场监督管理局', deadline: '2026-05-01' }, id);
    const [paper] = await it2.rows(it2.organiser, 'select title, number from kernel.document where record = $1', [id]);
    expect(paper).toEqual({ title: '关于不合格产品情况的通报函', number: '湘市监抽检函〔2026〕1号' });
    await expect(
      act(it2.organiser, 'finish', { repliedOn: '2026-03-01', reply: '收到' }, id, ['reply']),
    ).rejects.toMatchObject({ code: 'replied-on' });
    await expect(
      act(it2.organiser, 'finish', { repliedOn: '2026-03-02', reply: '收到' }, id, ['reply']),
    ).rejects.toMatchObject({ code: 'receipt-missing' });
    await expect(act(it2.organiser, 'recordReceipt', { receiptOn: '2026-03-02' }, id)).rejects.toMatchObject({
      code: 'document-missing',
    });
    await act(it2.organiser, 'recordReceipt', { receiptOn: '2026-03-02' }, id, ['receipt']);
    expect(
      await act(it2.organiser, 'finish', { repliedOn: '2026-03-02', reply: '已收悉' }, id, ['reply']),
    ).toMatchObject({ state: 'done' });
  });
});

describe('线索和信用', () => {
  it('线索十五个工作日内核查，由局领导决定是否立案，经批准可延长十五个工作日', async () => {
    const id = await open('lead');
    expect(await it2.clock(id, 'lead')).toMatchObject({
      started_on: '2026-03-02',
      due_on: '2026-03-23',
      status: 'running',
    });
    const decision = { decision: 'filed', decisionReason: '事实清楚' };
    await expect(act(it2.organiser, 'decideLead', decision, id)).rejects.toMatchObject({ code: 'document-missing' });
    await it2.signed(it2.organiser, 'sampling.follow-up', 'extendLead', id, {}, [it2.head]);
    expect(await it2.clock(id, 'lead')).toMatchObject({ due_on: '2026-04-14', status: 'running' });
    await it2.signed(it2.organiser, 'sampling.follow-up', 'decideLead', id, decision, [it2.head], ['record']);
    expect(await it2.get('follow_up', id)).toMatchObject({ state: 'done', decision: 'filed' });
    expect(await it2.clock(id, 'lead')).toMatchObject({ status: 'met' });
  });

  it('信用记录只有生效后才作数，可以撤销', async () => {
    const id = await open('credit-fact');
    await expect(act(it2.organiser, 'bringIntoForce', { effectiveOn: '2026-03-01' }, id)).rejects.toMatchObject({
      code: 'before-final',
    });
    await act(it2.organiser, 'bringIntoForce', { effectiveOn: '2026-03-02', foreignNumber: 'GS1' }, id);
    expect(await act(it2.organiser, 'reverse', { reason: '复议撤销' }, id)).toMatchObject({ state: 'reversed' });
    const listed = await open('priority');
    await act(it2.organiser, 'bringIntoForce', { effectiveOn: '2026-03-02' }, listed);
    expect(await act(it2.organiser, 'lapse', { outcome: '下期已抽查合格' }, listed)).toMatchObject({ state: 'done' });
    await expect(act(it2.chief, 'reverse', { reason: 'x' }, listed)).rejects.toMatchObject({ code: 'not-your-role' });
    await expect(open('lead', { task: null })).rejects.toMatchObject({ code: 'source-missing' });
  });
});

describe('外来不合格（M1）', () => {
  const outside = {
    source: 'national',
    organiser: '国家市场监督管理总局',
    reportNumber: 'GJ-1',
    receivedOn: '2026-03-02',
    finalOn: '2026-02-20',
    productName: '电线电缆',
    failedItems: [{ item: '导体电阻', limit: '≤7.41 Ω', result: '7.95', unit: 'Ω', severity: 'A' }],
    firm: { name: '长沙某店', region: '430102' },
    producer: { name: '福建某厂', region: '350100' },
  };
  const register = (input: Record<string, unknown>, papers = ['report']) =>
    it2.act(it2.organiser, 'sampling.outside-failure', 'register', input, undefined, papers);

  it('登记即列入同样的后处理，全部办结才能销号', async () => {
    await expect(register(outside, [])).rejects.toMatchObject({ code: 'document-missing' });
    await expect(register({ ...outside, finalOn: '2026-04-01' })).rejects.toMatchObject({ code: 'not-final' });
    await expect(register({ ...outside, failedItems: [] })).rejects.toMatchObject({ code: 'nothing-failed' });
    const { record } = await register(outside);
    const held = await it2.rows<{ id: string; kind: string }>(
      it2.organiser,
      'select id, kind from sampling.follow_up where outside_failure = $1 order by kind',
      [record],
    );
    expect(held.map(({ kind }) => kind)).toEqual(['credit-fact', 'handover-seller', 'peer-notification', 'priority']);
    await expect(
      it2.act(it2.organiser, 'sampling.outside-failure', 'writeOff', { outcome: '已处理' }, record, ['proof']),
    ).rejects.toMatchObject({ code: 'follow-ups-open' });
    await it2.act(it2.organiser, 'sampling.outside-failure', 'withdraw', { reason: '总局撤回' }, record);
    expect(
      await it2.rows(it2.organiser, 'select distinct state from sampling.follow_up where outside_failure = $1', [
        record,
      ]),
    ).toEqual([{ state: 'reversed' }]);
  });
});

describe('外来不合格的登记和复函', () => {
  const food = {
    source: 'food',
    organiser: '湖南省市场监督管理局食品抽检处',
    reportNumber: 'SP-1',
    receivedOn: '2026-03-02',
    productName: '糕点',
    failedItems: [{ item: '菌落总数', limit: '≤10000', result: '52000', unit: 'CFU/g', severity: 'A' }],
    firm: { name: '长沙某食品厂', region: '430102' },
  };
  const act2 = (action: string, input: Record<string, unknown>, record?: string, papers: string[] = []) =>
    it2.act(it2.organiser, 'sampling.outside-failure', action, input, record, papers);

  it('食品收到即登记，不等复检；同一份报告只登记一次；撤销后可以重新登记', async () => {
    const { record } = await act2('register', food, undefined, ['report']);
    await expect(act2('register', food, undefined, ['report'])).rejects.toMatchObject({ code: 'registered-already' });
    await act2('withdraw', { reason: '复检合格' }, record);
    await act2('register', food, undefined, ['report']);
  });

  it('外省通报的，函复以后才能销号', async () => {
    const { record } = await act2(
      'register',
      {
        ...food,
        source: 'other-province',
        organiser: '福建省市场监督管理局',
        reportNumber: 'FJ-1',
        finalOn: '2026-02-20',
      },
      undefined,
      ['report'],
    );
    const held = await it2.rows<{ id: string }>(
      it2.organiser,
      'select id from sampling.follow_up where outside_failure = $1',
      [record],
    );
    for (const { id } of held) await act(it2.organiser, 'reverse', { reason: '试验' }, id);
    const off = () => act2('writeOff', { outcome: '已处理' }, record, ['proof']);
    await expect(off()).rejects.toMatchObject({ code: 'not-answered' });
    await act2('answerOrganiser', { answer: '已责令改正，复查合格' }, record);
    const [paper] = await it2.rows(
      it2.organiser,
      `select number from kernel.document where record = $1 and kind = 'reply'`,
      [record],
    );
    expect(paper).toEqual({ number: '湘市监抽检复〔2026〕1号' });
    expect(await off()).toMatchObject({ state: 'written-off' });
  });
});

describe('列哪些事项', () => {
  const failure: Failure = {
    planKind: 'supervision',
    productName: '电线电缆',
    summary: '导体电阻不合格',
    finalOn: '2026-04-01',
    region: '43',
    firm: { id: randomUUID(), name: '某店', code: null, region: '430102' },
    firmIsProducer: false,
    producer: { id: null, name: '某厂', code: null, region: '430211' },
  };
  const kinds = (change: Partial<Failure>) =>
    followUpsOf({ ...failure, ...change }).map(({ kind, subjectName }) => `${kind} ${subjectName}`);

  it('本省生产者和销售者各自移交；外省生产者只通报；否认成立的只剩销售者', () => {
    expect(kinds({})).toEqual([
      'handover-seller 某店',
      'credit-fact 某店',
      'priority 某店',
      'handover-producer 某厂',
      'credit-fact 某厂',
      'priority 某厂',
    ]);
    expect(kinds({ producer: { ...failure.producer!, region: '350100' } })).toContain('peer-notification 某厂');
    expect(kinds({ producer: { ...failure.producer!, region: '350100' } })).not.toContain('credit-fact 某厂');
    expect(kinds({ producer: null })).toEqual(['handover-seller 某店', 'credit-fact 某店', 'priority 某店']);
    expect(kinds({ firmIsProducer: true, producer: null })).toEqual([
      'handover-producer 某店',
      'credit-fact 某店',
      'priority 某店',
    ]);
  });

  it('风险监测不作处罚依据，只列为重点', () => {
    expect(kinds({ planKind: 'risk-monitoring' })).toEqual(['priority 某厂']);
  });

  it('没有地址的生产者按首次登记地推定', () => {
    expect(regionOf({ code: '91350100M000100Y43' })).toBe('350100');
    expect(regionOf({ code: '91350100M000100Y43', region: '430102' })).toBe('430102');
    expect(regionOf({})).toBeNull();
  });

  it('结论被推翻：没办的和已移交的撤销，已发函、已办结的发函告知', () => {
    expect(undoing({ kind: 'lead', state: 'open' })).toBe('reverse');
    expect(undoing({ kind: 'credit-fact', state: 'in-force' })).toBe('reverse');
    expect(undoing({ kind: 'handover-seller', state: 'handed-over' })).toBe('reverse');
    expect(undoing({ kind: 'peer-notification', state: 'handed-over' })).toBe('tell');
    expect(undoing({ kind: 'handover-seller', state: 'done' })).toBe('tell');
    expect(undoing({ kind: 'lead', state: 'reversed' })).toBeNull();
  });
});
