import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, execute, expireClocks } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { licence } from './licence.ts';
import { penaltyCase } from './penalty-case.ts';

let kernel: TestKernel;
const people: Record<string, Actor> = {};
const firm = randomUUID();

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-'));
  const base =
    'id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null';
  writeFileSync(
    join(folder, '0001.sql'),
    `create schema trial; grant usage on schema trial to hengjian_app;
    create table trial.licence (${base}, firm uuid not null, firm_name text not null, kind text not null, contact text, missing jsonb, decision text, valid_until date, reason text);
    select kernel.protect('trial.licence', 'trial.licence');
    create table trial.penalty_case (${base}, party uuid not null, party_name text not null, facts text not null, officers jsonb not null, proposed_fine numeric, fine numeric, seized_on date, hearing boolean);
    select kernel.protect('trial.penalty_case', 'trial.penalty-case');`,
  );
  kernel = await testKernel({ lifecycles: [licence, penaltyCase], migrations: [{ name: 'trial', path: folder }] });
  for (const [name, role] of [
    ['window', 'organiser'],
    ['reviewer', 'organiser'],
    ['chief', 'section-chief'],
    ['head', 'bureau-head'],
    ['officer', 'result-handler'],
  ] as const)
    people[name] = await kernel.officer(name, role, '43');
  people.firm = await kernel.agent('企业', 'enterprise-agent', firm);
});
afterAll(() => kernel.close());

const act =
  (entity: string) =>
  (
    who: string,
    action: string,
    record: string | undefined,
    input: Record<string, unknown> = {},
    documents?: { kind: string; upload: string }[],
  ) =>
    execute(kernel, people[who]!, {
      id: randomUUID(),
      entity,
      action,
      input,
      ...(record === undefined ? {} : { record }),
      ...(documents ? { documents } : {}),
    });
const sign = (who: string, sheet: string) => act('kernel.approval')(who, 'sign', sheet, {});
const clocks = (record: string) =>
  kernel.database.transaction('hengjian_app', people.window!.claim, (tx) =>
    tx.query<{ name: string; status: string; due_on: string | null }>(
      'select name, status, due_on from kernel.clock where record = $1 order by started_on, name',
      [record],
    ),
  );
const stateOf = async (record: string): Promise<unknown> =>
  (
    await kernel.database.transaction('hengjian_app', people.window!.claim, (tx) =>
      tx.query('select state from kernel.record where id = $1', [record]),
    )
  )[0]?.state;

describe('the smallest licence', () => {
  it('goes from application over correction, test and extension to a certificate that ends by itself', async () => {
    const go = act('trial.licence');
    kernel.at('2026-03-02T02:00:00Z');
    const { record } = await go('window', 'apply', undefined, { firm, firmName: '湘衡计量器具厂', kind: 'scales' });
    await go('window', 'askCorrection', record, { missing: [{ paper: '场地证明' }] });
    expect(await clocks(record)).toMatchObject([{ name: 'acceptance', status: 'met' }]);
    kernel.at('2026-03-04T02:00:00Z');
    await go('firm', 'correct', record);
    await expect(go('window', 'askCorrection', record, { missing: [{ paper: '又一份' }] })).rejects.toMatchObject({
      code: 'told-once',
    });
    kernel.at('2026-03-12T02:00:00Z');
    await expireClocks(kernel);
    expect(await stateOf(record)).toBe('accepted');
    await go('window', 'sendToTest', record);
    kernel.at('2026-03-20T02:00:00Z');
    await go('window', 'takeBack', record);
    const extension = await go('window', 'extend', record);
    await sign('head', extension.sheet!);
    await go('reviewer', 'review', record);
    await expect(go('chief', 'decide', record, { decision: 'refused' })).rejects.toMatchObject({
      code: 'reason-needed',
    });
    const decision = await go('chief', 'decide', record, { decision: 'granted', validUntil: '2031-03-19' });
    await sign('head', decision.sheet!);
    expect(await clocks(record)).toMatchObject([
      { name: 'acceptance' },
      { name: 'acceptance', status: 'expired' },
      { name: 'decision', status: 'met' },
      { name: 'validity', status: 'running', due_on: '2031-03-19' },
    ]);
    kernel.at('2031-03-20T02:00:00Z');
    await expireClocks(kernel);
    expect(await stateOf(record)).toBe('ended');
  });
});

describe('a penalty case', () => {
  it('keeps investigation, review and decision apart and lets a seizure lapse', async () => {
    const go = act('trial.penalty-case');
    kernel.at('2026-03-02T02:00:00Z');
    const officers = [
      { person: people.officer!.person, name: '甲' },
      { person: randomUUID(), name: '乙' },
    ];
    const { record } = await go('officer', 'verify', undefined, {
      party: firm,
      partyName: '湘衡电线厂',
      facts: '导体电阻不合格',
      officers,
    });
    await sign('head', (await go('officer', 'file', record)).sheet!);
    await go('officer', 'seize', record, { seizedOn: '2026-03-02' });
    await expect(go('officer', 'report', record, { proposedFine: '10000.00' })).rejects.toMatchObject({
      code: 'document-missing',
    });
    const upload = randomUUID();
    await kernel.database.transaction('hengjian_app', people.officer!.claim, (tx) =>
      tx.query(
        `insert into desk.upload (id, person, name, media_type, size, sha256, created_at) values ($1, $2, '报告.pdf', 'application/pdf', 1, $3, now())`,
        [upload, people.officer!.person, 'a'.repeat(64)],
      ),
    );
    await go('officer', 'report', record, { proposedFine: '10000.00' }, [{ kind: 'report', upload }]);
    await expect(go('officer', 'examine', record)).rejects.toMatchObject({ code: 'not-your-role' });
    await go('chief', 'examine', record);
    kernel.at('2026-04-02T02:00:00Z');
    await expireClocks(kernel);
    expect((await clocks(record)).find(({ name }) => name === 'seizure')).toMatchObject({
      status: 'expired',
      due_on: '2026-04-01',
    });
    await go('officer', 'notify', record);
    await go('firm', 'askHearing', record);
    await expect(go('officer', 'decide', record, { fine: '10000.00' })).rejects.toMatchObject({
      code: 'hearing-first',
    });
    await expect(go('chief', 'hear', record)).rejects.toMatchObject({ code: 'too-early' });
    kernel.at('2026-04-15T02:00:00Z');
    await go('chief', 'hear', record);
    const decision = await go('officer', 'decide', record, { fine: '8000.00' });
    await expect(sign('chief', decision.sheet!)).rejects.toMatchObject({ code: 'separation' });
    people.otherChief = await kernel.officer('另一位处长', 'section-chief', '43');
    await sign('otherChief', decision.sheet!);
    await expect(sign('head', decision.sheet!)).resolves.toMatchObject({ state: 'signed' });
    expect(await stateOf(record)).toBe('decided');
  });
});
