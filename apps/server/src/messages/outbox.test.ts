import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { correspondenceLifecycles, correspondenceQueries } from '@hengjian/correspondence';
import { type Actor, execute, machineActor, machines } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { grantLifecycle, roles } from '@hengjian/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOutbox } from './outbox.ts';
import { createFileProvider, type MessageProvider } from './provider.ts';
import { honoursTheContract } from './provider-contract.ts';
import { queueReminders } from './reminders.ts';

const folder = mkdtempSync(join(tmpdir(), 'hengjian-messages-'));
let kernel: TestKernel;
let county: Actor;
const path = () => join(folder, `${randomUUID()}.jsonl`);
const keys = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { key: string }).key);
const rows = <T = Record<string, unknown>>(text: string, params: unknown[] = []) =>
  kernel.database.asOwner((tx) => tx.query<T>(text, params));
const message = async (id: string) => (await rows('select * from correspondence.message where id = $1', [id]))[0]!;

/** A reminder to an addressee, as a flow queues it. */
async function queued(address: string, more: Record<string, unknown> = {}): Promise<string> {
  const { record } = await execute(kernel, machineActor(kernel, machines.flow, '430102'), {
    id: randomUUID(),
    entity: 'correspondence.message',
    action: 'queue',
    input: {
      key: randomUUID(),
      occasion: 'paper-waits',
      channel: 'sms',
      language: 'zh',
      addresseeName: '湖南试验电缆厂',
      address,
      about: randomUUID(),
      aboutEntity: 'handling.order',
      paper: '责令改正通知书',
      number: '芙市监责改〔2026〕1号',
      ...more,
    },
  });
  return record;
}

