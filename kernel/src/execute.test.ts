import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listInput, listRecords, readInbox, readRecord } from '../../reading/src/index.ts';
import type { Actor } from './act.ts';
import { entity, type RecordRow } from './declare/entity.ts';
import { field, optional } from './declare/field.ts';
import { lifecycle, on } from './declare/lifecycle.ts';
import { type Command, execute, rehearse } from './execute.ts';
import { machineActor } from './grant.ts';
import { ingest } from './ingest.ts';
import { expireClocks, machines, runFlows } from './machines.ts';
import { refuse } from './problem.ts';
import { type TestKernel, testKernel } from './testing/kernel.ts';

const Visit = entity('trial.visit', '检查', {
  fields: {
    firm: field.identifier('企业'),
    firmName: field.text('企业名称', { public: true }),
    contact: optional(field.text('联系人', { personal: { zh: '联系', en: 'contact' } })),
    fee: optional(field.decimal('费用', { unit: '元' })),
    findings: optional(
      field.list('发现的问题', z.object({ clause: field.text('条款'), text: field.longText('问题') })),
    ),
  },
  title: (row) => row.firmName,
  subject: (row) => ({ id: row.firm, name: row.firmName }),
  purpose: { zh: '试验', en: 'trial' },
});
type VisitRow = RecordRow<typeof Visit>;

const visit = lifecycle(Visit, {
  editions: [{ name: '2020', basis: '试验办法', inForce: '2020-01-01' }],
  states: {
    planned: '已计划',
    visited: '已检查',
    objected: '已异议',
    closed: { zh: '已办结', en: 'Closed', closed: true },
  },
  readers: ['section-chief', 'bureau-head', 'organiser', 'auditor'],
  ingestible: ['planned'],
  documents: {
    notice: {
      zh: '通知书',
      en: 'Notice',
      number: '查通',
      paper: (row: VisitRow) => ({ template: 'notice', title: '通知书', content: { firm: row.firmName } }),
    },
  },
  parties: {
    firm: {
      label: '企业',
      of: (row: VisitRow) => [`org:${row.firm}`],
      sees: ['firmName', 'findings'],
      from: 'visited',
    },
  },
  actions: {
    plan: on({
      label: '计划',
      from: null,
      to: 'planned',
      by: ['organiser'],
      basis: '第一条',
      numbers: '查',
      input: z.strictObject({
        firm: field.identifier('企业'),
        firmName: field.text('名称'),
        contact: optional(field.text('联系人')),
      }),
      reserves: (_row: VisitRow, input) => [
        {
          key: `visit:${input.firm}`,
          until: '2026-06-30',
          refusal: refuse('twice', '半年内已检查过这家企业。', 'Visited within six months.'),
        },
      ],
    }),
    visit: on({
      label: '登记检查',
      from: 'planned',
      to: 'visited',
      by: ['organiser'],
      basis: '第二条',
      papers: ['notice'],
      input: z.strictObject({
        findings: field.list('问题', z.object({ clause: field.text('条款'), text: field.longText('问题') })),
        fee: optional(field.decimal('费用')),
      }),
      check: (_row: VisitRow, input) =>
        input.findings.length < 10 || refuse('too-many', '问题太多。', 'Too many findings.', 'findings'),
    }),
    object: on({
      label: '异议',
      from: 'visited',
      to: 'objected',
      by: ['firm'],
      basis: '第三条',
      input: z.strictObject({}),
    }),
    close: on({
      label: '办结',
      from: ['visited', 'objected'],
      to: 'closed',
      by: ['organiser', 'system'],
      basis: '第四条',
      notBy: [{ actions: ['visit'], same: 'person' }],
    }),
    closeBySheet: on({
      label: '批准办结',
      from: ['visited'],
      to: 'closed',
      by: ['organiser'],
      aside: true,
      basis: '第五条',
      approval: ['section-chief', 'bureau-head'],
    }),
  },
  clocks: {
    objection: {
      label: '异议期',
      rule: { kind: 'within', unit: 'day', amount: 15, basis: '第三条' },
      starts: { at: ['visit'] },
      stops: ['object', 'close', 'closeBySheet'],
      onExpiry: 'close',
    },
  },
});

