import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, entity, execute, field, lifecycle, on } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listInput, listRecords, readRecord } from './index.ts';

const Failure = entity('trial.failure', '不合格', {
  fields: { firm: field.text('企业'), lot: field.text('批号'), price: field.money('价格') },
  title: (row) => row.firm,
  purpose: { zh: '试验', en: 'trial' },
});
const failure = lifecycle(Failure, {
  editions: [{ name: '2020', basis: '试验办法', inForce: '2020-01-01' }],
  states: { open: '处理中', closed: { zh: '已办结', en: 'Closed', closed: true } },
  readers: ['organiser'],
  columns: ['lot', 'price'],
  actions: {
    record: on({
      label: '登记',
      from: null,
      to: 'open',
      by: ['organiser'],
      basis: '第一条',
      input: z.strictObject({ firm: field.text('企业'), lot: field.text('批号'), price: field.money('价格') }),
    }),
    close: on({ label: '办结', from: 'open', to: 'closed', by: ['organiser'], basis: '第二条' }),
  },
});

let kernel: TestKernel;
let hunan: Actor;
let fujian: Actor;
let record: string;

const send = (actor: Actor, entityName: string, action: string, target: string | undefined, input: object) =>
  execute(kernel, actor, {
    id: randomUUID(),
    entity: entityName,
    action,
    ...(target === undefined ? {} : { record: target }),
    input: input as Record<string, unknown>,
  });
const handOver = async (scope?: string[]): Promise<string> =>
  (
    await send(hunan, 'kernel.handover', 'send', undefined, {
      target: record,
      toOffice: '35',
      purpose: '通报外省生产者',
      kind: 'notification',
      ...(scope === undefined ? {} : { scope }),
    })
  ).record;
const page = (actor: Actor) =>
  kernel.database.transaction('hengjian_app', actor.claim, (sql) => readRecord(kernel, actor, sql, record));
const fieldsInList = async (actor: Actor) => {
  const { rows } = await kernel.database.transaction('hengjian_app', actor.claim, (sql) =>
    listRecords(kernel, actor, sql, listInput.parse({ entity: 'trial.failure' })),
  );
  return rows[0]?.fields;
};

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-'));
  writeFileSync(
    join(folder, '0001.sql'),
    `create schema trial; grant usage on schema trial to hengjian_app;
     create table trial.failure (id uuid primary key, home smallint not null, office text not null, parties text[] not null,
       state text not null, firm text not null, lot text not null, price numeric not null);
     select kernel.protect('trial.failure', 'trial.failure');`,
  );
  kernel = await testKernel({ lifecycles: [failure], migrations: [{ name: 'trial', path: folder }] });
  hunan = await kernel.officer('湘组织', 'organiser', '43');
  fujian = await kernel.officer('闽组织', 'organiser', '35');
  const input = { firm: '试验企业', lot: '20260101', price: '12.50' };
  record = (await send(hunan, 'trial.failure', 'record', undefined, input)).record;
});
afterAll(() => kernel.close());

describe('移交的可见内容', () => {
  it('移交之前外省看不到这条记录', async () => {
    await expect(page(fujian)).rejects.toMatchObject({ status: 404 });
    expect(await fieldsInList(fujian)).toBeUndefined();
  });

  it('只打开移交载明的内容，详情页和列表一致；退回后不再可见', async () => {
    const handover = await handOver(['firm', 'lot']);
    expect((await page(fujian)).fields).toEqual({ firm: '试验企业', lot: '20260101' });
    expect(await fieldsInList(fujian)).toEqual({ lot: '20260101' });
    expect((await page(hunan)).fields).toHaveProperty('price', '12.50');
    await send(fujian, 'kernel.handover', 'returnIt', handover, { reply: '不属本省管辖' });
    await expect(page(fujian)).rejects.toMatchObject({ status: 404 });
  });

  it('两份移交都未办结时，看得见其中载明的全部内容', async () => {
    const part = await handOver(['lot']);
    await handOver();
    expect((await page(fujian)).fields).toHaveProperty('price', '12.50');
    await send(fujian, 'kernel.handover', 'returnIt', part, { reply: '重复移交' });
    expect((await page(fujian)).fields).toHaveProperty('lot', '20260101');
  });

  it('督办改了期限，新的期限起算，旧的不再计', async () => {
    const handover = (
      await send(hunan, 'kernel.handover', 'send', undefined, {
        target: record,
        toOffice: '35',
        purpose: '协查',
        kind: 'assistance',
        deadline: '2026-03-20',
      })
    ).record;
    await send(await kernel.officer('湘处长', 'section-chief', '43'), 'kernel.handover', 'urge', handover, {
      deadline: '2026-03-12',
    });
    const clocks = await kernel.database.transaction('hengjian_app', hunan.claim, (sql) =>
      sql.query('select due_on, status from kernel.clock where record = $1 order by due_on', [handover]),
    );
    expect(clocks).toEqual([
      { due_on: '2026-03-12', status: 'running' },
      { due_on: '2026-03-20', status: 'cancelled' },
    ]);
  });
});

describe('翻页', () => {
  it('按每一种次序翻到底，不重不漏；标记被改动的拒绝', async () => {
    for (let at = 0; at < 6; at += 1)
      await send(hunan, 'trial.failure', 'record', undefined, {
        firm: `试验企业${at % 3}`,
        lot: `2026020${at}`,
        price: `${at}.50`,
      });
    const list = (sort: string, cursor?: string) =>
      kernel.database.transaction('hengjian_app', hunan.claim, (sql) =>
        listRecords(kernel, hunan, sql, listInput.parse({ entity: 'trial.failure', sort, limit: 2, cursor })),
      );
    for (const sort of ['-updated', 'updated', 'due', 'number', 'title', '-title', 'lot', '-price']) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const { rows, next } = await list(sort, cursor);
        seen.push(...rows.map(({ id }) => id));
        cursor = next ?? undefined;
      } while (cursor !== undefined);
      expect([sort, seen.length, new Set(seen).size]).toEqual([sort, 7, 7]);
    }
    const bad = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const cursor of ['x', bad(['昨天', record]), bad([null, record]), bad(['2026-01-01', 'x']), bad({ a: 1 })])
      await expect(list('-updated', cursor)).rejects.toMatchObject({ status: 400, code: 'bad-cursor' });
    await expect(list('contact')).rejects.toMatchObject({ status: 400, code: 'unknown-sort' });
  });
});
