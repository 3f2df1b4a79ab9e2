import { randomUUID } from 'node:crypto';
import { deliver, findCounterpart, keyOf, openEndpoint, reconcileDay, renderPackage } from '@hengjian/exchange';
import { machineActor, machines } from '@hengjian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeCounterpart, openFake } from '../../domains/exchange/src/testing/fake-counterpart.ts';
import { failing, reported, sampled, sampleRecord } from '../../domains/sampling/src/campaign-fixture.ts';
import { openProvinces, type Provinces } from './testing/loop-fixture.ts';

interface Dispatch {
  id: string;
  state: string;
  message: string;
  version: number;
  hash: string;
  foreign_number: string | null;
  reason: string | null;
  earlier: { version: number; hash: string; reason: string | null; payload: Record<string, string> }[];
  payload: { field: string; value: string }[];
  faults: { field: string; code: string }[];
  previous: string | null;
}

let it2: Provinces;
let fake: FakeCounterpart;
const system = 'product-sampling';
const counterpart = findCounterpart(system, '2026-03-02')!;
const dispatches = (source: string, message?: string) =>
  it2.all<Dispatch>(
    'select * from exchange.dispatch where source = $1 and ($2::text is null or message = $2) order by id',
    [source, message ?? null],
  );
const act = (
  entity: string,
  action: string,
  input: Record<string, unknown> = {},
  record?: string,
  papers: string[] = [],
) => it2.act(it2.organiser, `exchange.${entity}`, action, input, record, papers);
const machine = (action: string, input: Record<string, unknown>, record: string) =>
  it2.act(machineActor(it2.kernel, machines.flow, '43'), 'exchange.dispatch', action, input, record);
const control = { signal: new AbortController().signal, progress: () => undefined };
const round = () =>
  deliver(
    it2.kernel,
    machineActor(it2.kernel, machines.flow, '43'),
    { office: '43', system },
    openEndpoint(fake),
    control,
  );

beforeAll(async () => {
  it2 = await openProvinces();
  fake = await openFake(counterpart, () => '2026-03-02');
  await act('connection', 'connect', { system, port: 'file', since: '2026-03-02', agreement: '试验' });
});
afterAll(async () => {
  await fake.close();
  await it2.kernel.close();
});

describe('系统对接', () => {
  it('一个机关对一个系统只有一个对接；没有的方式不能选', async () => {
    const again = { system, port: 'api', since: '2026-03-02', agreement: '试验' };
    await expect(act('connection', 'connect', again)).rejects.toMatchObject({ code: 'connected-already' });
    const [{ id } = { id: '' }] = await it2.all<{ id: string }>('select id from exchange.connection');
    await expect(act('connection', 'switchPort', { port: 'file', reason: '试' }, id)).rejects.toMatchObject({
      code: 'port-unchanged',
    });
    await expect(
      it2.act(it2.county, 'exchange.connection', 'connect', { ...again, system: 'food-sampling' }),
    ).rejects.toMatchObject({ code: 'not-your-role' });
  });
});

describe('从业务到交换件', () => {
  let task: string;
  it('抽样任务和抽样单自动列入报送，各一次；内容冻结，有校验值和映射版本', async () => {
    task = await sampled(it2);
    await it2.settle();
    const queued = await dispatches(task);
    expect(queued.map(({ message, state, version }) => [message, state, version])).toEqual([
      ['task', 'queued', 1],
      ['sheet', 'queued', 1],
    ]);
    expect(queued[1]!.payload).toContainEqual(expect.objectContaining({ field: 'PRICE', value: '120.50' }));
    expect(queued[1]!.payload).toContainEqual(expect.objectContaining({ field: 'SAMPLE_DATE', value: '20260302' }));
    expect(JSON.stringify(queued[1]!.payload)).not.toContain('13900000000');
    await expect(
      machine('queue', { system, message: 'sheet', source: task, factOn: '2026-03-02' }, undefined as never),
    ).rejects.toMatchObject({ code: 'queued-already' });
  });

  it('不该报送的不列入：没有对接、对接之前的、不属于这种报文的、看不到的', async () => {
    const wrong = (input: object) =>
      machine(
        'queue',
        { system, message: 'task', source: task, factOn: '2026-03-02', previous: randomUUID(), ...input },
        undefined as never,
      );
    await expect(wrong({ system: 'food-sampling', message: 'sheet' })).rejects.toMatchObject({ code: 'not-connected' });
    await expect(wrong({ factOn: '2026-03-01' })).rejects.toMatchObject({ code: 'before-connection' });
    await expect(wrong({ source: randomUUID() })).rejects.toMatchObject({ code: 'source-hidden' });
    await expect(wrong({ message: 'moon' })).rejects.toMatchObject({ code: 'unknown-message' });
    await expect(wrong({ message: 'disposal' })).rejects.toMatchObject({ code: 'source-hidden' });
  });

  it('对方编号不能由人填写，县局结果处理岗位看不到抽样任务的交换件（W1）', async () => {
    const [first] = await dispatches(task);
    await expect(act('dispatch', 'accept', { foreignNumber: 'X', version: 1 }, first!.id)).rejects.toMatchObject({
      code: 'not-your-role',
    });
    expect(await it2.rows(it2.county, 'select id from exchange.dispatch')).toEqual([]);
  });
});

