import type { Actor } from '@hengjian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProvinces, type Provinces } from './testing/loop-fixture.ts';

let it2: Provinces;
const followUp = (action: string, input: Record<string, unknown>, record: string, papers: string[] = []) =>
  it2.act(it2.organiser, 'sampling.follow-up', action, input, record, papers);
const loopsOf = (task: string) =>
  it2.all<{ id: string; office: string; state: string; duty: string; handover: string; subject_name: string }>(
    'select id, office, state, duty, handover, subject_name from handling.loop where task = $1 order by id',
    [task],
  );
const sees = async (actor: Actor, task: string) =>
  (await it2.rows(actor, 'select id from sampling.task where id = $1', [task])).length > 0;
async function handOver(task: string, kind: string, toOffice?: string): Promise<string> {
  const id = await it2.followUp(task, kind);
  await followUp('handOver', { deadline: '2026-09-01', ...(toOffice ? { toOffice } : {}) }, id);
  await it2.settle();
  return id;
}

beforeAll(async () => {
  it2 = await openProvinces();
});
afterAll(() => it2.kernel.close());

describe('移交', () => {
  it('销售者所在县一个、生产者所在县一个，各自签收，互相只看得到办到哪一步', async () => {
    const task = await it2.failure('430211');
    await handOver(task, 'handover-seller');
    await handOver(task, 'handover-producer');
    const loops = await loopsOf(task);
    expect(loops.map(({ office, duty, state }) => [office, duty, state])).toEqual([
      ['430102', 'seller', 'sent'],
      ['430211', 'producer', 'sent'],
    ]);
    const furong = await it2.handler('430102');
    const tianyuan = await it2.handler('430211');
    expect(await sees(furong, task)).toBe(true);
    await it2.act(furong, 'handling.loop', 'sign', {}, loops[0]!.id);
    await it2.settle();
    expect(await it2.all('select state from kernel.handover where id = $1', [loops[0]!.handover])).toEqual([
      { state: 'received' },
    ]);
    // The lead is the county's, with fifteen working days from the day that it signed.
    const [lead] = await it2.all<{ id: string }>(
      `select id from handling.referral where loop = $1 and kind = 'penalty'`,
      [loops[0]!.id],
    );
    expect(await it2.clock(lead!.id, 'lead')).toMatchObject({ started_on: '2026-03-18', due_on: '2026-04-09' });
    expect(await it2.rows(tianyuan, 'select state from handling.loop where task = $1 order by id', [task])).toEqual([
      { state: 'in-hand' },
      { state: 'sent' },
    ]);
    // Signed for at the general desk: the loop follows.
    await it2.act(tianyuan, 'kernel.handover', 'receive', {}, loops[1]!.handover);
    await it2.settle();
    expect((await loopsOf(task)).map(({ state }) => state)).toEqual(['in-hand', 'in-hand']);
    await expect(it2.act(tianyuan, 'handling.loop', 'order', { demands: 'x' }, loops[0]!.id)).rejects.toMatchObject({
      code: 'not-your-role',
    });
    expect(await it2.parked()).toEqual([]);
  });

  it('两市之间：退回写明理由，移交机关重新移交到另一个市，原机关不再看得到', async () => {
    const task = await it2.failure('430211');
    const id = await handOver(task, 'handover-producer', '430102');
    const [wrong] = await loopsOf(task);
    const furong = await it2.handler('430102');
    await it2.act(furong, 'handling.loop', 'returnIt', { reason: '企业在株洲市天元区' }, wrong!.id);
    await it2.settle();
    expect(await it2.all('select state from sampling.follow_up where id = $1', [id])).toEqual([{ state: 'open' }]);
    expect(await sees(furong, task)).toBe(false);
    await handOver(task, 'handover-producer');
    expect((await loopsOf(task)).map(({ office, state }) => [office, state])).toEqual([
      ['430102', 'returned'],
      ['430211', 'sent'],
    ]);
    expect(await it2.parked()).toEqual([]);
  });

  it('市局转办县局，县局办结后市局核实；移交办结后谁也不再看得到文件', async () => {
    const task = await it2.failure('430211');
    const id = await handOver(task, 'handover-producer', '4302');
    const city = await it2.handler('4302');
    const county = await it2.handler('430211');
    const [upper] = await loopsOf(task);
    await it2.act(city, 'handling.loop', 'sign', {}, upper!.id);
    await expect(it2.act(city, 'handling.loop', 'passOn', { passedTo: '430102' }, upper!.id)).rejects.toMatchObject({
      code: 'not-below',
    });
    await it2.act(city, 'handling.loop', 'passOn', { passedTo: '430211', deadline: '2026-06-01' }, upper!.id);
    await it2.settle();
    const lower = (await loopsOf(task)).find(({ office }) => office === '430211')!;
    expect(lower).toMatchObject({ state: 'sent', duty: 'producer' });
    expect(await sees(county, task)).toBe(true);
    await it2.act(county, 'handling.loop', 'sign', {}, lower.id);
    const [lead] = await it2.all<{ id: string }>(
      `select id from handling.referral where loop = $1 and state = 'received'`,
      [lower.id],
    );
    const countyHead = await it2.kernel.officer('天元局长', 'bureau-head', '430211');
    await it2.signed(
      county,
      'handling.referral',
      'decideLead',
      lead!.id,
      { decision: 'not-filed', decisionReason: '已注销' },
      [countyHead],
      ['record'],
    );
    await it2.signed(
      county,
      'handling.loop',
      'closeCeased',
      lower.id,
      { outcome: '企业已注销' },
      [countyHead],
      ['ceasedProof'],
    );
    await it2.settle();
    expect((await loopsOf(task)).map(({ state }) => state)).toEqual(['verifying', 'closed']);
    await expect(it2.act(city, 'handling.loop', 'verify', { outcome: '属实' }, upper!.id)).rejects.toMatchObject({
      code: 'document-missing',
    });
    await it2.act(city, 'handling.loop', 'verify', { outcome: '经核实属实' }, upper!.id, ['verification']);
    await it2.settle();
    const reply = { repliedOn: '2026-03-18', reply: '企业已注销' };
    await followUp('finish', reply, id, ['reply']);
    await it2.settle();
    expect([await sees(city, task), await sees(county, task)]).toEqual([false, false]);
    expect(await it2.parked()).toEqual([]);
  });

  it('外省：通报到平台上的外省机关，签收、办理、函复；不在平台的发函、收回执、收复函', async () => {
    const task = await it2.failure('350100');
    const id = await it2.followUp(task, 'peer-notification');
    await expect(followUp('notifyPeer', { toOffice: '430102' }, id)).rejects.toMatchObject({ code: 'not-a-peer' });
    await followUp('notifyPeer', { toOffice: '35', deadline: '2026-06-01' }, id);
    await it2.settle();
    const fujian = await it2.handler('35');
    const abroad = (await loopsOf(task)).find(({ office }) => office === '35')!;
    expect(abroad).toMatchObject({ state: 'sent', duty: 'producer' });
    await it2.act(fujian, 'handling.loop', 'sign', {}, abroad.id);
    await it2.act(fujian, 'handling.loop', 'passOn', { passedTo: '3501' }, abroad.id);
    await it2.settle();
    expect((await loopsOf(task)).find(({ office }) => office === '3501')).toMatchObject({ state: 'sent' });
    const fuzhou = await it2.handler('3501');
    const below = (await loopsOf(task)).find(({ office }) => office === '3501')!;
    await it2.act(fuzhou, 'handling.loop', 'returnIt', { reason: '企业已迁往厦门' }, below.id);
    await it2.settle();
    expect((await loopsOf(task)).find(({ office }) => office === '35')).toMatchObject({ state: 'in-hand' });
    await it2.act(fujian, 'kernel.handover', 'answer', { reply: '已转厦门市局查处' }, abroad.handover);
    await followUp('finish', { repliedOn: '2026-03-18', reply: '已函复' }, id, ['reply']);
    expect(await it2.all('select state from sampling.follow_up where id = $1', [id])).toEqual([{ state: 'done' }]);
    expect(await it2.parked()).toEqual([]);
  });

  it('本级辖区的由本机关处理，不必移交自己', async () => {
    const task = await it2.ownFailure();
    const id = await it2.followUp(task, 'handover-producer');
    await expect(followUp('handleHere', {}, id)).rejects.toMatchObject({ code: 'not-ours' });
    const furong = await it2.kernel.officer('芙蓉组织', 'organiser', '430102');
    const { record } = await it2.act(
      furong,
      'sampling.outside-failure',
      'register',
      {
        source: 'county',
        organiser: '芙蓉区市场监督管理局',
        reportNumber: 'XQ-1',
        receivedOn: '2026-03-18',
        finalOn: '2026-03-10',
        productName: '电线电缆',
        failedItems: [{ item: '导体电阻', limit: '≤7.41', result: '7.95', unit: 'Ω', severity: 'A' }],
        firm: { name: '芙蓉某厂', region: '430102' },
      },
      undefined,
      ['report'],
    );
    const [own] = await it2.all<{ id: string }>(
      `select id from sampling.follow_up where outside_failure = $1 and kind = 'handover-producer'`,
      [record],
    );
    await it2.act(furong, 'sampling.follow-up', 'handleHere', {}, own!.id);
    await it2.settle();
    expect(
      await it2.all('select state, source, duty, items from handling.loop where outside_failure = $1', [record]),
    ).toMatchObject([
      { state: 'in-hand', source: 'county', duty: 'producer', items: [{ item: '导体电阻', limit: '≤7.41' }] },
    ]);
    const ledger = await it2.ask<{ source: string; open: number }[]>(it2.chief, 'handling.ledger', {});
    expect(ledger.find(({ source }) => source === 'county')).toMatchObject({ open: 1 });
    await it2.act(furong, 'sampling.outside-failure', 'withdraw', { reason: '复检合格' }, record);
    await it2.settle();
    expect(await it2.all('select state from handling.loop where outside_failure = $1', [record])).toEqual([
      { state: 'annulled' },
    ]);
    expect(await it2.parked()).toEqual([]);
  });
});
