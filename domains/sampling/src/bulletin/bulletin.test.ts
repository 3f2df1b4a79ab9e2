import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  anotherScheme,
  assigned,
  type Campaign,
  expireAll,
  failing,
  notified,
  openCampaign,
  passing,
  sellerRecord,
  serve,
} from '../campaign-fixture.ts';
import { addsUp, checkLeftOut, compile, type ReportedTask } from './rules.ts';

let it2: Campaign;
const act = (action: string, input: Record<string, unknown>, record?: string) =>
  it2.act(it2.organiser, 'sampling.bulletin', action, input, record);
const entries = (record: string) =>
  it2.kernel.database.transaction('hengjian_public', null, (tx) =>
    tx.query<{
      id: string;
      body: Record<string, unknown>;
      subjects: string[];
      withdrawn_at: string | null;
      reason: string | null;
      replaces: string | null;
      replaced_by: string | null;
    }>(`select * from public_record.entry where kind = 'sampling-bulletin' and record = $1 order by published_at`, [
      record,
    ]),
  );

/** Tasks of a scheme that are final: told, served, run out, concluded. */
async function concluded(scheme: object, results: object[], sample?: Record<string, unknown>): Promise<string> {
  const { task, notices } = await notified(it2, results, scheme as Record<string, unknown>, sample);
  for (const id of Object.values(notices)) await serve(it2, id);
  await expireAll(it2, '2026-03-18T02:00:00Z');
  await it2.act(it2.organiser, 'sampling.task', 'conclude', {}, task);
  it2.kernel.at('2026-03-02T02:00:00Z');
  return task;
}

beforeAll(async () => {
  it2 = await openCampaign();
});
beforeEach(() => it2.kernel.at('2026-03-02T02:00:00Z'));
afterAll(() => it2.kernel.close());

describe('公告', () => {
  it('汇总全部任务，未办结的须逐项说明；经处长、局领导签批才公开，联系方式从不公开', async () => {
    const scheme = await anotherScheme(it2);
    await expect(act('draft', { scheme: randomUUID(), name: '空' })).rejects.toMatchObject({ code: 'no-tasks' });
    const pass = await concluded(scheme, passing);
    const fail = await concluded(scheme, failing, sellerRecord(it2));
    const still = await assigned(it2, scheme);
    const draft = { scheme: scheme.scheme, name: '2026年电线电缆监督抽查结果公告' };
    await expect(it2.act(it2.chief, 'sampling.bulletin', 'draft', draft)).rejects.toMatchObject({
      code: 'not-your-role',
    });
    await expect(act('draft', draft)).rejects.toMatchObject({ code: 'tasks-open' });
    await expect(
      act('draft', {
        ...draft,
        leftOut: [
          { task: still, reason: '待抽样' },
          { task: fail, reason: '不想公布' },
        ],
      }),
    ).rejects.toMatchObject({ code: 'not-open' });
    const { record } = await act('draft', { ...draft, leftOut: [{ task: still, reason: '待抽样' }] });
    const row = await it2.get<{ counts: Record<string, number>; failing: Record<string, unknown>[] }>(
      'bulletin',
      record,
    );
    expect(row.counts).toMatchObject({ tasks: 3, conforming: 1, failing: 1, open: 1 });
    expect(row.failing).toMatchObject([
      { task: fail, seriousness: 'serious', failedItems: [{ item: '导体电阻', result: '7.95' }, { item: '绝缘厚度' }] },
    ]);
    const { sheet } = await act('publish', {}, record);
    expect(await entries(record)).toEqual([]);
    await it2.act(it2.chief, 'kernel.approval', 'sign', {}, sheet!);
    await it2.act(it2.head, 'kernel.approval', 'sign', {}, sheet!);
    const [entry] = await entries(record);
    const open = JSON.stringify(entry!.body);
    expect(entry!.body).toMatchObject({ counts: { tasks: 3 }, passing: [{ note: null }], failing: [{ note: null }] });
    expect(open).not.toMatch(/张三|13900000000|芙蓉区|待抽样/);
    expect(open).not.toContain(pass);
    expect(open).not.toContain((await it2.get<{ enterprise_name: string }>('task', still)).enterprise_name);
    expect(entry!.subjects).toHaveLength(3);
    const loop = await it2.ask<{ bulletins: object[] }>(it2.organiser, 'sampling.failure-loop', { task: fail });
    expect(loop.bulletins).toMatchObject([{ id: record, entry: entry!.id, state: 'published' }]);
  });

  it('起草后情况有变的不能发布；更正以新换旧，撤回写明理由', async () => {
    const scheme = await anotherScheme(it2);
    const fail = await concluded(scheme, failing, sellerRecord(it2));
    const draft = { scheme: scheme.scheme, name: '更正试验公告' };
    const { record } = await act('draft', draft);
    await concluded(scheme, passing);
    await expect(act('publish', {}, record)).rejects.toMatchObject({ code: 'draft-stale' });
    await act('redraft', { name: draft.name }, record);
    await it2.signed(it2.organiser, 'sampling.bulletin', 'publish', record);
    await expect(act('correct', { reason: '更正' }, record)).rejects.toMatchObject({ code: 'nothing-to-correct' });
    const first = (await entries(record)).at(-1)!;
    it2.kernel.at('2026-04-10T02:00:00Z');
    const reversal = {
      task: fail,
      ground: 'denial',
      change: 'seller-only',
      decidedOn: '2026-04-09',
      reason: '厂家事后举证成立',
    };
    const propose = (input: object, papers = ['decision']) =>
      it2.act(it2.organiser, 'sampling.reversal', 'propose', { ...reversal, ...input }, undefined, papers);
    await expect(propose({}, [])).rejects.toMatchObject({ code: 'document-missing' });
    await expect(propose({ ground: 'judgment', change: 'void' })).rejects.toMatchObject({ code: 'decision-number' });
    await expect(propose({ ground: 'judgment' })).rejects.toMatchObject({ code: 'ground-and-change' });
    await expect(propose({ decidedOn: '2026-03-01' })).rejects.toMatchObject({ code: 'decided-on' });
    await expect(propose({ task: await assigned(it2) })).rejects.toMatchObject({ code: 'not-final' });
    const change = await propose({});
    await expect(propose({})).rejects.toMatchObject({ code: 'proposed-already' });
    await it2.signed(it2.organiser, 'sampling.reversal', 'approve', change.record);
    await it2.signed(it2.organiser, 'sampling.bulletin', 'correct', record, { reason: '标称生产者否认成立' });
    const [old, now] = await entries(record);
    expect(old).toMatchObject({ id: first.id, reason: '标称生产者否认成立', replaced_by: now!.id });
    expect(now).toMatchObject({
      replaces: first.id,
      withdrawn_at: null,
      body: { revision: 2, failing: [{ producer: null, note: expect.stringContaining('仅对销售者有效') }] },
    });
    await it2.signed(it2.organiser, 'sampling.bulletin', 'withdraw', record, { reason: '法院判决' });
    expect((await entries(record)).at(-1)).toMatchObject({ reason: '法院判决', withdrawn_at: expect.any(String) });
  });

  it('作废未发布的草稿', async () => {
    const scheme = await anotherScheme(it2);
    await concluded(scheme, passing);
    const { record } = await act('draft', { scheme: scheme.scheme, name: '草稿' });
    expect(await act('discard', { reason: '合并发布' }, record)).toMatchObject({ state: 'discarded' });
  });
});