describe('文件方式', () => {
  it('打包冻结、带控制合计；回执一条有错整份不收；收下后逐条对上，退回的更正后重报、旧的留着', async () => {
    await expect(act('package', 'pack', { system, message: 'bulletin' })).rejects.toMatchObject({
      code: 'nothing-queued',
    });
    await expect(act('package', 'pack', { system: 'food-sampling', message: 'sheet' })).rejects.toMatchObject({
      code: 'not-connected',
    });
    const other = await sampled(it2);
    await it2.settle();
    const { record: pack } = await act('package', 'pack', { system, message: 'sheet' });
    const [packed] = await it2.all<{
      lines: { key: string; dispatch: string }[];
      control: { field: string; total: string }[];
      digest: string;
      total: number;
    }>('select * from exchange.package where id = $1', [pack]);
    expect(packed).toMatchObject({
      total: 2,
      control: expect.arrayContaining([expect.objectContaining({ field: 'SAMPLE_QTY', total: '4' })]),
    });
    const csv = (
      await renderPackage(
        { system, message: 'sheet', mapping: counterpart.edition, ...packed! } as never,
        counterpart,
        'csv',
      )
    ).toString();
    expect(csv.split('\r\n').at(-2)).toContain(`#2/${packed!.digest}`);
    const [one, two] = packed!.lines;
    const receipt = (rows: object[]) => act('package', 'takeReceipt', { rows }, pack, ['receipt']);
    const good = { key: one!.key, outcome: 'accepted', foreignNumber: 'GJ-1' };
    await expect(receipt([good, { key: two!.key, outcome: 'rejected' }])).rejects.toMatchObject({
      code: 'reason-missing',
    });
    await expect(receipt([])).rejects.toMatchObject({ code: 'receipt-empty' });
    expect(
      (await it2.all<Dispatch>('select * from exchange.dispatch where package = $1', [pack])).map(({ state }) => state),
    ).toEqual(['sent', 'sent']);
    await receipt([good]);
    await expect(receipt([good])).rejects.toMatchObject({ code: 'answered-already' });
    const { state } = await receipt([{ key: two!.key, outcome: 'rejected', code: 'E1', reason: '查无此单位' }]);
    expect(state).toBe('answered');
    const [rejected] = await it2.all<Dispatch>('select * from exchange.dispatch where id = $1', [two!.dispatch]);
    expect(rejected).toMatchObject({ state: 'rejected', reason: '查无此单位' });

    // Sent again as it is only when the officer says so.
    await expect(act('dispatch', 'resend', {}, two!.dispatch)).rejects.toMatchObject({ code: 'content-unchanged' });
    await it2.all(`update sampling.task set model = 'BV 4' where id = $1`, [other]);
    await act('dispatch', 'resend', { correction: '型号写错' }, two!.dispatch);
    const [again] = await it2.all<Dispatch>('select * from exchange.dispatch where id = $1', [two!.dispatch]);
    expect(again).toMatchObject({
      state: 'queued',
      version: 2,
      earlier: [{ version: 1, hash: rejected!.hash, reason: '查无此单位', payload: { PRICE: '120.50' } }],
    });
    expect(again!.hash).not.toBe(rejected!.hash);
  });

  it('作废的报送包把没有回执的放回待报送；撤销要写理由', async () => {
    const { record: pack } = await act('package', 'pack', { system, message: 'task' });
    await act('package', 'void', { reason: '传错系统' }, pack);
    const waiting = await it2.all<Dispatch>(`select * from exchange.dispatch where message = 'task' order by id`);
    expect(waiting.map(({ state }) => state)).toEqual(['queued', 'queued']);
    await act('dispatch', 'cancel', { reason: '不属于报送范围' }, waiting[0]!.id);
    await expect(act('dispatch', 'cancel', { reason: '再次' }, waiting[0]!.id)).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
  });
});

