import { randomUUID } from 'node:crypto';
import { type Actor, entity, execute, field, lifecycle, on } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMonitor, monitor, monitoringLifecycles, monitoringQueries } from './index.ts';

const Permit = entity(
  'trial.permit',
  { zh: '许可', en: 'Permit' },
  { fields: { name: field.text('名称') }, title: (row) => row.name, purpose: { zh: '试验', en: 'trial' } },
);
const permit = lifecycle(Permit, {
  editions: [{ name: '2020', basis: '试验办法', inForce: '2020-01-01' }],
  states: { accepted: '已受理', decided: { zh: '已决定', closed: true } },
  readers: ['organiser', 'auditor'],
  actions: {
    accept: on({
      label: '受理',
      from: null,
      to: 'accepted',
      by: ['organiser'],
      basis: '一',
      input: z.strictObject({ name: field.text('名称') }),
    }),
    decide: on({ label: '决定', from: 'accepted', to: 'decided', by: ['organiser'], basis: '二' }),
  },
  clocks: {
    decision: {
      label: '决定期限',
      rule: { kind: 'within', unit: 'working-day', amount: 5, basis: '二' },
      starts: { at: ['accept'] },
      stops: ['decide'],
    },
  },
});

let kernel: TestKernel;
let watch: ReturnType<typeof createMonitor>;
let people: Record<'clerk' | 'other' | 'auditor' | 'second' | 'head' | 'chief', Actor>;
const card = 'monitoring.card';
const rows = <T = Record<string, unknown>>(text: string, params: unknown[] = []): Promise<T[]> =>
  kernel.database.asOwner((tx) => tx.query<T>(text, params));
const cards = (record: string) =>
  rows<{ id: string; rule: string; level: string; state: string; officer: string | null }>(
    'select id, rule, level, state, officer from monitoring.card where target = $1 order by id',
    [record],
  );
const sweep = async () => {
  await kernel.sealer.seal();
  return watch.sweep();
};
const board = (actor: Actor) => {
  const query = kernel.register.queries.get('monitoring.board')!;
  return kernel.database.transaction('hengjian_app', actor.claim, (sql) =>
    query.answer({ from: '2026-03-01', until: '2026-12-31' }, { actor, sql, kernel, today: '2026-04-30' }),
  ) as Promise<{
    offices: Record<string, unknown>[];
    officers: { name: string; acts: number; score: string | null }[];
    months: { month: string; red: number }[];
  }>;
};

beforeAll(async () => {
  kernel = await testKernel({
    lifecycles: [permit, ...monitoringLifecycles],
    queries: [...monitoringQueries],
    migrations: [{ name: 'monitoring', path: new URL('../migrations', import.meta.url).pathname }],
  });
  await kernel.database.asOwner(async (tx) => {
    await tx.query('create schema trial');
    await tx.query('grant usage on schema trial to hengjian_app');
    await tx.query(
      'create table trial.permit (id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null, name text not null)',
    );
    await tx.query(`select kernel.protect('trial.permit', 'trial.permit')`);
    await tx.query(`insert into kernel.person (id, name, kind) values ($1, $2, 'machine')`, [monitor.id, monitor.name]);
  });
  watch = createMonitor(kernel);
  people = {
    clerk: await kernel.officer('甲承办', 'organiser', '4301'),
    other: await kernel.officer('乙承办', 'organiser', '4301'),
    chief: await kernel.officer('丙科长', 'section-chief', '4301'),
    auditor: await kernel.officer('丁监察', 'auditor', '43'),
    second: await kernel.officer('戊监察', 'auditor', '43'),
    head: await kernel.officer('己局长', 'bureau-head', '43'),
  };
});
afterAll(() => kernel.close());