beforeAll(async () => {
  kernel = await testKernel({
    lifecycles: [grantLifecycle, ...correspondenceLifecycles],
    queries: [...correspondenceQueries],
    roles,
    migrations: [
      {
        name: 'correspondence',
        path: new URL('../../../../domains/correspondence/migrations', import.meta.url).pathname,
      },
    ],
  });
  county = await kernel.officer('周县局', 'result-handler', '430102');
});
beforeEach(() => kernel.at('2026-03-02T02:00:00Z'));
afterAll(async () => {
  await kernel.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('发件箱', () => {
  it('随附的文件通道守约：同一标识只发一次，空号不再发，通道忙可以再发', async () => {
    const file = path();
    await honoursTheContract(
      () => createFileProvider(file),
      () => keys(file),
      {
        good: '13900000001',
        refused: '13900000000',
        busy: '13900000999',
      },
    );
  });

  it('排队、发出、到达；内容写明是提醒不是送达，不写企业名称；号码在发件箱里遮住', async () => {
    const file = path();
    const id = await queued('13900000001');
    expect(await createOutbox(kernel, { sms: createFileProvider(file) }).drain()).toBe(2);
    expect(await message(id)).toMatchObject({ state: 'arrived', attempts: 1, reference: 'F1' });
    const { text } = (await message(id)) as { text: string };
    expect(text).toContain('不是送达');
    expect(text).toContain('芙市监责改〔2026〕1号');
    expect(text).not.toContain('电缆厂');
    const outbox = kernel.register.queries.get('correspondence.outbox')!;
    const told = await kernel.database.transaction('hengjian_app', county.claim, (sql) =>
      outbox.answer({}, { actor: county, sql, kernel, today: '2026-03-02' }),
    );
    expect(JSON.stringify(told)).not.toContain('13900000001');
    expect(told).toMatchObject({ rows: [{ address: '139****01' }] });
  });

  it('交出以后、登记以前被打断：下一个进程接着办，仍然只发一次', async () => {
    const file = path();
    const carried = createFileProvider(file);
    const id = await queued('13900000002');
    const dying: MessageProvider = {
      ...carried,
      send: async (outgoing) => {
        await carried.send(outgoing);
        return new Promise(() => undefined);
      },
    };
    void createOutbox(kernel, { sms: dying }).drain();
    while ((await message(id)).state !== 'sending' || keys(file).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 5));
    await createOutbox(kernel, { sms: createFileProvider(file) }).drain();
    expect(await message(id)).toMatchObject({ state: 'arrived', attempts: 1 });
    expect(keys(file)).toEqual([id]);
  });

  it('通道忙的隔一会儿再发，空号和没有接入的渠道等人处理；承办人可以改号码重发', async () => {
    const file = path();
    const outbox = createOutbox(kernel, { sms: createFileProvider(file) });
    const [busy, refused, none] = [
      await queued('13900000999'),
      await queued('13900000000'),
      await queued('a@b.cn', { channel: 'email' }),
    ];
    await outbox.drain();
    expect(await message(busy)).toMatchObject({ state: 'queued', attempts: 1 });
    expect(await message(refused)).toMatchObject({ state: 'failed', attempts: 1 });
    expect(await message(none)).toMatchObject({ state: 'failed', failure: expect.stringContaining('没有接入') });
    await outbox.drain();
    expect(await message(busy)).toMatchObject({ attempts: 1 });
    for (const hour of [3, 4, 5, 6]) {
      kernel.at(`2026-03-02T0${hour}:00:00Z`);
      await outbox.drain();
    }
    expect(await message(busy)).toMatchObject({ state: 'failed', attempts: 5 });
    const again = { entity: 'correspondence.message', action: 'retry', record: refused };
    await execute(kernel, county, { ...again, id: randomUUID(), input: { address: '13900000003' } });
    await outbox.drain();
    expect(await message(refused)).toMatchObject({ state: 'arrived', address: '13900000003' });
  });

  it('站内消息不出门：接收人看到并确认；别的企业看不到', async () => {
    const firm = randomUUID();
    const agent = await kernel.agent('经办人', 'enterprise-agent', firm);
    const other = await kernel.agent('别家', 'enterprise-agent', randomUUID());
    const id = await queued('', {
      channel: 'in-app',
      address: undefined,
      reader: `org:${firm}`,
      occasion: 'notice-served',
    });
    const seen = (actor: Actor) =>
      kernel.database.transaction('hengjian_app', actor.claim, (sql) =>
        sql.query('select id from correspondence.message where id = $1', [id]),
      );
    expect(await seen(agent)).toHaveLength(1);
    expect(await seen(other)).toHaveLength(0);
    const noted = { entity: 'correspondence.message', action: 'acknowledge', record: id, input: {} };
    await execute(kernel, agent, { ...noted, id: randomUUID() });
    expect(await message(id)).toMatchObject({ state: 'arrived' });
  });
});

describe('提醒', () => {
  it('只提醒自己要求的事，每件事每个渠道一次；没有设置的人只看待办', async () => {
    const preference = { nearDue: true, handovers: false, phone: '13900000005', language: 'zh' };
    await execute(kernel, county, {
      id: randomUUID(),
      entity: 'correspondence.preference',
      action: 'set',
      input: preference,
    });
    const chief = await kernel.officer('赵科长', 'section-chief', '430102');
    // A failed message of the county's, with a term of its own, stands for any record that somebody handles.
    const near = await queued('13900000000');
    const far = await queued('13900000000');
    for (const [record, due, handler] of [
      [near, '2026-03-04', county.person],
      [far, '2026-03-05', county.person],
      [await queued('13900000000'), '2026-03-04', chief.person],
    ] as const) {
      await rows('update kernel.record set handler = $2 where id = $1', [record, handler]);
      await rows(
        `insert into kernel.clock (id, record, name, rule, basis, started_on, start_event, due_on, provisional, status, suspensions, extensions)
         values ($1, $2, 'term', '{}', '试验', '2026-03-01', $1, $3, false, 'running', '[]', '[]')`,
        [randomUUID(), record, due],
      );
    }
    expect(await queueReminders(kernel)).toBe(1);
    expect(await queueReminders(kernel)).toBe(0);
    expect(
      await rows(`select about, address, text from correspondence.message where occasion = 'clock-near-due'`),
    ).toEqual([{ about: near, address: '13900000005', text: '您承办的消息期限至2026-03-04，请及时办理。' }]);
  });
});
