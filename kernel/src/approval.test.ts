import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from './act.ts';
import { permit, permitTable } from './approval-fixture.ts';
import { execute, type Outcome } from './execute.ts';
import { expireClocks } from './machines.ts';
import { type TestKernel, testKernel } from './testing/kernel.ts';

let kernel: TestKernel;
let clerk: Actor;
let colleague: Actor;
let chief: Actor;
let deputyChief: Actor;
let head: Actor;
let otherProvince: Actor;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-'));
  writeFileSync(join(folder, '0001.sql'), permitTable);
  kernel = await testKernel({ lifecycles: [permit], migrations: [{ name: 'trial', path: folder }] });
  clerk = await kernel.officer('张一', 'organiser', '43');
  colleague = await kernel.officer('王二', 'organiser', '43');
  chief = await kernel.officer('赵处长', 'section-chief', '43');
  deputyChief = await kernel.officer('孙副处长', 'section-chief', '43');
  head = await kernel.officer('钱局长', 'bureau-head', '43');
  otherProvince = await kernel.officer('陈福', 'section-chief', '35');
});
afterAll(() => kernel.close());

const act = (
  actor: Actor,
  name: string,
  record?: string,
  input: Record<string, unknown> = {},
  more: { id?: string; documents?: { kind: string; upload: string }[] } = {},
): Promise<Outcome> => {
  const [entityName, action] = name.split('/') as [string, string];
  return execute(kernel, actor, {
    id: randomUUID(),
    entity: entityName,
    action,
    input,
    ...(record === undefined ? {} : { record }),
    ...more,
  });
};
const onSheet = (actor: Actor, action: string, sheet: string, input: Record<string, unknown> = {}): Promise<Outcome> =>
  act(actor, `kernel.approval/${action}`, sheet, input);

const upload = async (actor: Actor): Promise<string> => {
  const id = randomUUID();
  await kernel.database.transaction('hengjian_app', actor.claim, (tx) =>
    tx.query(
      `insert into desk.upload (id, person, name, media_type, size, sha256, created_at) values ($1, $2, '报告.pdf', 'application/pdf', 9, repeat('ab', 32), now())`,
      [id, actor.person],
    ),
  );
  return id;
};

/** A permit that the colleague checked, or somebody else. */
async function checked(by = colleague): Promise<string> {
  const { record } = await act(clerk, 'trial.permit/draft', undefined, { name: '电线' });
  await act(by, 'trial.permit/check', record);
  return record;
}

/** A checked permit whose grant waits on a sheet. */
async function proposed(by = colleague): Promise<{ record: string; sheet: string }> {
  const record = await checked(by);
  const documents = [{ kind: 'report', upload: await upload(clerk) }];
  const { sheet } = await act(clerk, 'trial.permit/grant', record, { amount: 5 }, { documents });
  return { record, sheet: sheet! };
}

const rows = <T = Record<string, unknown>>(text: string, params: unknown[] = []): Promise<T[]> =>
  kernel.database.asOwner((tx) => tx.query<T>(text, params));
const standing = async (record: string) =>
  (
    await rows<{ state: string; sheet: string | null }>('select state, sheet from kernel.record where id = $1', [
      record,
    ])
  )[0]!;
const opinions = async (sheet: string) =>
  (
    await rows<{ opinions: { name: string; decision: string; opinion: string | null }[] }>(
      'select opinions from kernel.approval where id = $1',
      [sheet],
    )
  )[0]!.opinions.map(({ name, decision, opinion }) => [name, decision, opinion]);