let kernel: TestKernel;
let organiser: Actor;
let other: Actor;
let chief: Actor;
let head: Actor;
let fujian: Actor;
const firm = randomUUID();
const command = (action: string, input: Record<string, unknown>, more: Partial<Command> = {}): Command => ({
  id: randomUUID(),
  entity: 'trial.visit',
  action,
  input,
  ...more,
});
const planned = async (actor = organiser): Promise<string> =>
  (await execute(kernel, actor, command('plan', { firm: randomUUID(), firmName: '星沙电线厂', contact: '李四' })))
    .record;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-'));
  writeFileSync(
    join(folder, '0001.sql'),
    `create schema trial; grant usage on schema trial to hengjian_app;
    create table trial.visit (id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
      firm uuid not null, firm_name text not null, contact text, fee numeric, findings jsonb);
    select kernel.protect('trial.visit', 'trial.visit');`,
  );
  kernel = await testKernel({ lifecycles: [visit], migrations: [{ name: 'trial', path: folder }] });
  organiser = await kernel.officer('张一', 'organiser', '43');
  other = await kernel.officer('王二', 'organiser', '43');
  chief = await kernel.officer('赵处长', 'section-chief', '43');
  head = await kernel.officer('钱局长', 'bureau-head', '43');
  fujian = await kernel.officer('陈福', 'organiser', '35');
});
afterAll(() => kernel.close());

