import { randomBytes, randomUUID } from 'node:crypto';
import { expireClocks } from '@hengjian/kernel';
import { type DrawBundle, secretCommitment, toHex } from '@hengjian/transparency';
import { verifyDraw } from '@hengjian/transparency/verification';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Actor, afterTheRound, approvedScheme, beforeTheRound, type Bureau, type ListedFirm, openBureau, planInForce, planInput, product, productName, round1000,
  rulesFor,
} from '../planning-fixture.ts';

let bureau: Bureau;
let listed: ListedFirm[];
let scheme: string;
let rules: string;
const bodies = [{ organisation: randomUUID(), organisationName: '长沙甲抽样队' }, { organisation: randomUUID(), organisationName: '长沙乙抽样队' }];
const samplers = Array.from({ length: 8 }, (_, index) => ({ person: randomUUID(), name: `抽样员${index}`, ...bodies[index % 2]! }));
const labs = [
  { id: randomUUID(), name: '甲检验院', products: [product] },
  { id: randomUUID(), name: '乙检验中心', products: [product, 'P105'] },
  { id: randomUUID(), name: '丙检验所', products: ['P105'] },
];
const strata = [
  { key: 'A', label: '芙蓉区', regions: ['430102'], bases: [], sample: 6, reserves: 4 },
  { key: 'B', label: '天心区', regions: ['430103'], bases: [], sample: 3, reserves: 2 },
  { key: 'C', label: '岳麓区', regions: ['430104'], bases: [], sample: 1, reserves: 1 },
];
const weightRules = [{ reason: 'past-failure', weight: 3 }, { reason: 'credit-d', weight: 2 }];

const freezeInput = (more: Record<string, unknown> = {}) => ({ scheme, rules, name: '2023年延长线插座第一次抽取', strata, weightRules, checkedSince: '2023-05-01', ...more });
/** Two of the pool may not visit the first firm, one the second. */
const exclusions = () => [
  { sampler: samplers[0]!.person, enterprise: listed[0]!.id, reason: '配偶任职' },
  { sampler: samplers[1]!.person, enterprise: listed[0]!.id, reason: '曾任顾问' },
  { sampler: samplers[2]!.person, enterprise: listed[1]!.id, reason: '持有股份' },
];
const commitInput = (more: Record<string, unknown> = {}) => ({ team: 'any', samplers, exclusions: exclusions(), labs, beaconChain: 'quicknet', beaconRound: round1000.round, ...more });
const draws = (actor: Actor, action: string, input: Record<string, unknown> = {}, record?: string) => bureau.act(actor, 'sampling.draw', action, input, record);
const owner = <T>(text: string, params: unknown[] = []) => bureau.kernel.database.asOwner((tx) => tx.query<T>(text, params));
const asPublic = <T>(text: string) => bureau.kernel.database.transaction('hengjian_public', null, (tx) => tx.query<T>(text));
const bundleOf = (draw: string) =>
  bureau.kernel.database.transaction('hengjian_public', null, (sql) => {
    const query = bureau.kernel.register.queries.get('sampling.draw-bundle')!;
    return query.answer({ draw }, { sql, kernel: bureau.kernel, today: '2023-08-23', actor: bureau.planner });
  }) as Promise<DrawBundle>;