describe('汇总规则', () => {
  const base: ReportedTask = {
    id: 'a',
    number: '1',
    state: 'concluded',
    conclusion: 'conforms',
    producerDenied: false,
    retested: false,
    enterprise: '甲厂',
    enterpriseCode: null,
    region: '430102',
    producer: null,
    producerCode: null,
    productName: '电线',
    trademark: '衡',
    model: 'BV',
    batch: '1',
    channel: 'producer',
    laboratory: '院',
    failedItems: [],
    seriousness: 'none',
  };
  const all: ReportedTask[] = [
    base,
    { ...base, id: 'b', conclusion: 'fails', producer: '乙厂', producerDenied: true },
    { ...base, id: 'c', conclusion: 'void' },
    { ...base, id: 'd', state: 'not-sampled', conclusion: null },
    { ...base, id: 'e', state: 'cancelled', conclusion: null },
    { ...base, id: 'f', state: 'test-stopped', conclusion: null },
    { ...base, id: 'g', state: 'disputed', conclusion: 'fails' },
    { ...base, id: 'h', state: 'terminated', conclusion: null },
  ];

  it('每项任务只计一次，名单与合计相符，撤销的不进名单', () => {
    const compiled = compile(all);
    expect(compiled.counts).toEqual({
      tasks: 8,
      conforming: 1,
      failing: 1,
      voided: 1,
      stopped: 1,
      notSampled: 1,
      terminated: 1,
      cancelled: 1,
      open: 1,
    });
    expect(addsUp(compiled)).toBe(true);
    expect(addsUp({ ...compiled, failing: [] })).toBe(false);
    expect(compiled.failing).toMatchObject([{ producer: null, note: expect.stringContaining('否认') }]);
    expect(compile([...all].reverse()).digest).toBe(compiled.digest);
  });

  it('未办结的一项也不能漏，已办结的一项也不能删', () => {
    expect(checkLeftOut(all, [])).toMatchObject({ code: 'tasks-open' });
    expect(checkLeftOut(all, [{ task: 'g' }, { task: 'b' }])).toMatchObject({ code: 'not-open' });
    expect(checkLeftOut(all, [{ task: 'g' }])).toBe(true);
  });
});