describe('an action', () => {
  it('creates a record with its number, register row, event and words', async () => {
    const done = await execute(kernel, organiser, command('plan', { firm, firmName: '长沙衡鉴电线厂' }));
    const [row] = await kernel.database.transaction('hengjian_app', organiser.claim, (tx) =>
      tx.query('select r.*, v.firm_name from kernel.record r join trial.visit v using (id) where id = $1', [
        done.record,
      ]),
    );
    expect(row).toMatchObject({
      entity: 'trial.visit',
      state: 'planned',
      office: '43',
      number: '湘市监查〔2026〕1号',
      version: 1,
      subject: firm,
      firm_name: '长沙衡鉴电线厂',
    });
  });

  it('is done once however often it is repeated, also six times at once', async () => {
    const same = command('plan', { firm: randomUUID(), firmName: '重复厂' });
    const all = await Promise.all(Array.from({ length: 6 }, () => execute(kernel, organiser, same)));
    expect(new Set(all.map(({ record }) => record)).size).toBe(1);
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1);
    await expect(execute(kernel, organiser, { ...same, input: { firm, firmName: '别的' } })).rejects.toMatchObject({
      status: 409,
      code: 'already-different',
    });
  });

  it('refuses what an officer may not do, with the reason', async () => {
    const record = await planned();
    await expect(execute(kernel, chief, command('visit', { findings: [] }, { record }))).rejects.toMatchObject({
      code: 'not-your-role',
    });
    await expect(execute(kernel, fujian, command('visit', { findings: [] }, { record }))).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(execute(kernel, organiser, command('close', {}, { record }))).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
    await expect(execute(kernel, organiser, command('visit', { findings: 'x' }, { record }))).rejects.toMatchObject({
      code: 'invalid-input',
      errors: [{ path: 'input.findings' }],
    });
    await expect(
      execute(
        kernel,
        organiser,
        command('visit', { findings: Array(10).fill({ clause: '1', text: 'x' }) }, { record }),
      ),
    ).rejects.toMatchObject({ code: 'too-many', errors: [{ path: 'input.findings' }] });
    await expect(
      execute(kernel, organiser, command('visit', { findings: [] }, { record, version: 7 })),
    ).rejects.toMatchObject({ code: 'version-conflict' });
    await expect(
      execute(kernel, organiser, command('visit', { findings: [] }, { record, occurredAt: '2099-01-01T00:00:00Z' })),
    ).rejects.toMatchObject({ code: 'in-the-future' });
    await expect(execute(kernel, organiser, command('fly', {}, { record }))).rejects.toMatchObject({
      status: 404,
      code: 'unknown-action',
    });
  });

  it('holds a reservation against a race', async () => {
    const raced = randomUUID();
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => execute(kernel, organiser, command('plan', { firm: raced, firmName: '抢占厂' }))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('keeps persons apart, opens the record to the firm only from its state on, and closes by clock', async () => {
    const theirs = randomUUID();
    const agent = await kernel.agent('企业代理人', 'enterprise-agent', theirs);
    const { record } = await execute(kernel, organiser, command('plan', { firm: theirs, firmName: '开门厂' }));
    await expect(execute(kernel, agent, command('object', {}, { record }))).rejects.toMatchObject({
      code: 'not-found',
    });
    await execute(
      kernel,
      organiser,
      command('visit', { findings: [{ clause: '3', text: '标识缺失' }], fee: '12.50' }, { record }),
    );
    await expect(execute(kernel, organiser, command('close', {}, { record }))).rejects.toMatchObject({
      code: 'separation',
    });
    const rehearsed = rehearse(kernel, agent, command('object', {}, { record }));
    await expect(rehearsed).resolves.toBeUndefined();
    const [clock] = await kernel.database.transaction('hengjian_app', organiser.claim, (tx) =>
      tx.query('select * from kernel.clock where record = $1', [record]),
    );
    expect(clock).toMatchObject({
      name: 'objection',
      started_on: '2026-03-02',
      due_on: '2026-03-17',
      status: 'running',
    });
    kernel.at('2026-03-18T02:00:00Z');
    expect((await expireClocks(kernel)).refused).toEqual([]);
    const [after] = await kernel.database.transaction('hengjian_app', organiser.claim, (tx) =>
      tx.query('select r.state, c.status from kernel.record r join kernel.clock c on c.record = r.id where r.id = $1', [
        record,
      ]),
    );
    expect(after).toEqual({ state: 'closed', status: 'expired' });
    kernel.at('2026-03-02T02:00:00Z');
  });

  it('waits on an approval sheet for every signature, and nobody signs his own', async () => {
    const record = await planned();
    await execute(kernel, organiser, command('visit', { findings: [] }, { record }));
    const submitted = await execute(kernel, organiser, command('closeBySheet', {}, { record }));
    expect(submitted).toMatchObject({ state: 'visited' });
    const sheet = submitted.sheet!;
    const sign = (actor: Actor) =>
      execute(kernel, actor, {
        id: randomUUID(),
        entity: 'kernel.approval',
        action: 'sign',
        record: sheet,
        input: { opinion: '同意' },
      });
    await expect(execute(kernel, other, command('close', {}, { record }))).rejects.toMatchObject({
      code: 'in-approval',
    });
    await expect(sign(organiser)).rejects.toMatchObject({ code: 'not-your-role' });
    await expect(sign(head)).rejects.toMatchObject({ code: 'not-found' });
    expect(await sign(chief)).toMatchObject({ state: 'submitted' });
    expect(await sign(head)).toMatchObject({ state: 'signed' });
    const [row] = await kernel.database.transaction('hengjian_app', organiser.claim, (tx) =>
      tx.query('select state, sheet from kernel.record where id = $1', [record]),
    );
    expect(row).toEqual({ state: 'closed', sheet: null });
  });

  it('is visible to nobody without a claim, and shut for another province', async () => {
    for (const claim of [null, fujian.claim])
      for (const table of ['kernel.record', 'kernel.event', 'kernel.clock', 'kernel.document', 'trial.visit'])
        expect(
          await kernel.database.transaction('hengjian_app', claim, (tx) =>
            tx.query(`select count(*) as n from ${table}`),
          ),
        ).toEqual([{ n: 0 }]);
  });

  it('is sealed without gaps, and the log verifies', async () => {
    await kernel.sealer.seal();
    const rows = await kernel.database.transaction('hengjian_machine', null, (tx) =>
      tx.query<{ number: number }>('select number from kernel.event order by number'),
    );
    expect(rows.map(({ number }) => Number(number))).toEqual(rows.map((_, index) => index));
    const [head] = await kernel.database.transaction('hengjian_public', null, (tx) =>
      tx.query('select size from kernel.log_head order by size desc limit 1'),
    );
    expect(Number(head!.size)).toBe(rows.length);
  });

  it('takes a file of records once, by COPY, with register rows and one event', async () => {
    const rows = [
      { firm: randomUUID(), firmName: '批量一厂' },
      { firm: randomUUID(), firmName: '批量二厂\t换行\n', findings: [{ clause: '1', text: '"引号\\"' }] },
    ];
    const batch = { entity: 'trial.visit', state: 'planned', office: '4301', rows, contentHash: 'ab'.repeat(32) };
    expect(await ingest(kernel, organiser, batch)).toMatchObject({ good: 2 });
    await expect(ingest(kernel, organiser, batch)).rejects.toMatchObject({ code: 'already-ingested' });
    await expect(ingest(kernel, fujian, { ...batch, contentHash: 'cd'.repeat(32) })).rejects.toMatchObject({
      code: 'not-your-office',
    });
    const found = await kernel.database.transaction('hengjian_app', organiser.claim, (tx) =>
      tx.query(
        'select v.findings from kernel.record r join trial.visit v using (id) where r.title like $1 order by r.title',
        ['批量%'],
      ),
    );
    expect(found).toHaveLength(2);
    expect(found).toContainEqual({ findings: [{ clause: '1', text: '"引号\\"' }] });
  });

  it('shows on its page what may be done, by whom, and the arithmetic of its clocks', async () => {
    const record = await planned();
    await execute(kernel, organiser, command('visit', { findings: [] }, { record }));
    const read = (actor: Actor) =>
      kernel.database.transaction('hengjian_app', actor.claim, (sql) => readRecord(kernel, actor, sql, record));
    const page = await read(organiser);
    expect(page.fields.contact).toEqual({ masked: expect.stringContaining('李') });
    expect(page.can.map(({ action, enabled }) => [action, enabled])).toEqual([
      ['object', false],
      ['close', false],
      ['closeBySheet', true],
    ]);
    expect(page.clocks[0]).toMatchObject({ dueOn: '2026-03-17', daysLeft: 15, status: 'running' });
    expect(page.documents[0]).toMatchObject({
      kind: 'notice',
      number: expect.stringMatching(/^湘市监查通〔2026〕\d+号$/),
    });
    await expect(read(fujian)).rejects.toMatchObject({ status: 404 });
    const list = await kernel.database.transaction('hengjian_app', organiser.claim, (sql) =>
      listRecords(kernel, organiser, sql, listInput.parse({ entity: 'trial.visit', q: 'xsdxc', limit: 2 })),
    );
    expect(list.rows).toHaveLength(2);
    expect(list.next).not.toBeNull();
    const inbox = await kernel.database.transaction('hengjian_app', organiser.claim, (sql) =>
      readInbox(kernel, organiser, sql),
    );
    expect(inbox.groups.flatMap(({ rows }) => rows).some(({ id }) => id === record)).toBe(true);
  });

  it('lets a machine act only where its claim says', async () => {
    const machine = machineActor(kernel, machines.seed, '4301');
    await expect(execute(kernel, machine, command('plan', { firm, firmName: 'x' }))).rejects.toMatchObject({
      code: 'not-your-role',
    });
    await runFlows(kernel);
  });
});