describe('接口方式', () => {
  it('中断后重来不重复；版本变了不算数；退回写明原因；对方迟些答复的随后记下', async () => {
    const [{ id } = { id: '' }] = await it2.all<{ id: string }>('select id from exchange.connection');
    await act('connection', 'switchPort', { port: 'api', reason: '接口已开通' }, id);
    await expect(act('package', 'pack', { system, message: 'task' })).rejects.toMatchObject({ code: 'port-is-api' });
    fake.stumble(503);
    await expect(round()).rejects.toThrow(/503/);
    // The counterpart took it and the process died before it was written down: the same key, taken once.
    const [first] = await it2.all<Dispatch & { mapping: string }>(
      `select * from exchange.dispatch where state = 'queued' order by fact_on, id`,
    );
    const values = Object.fromEntries(first!.payload.map(({ field, value }) => [field, value]));
    const key = keyOf(first!.id, first!.version);
    const answer = await openEndpoint(fake).put({ key, message: first!.message, mapping: first!.mapping, values });
    expect(await round()).toMatchObject({ sent: 2, accepted: 2, rejected: 0 });
    expect(fake.asked.get(key)).toBe(2);
    expect((await it2.all<Dispatch>('select * from exchange.dispatch where id = $1', [first!.id]))[0]).toMatchObject({
      state: 'accepted',
      foreign_number: (answer as { foreignNumber: string }).foreignNumber,
    });
    expect(await round()).toEqual({ sent: 0, accepted: 0, rejected: 0 });

    fake.ponder();
    const task = await reported(it2, failing, { enterpriseName: '湖南查无' }, sampleRecord(it2));
    await it2.settle();
    expect(await round()).toMatchObject({ sent: 3, accepted: 0 });
    const [sent] = await dispatches(task, 'result');
    await expect(machine('reject', { reason: '旧版', version: 9 }, sent!.id)).rejects.toMatchObject({
      code: 'other-version',
    });
    fake.decide();
    expect(await round()).toMatchObject({ rejected: 3 });
    expect((await dispatches(task, 'result'))[0]).toMatchObject({
      state: 'rejected',
      reason: '被抽样单位在主体库中查无此单位。',
    });
    await act('dispatch', 'resend', { unchanged: true }, sent!.id);
    expect((await dispatches(task, 'result'))[0]).toMatchObject({ state: 'queued', version: 2 });
    expect(await it2.parked()).toEqual([]);
  });

  it('已接收的又更正：另起一件，注明上一件；内容没变就不再报', async () => {
    const [accepted] = await it2.all<Dispatch & { source: string }>(
      `select * from exchange.dispatch where state = 'accepted' and message = 'sheet' and previous is null order by id`,
    );
    const source = accepted!.source;
    const correct = (what: string, after: string) =>
      it2.act(
        it2.samplers[0],
        'sampling.task',
        'correctSheet',
        { corrections: [{ what, after, why: '笔误' }], confirmedBy: '张三', confirmedHow: 'stamp' },
        source,
        ['correctionConfirmation'],
      );
    await correct('storage', '阴凉');
    await it2.settle();
    expect(await dispatches(source, 'sheet')).toHaveLength(1);
    await correct('trademark', '衡鉴牌');
    await it2.settle();
    expect((await dispatches(source, 'sheet')).map(({ state, previous }) => [state, previous])).toEqual([
      ['accepted', null],
      ['queued', accepted!.id],
    ]);
  });
});

describe('每日对账', () => {
  it('对方清单冻结，差异逐项处理并写理由；合计可以重算；同一清单不对两次', async () => {
    const actor = machineActor(it2.kernel, machines.flow, '43');
    const [one] = [...fake.held.values()].filter(({ answer }) => answer.state === 'accepted');
    one!.item.values.PRODUCT_NAME = '电缆桥架';
    expect(
      await reconcileDay(it2.kernel, actor, { office: '43', system }, openEndpoint(fake), '2026-03-02', control.signal),
    ).toBe(true);
    expect(
      await reconcileDay(it2.kernel, actor, { office: '43', system }, openEndpoint(fake), '2026-03-02', control.signal),
    ).toBe(false);
    const [held] = await it2.all<
      Record<string, unknown> & { id: string; differences: { ordinal: number; kind: string }[] }
    >('select * from exchange.reconciliation');
    // What went by file is not in the API's list; one content was changed there.
    expect(held).toMatchObject({ state: 'open', only_ours: 1, only_theirs: 0, differing: 1 });
    expect((held!.matched as number) + (held!.differing as number) + (held!.only_ours as number)).toBe(held!.ours);
    const resolve = (ordinal: number, reason = '对方改正') =>
      act('reconciliation', 'resolve', { ordinal, resolution: 'corrected-there', reason }, held!.id);
    await expect(resolve(9)).rejects.toMatchObject({ code: 'no-such-difference' });
    await resolve(1);
    await expect(resolve(1)).rejects.toMatchObject({ code: 'resolved-already' });
    expect((await resolve(2)).state).toBe('settled');
    const listing = { system, since: '2026-03-02', until: '2026-03-02', origin: 'file' };
    const mine = { key: 'x', message: 'sheet', foreignNumber: '1', values: {} };
    const reconcile = (input: object) => act('reconciliation', 'reconcile', { ...listing, list: [mine], ...input });
    await reconcile({});
    await expect(reconcile({})).rejects.toMatchObject({ code: 'reconciled-already' });
    await expect(reconcile({ list: [mine, mine] })).rejects.toMatchObject({ code: 'twice' });
    await expect(reconcile({ since: '2026-03-03' })).rejects.toMatchObject({ code: 'days-reversed' });
    await expect(reconcile({ until: '2027-01-01' })).rejects.toMatchObject({ code: 'in-the-future' });
  });
});