describe('a term that an office lets run out', () => {
  let late: string;
  let id: string;

  it('gets a yellow card the day after, once, and a red one when it stays; acts are counted once', async () => {
    kernel.at('2026-03-02T02:00:00Z');
    late = (await kernel.act(people.clerk, 'trial.permit', 'accept', { name: '甲厂' })).record;
    expect(await sweep()).toEqual({ steps: 1, raised: 0, escalated: 0 });
    kernel.at('2026-03-09T02:00:00Z');
    expect(await sweep()).toMatchObject({ raised: 0 });
    kernel.at('2026-03-10T02:00:00Z');
    expect(await sweep()).toMatchObject({ raised: 1 });
    expect(await createMonitor(kernel).sweep()).toEqual({ steps: 0, raised: 0, escalated: 0 });
    expect(await cards(late)).toMatchObject([
      { rule: 'late', level: 'yellow', state: 'raised', officer: people.clerk.person },
    ]);
    kernel.at('2026-03-17T02:00:00Z');
    expect(await sweep()).toMatchObject({ raised: 0, escalated: 1 });
    expect(await cards(late)).toMatchObject([{ rule: 'very-late', level: 'red', state: 'raised' }]);
    id = (await cards(late))[0]!.id;
    expect(
      await rows(`select facts, title from monitoring.card c join kernel.record r on r.id = c.id where c.id = $1`, [
        id,
      ]),
    ).toEqual([
      expect.objectContaining({ title: '红牌：严重超过办理期限', facts: expect.not.stringContaining('甲厂') }),
    ]);
    expect(await rows('select sum(acts)::int as acts from monitoring.tally')).toEqual([{ acts: 1 }]);
  });

  it('is urged by paper, answered, reviewed and closed, by four different hands', async () => {
    const order = { demand: '说明超期原因，立即办理。', deadline: '2026-03-24' };
    await expect(kernel.act(people.clerk, card, 'order', order, id)).rejects.toMatchObject({ code: 'not-your-role' });
    await expect(
      kernel.act(people.auditor, card, 'order', { ...order, deadline: '2026-03-17' }, id),
    ).rejects.toMatchObject({ code: 'due-in-past' });
    await kernel.act(people.auditor, card, 'order', order, id);
    expect(
      await rows(`select number, status from kernel.document d join kernel.clock c using (record) where record = $1`, [
        id,
      ]),
    ).toMatchObject([{ status: 'running', number: expect.stringContaining('监督') }]);
    await kernel.act(people.clerk, card, 'reply', { cause: 'workload', reply: '三人休假，已补办。' }, id);
    const review = { finding: 'excused', opinion: '情况属实。' };
    await expect(kernel.act(people.clerk, card, 'review', review, id)).rejects.toMatchObject({ code: 'not-your-role' });
    await kernel.act(people.auditor, card, 'review', review, id);
    await expect(kernel.act(people.auditor, card, 'close', {}, id)).rejects.toMatchObject({
      code: expect.stringMatching(/separation|same-person/),
    });
    await kernel.act(people.second, card, 'close', {}, id);
    expect(await cards(late)).toMatchObject([{ state: 'closed' }]);
    kernel.at('2026-04-01T02:00:00Z');
    expect(await sweep()).toMatchObject({ raised: 0, escalated: 0 });
  });

  it('counts in the scores of office and officer, for whoever reads that office alone', async () => {
    const seen = await board(people.auditor);
    expect(seen.offices).toContainEqual(
      expect.objectContaining({ office: '4301', red: 1, points: 6, excused: 6, weighed: '3' }),
    );
    const officer = seen.officers.find(({ name }) => name === '甲承办')!;
    expect(officer).toMatchObject({ acts: 2, score: '85.00' });
    expect(seen.months.find(({ month }) => month === '2026-03')).toEqual({ month: '2026-03', red: 1, yellow: 0 });
    const elsewhere = await kernel.officer('闽监察', 'auditor', '35');
    expect((await board(elsewhere)).offices).toEqual([]);
  });
});

describe('a card that is wrong', () => {
  let id: string;
  it('is raised for a step entered late, contested by its officer, upheld, and struck only with a reason and by two', async () => {
    kernel.at('2026-04-20T02:00:00Z');
    const { record } = await execute(kernel, people.other, {
      id: randomUUID(),
      entity: 'trial.permit',
      action: 'accept',
      input: { name: '乙厂' },
      occurredAt: '2026-04-01T02:00:00Z',
    });
    await sweep();
    const raised = (await cards(record)).find(({ rule }) => rule === 'entered-late')!;
    expect(raised).toMatchObject({ level: 'yellow', officer: people.other.person });
    id = raised.id;
    await kernel.act(people.other, card, 'contest', { reason: '当日停电，有公告为证。' }, id, ['evidence']);
    await kernel.act(people.auditor, card, 'uphold', { reason: '公告与日期不符。' }, id);
    await kernel.act(people.chief, card, 'contest', { reason: '附供电部门证明。' }, id);
    await expect(kernel.act(people.auditor, card, 'proposeStrike', {}, id)).rejects.toMatchObject({
      code: 'invalid-input',
    });
    await kernel.act(people.auditor, card, 'proposeStrike', { reason: '证明属实，发牌有误。' }, id);
    await expect(kernel.act(people.auditor, card, 'strike', {}, id)).rejects.toMatchObject({ status: 403 });
    await kernel.act(people.head, card, 'strike', {}, id);
    expect((await cards(record)).find((one) => one.id === id)).toMatchObject({ state: 'struck' });
    expect((await board(people.auditor)).officers.find(({ name }) => name === '乙承办')).toMatchObject({ struck: 1 });
  });

  it('is judged by nobody in his own matter', async () => {
    const { record } = await execute(kernel, people.other, {
      id: randomUUID(),
      entity: 'trial.permit',
      action: 'accept',
      input: { name: '丙厂' },
      occurredAt: '2026-04-02T02:00:00Z',
    });
    await sweep();
    const own = (await cards(record)).find(({ rule }) => rule === 'entered-late')!;
    // The same officer under a second post of his.
    const { person } = people.other;
    const judge: Actor = { ...people.auditor, person, claim: { ...people.auditor.claim, person } };
    await expect(
      kernel.act(judge, card, 'order', { demand: '说明', deadline: '2026-12-01' }, own.id),
    ).rejects.toMatchObject({ code: 'own-card' });
  });
});
