import { randomBytes } from 'node:crypto';
import { type DrawBundle, secretCommitment, toHex } from '@hengjian/transparency';
import { verifyDraw } from '@hengjian/transparency/verification';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  afterTheRound,
  approvedScheme,
  beforeTheRound,
  type ListedFirm,
  planInForce,
  planInput,
  product,
  productName,
  round1000,
  rulesFor,
} from '../planning-fixture.ts';
import { bodies, type Campaign, labs, openCampaign, samplers } from './draw-fixture.ts';

let campaign: Campaign;
let bureau: Campaign['bureau'];
let listed: Campaign['listed'];
let freezeInput: Campaign['freezeInput'];
let commitInput: Campaign['commitInput'];
let exclusions: Campaign['exclusions'];
let draws: Campaign['draws'];
let owner: Campaign['owner'];
let asPublic: Campaign['asPublic'];
let bundleOf: Campaign['bundleOf'];

beforeAll(async () => {
  campaign = await openCampaign();
  ({ bureau, listed, freezeInput, commitInput, exclusions, draws, owner, asPublic, bundleOf } = campaign);
});
afterAll(() => bureau.kernel.close());

/** As if every visit were over: what the task side does in its own tests. */
const endVisits = async (draw: string) => {
  for (const table of ['sampling.task', 'kernel.record'])
    await owner(
      `update ${table} set state = 'not-sampled' where id in (select id from sampling.task where draw = $1)`,
      [draw],
    );
};

/** Everything a stranger can read, as one text. */
async function everythingPublic(): Promise<string> {
  const rows = [
    ...(await asPublic('select to_jsonb(e) as row from public_record.entry e')),
    ...(await asPublic('select to_jsonb(n) as row from kernel.log_node n')),
    ...(await asPublic('select to_jsonb(h) as row from kernel.log_head h')),
  ];
  return JSON.stringify(rows).toLowerCase();
}

