import { randomUUID } from 'node:crypto';
import { type Actor, actorOf, execute, expireClocks, grantsOf, machineActor, machines } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refuseExpiredCertificate } from './certificate.ts';
import { grantLifecycle, peopleLifecycles, peopleQueries, roles } from './index.ts';

let kernel: TestKernel;
let administrator: Actor;
let chief: Actor;
const rows = <T = Record<string, unknown>>(text: string, params: unknown[] = []) =>
  kernel.database.asOwner((tx) => tx.query<T & Record<string, unknown>>(text, params));
const act = (actor: Actor, entity: string, action: string, input: Record<string, unknown> = {}, record?: string) =>
  execute(kernel, actor, {
    id: randomUUID(),
    entity,
    action,
    input,
    ...(record === undefined ? {} : { record }),
  });
const person = async (name: string): Promise<string> => {
  const id = randomUUID();
  await rows('insert into kernel.person (id, name) values ($1, $2)', [id, name]);
  return id;
};
/** Somebody appointed to a post of the county, as sign-in would make him an actor on a day. */
async function appointed(name: string, role: string, more: Record<string, unknown> = {}): Promise<string> {
  const id = await person(name);
  await execute(kernel, administrator, {
    id: randomUUID(),
    entity: 'kernel.grant',
    action: 'appoint',
    office: '430102',
    input: { person: id, role, validFrom: '2026-01-01', ...more },
  });
  return id;
}
const actors = async (id: string, day = '2026-03-02') =>
  (await grantsOf(kernel.database, id, day)).map((grant) => actorOf(kernel, grant));

beforeAll(async () => {
  kernel = await testKernel({
    lifecycles: [grantLifecycle, ...peopleLifecycles],
    queries: [...peopleQueries],
    roles,
    migrations: [{ name: 'people', path: new URL('../migrations', import.meta.url).pathname }],
  });
  administrator = await kernel.officer('周立', 'system-administrator', '43');
  chief = await kernel.officer('赵科长', 'section-chief', '430102');
});
beforeEach(() => kernel.at('2026-03-02T02:00:00Z'));
afterAll(() => kernel.close());

describe('请假和代行', () => {
  it('批准后 B 角在请假期间代行本人的全部岗位，写明代行何人；提前销假，代行随之终止', async () => {
    const away = await appointed('李结果', 'result-handler');
    const deputy = await appointed('王代行', 'planner');
    const [self] = await actors(away);
    const ask = { kind: 'annual', firstDay: '2026-03-03', lastDay: '2026-03-06', deputy };
    await expect(act(self!, 'people.leave', 'ask', { ...ask, deputy: away })).rejects.toMatchObject({
      code: 'own-deputy',
    });
    await expect(act(self!, 'people.leave', 'ask', { ...ask, lastDay: '2026-03-01' })).rejects.toMatchObject({
      code: 'ends-before-start',
    });
    const { record } = await act(self!, 'people.leave', 'ask', ask);
    await expect(act(self!, 'people.leave', 'grant', {}, record)).rejects.toMatchObject({ code: 'not-your-role' });
    await act(chief, 'people.leave', 'grant', {}, record);
    expect((await actors(deputy, '2026-03-02')).map(({ role }) => role)).toEqual(['planner']);
    expect((await actors(deputy, '2026-03-04')).map(({ role, actingFor }) => [role, actingFor])).toEqual([
      ['planner', null],
      ['result-handler', '李结果'],
    ]);
    expect((await actors(deputy, '2026-03-07')).map(({ role }) => role)).toEqual(['planner']);
    kernel.at('2026-03-04T02:00:00Z');
    await act((await actors(away, '2026-03-04'))[0]!, 'people.leave', 'comeBack', {}, record);
    expect((await actors(deputy, '2026-03-04')).map(({ role }) => role)).toEqual(['planner']);
  });

  it('假期届满自动销假', async () => {
    const away = await appointed('孙请假', 'organiser');
    const deputy = await appointed('吴代行', 'planner');
    const [self] = await actors(away);
    const ask = { kind: 'sick', firstDay: '2026-03-02', lastDay: '2026-03-03', deputy };
    const { record } = await act(self!, 'people.leave', 'ask', ask);
    await act(chief, 'people.leave', 'grant', {}, record);
    kernel.at('2026-03-04T02:00:00Z');
    expect((await expireClocks(kernel)).refused).toEqual([]);
    expect(await rows('select state from people.leave where id = $1', [record])).toEqual([{ state: 'ended' }]);
  });
});