/** As if every visit were over: what the task side does in its own tests. */
const endVisits = async (draw: string) => {
  for (const table of ['sampling.task', 'kernel.record'])
    await owner(`update ${table} set state = 'not-sampled' where id in (select id from sampling.task where draw = $1)`, [draw]);
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

beforeAll(async () => {
  bureau = await openBureau();
  listed = [];
  for (let index = 0; index < 20; index += 1) listed.push(await bureau.firm({ pastFailures: index < 6 ? 1 : 0, creditClass: index === 7 ? 'D' : null }));
  for (let index = 0; index < 12; index += 1) listed.push(await bureau.firm({ region: '430103' }));
  for (let index = 0; index < 3; index += 1) listed.push(await bureau.firm({ region: '430104', basis: 'survey' }));
  await bureau.firm({ state: 'stopped' });
  await bureau.firm({ state: 'moved', region: '430521' });
  scheme = await approvedScheme(bureau, await planInForce(bureau), { population: 35, licensed: 32, batches: 20, testingFee: '500' });
  rules = await rulesFor(bureau, scheme);
});
afterAll(() => bureau.kernel.close());

describe('冻结抽样框', () => {
  it('shows a preview: who is making, how fresh, what would be merged, which weight for which reason', async () => {
    const preview = await bureau.ask<Record<string, unknown>>(bureau.planner, 'sampling.frame-preview', {
      product, checkedSince: '2023-07-01', strata: JSON.stringify(strata), weightRules: JSON.stringify(weightRules),
    });
    expect(preview).toMatchObject({
      size: 35, directory: { making: 35, stopped: 1, moved: 1, closed: 0, stale: 35, oldest: '2023-06-01', licensed: 32 }, sampledWithinSixMonths: 0,
      strata: [{ key: 'A', size: 20, weightClasses: [{ weight: 1, size: 14 }, { weight: 3, size: 6 }] }, { key: 'B+C', size: 15, sample: 4 }],
    });
    expect((preview.weights as unknown[])).toHaveLength(7);
    await expect(bureau.ask(bureau.planner, 'sampling.frame-preview', { product, strata: JSON.stringify([{ ...strata[0], sample: 99 }, ...strata.slice(1)]) })).rejects.toMatchObject({ code: 'sample-exceeds-stratum' });
  });

  it('needs an approved scheme and rules that are public', async () => {
    const plan = await planInForce(bureau, { ...planInput, kind: 'special' });
    const { record: drafted } = await bureau.act(bureau.planner, 'sampling.scheme', 'draft', { ...(await import('../planning-fixture.ts')).schemeInput(plan), batches: 1 });
    await expect(draws(bureau.planner, 'freeze', freezeInput({ scheme: drafted }))).rejects.toMatchObject({ code: 'scheme-unapproved' });
    const own = await approvedScheme(bureau, plan, { batches: 10 });
    const unpublished = await rulesFor(bureau, own, false);
    await expect(draws(bureau.planner, 'freeze', freezeInput({ scheme: own, rules: unpublished }))).rejects.toMatchObject({ code: 'rules-unpublished' });
    await expect(draws(bureau.planner, 'freeze', freezeInput({ scheme: own }))).rejects.toMatchObject({ code: 'rules-of-other-scheme' });
    await expect(draws(bureau.cityPlanner, 'freeze', freezeInput())).rejects.toMatchObject({ code: 'basis-unknown' });
  });

  it('is refused with a sentence where it is not sound', async () => {
    const refused = (more: Record<string, unknown>, code: string) => expect(draws(bureau.planner, 'freeze', freezeInput(more))).rejects.toMatchObject({ code });
    await refused({ strata: [{ ...strata[0], sample: 19 }, ...strata.slice(1)] }, 'draws-exceed-scheme');
    await refused({ strata: [strata[0], strata[1], { ...strata[2], sample: 4 }] }, 'sample-exceeds-stratum');
    await refused({ strata: [strata[0]] }, 'outside-strata');
    await refused({ checkedSince: '2023-07-01' }, 'directory-stale');
    await refused({ replaces: randomUUID() }, 'replaces-nothing-void');
    for (const actor of [bureau.chief, bureau.head, bureau.auditor])
      await expect(draws(actor, 'freeze', freezeInput())).rejects.toMatchObject({ code: 'not-your-role' });
    await owner('update subjects.enterprise set region = null where id = $1', [listed[3]!.id]);
    await refused({}, 'region-missing');
    await owner('delete from subjects.enterprise where id = $1', [listed[3]!.id]);
    await refused({}, 'firm-unregistered');
    await owner(`insert into subjects.enterprise (id, home, office, parties, state, name, credit_code, region) values ($1, 430, '43', '{}', 'registered', $2, $3, '430102')`,
      [listed[3]!.id, listed[3]!.name, listed[3]!.code]);
  });

  it('lets a firm that was merged into another stand once, under the name it has now', async () => {
    const twin = await bureau.firm({ name: '并入前的厂' });
    await owner('update subjects.enterprise set merged_into = $2 where id = $1', [twin.id, listed[4]!.id]);
    const preview = await bureau.ask<{ size: number }>(bureau.planner, 'sampling.frame-preview', { product });
    expect(preview.size).toBe(35);
    await owner('delete from sampling.directory where enterprise = $1', [twin.id]);
  });

  it('keeps what it hides from everybody who may not see the draw, and lets nobody change it', async () => {
    const { record } = await draws(bureau.planner, 'freeze', freezeInput());
    expect(await bureau.rows(bureau.planner, 'select count(*) as n from sampling.frame_entry where draw = $1', [record])).toEqual([{ n: 35 }]);
    const sampler = await bureau.kernel.agent('外部抽样员', 'sampler', randomUUID());
    for (const actor of [sampler, bureau.cityPlanner]) expect(await bureau.rows(actor, 'select count(*) as n from sampling.frame_entry')).toEqual([{ n: 0 }]);
    await expect(bureau.rows(bureau.planner, 'update sampling.frame_entry set weight = 9')).rejects.toThrow(/permission denied/);
    await expect(bureau.rows(bureau.planner, 'delete from sampling.frame_entry')).rejects.toThrow(/permission denied/);
    expect(await bureau.rows(bureau.planner, 'select count(*) as n from public_record.entry where record = $1', [record])).toEqual([{ n: 0 }]);
    expect(await bureau.ask(bureau.planner, 'sampling.draw-state', { draw: record })).toMatchObject({ stage: 'frozen', frame: { size: 35, freshness: { oldest: '2023-06-01' } }, drawn: [], steps: [] });
    await draws(bureau.planner, 'discard', { reason: '试验' }, record);
  });
});

describe('公布承诺', () => {
  let draw: string;
  beforeAll(async () => {
    draw = (await draws(bureau.planner, 'freeze', freezeInput({ name: '2023年延长线插座承诺试验' }))).record;
  });
  const refused = (more: Record<string, unknown>, code: string) => expect(draws(bureau.planner, 'commit', commitInput(more), draw)).rejects.toMatchObject({ code });

  it('is refused for a round that is out already', async () => {
    await refused({ beaconRound: 999 - 60 * 60 * 24 / 3 }, 'invalid-input');
    bureau.kernel.at(afterTheRound);
    await refused({}, 'beacon-past');
    bureau.kernel.at(beforeTheRound);
    await refused({ beaconRound: undefined, beaconAt: '2023-08-23T01:00:00Z' }, 'beacon-past');
    await refused({ beaconRound: undefined }, 'beacon-round-missing');
  });

  it('cannot be entered afterwards under an earlier time', async () => {
    const { execute } = await import('@hengjian/kernel');
    bureau.kernel.at(afterTheRound);
    const command = { id: randomUUID(), entity: 'sampling.draw', action: 'commit', record: draw, input: commitInput(), occurredAt: beforeTheRound };
    await expect(execute(bureau.kernel, bureau.planner, command)).rejects.toMatchObject({ code: 'commitment-backdated' });
    bureau.kernel.at(beforeTheRound);
  });

  it('needs randomness that no side controls alone', async () => {
    await refused({ beaconChain: undefined, beaconRound: undefined }, 'randomness-one-sided');
    const party = { name: '企业协会', commitment: 'ab'.repeat(32) };
    await refused({ beaconChain: undefined, beaconRound: undefined, parties: [party] }, 'randomness-one-sided');
    await refused({ parties: [party, party] }, 'party-twice');
  });

  it('needs two samplers for every firm after recusal, and a laboratory for every stratum', async () => {
    const all = samplers.slice(0, 7).map(({ person }) => ({ sampler: person, enterprise: listed[0]!.id, reason: '亲属' }));
    await refused({ exclusions: all }, 'too-few-samplers');
    await refused({ samplers: samplers.slice(0, 1), exclusions: [] }, 'too-few-samplers');
    await refused({ samplers: [samplers[0], samplers[0]], exclusions: [] }, 'sampler-twice');
    await refused({ exclusions: [{ sampler: randomUUID(), enterprise: listed[0]!.id, reason: 'x' }] }, 'exclusion-sampler-unknown');
    await refused({ exclusions: [{ sampler: samplers[0]!.person, enterprise: randomUUID(), reason: 'x' }] }, 'exclusion-firm-unknown');
    await refused({ exclusions: [exclusions()[0], exclusions()[0]] }, 'exclusion-twice');
    await refused({ labs: [labs[2]] }, 'no-laboratory');
    await refused({ labs: [{ ...labs[0], strata: ['A'] }] }, 'no-laboratory');
  });

  it('is refused when the frame was touched after it was frozen', async () => {
    const [before] = await owner<{ weight: number }>('select weight from sampling.frame_entry where draw = $1 and position = 0', [draw]);
    await owner('update sampling.frame_entry set weight = 10 where draw = $1 and position = 0', [draw]);
    await refused({}, 'frame-changed');
    await owner('update sampling.frame_entry set weight = $2, name = name || $3 where draw = $1 and position = 0', [draw, before!.weight, '（改）']);
    await refused({}, 'frame-changed');
    await owner(`update sampling.frame_entry set name = replace(name, '（改）', '') where draw = $1 and position = 0`, [draw]);
  });

  it('may be void, in public and with the signature of the section chief; whoever repeats it names it', async () => {
    await draws(bureau.planner, 'commit', commitInput(), draw);
    const { sheet } = await draws(bureau.planner, 'void', { reason: '信标网络中断' }, draw);
    await bureau.act(bureau.chief, 'kernel.approval', 'sign', { opinion: '同意' }, sheet!);
    const [entry] = await asPublic<{ body: Record<string, unknown> }>(`select body from public_record.entry where kind = 'sampling-draw' and withdrawn_at is null`);
    expect(entry!.body).toMatchObject({ stage: 'voided', reason: '信标网络中断', commitmentDigest: (await bundleOf(draw)).commitmentDigest });
    const { record } = await draws(bureau.organiser, 'freeze', freezeInput({ name: '2023年延长线插座重新抽取', replaces: draw }));
    await draws(bureau.organiser, 'commit', commitInput(), record);
    expect((await bundleOf(record)).commitment.replaces).toBe((await bundleOf(draw)).commitmentDigest);
    const again = await draws(bureau.planner, 'void', { reason: '试验结束' }, record);
    await bureau.act(bureau.chief, 'kernel.approval', 'sign', { opinion: '同意' }, again.sheet!);
  });
});

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
    expect(bundle.commitment).toMatchObject({ frame: { size: 35 }, samplers: { size: 8, team: 'any' }, exclusions: { size: 3 }, beacon: { round: 1000 } });
    const [entry] = await asPublic<{ body: Record<string, unknown>; subjects: string[] }>(`select body, subjects from public_record.entry where record = '${draw}'`);
    expect(entry).toMatchObject({ subjects: [], body: { stage: 'committed', product, productName, strata: [{ key: 'A' }, { key: 'B+C' }], opensWhen: { zh: expect.stringContaining('名称') } } });
    expect(JSON.stringify(entry)).not.toMatch(/past-failure|credit|reason":"配偶/);
  });

  it('draws only with the announced round, signed by the network', async () => {
    const refused = (input: Record<string, unknown>, code: string) => expect(draws(bureau.organiser, 'draw', input, draw)).rejects.toMatchObject({ code });
    bureau.kernel.at(afterTheRound);
    await refused({}, 'beacon-missing');
    await refused({ signature: `${round1000.signature.slice(0, -2)}38` }, 'beacon-invalid');
    await refused({ signature: round1000.signature, secrets: ['ab'.repeat(32)] }, 'secrets-too-many');
    await expect(draws(bureau.chief, 'draw', { signature: round1000.signature }, draw)).rejects.toMatchObject({ code: 'not-your-role' });
    await expect(draws(bureau.planner, 'open', {}, draw)).rejects.toMatchObject({ code: 'not-allowed-now' });
  });

  it('is refused when one firm was swapped for another after the commitment', async () => {
    const swap = (from: ListedFirm, to: ListedFirm) =>
      owner('update sampling.frame_entry set enterprise = $3, name = $4, code = $5 where draw = $1 and enterprise = $2', [draw, from.id, to.id, to.name, to.code]);
    const outsider = await bureau.firm({ state: 'stopped', product: 'P105' });
    await swap(listed[5]!, outsider);
    await expect(draws(bureau.organiser, 'draw', { signature: round1000.signature }, draw)).rejects.toMatchObject({ code: 'frame-changed' });
    await swap(outsider, listed[5]!);
  });

  it('assigns a task for every firm drawn and every reserve, in order, though the rules have a new version by now', async () => {
    const newer = await rulesFor(bureau, scheme);
    await draws(bureau.organiser, 'draw', { signature: round1000.signature }, draw);
    tasks = await bureau.rows<TaskRow>(bureau.planner, 'select * from sampling.task where draw = $1 order by stratum, sequence', [draw]);
    const of = (stratum: string, reserve: boolean) => tasks.filter((task) => task.stratum === stratum && task.is_reserve === reserve);
    expect([of('A', false), of('A', true), of('B+C', false), of('B+C', true)].map(({ length }) => length)).toEqual([6, 4, 4, 3]);
    expect(of('A', false).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(of('A', true).map(({ sequence, state }) => [sequence, state])).toEqual([[7, 'reserved'], [8, 'reserved'], [9, 'reserved'], [10, 'reserved']]);
    expect(tasks.filter(({ is_reserve: reserve }) => !reserve).every(({ state, due_on: due }) => state === 'assigned' && due === '2023-10-31')).toBe(true);
    expect(new Set(tasks.map(({ enterprise }) => enterprise)).size).toBe(17);
    const known = await bureau.rows<{ rules: string }>(bureau.planner, 'select distinct rules from sampling.task where draw = $1', [draw]);
    expect(known).toEqual([{ rules }]);
    await expect(draws(bureau.planner, 'freeze', freezeInput())).rejects.toMatchObject({ code: 'rules-unpublished' });
    rules = newer;
  });

  it('sends two different samplers, never one who is excluded, and laboratories in turn that may test the product', () => {
    for (const { samplers: pair } of tasks) expect(new Set(pair.map(({ person }) => person)).size).toBe(2);
    const barred = new Set(exclusions().map(({ sampler, enterprise }) => `${sampler}/${enterprise}`));
    for (const { samplers: pair, enterprise } of tasks) for (const { person } of pair) expect(barred.has(`${person}/${enterprise}`)).toBe(false);
    const used = tasks.map(({ lab }) => lab.id);
    expect(new Set(used)).toEqual(new Set([labs[0]!.id, labs[1]!.id]));
    expect(Math.abs(used.filter((id) => id === labs[0]!.id).length - used.filter((id) => id === labs[1]!.id).length)).toBeLessThanOrEqual(1);
  });

  it('lets anybody compute the draw again from the public record', async () => {
    const bundle = await bundleOf(draw);
    const { ok, stage, steps } = verifyDraw(bundle);
    expect({ ok, stage }).toEqual({ ok: true, stage: 'drawn' });
    expect(steps.filter((step) => step.ok === true).map(({ name }) => name)).toEqual(['format', 'frame', 'frame-root', 'commitment', 'beacon', 'beacon-time', 'selection', 'reserves']);
    const swapped = { ...bundle, frameRows: `00${bundle.frameRows.slice(2)}` };
    expect(verifyDraw(swapped).ok).toBe(false);
  });

  it('names no firm and no sampler in public before the visits: record, words, log, and the firm itself', async () => {
    await bureau.kernel.sealer.seal();
    const text = await everythingPublic();
    expect(text).toContain(draw);
    for (const { name, code, id } of listed) for (const word of [name, code.toLowerCase(), id]) expect(text).not.toContain(word);
    for (const { name, person } of samplers) for (const word of [name, person]) expect(text).not.toContain(word);
    for (const { name } of labs) expect(text).not.toContain(name);
    const agent = await bureau.kernel.agent('企业经办人', 'enterprise-agent', tasks[0]!.enterprise);
    for (const table of ['kernel.record', 'kernel.event', 'kernel.document', 'sampling.task', 'sampling.draw', 'sampling.frame_entry', 'sampling.pool_entry', 'sampling.directory'])
      expect(await bureau.rows(agent, `select count(*) as n from ${table}`)).toEqual([{ n: 0 }]);
    const papers = await bureau.rows<{ content: unknown }>(bureau.planner, 'select content from kernel.document where record = $1', [draw]);
    expect(papers).toHaveLength(2);
    for (const { name } of listed) expect(JSON.stringify(papers)).not.toContain(name);
  });

  it('shows insiders and strangers the same leaves without names, and who may ask what', async () => {
    const state = await bureau.ask<{ drawn: { opened: unknown; leaf: string }[]; tasks: unknown; steps: { ok: boolean | null }[] }>(bureau.planner, 'sampling.draw-state', { draw });
    expect(state).toMatchObject({ stage: 'drawn', beacon: { chain: 'quicknet', round: 1000, at: '2023-08-23T15:59:24.000Z', kind: 'drand' }, tasks: { total: 17, done: 0 } });
    expect(state.drawn).toHaveLength(17);
    expect(state.drawn.every(({ opened }) => opened === null)).toBe(true);
    expect(new Set(state.drawn.map(({ leaf }) => leaf))).toEqual(new Set(tasks.map(({ leaf }) => leaf)));
    expect(state.steps.some(({ ok }) => ok === false)).toBe(false);
    const outside = await bureau.kernel.database.transaction('hengjian_public', null, (sql) =>
      bureau.kernel.register.queries.get('sampling.draw-state')!.answer({ draw }, { sql, kernel: bureau.kernel, today: '2023-08-23', actor: bureau.planner }));
    expect(outside).toMatchObject({ stage: 'drawn', frame: { size: 35, freshness: null }, tasks: null });
    const roles = (name: string) => bureau.kernel.register.queries.get(name)!.roles;
    expect(roles('sampling.draw-exclusions')).toEqual(['auditor']);
    expect(roles('sampling.draw-bundle')).toContain('public');
  });

  it('opens the exclusions to the auditor, whose bundle proves that nobody excluded was sent', async () => {
    const audit = await bureau.ask<{ exclusions: { firm: string; sampler: string; reason: string }[]; bundle: DrawBundle }>(bureau.auditor, 'sampling.draw-exclusions', { draw });
    expect(audit.exclusions.map(({ firm, sampler, reason }) => `${firm}/${sampler}/${reason}`).sort()).toEqual(
      exclusions().map(({ sampler, enterprise, reason }) =>
        `${listed.find(({ id }) => id === enterprise)!.name}/${samplers.find(({ person }) => person === sampler)!.name}/${reason}`).sort());
    const { ok, stage, steps } = verifyDraw(audit.bundle);
    expect({ ok, stage }).toEqual({ ok: true, stage: 'audited' });
    expect(steps.find(({ name }) => name === 'recusal')).toMatchObject({ ok: true });
  });

  it('stays shut while a visit is outstanding, however often one asks', async () => {
    await expect(draws(bureau.planner, 'open', {}, draw)).rejects.toMatchObject({ code: 'visits-outstanding', zh: expect.stringContaining('17 项') });
    await endVisits(draw);
    await owner(`update sampling.task set state = 'assigned' where id = (select id from sampling.task where draw = $1 limit 1)`, [draw]);
    await expect(draws(bureau.planner, 'open', {}, draw)).rejects.toMatchObject({ code: 'visits-outstanding' });
    await expireClocks(bureau.kernel);
  });

  it('opens names, salts and pairing after the last visit: the drawn and the reserves called on, never the exclusions', async () => {
    await endVisits(draw);
    const [first] = await owner<{ id: string }>(`select id from sampling.task where draw = $1 and stratum = 'A' and not is_reserve order by sequence limit 1`, [draw]);
    await owner(`update sampling.task set replaces = $2 where draw = $1 and stratum = 'A' and sequence = 7`, [draw, first!.id]);
    await draws(bureau.planner, 'open', {}, draw);
    const bundle = await bundleOf(draw);
    const { ok, stage, steps } = verifyDraw(bundle);
    expect({ ok, stage, failed: steps.filter((step) => step.ok === false) }).toEqual({ ok: true, stage: 'opened', failed: [] });
    expect(bundle.opening!.leaves).toHaveLength(11);
    expect(bundle.opening!.pairing!.exclusions).toBeNull();
    const state = await bureau.ask<{ stage: string; drawn: { opened: { name: string; samplers: string[] } | null; leaf: string }[] }>(bureau.planner, 'sampling.draw-state', { draw });
    for (const { opened, leaf } of state.drawn) {
      const task = tasks.find((one) => one.leaf === leaf)!;
      if (opened !== null) expect(opened).toMatchObject({ name: task.enterprise_name, samplers: task.samplers.map(({ name }) => name) });
    }
    const text = await everythingPublic();
    const drawnFirms = new Set(tasks.filter(({ is_reserve: reserve, sequence, stratum }) => !reserve || (stratum === 'A' && sequence === 7)).map(({ enterprise }) => enterprise));
    for (const { id, name } of listed) expect(text.includes(name)).toBe(drawnFirms.has(id));
    for (const { reason } of exclusions()) expect(text).not.toContain(reason);
    const [entry] = await asPublic<{ subjects: string[] }>(`select subjects from public_record.entry where record = '${draw}' and withdrawn_at is null`);
    expect(new Set(entry!.subjects)).toEqual(new Set(listed.filter(({ id }) => drawnFirms.has(id)).map(({ code }) => code)));
    await expect(draws(bureau.planner, 'open', {}, draw)).rejects.toMatchObject({ code: 'not-allowed-now' });
  });
});