describe('一次抽取', () => {
  let draw: string;
  interface TaskRow {
    enterprise: string;
    enterprise_name: string;
    leaf: string;
    stratum: string;
    sequence: number;
    is_reserve: boolean;
    state: string;
    samplers: { person: string; name: string }[];
    lab: { id: string };
    due_on: string;
  }
  let tasks: TaskRow[];

  beforeAll(async () => {
    draw = (await draws(bureau.planner, 'freeze', freezeInput())).record;
    await draws(bureau.planner, 'commit', commitInput(), draw);
  });

  it('publishes leaves, strata, weights, sizes and the round, and names nobody', async () => {
    const bundle = await bundleOf(draw);
    const verdict = verifyDraw(bundle);
    expect(verdict).toMatchObject({ ok: true, stage: 'announced' });
    expect(bundle.commitment).toMatchObject({
      frame: { size: 35 },
      samplers: { size: 8, team: 'any' },
      exclusions: { size: 3 },
      beacon: { round: 1000 },
    });
    const [entry] = await asPublic<{ body: Record<string, unknown>; subjects: string[] }>(
      `select body, subjects from public_record.entry where record = '${draw}'`,
    );
    expect(entry).toMatchObject({
      subjects: [],
      body: {
        stage: 'committed',
        product,
        productName,
        strata: [{ key: 'A' }, { key: 'B+C' }],
        opensWhen: { zh: expect.stringContaining('名称') },
      },
    });
    expect(JSON.stringify(entry)).not.toMatch(/past-failure|credit|reason":"配偶/);
  });

  it('draws only with the announced round, signed by the network', async () => {
    const refused = (input: Record<string, unknown>, code: string) =>
      expect(draws(bureau.organiser, 'draw', input, draw)).rejects.toMatchObject({ code });
    bureau.kernel.at(afterTheRound);
    await refused({}, 'beacon-missing');
    await refused({ signature: `${round1000.signature.slice(0, -2)}38` }, 'beacon-invalid');
    await refused({ signature: round1000.signature, secrets: ['ab'.repeat(32)] }, 'secrets-too-many');
    await expect(draws(bureau.chief, 'draw', { signature: round1000.signature }, draw)).rejects.toMatchObject({
      code: 'not-your-role',
    });
    await expect(draws(bureau.planner, 'open', {}, draw)).rejects.toMatchObject({ code: 'not-allowed-now' });
  });

  it('is refused when one firm was swapped for another after the commitment', async () => {
    const swap = (from: ListedFirm, to: ListedFirm) =>
      owner(
        'update sampling.frame_entry set enterprise = $3, name = $4, code = $5 where draw = $1 and enterprise = $2',
        [draw, from.id, to.id, to.name, to.code],
      );
    const outsider = await bureau.firm({ state: 'stopped', product: 'P105' });
    await swap(listed[5]!, outsider);
    await expect(draws(bureau.organiser, 'draw', { signature: round1000.signature }, draw)).rejects.toMatchObject({
      code: 'frame-changed',
    });
    await swap(outsider, listed[5]!);
  });

  it('assigns a task for every firm drawn and every reserve, in order, though the rules have a new version by now', async () => {
    const newer = await rulesFor(bureau, campaign.scheme);
    await draws(bureau.organiser, 'draw', { signature: round1000.signature }, draw);
    tasks = await bureau.rows<TaskRow>(
      bureau.planner,
      'select * from sampling.task where draw = $1 order by stratum, sequence',
      [draw],
    );
    const of = (stratum: string, reserve: boolean) =>
      tasks.filter((task) => task.stratum === stratum && task.is_reserve === reserve);
    expect([of('A', false), of('A', true), of('B+C', false), of('B+C', true)].map(({ length }) => length)).toEqual([
      6, 4, 4, 3,
    ]);
    expect(of('A', false).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(of('A', true).map(({ sequence, state }) => [sequence, state])).toEqual([
      [7, 'reserved'],
      [8, 'reserved'],
      [9, 'reserved'],
      [10, 'reserved'],
    ]);
    expect(
      tasks
        .filter(({ is_reserve: reserve }) => !reserve)
        .every(({ state, due_on: due }) => state === 'assigned' && due === '2023-10-31'),
    ).toBe(true);
    expect(new Set(tasks.map(({ enterprise }) => enterprise)).size).toBe(17);
    const known = await bureau.rows<{ rules: string }>(
      bureau.planner,
      'select distinct rules from sampling.task where draw = $1',
      [draw],
    );
    expect(known).toEqual([{ rules: campaign.rules }]);
    await expect(draws(bureau.planner, 'freeze', freezeInput())).rejects.toMatchObject({ code: 'rules-unpublished' });
    campaign.rules = newer;
  });

  it('sends two different samplers, never one who is excluded, and laboratories in turn that may test the product', () => {
    for (const { samplers: pair } of tasks) expect(new Set(pair.map(({ person }) => person)).size).toBe(2);
    const barred = new Set(exclusions().map(({ sampler, enterprise }) => `${sampler}/${enterprise}`));
    for (const { samplers: pair, enterprise } of tasks)
      for (const { person } of pair) expect(barred.has(`${person}/${enterprise}`)).toBe(false);
    const used = tasks.map(({ lab }) => lab.id);
    expect(new Set(used)).toEqual(new Set([labs[0]!.id, labs[1]!.id]));
    expect(
      Math.abs(used.filter((id) => id === labs[0]!.id).length - used.filter((id) => id === labs[1]!.id).length),
    ).toBeLessThanOrEqual(1);
  });

  it('lets anybody compute the draw again from the public record', async () => {
    const bundle = await bundleOf(draw);
    const { ok, stage, steps } = verifyDraw(bundle);
    expect({ ok, stage }).toEqual({ ok: true, stage: 'drawn' });
    expect(steps.filter((step) => step.ok === true).map(({ name }) => name)).toEqual([
      'format',
      'frame',
      'frame-root',
      'commitment',
      'beacon',
      'beacon-time',
      'selection',
      'reserves',
    ]);
    const other = bundle.frameRows[63] === '0' ? '1' : '0';
    const swapped = { ...bundle, frameRows: `${bundle.frameRows.slice(0, 63)}${other}${bundle.frameRows.slice(64)}` };
    expect(verifyDraw(swapped).ok).toBe(false);
  });

  it('names no firm and no sampler in public before the visits: record, words, log, and the firm itself', async () => {
    await bureau.kernel.sealer.seal();
    const text = await everythingPublic();
    expect(text).toContain(draw);
    for (const { name, code, id } of listed)
      for (const word of [name, code.toLowerCase(), id]) expect(text).not.toContain(word);
    for (const { name, person } of samplers) for (const word of [name, person]) expect(text).not.toContain(word);
    for (const { name } of labs) expect(text).not.toContain(name);
    const agent = await bureau.kernel.agent('企业经办人', 'enterprise-agent', tasks[0]!.enterprise);
    for (const table of [
      'kernel.record',
      'kernel.event',
      'kernel.document',
      'sampling.task',
      'sampling.draw',
      'sampling.frame_entry',
      'sampling.pool_entry',
      'sampling.directory',
    ])
      expect(await bureau.rows(agent, `select count(*) as n from ${table}`)).toEqual([{ n: 0 }]);
    const papers = await bureau.rows<{ content: unknown }>(
      bureau.planner,
      'select content from kernel.document where record = $1',
      [draw],
    );
    expect(papers).toHaveLength(2);
    for (const { name } of listed) expect(JSON.stringify(papers)).not.toContain(name);
  });

  it('shows insiders and strangers the same leaves without names, and who may ask what', async () => {
    const state = await bureau.ask<{
      drawn: { opened: unknown; leaf: string }[];
      tasks: unknown;
      steps: { ok: boolean | null }[];
    }>(bureau.planner, 'sampling.draw-state', { draw });
    expect(state).toMatchObject({
      stage: 'drawn',
      beacon: { chain: 'quicknet', round: 1000, at: '2023-08-23T15:59:24.000Z', kind: 'drand' },
      tasks: { total: 17, done: 0 },
    });
    expect(state).toMatchObject({
      weightReasons: [
        { reason: 'credit-d', firms: 1 },
        { reason: 'past-failure', firms: 6 },
      ],
    });
    expect(state.drawn).toHaveLength(17);
    expect(state.drawn.every(({ opened }) => opened === null)).toBe(true);
    expect(new Set(state.drawn.map(({ leaf }) => leaf))).toEqual(new Set(tasks.map(({ leaf }) => leaf)));
    expect(state.steps.some(({ ok }) => ok === false)).toBe(false);
    const outside = await bureau.kernel.database.transaction('hengjian_public', null, (sql) =>
      bureau.kernel.register.queries
        .get('sampling.draw-state')!
        .answer({ draw }, { sql, kernel: bureau.kernel, today: '2023-08-23', actor: bureau.planner }),
    );
    expect(outside).toMatchObject({
      stage: 'drawn',
      frame: { size: 35, freshness: null },
      tasks: null,
      weightReasons: null,
    });
    const roles = (name: string) => bureau.kernel.register.queries.get(name)!.roles;
    expect(roles('sampling.draw-exclusions')).toEqual(['auditor']);
    expect(roles('sampling.draw-bundle')).toContain('public');
  });

  it('opens the exclusions to the auditor, whose bundle proves that nobody excluded was sent', async () => {
    const audit = await bureau.ask<{
      exclusions: { firm: string; sampler: string; reason: string }[];
      bundle: DrawBundle;
    }>(bureau.auditor, 'sampling.draw-exclusions', { draw });
    expect(audit.exclusions.map(({ firm, sampler, reason }) => `${firm}/${sampler}/${reason}`).sort()).toEqual(
      exclusions()
        .map(
          ({ sampler, enterprise, reason }) =>
            `${listed.find(({ id }) => id === enterprise)!.name}/${samplers.find(({ person }) => person === sampler)!.name}/${reason}`,
        )
        .sort(),
    );
    const { ok, stage, steps } = verifyDraw(audit.bundle);
    expect({ ok, stage }).toEqual({ ok: true, stage: 'audited' });
    expect(steps.find(({ name }) => name === 'recusal')).toMatchObject({ ok: true });
  });

  it('stays shut while a visit is outstanding, however often one asks', async () => {
    await expect(draws(bureau.planner, 'open', {}, draw)).rejects.toMatchObject({
      code: 'visits-outstanding',
      zh: expect.stringContaining('17 项'),
    });
    await endVisits(draw);
    await owner(
      `update sampling.task set state = 'assigned' where id = (select id from sampling.task where draw = $1 limit 1)`,
      [draw],
    );
    await expect(draws(bureau.planner, 'open', {}, draw)).rejects.toMatchObject({ code: 'visits-outstanding' });
  });

  it('opens names, salts and pairing after the last visit: the drawn and the reserves called on, never the exclusions', async () => {
    await endVisits(draw);
    const [first] = await owner<{ id: string }>(
      `select id from sampling.task where draw = $1 and stratum = 'A' and not is_reserve order by sequence limit 1`,
      [draw],
    );
    await owner(`update sampling.task set replaces = $2 where draw = $1 and stratum = 'A' and sequence = 7`, [
      draw,
      first!.id,
    ]);
    await draws(bureau.planner, 'open', {}, draw);
    const bundle = await bundleOf(draw);
    const { ok, stage, steps } = verifyDraw(bundle);
    expect({ ok, stage, failed: steps.filter((step) => step.ok === false) }).toEqual({
      ok: true,
      stage: 'opened',
      failed: [],
    });
    expect(bundle.opening!.leaves).toHaveLength(11);
    expect(bundle.opening!.pairing!.exclusions).toBeNull();
    const state = await bureau.ask<{
      stage: string;
      drawn: { opened: { name: string; samplers: string[] } | null; leaf: string }[];
    }>(bureau.planner, 'sampling.draw-state', { draw });
    for (const { opened, leaf } of state.drawn) {
      const task = tasks.find((one) => one.leaf === leaf)!;
      if (opened !== null)
        expect(opened).toMatchObject({ name: task.enterprise_name, samplers: task.samplers.map(({ name }) => name) });
    }
    const text = await everythingPublic();
    const drawnFirms = new Set(
      tasks
        .filter(({ is_reserve: reserve, sequence, stratum }) => !reserve || (stratum === 'A' && sequence === 7))
        .map(({ enterprise }) => enterprise),
    );
    for (const { id, name } of listed) expect(text.includes(name)).toBe(drawnFirms.has(id));
    for (const { reason } of exclusions()) expect(text).not.toContain(reason);
    const [entry] = await asPublic<{ subjects: string[] }>(
      `select subjects from public_record.entry where record = '${draw}' and withdrawn_at is null`,
    );
    expect(new Set(entry!.subjects)).toEqual(
      new Set(listed.filter(({ id }) => drawnFirms.has(id)).map(({ code }) => code)),
    );
    await expect(draws(bureau.planner, 'open', {}, draw)).rejects.toMatchObject({ code: 'not-allowed-now' });
  });
});

describe('多方秘密数', () => {
  it('draws without a beacon when every party reveals what it committed to, under SM3 too, with bodies apart', async () => {
    bureau.kernel.at(beforeTheRound);
    const parties = ['省局', '消费者委员会'].map((name) => ({ name, secret: randomBytes(32) }));
    const commitments = parties.map(({ name, secret }) => ({
      name,
      commitment: toHex(secretCommitment(name, new Uint8Array(secret), 'sm3')),
    }));
    const followUp = { ...planInput, kind: 'follow-up', ground: '2022年第9号公告不合格批次' };
    const figures = { separateBodies: true, batches: 10 };
    const own = await approvedScheme(bureau, await planInForce(bureau, followUp), figures);
    const ownRules = await rulesFor(bureau, own);
    const { record } = await draws(
      bureau.planner,
      'freeze',
      freezeInput({ scheme: own, rules: ownRules, hash: 'sm3' }),
    );
    const apart = commitInput({
      beaconChain: undefined,
      beaconRound: undefined,
      parties: commitments,
      team: 'same-body',
      exclusions: [],
    });
    await expect(
      draws(bureau.planner, 'commit', { ...apart, labs: [{ ...labs[0], id: bodies[0]!.organisation }] }, record),
    ).rejects.toMatchObject({ code: 'no-laboratory' });
    await draws(
      bureau.planner,
      'commit',
      { ...apart, labs: [...labs, { ...labs[0], id: bodies[0]!.organisation, name: '抽检兼营' }] },
      record,
    );
    const secrets = parties.map(({ secret }) => secret.toString('hex'));
    await expect(draws(bureau.planner, 'draw', { secrets: secrets.slice(0, 1) }, record)).rejects.toMatchObject({
      code: 'secret-mismatch',
      zh: expect.stringContaining('消费者委员会'),
    });
    await expect(draws(bureau.planner, 'draw', { secrets: [...secrets].reverse() }, record)).rejects.toMatchObject({
      code: 'secret-mismatch',
    });
    await expect(
      draws(bureau.planner, 'draw', { secrets, signature: round1000.signature }, record),
    ).rejects.toMatchObject({ code: 'beacon-not-announced' });
    await draws(bureau.planner, 'draw', { secrets }, record);
    expect(verifyDraw(await bundleOf(record))).toMatchObject({ ok: true, stage: 'drawn' });
    const sent = await bureau.rows<{ samplers: { person: string }[]; lab: { id: string }; body: { id: string } }>(
      bureau.planner,
      'select samplers, lab, sampling_body as body from sampling.task where draw = $1',
      [record],
    );
    const bodyOf = new Map<string, string>(samplers.map(({ person, organisation }) => [person, organisation]));
    for (const { samplers: pair, lab, body } of sent) {
      expect(new Set(pair.map(({ person }) => bodyOf.get(person)))).toEqual(new Set([body.id]));
      expect(lab.id).not.toBe(body.id);
    }
  });
});
