import type { Actor } from '@hengjian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failing, passing } from '../../domains/sampling/src/campaign-fixture.ts';
import { openProvinces, type Provinces } from './testing/loop-fixture.ts';

let it2: Provinces;
let county: Actor;
let countyHead: Actor;
let city: Actor;

interface Story {
  task: string;
  loop: string;
}

const loopAct = (action: string, input: Record<string, unknown>, { loop }: Story, papers: string[] = []) =>
  it2.act(county, 'handling.loop', action, input, loop, papers);
const at = (day: string) => it2.kernel.at(`${day}T02:00:00Z`);
const idOf = async (table: string, where: string, { loop }: Story): Promise<string> =>
  (
    await it2.all<{ id: string }>(`select id from handling.${table} where loop = $1 and ${where} order by id desc`, [
      loop,
    ])
  )[0]!.id;
const serveOpen = async ({ loop }: Story, day: string) => {
  for (const { id } of await it2.all<{ id: string }>(
    `select id from handling.order where loop = $1 and state = 'issued'`,
    [loop],
  ))
    await it2.act(county, 'handling.order', 'serve', { way: 'direct', servedOn: day, receivedBy: '李四' }, id, [
      'receipt',
    ]);
};
async function recheck(story: Story, day: string, results: object[] | null, action = 'recheck'): Promise<void> {
  at(day);
  await loopAct(action, {}, story);
  if (results === null) return;
  const id = await idOf('recheck', `state = 'ordered'`, story);
  const take = (what: string, input: Record<string, unknown>, papers: string[] = []) =>
    it2.act(county, 'handling.recheck', what, input, id, papers);
  await take('sample', { sampledOn: day, quantity: 2, batch: 'B2', seal: '完好', samplers: '甲、乙' }, ['sheet']);
  await take('report', { reportNumber: 'F', reportedOn: day, results }, ['report']);
  await take(results === passing ? 'recognisePass' : 'recogniseFailure', { opinion: '认定' });
}
async function decideLead(story: Story): Promise<void> {
  const lead = await idOf('referral', `kind = 'penalty' and state = 'received'`, story);
  await it2.signed(
    county,
    'handling.referral',
    'decideLead',
    lead,
    { decision: 'filed', decisionReason: '属实' },
    [countyHead],
    ['record'],
  );
}

/** Each stage goes on from the one before it. */
const stages: [name: string, go: (story: Story) => Promise<unknown>][] = [
  ['待签收', async () => undefined],
  ['处理中', (story) => loopAct('sign', {}, story)],
  ['已责令改正，文书未送达', (story) => loopAct('order', { demands: '改正' }, story)],
  ['文书已送达', (story) => serveOpen(story, '2026-03-18')],
  [
    '已提交整改',
    (story) =>
      loopAct('rectify', { cause: '模具', measures: '更换' }, story, ['rectificationReport', 'recheckApplication']),
  ],
  ['复查不合格', (story) => recheck(story, '2026-05-04', failing)],
  ['已上报市局', (story) => loopAct('reportUp', { summary: '不合格' }, story, ['reportMaterial'])],
  [
    '省局已受理',
    async (story) => {
      await it2.act(city, 'handling.report-up', 'forward', {}, await idOf('report_up', `state = 'sent'`, story));
      await it2.act(
        it2.organiser,
        'handling.report-up',
        'accept',
        {},
        await idOf('report_up', `state = 'sent'`, story),
      );
    },
  ],
  [
    '已公告',
    async (story) => {
      at('2026-06-01');
      const reports = [await idOf('report_up', `state = 'accepted'`, story)];
      const { record } = await it2.act(it2.organiser, 'handling.announcement', 'draft', { name: '公告', reports });
      await it2.signed(it2.organiser, 'handling.announcement', 'publish', record);
    },
  ],
  ['公告后复查仍不合格', (story) => recheck(story, '2026-08-03', failing, 'recheckAgain')],
  [
    '停业整顿中',
    async (story) => {
      await it2.signed(county, 'handling.loop', 'proposeSuspension', story.loop, { ground: '仍不合格' }, [countyHead]);
      const referral = await idOf('referral', `kind = 'suspension'`, story);
      const decision = {
        decisionNumber: '罚1号',
        decidedOn: '2026-08-03',
        decisionReason: '停业',
        suspendedUntil: '2026-09-30',
      };
      await it2.act(county, 'handling.referral', 'recordDecision', decision, referral, ['decision']);
    },
  ],
  ['整顿后复查中', (story) => recheck(story, '2026-10-09', null, 'recheckAfter')],
];

async function storyUntil(stage: number): Promise<Story> {
  const task = await it2.ownFailure();
  const followUp = await it2.followUp(task, 'handover-producer');
  await it2.act(it2.organiser, 'sampling.follow-up', 'handOver', { deadline: '2026-12-31' }, followUp);
  for (const kind of ['credit-fact', 'priority'])
    await it2.act(
      it2.organiser,
      'sampling.follow-up',
      'bringIntoForce',
      { effectiveOn: '2026-03-18' },
      await it2.followUp(task, kind),
    );
  await it2.settle();
  const [loop] = await it2.all<{ id: string }>('select id from handling.loop where task = $1', [task]);
  const story = { task, loop: loop!.id };
  for (const [, go] of stages.slice(0, stage + 1)) await go(story);
  await it2.settle();
  return story;
}

async function overturn({ task }: Story): Promise<void> {
  const { record } = await it2.act(
    it2.organiser,
    'sampling.reversal',
    'propose',
    {
      task,
      ground: 'superior',
      change: 'conforms',
      decidedOn: it2.kernel.now().toISOString().slice(0, 10),
      decisionNumber: '复检1号',
      reason: '上级复检合格',
    },
    undefined,
    ['decision'],
  );
  await it2.signed(it2.organiser, 'sampling.reversal', 'approve', record);
  await it2.settle();
}