describe('a proposal', () => {
  it('is examined before it goes onto a sheet, and leaves none when it is refused', async () => {
    const record = await checked();
    await expect(act(clerk, 'trial.permit/grant', record, { amount: 5 })).rejects.toMatchObject({
      code: 'document-missing',
    });
    const documents = [{ kind: 'report', upload: await upload(clerk) }];
    await expect(act(clerk, 'trial.permit/grant', record, { amount: 500 }, { documents })).rejects.toMatchObject({
      code: 'too-much',
    });
    await expect(act(colleague, 'trial.permit/grant', record, { amount: 5 }, { documents })).rejects.toMatchObject({
      code: 'separation',
    });
    expect(await standing(record)).toEqual({ state: 'checked', sheet: null });
  });

  it('brings its papers onto the record and goes onto one sheet, however often it is sent', async () => {
    const record = await checked();
    const id = randomUUID();
    const documents = [{ kind: 'report', upload: await upload(clerk) }];
    const first = await act(clerk, 'trial.permit/grant', record, { amount: 5 }, { id, documents });
    const again = await act(clerk, 'trial.permit/grant', record, { amount: 5 }, { id, documents });
    expect(again).toMatchObject({ sheet: first.sheet, replayed: true });
    expect(await rows('select kind, name from kernel.document where record = $1', [record])).toEqual([
      { kind: 'report', name: '报告.pdf' },
    ]);
    expect(await standing(record)).toEqual({ state: 'checked', sheet: first.sheet });
  });

  it('locks the record: no other step, no second sheet, whoever asks', async () => {
    const { record } = await proposed();
    for (const [actor, name, input] of [
      [clerk, 'trial.permit/amend', { name: '别的' }],
      [colleague, 'trial.permit/amend', { name: '别的' }],
      [clerk, 'trial.permit/grant', { amount: 7 }],
    ] as const)
      await expect(act(actor, name, record, input)).rejects.toMatchObject({ status: 409, code: 'in-approval' });
  });

  it('reaches the signatory whose turn it is and nobody else', async () => {
    const { sheet } = await proposed();
    const seenBy = async (actor: Actor): Promise<boolean> =>
      (
        await kernel.database.transaction('hengjian_app', actor.claim, (tx) =>
          tx.query('select 1 from kernel.approval where id = $1', [sheet]),
        )
      ).length > 0;
    expect(await Promise.all([clerk, chief, head, colleague, otherProvince].map(seenBy))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    await onSheet(chief, 'sign', sheet);
    expect(await Promise.all([clerk, chief, head, colleague].map(seenBy))).toEqual([true, true, true, false]);
  });
});

describe('a signature', () => {
  it('carries the action out when it is the last, in the name of the signatory with the proposer beside him', async () => {
    const { record, sheet } = await proposed();
    await onSheet(chief, 'sign', sheet, { opinion: '拟同意' });
    expect(await standing(record)).toEqual({ state: 'checked', sheet });
    const last = await onSheet(head, 'sign', sheet, { opinion: '同意' });
    expect(last.state).toBe('signed');
    expect(await opinions(sheet)).toEqual([
      ['赵处长', 'approved', '拟同意'],
      ['钱局长', 'approved', '同意'],
    ]);
    const [event] = await rows(
      `select e.actor_name, e.hands->0->>'name' as proposer, r.state, r.sheet, r.number, r.handler, p.amount from kernel.event e
       join kernel.record r on r.id = e.record join trial.permit p on p.id = r.id where e.record = $1 and e.action = 'grant'`,
      [record],
    );
    expect(event).toEqual({
      actor_name: '钱局长',
      proposer: '张一',
      state: 'granted',
      sheet: null,
      number: expect.stringMatching(/^湘市监准〔2026〕\d+号$/),
      handler: clerk.person,
      amount: 5,
    });
  });

  it('is refused to the proposer, to a post out of turn, to another organ, and twice', async () => {
    const { sheet } = await proposed();
    await expect(onSheet(clerk, 'sign', sheet)).rejects.toMatchObject({ code: 'not-your-role' });
    for (const actor of [head, colleague, otherProvince])
      await expect(onSheet(actor, 'sign', sheet)).rejects.toMatchObject({ code: 'not-found' });
    await onSheet(chief, 'sign', sheet);
    await expect(onSheet(chief, 'sign', sheet)).rejects.toMatchObject({ code: 'not-your-role' });
    await onSheet(head, 'sign', sheet);
    await expect(onSheet(head, 'sign', sheet)).rejects.toMatchObject({ code: 'not-allowed-now' });
  });

  it('is refused to a proposer who also holds the post that signs', async () => {
    const { record, sheet } = await proposed();
    const asChief: Actor = {
      ...chief,
      person: clerk.person,
      name: clerk.name,
      claim: { ...chief.claim, person: clerk.person, parties: [`person:${clerk.person}`, 'role:section-chief@43'] },
    };
    await expect(onSheet(asChief, 'sign', sheet)).rejects.toMatchObject({ code: 'own-proposal' });
    await expect(onSheet(asChief, 'returnIt', sheet, { opinion: '不妥' })).rejects.toMatchObject({
      code: 'own-proposal',
    });
    expect((await standing(record)).sheet).toBe(sheet);
  });

  it('is refused to who took a step that must be kept apart; he passes the sheet on', async () => {
    const { record, sheet } = await proposed(chief);
    await expect(onSheet(chief, 'sign', sheet)).rejects.toMatchObject({ code: 'separation' });
    await expect(onSheet(chief, 'returnIt', sheet, { opinion: '不妥' })).rejects.toMatchObject({ code: 'separation' });
    await onSheet(chief, 'transfer', sheet, { person: deputyChief.person });
    await onSheet(deputyChief, 'sign', sheet);
    await onSheet(head, 'sign', sheet);
    expect((await standing(record)).state).toBe('granted');
  });

  it('counts once when two hold the post and sign at the same moment', async () => {
    const { record, sheet } = await proposed();
    const both = await Promise.allSettled([onSheet(chief, 'sign', sheet), onSheet(deputyChief, 'sign', sheet)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await opinions(sheet)).toHaveLength(1);
    expect((await standing(record)).state).toBe('checked');
  });
});

describe('a sheet that ends without approval', () => {
  it('is returned with a reason, and the record can be amended and proposed again', async () => {
    const { record, sheet } = await proposed();
    await expect(onSheet(chief, 'returnIt', sheet)).rejects.toMatchObject({
      code: 'invalid-input',
      errors: [{ path: 'input.opinion' }],
    });
    await onSheet(chief, 'sign', sheet);
    await expect(onSheet(chief, 'returnIt', sheet, { opinion: '数量不清' })).rejects.toMatchObject({
      code: 'not-your-role',
    });
    await onSheet(head, 'returnIt', sheet, { opinion: '数量不清' });
    expect(await opinions(sheet)).toEqual([
      ['赵处长', 'approved', null],
      ['钱局长', 'returned', '数量不清'],
    ]);
    expect(await standing(record)).toEqual({ state: 'checked', sheet: null });
    await act(clerk, 'trial.permit/amend', record, { name: '电线电缆' });
    const again = await act(clerk, 'trial.permit/grant', record, { amount: 6 });
    expect(again.sheet).not.toBe(sheet);
    for (const actor of [chief, head]) await onSheet(actor, 'sign', again.sheet!);
    expect(await rows('select state, amount from trial.permit where id = $1', [record])).toEqual([
      { state: 'granted', amount: 6 },
    ]);
  });

  it('is withdrawn by its proposer alone, while it waits', async () => {
    const { record, sheet } = await proposed();
    await expect(onSheet(chief, 'withdraw', sheet)).rejects.toMatchObject({ code: 'not-your-role' });
    await expect(onSheet(colleague, 'withdraw', sheet)).rejects.toMatchObject({ code: 'not-found' });
    await onSheet(clerk, 'withdraw', sheet, { opinion: '材料有误' });
    expect(await standing(record)).toEqual({ state: 'checked', sheet: null });
    for (const [actor, action] of [
      [chief, 'sign'],
      [clerk, 'withdraw'],
    ] as const)
      await expect(onSheet(actor, action, sheet)).rejects.toMatchObject({ code: 'not-allowed-now' });
    await act(clerk, 'trial.permit/amend', record, { name: '电线' });
  });

  it('does not hold up a term: the record lapses, the sheet can no longer be carried out and is withdrawn', async () => {
    const { record, sheet } = await proposed();
    await onSheet(chief, 'sign', sheet);
    kernel.at('2026-04-20T02:00:00Z');
    await expireClocks(kernel);
    expect((await standing(record)).state).toBe('lapsed');
    await expect(onSheet(head, 'sign', sheet)).rejects.toMatchObject({ code: 'not-allowed-now' });
    expect((await standing(sheet)).state).toBe('submitted');
    await onSheet(clerk, 'withdraw', sheet);
    expect(await standing(record)).toEqual({ state: 'lapsed', sheet: null });
    kernel.at('2026-03-02T02:00:00Z');
  });
});

describe('a sheet on its way', () => {
  it('takes a countersignature in before the signatory who asked for it', async () => {
    const { record, sheet } = await proposed();
    await expect(onSheet(chief, 'countersign', sheet, { role: 'astronaut' })).rejects.toMatchObject({
      code: 'unknown-role',
    });
    await expect(onSheet(chief, 'countersign', sheet, { role: 'planner', person: clerk.person })).rejects.toMatchObject(
      { code: 'own-proposal' },
    );
    await expect(onSheet(head, 'countersign', sheet, { role: 'planner' })).rejects.toMatchObject({ code: 'not-found' });
    const planner = await kernel.officer('周计划', 'planner', '43');
    await onSheet(chief, 'countersign', sheet, { role: 'planner' });
    await expect(onSheet(chief, 'sign', sheet)).rejects.toMatchObject({ code: 'not-your-role' });
    await onSheet(planner, 'sign', sheet, { opinion: '无意见' });
    for (const actor of [chief, head]) await onSheet(actor, 'sign', sheet);
    expect((await opinions(sheet)).map(([name, decision]) => `${name} ${decision}`)).toEqual([
      '赵处长 countersign',
      '周计划 approved',
      '赵处长 approved',
      '钱局长 approved',
    ]);
    expect((await standing(record)).state).toBe('granted');
  });

  it('goes to the person named in a transfer, and no longer to the post', async () => {
    const { sheet } = await proposed();
    await expect(onSheet(chief, 'transfer', sheet, { person: clerk.person })).rejects.toMatchObject({
      code: 'own-proposal',
    });
    await expect(onSheet(chief, 'transfer', sheet, { person: randomUUID() })).rejects.toMatchObject({
      code: 'unknown-person',
    });
    await expect(onSheet(clerk, 'transfer', sheet, { person: deputyChief.person })).rejects.toMatchObject({
      code: 'not-your-role',
    });
    await onSheet(chief, 'transfer', sheet, { person: deputyChief.person });
    await expect(onSheet(chief, 'sign', sheet)).rejects.toMatchObject({ code: 'not-your-role' });
    expect((await onSheet(deputyChief, 'sign', sheet)).state).toBe('submitted');
  });

  it('is one of many signed together: each stands for itself, and the same batch again changes nothing', async () => {
    const many: { record: string; sheet: string }[] = [];
    for (let count = 0; count < 4; count += 1) many.push(await proposed());
    await onSheet(clerk, 'withdraw', many[2]!.sheet);
    const ids = many.map(() => randomUUID());
    const signAll = (): Promise<PromiseSettledResult<Outcome>[]> =>
      Promise.allSettled(
        many.map(({ sheet }, index) => act(chief, 'kernel.approval/sign', sheet, {}, { id: ids[index]! })),
      );
    const first = await signAll();
    expect(first.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    const again = await signAll();
    expect(again.flatMap((one) => (one.status === 'fulfilled' ? [one.value.replayed] : []))).toEqual([
      true,
      true,
      true,
    ]);
    for (const { sheet } of many) expect((await opinions(sheet)).length).toBe(1);
  });
});