describe('值班', () => {
  it('同一班不排两次；换班写理由，过去的不改；在岗查询看到值班、请假和执法证', async () => {
    const officer = await appointed('郑值班', 'result-handler', {
      certificate: '湘执1',
      certificateUntil: '2026-03-20',
    });
    const plan = { day: '2026-03-03', shift: 'night', person: officer, part: 'officer' };
    const { record } = await act(chief, 'people.duty', 'plan', plan);
    await expect(act(chief, 'people.duty', 'plan', plan)).rejects.toMatchObject({ code: 'planned-already' });
    const other = await appointed('冯换班', 'result-handler');
    await act((await actors(officer))[0]!, 'people.duty', 'swap', { person: other, reason: '家中有事' }, record);
    const presence = kernel.register.queries.get('people.presence')!;
    const seen = (await kernel.database.transaction('hengjian_app', chief.claim, (sql) =>
      presence.answer({ days: 7 }, { actor: chief, sql, kernel, today: '2026-03-02' }),
    )) as { duties: { personName: string }[]; certificates: { personName: string; standing: string }[] };
    expect(seen.duties).toMatchObject([{ personName: '冯换班', day: '2026-03-03' }]);
    expect(seen.certificates).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ personName: '郑值班', standing: 'ends-soon' }),
        expect.objectContaining({ personName: '冯换班', standing: 'missing' }),
      ]),
    );
    kernel.at('2026-03-05T02:00:00Z');
    await expect(act(chief, 'people.duty', 'swap', { person: officer, reason: '补记' }, record)).rejects.toMatchObject({
      code: 'duty-past',
    });
  });
});

describe('执法证', () => {
  it('起始日之前到期的不能任职；到期的不能现场执法，没有登记的只提示', async () => {
    await expect(
      appointed('钱过期', 'result-handler', { certificate: '湘执2', certificateUntil: '2025-12-31' }),
    ).rejects.toMatchObject({ code: 'certificate-expired' });
    const ending = await appointed('何到期', 'result-handler', {
      certificate: '湘执3',
      certificateUntil: '2026-03-01',
    });
    const none = await appointed('吕未办', 'result-handler');
    const standing = async (id: string) => {
      const [actor] = await actors(id);
      return kernel.database.transaction('hengjian_app', actor!.claim, (sql) =>
        refuseExpiredCertificate({ actor: actor!, sql, occurredOn: '2026-03-02' } as never),
      );
    };
    expect(await standing(ending)).toMatchObject({ code: 'certificate-expired' });
    expect(await standing(none)).toBe(true);
  });
});

describe('工作交接', () => {
  it('一次交接：原任职终止，接任人任同一岗位，未办结事项和指名的审批表随岗位走，清单固定', async () => {
    const old = await appointed('旧科员', 'result-handler');
    const next = await appointed('新科员', 'planner');
    const [grant] = await grantsOf(kernel.database, old, '2026-03-02');
    const [self] = await actors(old);
    // Something that he has in hand: his own request for leave.
    const ask = { kind: 'mission', firstDay: '2026-03-09', lastDay: '2026-03-10', deputy: next };
    const leave = (await act(self!, 'people.leave', 'ask', ask)).record;
    await rows(
      `insert into kernel.approval (id, home, office, parties, state, target_entity, target_action, target_title, proposer, proposer_name, command,
         actor, apart, steps, step, opinions)
       values ($1, 431, '430102', array['person:' || $2::text], 'submitted', 'x', 'x', 'x', $3, '某人', '{}', '{}', '[]',
         jsonb_build_array(jsonb_build_object('role', 'bureau-head', 'kind', 'sign', 'person', $2::text)), 0, '[]')`,
      [randomUUID(), old, randomUUID()],
    );
    const input = { grant: grant!.id, successor: next };
    await expect(act(chief, 'people.succession', 'takeOver', { ...input, successor: old })).rejects.toMatchObject({
      code: 'same-person',
    });
    const { record } = await act(chief, 'people.succession', 'takeOver', input);
    expect((await actors(old)).length).toBe(0);
    expect((await actors(next)).map(({ role }) => role)).toEqual(['planner', 'result-handler']);
    const machine = machineActor(kernel, machines.flow, '430102');
    await rows(
      `insert into kernel.record (id, entity, home, office, title, state, opened_at, updated_at, version, edition, parties)
       select id, 'kernel.approval', home, office, 'x', state, now(), now(), 1, '2020', parties from kernel.approval where target_title = 'x'`,
    );
    await act(machine, 'people.succession', 'passWork', {}, record);
    expect(await rows('select work, sheets, state from people.succession where id = $1', [record])).toEqual([
      { work: [{ entity: 'people.leave', open: 1, overdue: 0 }], sheets: 1, state: 'passed' },
    ]);
    expect(await rows('select handler from kernel.record where id = $1', [leave])).toEqual([{ handler: next }]);
    expect(
      await rows(`select steps -> 0 ->> 'person' as person from kernel.approval where target_title = 'x'`),
    ).toEqual([{ person: next }]);
    expect(await rows(`select title from kernel.document where record = $1`, [record])).toEqual([
      { title: '工作交接清单' },
    ]);
  });
});