describe('多方秘密数', () => {
  it('draws without a beacon when every party reveals what it committed to, under SM3 too, with bodies apart', async () => {
    bureau.kernel.at(beforeTheRound);
    const parties = ['省局', '消费者委员会'].map((name) => ({ name, secret: randomBytes(32) }));
    const commitments = parties.map(({ name, secret }) => ({ name, commitment: toHex(secretCommitment(name, new Uint8Array(secret), 'sm3')) }));
    const own = await approvedScheme(bureau, await planInForce(bureau, { ...planInput, kind: 'follow-up' }), { separateBodies: true, batches: 10 });
    const ownRules = await rulesFor(bureau, own);
    const { record } = await draws(bureau.planner, 'freeze', freezeInput({ scheme: own, rules: ownRules, hash: 'sm3' }));
    const apart = commitInput({ beaconChain: undefined, beaconRound: undefined, parties: commitments, team: 'same-body', exclusions: [] });
    await expect(draws(bureau.planner, 'commit', { ...apart, labs: [{ ...labs[0], id: bodies[0]!.organisation }] }, record)).rejects.toMatchObject({ code: 'no-laboratory' });
    await draws(bureau.planner, 'commit', { ...apart, labs: [...labs, { ...labs[0], id: bodies[0]!.organisation, name: '抽检兼营' }] }, record);
    const secrets = parties.map(({ secret }) => secret.toString('hex'));
    await expect(draws(bureau.planner, 'draw', { secrets: secrets.slice(0, 1) }, record)).rejects.toMatchObject({ code: 'secret-mismatch', zh: expect.stringContaining('消费者委员会') });
    await expect(draws(bureau.planner, 'draw', { secrets: [...secrets].reverse() }, record)).rejects.toMatchObject({ code: 'secret-mismatch' });
    await expect(draws(bureau.planner, 'draw', { secrets, signature: round1000.signature }, record)).rejects.toMatchObject({ code: 'beacon-not-announced' });
    await draws(bureau.planner, 'draw', { secrets }, record);
    expect(verifyDraw(await bundleOf(record))).toMatchObject({ ok: true, stage: 'drawn' });
    const sent = await bureau.rows<{ samplers: { person: string }[]; lab: { id: string }; body: { id: string } }>(bureau.planner, 'select samplers, lab, sampling_body as body from sampling.task where draw = $1', [record]);
    const bodyOf = new Map(samplers.map(({ person, organisation }) => [person, organisation]));
    for (const { samplers: pair, lab, body } of sent) {
      expect(new Set(pair.map(({ person }) => bodyOf.get(person)))).toEqual(new Set([body.id]));
      expect(lab.id).not.toBe(body.id);
    }
  });
});