/** States in which a record still says or does something against the firm. */
const standing: Record<string, readonly string[]> = {
  'sampling.follow-up': ['open', 'handed-over', 'in-force'],
  'handling.loop': ['*open*'],
  'handling.order': ['drafted', 'issued', 'returned', 'publicised', 'served'],
  'handling.recheck': ['ordered', 'sampled', 'tested'],
  'handling.referral': ['open', 'received'],
  'handling.report-up': ['sent', 'accepted'],
  'handling.announcement': ['drafted', 'published'],
  'handling.block-entry': ['open', 'listed'],
  'kernel.handover': ['sent', 'received'],
};

/** Every record whose row names the task, or one that names it; found in all tables that are declared, without knowing their columns. */
async function restingOn(task: string): Promise<{ id: string; entity: string; state: string; closed: boolean }[]> {
  const found = new Map<string, { id: string; entity: string; state: string; closed: boolean }>();
  let names = [task];
  while (names.length > 0) {
    const next: string[] = [];
    for (const { entity, states } of it2.kernel.register.lifecycles.values()) {
      const rows = await it2.all<{ id: string; state: string }>(
        `select id, state from ${entity.table} t where exists (select from unnest($1::text[]) as name where t::text like '%' || name || '%')`,
        [names],
      );
      for (const { id, state } of rows)
        if (!found.has(id)) {
          found.set(id, { id, entity: entity.name, state, closed: states[state]!.closed });
          if (id !== task) next.push(id);
        }
    }
    names = next;
  }
  return [...found.values()];
}

beforeAll(async () => {
  it2 = await openProvinces();
  county = await it2.handler('430102');
  countyHead = await it2.kernel.officer('芙蓉局长', 'bureau-head', '430102');
  city = await it2.kernel.officer('长沙组织', 'organiser', '4301');
});
afterAll(() => it2.kernel.close());

describe('结论被推翻以后，什么也不能留着', () => {
  // Stages between these differ from them in nothing that stands.
  it.each(stages.flatMap(([name], stage) => ([4, 6, 9].includes(stage) ? [] : [[name, stage] as const])))(
    '办到“%s”时被推翻',
    async (_name, stage) => {
      const story = await storyUntil(stage);
      const before = await restingOn(story.task);
      // The enumeration would see what stands: the hand-over, two facts in force, the loop.
      expect(
        before.filter(
          ({ entity, state, closed }) =>
            standing[entity]?.includes(closed ? state : '*open*') || standing[entity]?.includes(state),
        ).length,
      ).toBeGreaterThanOrEqual(4);
      await overturn(story);
      const after = await restingOn(story.task);
      expect(after.length).toBeGreaterThanOrEqual(before.length);
      const left = after.filter(
        ({ entity, state, closed }) => standing[entity]?.includes(state) || (entity === 'handling.loop' && !closed),
      );
      expect(left).toEqual([]);
      expect(
        await it2.all(`select kind from public_record.entry where record = any($1::uuid[]) and withdrawn_at is null`, [
          after.map(({ id }) => id),
        ]),
      ).toEqual([]);
      expect(
        await it2.all(
          `select c.name, r.entity from kernel.clock c join kernel.record r on r.id = c.record where c.status = 'running' and c.record = any($1::uuid[])`,
          [after.map(({ id }) => id)],
        ),
      ).toEqual([]);
      expect(await it2.all('select state, reason from handling.loop where id = $1', [story.loop])).toEqual([
        { state: 'annulled', reason: '结论变更：上级复检合格' },
      ]);
      // Served orders have lost their effect; an officer annuls each with its own paper, and tells the firm.
      const suspended = await it2.all<{ id: string }>(
        `select id from handling.order where loop = $1 and state = 'suspended'`,
        [story.loop],
      );
      for (const { id } of suspended) {
        await it2.act(county, 'handling.order', 'annul', {}, id);
        await expect(it2.act(county, 'handling.order', 'tellAnnulment', {}, id)).rejects.toMatchObject({
          code: 'document-missing',
        });
        await it2.act(county, 'handling.order', 'tellAnnulment', {}, id, ['annulmentReceipt']);
      }
      expect(suspended.length > 0).toBe(stage >= 3);
      expect(await it2.parked()).toEqual([]);
    },
  );

  it('已经办结的：公告移出，公开提示撤销，办结记录作为历史保留', async () => {
    const story = await storyUntil(8);
    await recheck(story, '2026-08-03', passing, 'recheckAgain');
    await serveOpen(story, '2026-08-03');
    await decideLead(story);
    await loopAct('close', { outcome: '公告后复查合格' }, story, ['closingReport']);
    await it2.settle();
    await overturn(story);
    expect(await it2.all('select state from handling.loop where id = $1', [story.loop])).toEqual([{ state: 'closed' }]);
    const after = await restingOn(story.task);
    expect(after.filter(({ entity }) => entity === 'handling.announcement')).toMatchObject([{ state: 'withdrawn' }]);
    expect(
      await it2.all(`select kind from public_record.entry where record = any($1::uuid[]) and withdrawn_at is null`, [
        after.map(({ id }) => id),
      ]),
    ).toEqual([]);
    expect(await it2.parked()).toEqual([]);
  });

  it('正在等签字的提请，推翻后签不下去', async () => {
    const story = await storyUntil(9);
    const { sheet } = await it2.act(county, 'handling.loop', 'proposeSuspension', { ground: '仍不合格' }, story.loop);
    await overturn(story);
    await expect(it2.act(countyHead, 'kernel.approval', 'sign', { opinion: '同意' }, sheet!)).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
  });
});
