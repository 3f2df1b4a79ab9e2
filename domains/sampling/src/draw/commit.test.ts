import { randomUUID } from 'node:crypto';
import { execute } from '@hengjian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Actor,
  afterTheRound,
  approvedScheme,
  beforeTheRound,
  planInForce,
  planInput,
  product,
  rulesFor,
  schemeInput,
} from '../planning-fixture.ts';
import { type Campaign, labs, openCampaign, samplers, strata, weightRules } from './draw-fixture.ts';

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

describe('冻结抽样框', () => {
  it('shows a preview: who is making, how fresh, what would be merged, which weight for which reason', async () => {
    const preview = await bureau.ask<Record<string, unknown>>(bureau.planner, 'sampling.frame-preview', {
      product,
      checkedSince: '2023-07-01',
      strata: JSON.stringify(strata),
      weightRules: JSON.stringify(weightRules),
    });
    expect(preview).toMatchObject({
      size: 35,
      directory: { making: 35, stopped: 1, moved: 1, closed: 0, stale: 35, oldest: '2023-06-01', licensed: 32 },
      sampledWithinSixMonths: 0,
      strata: [
        {
          key: 'A',
          size: 20,
          weightClasses: [
            { weight: 1, size: 14 },
            { weight: 3, size: 6 },
          ],
        },
        { key: 'B+C', size: 15, sample: 4 },
      ],
    });
    expect(preview.weights as unknown[]).toHaveLength(7);
    await expect(
      bureau.ask(bureau.planner, 'sampling.frame-preview', {
        product,
        strata: JSON.stringify([{ ...strata[0], sample: 99 }, ...strata.slice(1)]),
      }),
    ).rejects.toMatchObject({ code: 'sample-exceeds-stratum' });
  });

  it('needs an approved scheme and rules that are public', async () => {
    const plan = await planInForce(bureau, { ...planInput, kind: 'special' });
    const { record: drafted } = await bureau.act(bureau.planner, 'sampling.scheme', 'draft', {
      ...schemeInput(plan),
      batches: 1,
    });
    await expect(draws(bureau.planner, 'freeze', freezeInput({ scheme: drafted }))).rejects.toMatchObject({
      code: 'scheme-unapproved',
    });
    const own = await approvedScheme(bureau, plan, { batches: 10 });
    const unpublished = await rulesFor(bureau, own, false);
    await expect(
      draws(bureau.planner, 'freeze', freezeInput({ scheme: own, rules: unpublished })),
    ).rejects.toMatchObject({ code: 'rules-unpublished' });
    await expect(draws(bureau.planner, 'freeze', freezeInput({ scheme: own }))).rejects.toMatchObject({
      code: 'rules-of-other-scheme',
    });
    await expect(draws(bureau.cityPlanner, 'freeze', freezeInput())).rejects.toMatchObject({ code: 'basis-unknown' });
  });

  it('is refused with a sentence where it is not sound', async () => {
    const refused = (more: Record<string, unknown>, code: string) =>
      expect(draws(bureau.planner, 'freeze', freezeInput(more))).rejects.toMatchObject({ code });
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
    await owner(
      `insert into subjects.enterprise (id, home, office, parties, state, name, credit_code, kind, region) values ($1, 430, '43', '{}', 'registered', $2, $3, 'company', '430102')`,
      [listed[3]!.id, listed[3]!.name, listed[3]!.code],
    );
  });

  it('lets a firm that was merged into another stand once, under the name it has now', async () => {
    const twin = await bureau.firm({ name: '并入前的厂' });
    await owner('update subjects.enterprise set merged_into = $2 where id = $1', [twin.id, listed[4]!.id]);
    const preview = await bureau.ask<{ size: number }>(bureau.planner, 'sampling.frame-preview', { product });
    expect(preview.size).toBe(35);
    await owner('delete from sampling.directory where enterprise = $1', [twin.id]);
  });

  it('goes by the freshest look of any office at a firm, and counts the failures that any found', async () => {
    const enter = (actor: Actor, status: string, checkedOn: string, pastFailures = 0) =>
      bureau.act(actor, 'sampling.directory', 'enter', {
        ...{
          enterprise: listed[9]!.id,
          enterpriseName: listed[9]!.name,
          product,
          productName: '延长线插座',
          basis: 'survey',
        },
        ...{ status, checkedOn, pastFailures },
      });
    const preview = () =>
      bureau.ask<{ size: number; directory: unknown }>(bureau.planner, 'sampling.frame-preview', { product });
    const { record } = await enter(bureau.cityPlanner, 'closed', '2023-08-01');
    expect(await preview()).toMatchObject({ size: 34, directory: { making: 34, closed: 1 } });
    await owner(`update sampling.directory set state = 'making', past_failures = 2 where id = $1`, [record]);
    expect(await preview()).toMatchObject({ size: 35, directory: { newest: '2023-08-01' } });
    await owner('delete from sampling.directory where id = $1', [record]);
  });

  it('will show the operator of an individual business masked, also at the opening', async () => {
    const stall = await bureau.firm({ name: '芙蓉区王小明电器店', kind: 'individual-business', operator: '王小明' });
    const { record } = await draws(bureau.planner, 'freeze', freezeInput());
    expect(
      await bureau.rows(
        bureau.planner,
        'select name, public_name from sampling.frame_entry where draw = $1 and enterprise = $2',
        [record, stall.id],
      ),
    ).toEqual([{ name: '芙蓉区王小明电器店', public_name: '芙蓉区王**电器店' }]);
    await draws(bureau.planner, 'discard', { reason: '试验' }, record);
    await owner('delete from sampling.directory where enterprise = $1', [stall.id]);
  });

  it('keeps what it hides from everybody who may not see the draw, and lets nobody change it', async () => {
    const { record } = await draws(bureau.planner, 'freeze', freezeInput());
    expect(
      await bureau.rows(bureau.planner, 'select count(*) as n from sampling.frame_entry where draw = $1', [record]),
    ).toEqual([{ n: 35 }]);
    const sampler = await bureau.kernel.agent('外部抽样员', 'sampler', randomUUID());
    for (const actor of [sampler, bureau.cityPlanner])
      expect(await bureau.rows(actor, 'select count(*) as n from sampling.frame_entry')).toEqual([{ n: 0 }]);
    await expect(bureau.rows(bureau.planner, 'update sampling.frame_entry set weight = 9')).rejects.toThrow(
      /permission denied/,
    );
    await expect(bureau.rows(bureau.planner, 'delete from sampling.frame_entry')).rejects.toThrow(/permission denied/);
    expect(
      await bureau.rows(bureau.planner, 'select count(*) as n from public_record.entry where record = $1', [record]),
    ).toEqual([{ n: 0 }]);
    expect(await bureau.ask(bureau.planner, 'sampling.draw-state', { draw: record })).toMatchObject({
      stage: 'frozen',
      frame: { size: 35, freshness: { oldest: '2023-06-01' } },
      drawn: [],
      steps: [],
    });
    await draws(bureau.planner, 'discard', { reason: '试验' }, record);
  });
});

describe('公布承诺', () => {
  let draw: string;
  beforeAll(async () => {
    draw = (await draws(bureau.planner, 'freeze', freezeInput({ name: '2023年延长线插座承诺试验' }))).record;
  });
  const refused = (more: Record<string, unknown>, code: string) =>
    expect(draws(bureau.planner, 'commit', commitInput(more), draw)).rejects.toMatchObject({ code });

  it('is refused for a round that is out already', async () => {
    await refused({ beaconRound: undefined }, 'beacon-round-missing');
    bureau.kernel.at(afterTheRound);
    await refused({}, 'beacon-past');
    await refused({ beaconRound: undefined, beaconAt: '2023-08-23T15:30:00Z' }, 'beacon-past');
    await refused({ beaconRound: undefined, beaconAt: '2023-08-01T00:00:00Z' }, 'beacon-past');
    bureau.kernel.at(beforeTheRound);
  });

  it('cannot be entered afterwards under an earlier time', async () => {
    bureau.kernel.at(afterTheRound);
    const command = {
      id: randomUUID(),
      entity: 'sampling.draw',
      action: 'commit',
      record: draw,
      input: commitInput(),
      occurredAt: beforeTheRound,
    };
    await expect(execute(bureau.kernel, bureau.planner, command)).rejects.toMatchObject({
      code: 'commitment-backdated',
    });
    bureau.kernel.at(beforeTheRound);
  });

  it('needs randomness that no side controls alone', async () => {
    await refused({ beaconChain: undefined, beaconRound: undefined }, 'randomness-one-sided');
    const party = { name: '企业协会', commitment: 'ab'.repeat(32) };
    await refused({ beaconChain: undefined, beaconRound: undefined, parties: [party] }, 'randomness-one-sided');
    await refused({ parties: [party, party] }, 'party-twice');
  });

  it('needs two samplers for every firm after recusal, and a laboratory for every stratum', async () => {
    const all = samplers
      .slice(0, 7)
      .map(({ person }) => ({ sampler: person, enterprise: listed[0]!.id, reason: '亲属' }));
    await refused({ exclusions: all }, 'too-few-samplers');
    await refused({ samplers: samplers.slice(0, 1), exclusions: [] }, 'too-few-samplers');
    await refused({ samplers: [samplers[0], samplers[0]], exclusions: [] }, 'sampler-twice');
    await refused(
      { exclusions: [{ sampler: randomUUID(), enterprise: listed[0]!.id, reason: 'x' }] },
      'exclusion-sampler-unknown',
    );
    await refused(
      { exclusions: [{ sampler: samplers[0]!.person, enterprise: randomUUID(), reason: 'x' }] },
      'exclusion-firm-unknown',
    );
    await refused({ exclusions: [exclusions()[0], exclusions()[0]] }, 'exclusion-twice');
    await refused({ labs: [labs[2]] }, 'no-laboratory');
    await refused({ labs: [{ ...labs[0], strata: ['A'] }] }, 'no-laboratory');
  });

  it('draws no laboratory that is not accredited for every item of the rules; the refusal names body and item', async () => {
    const { id, name } = labs[0]!;
    await owner(
      `insert into institutions.certificate (record, office, organisation, name, number, valid_from, valid_until)
       values ($1, '43', $1, $2, '1', '2020-01-01', '2030-01-01')`,
      [id, name],
    );
    await expect(draws(bureau.planner, 'commit', commitInput(), draw)).rejects.toMatchObject({
      code: 'out-of-scope',
      zh: expect.stringContaining(name),
      errors: [{ path: 'input.labs.0' }],
    });
    await owner('delete from institutions.certificate where organisation = $1', [id]);
  });

  it('is refused when the frame was touched after it was frozen', async () => {
    const [before] = await owner<{ weight: number }>(
      'select weight from sampling.frame_entry where draw = $1 and position = 0',
      [draw],
    );
    await owner('update sampling.frame_entry set weight = 10 where draw = $1 and position = 0', [draw]);
    await refused({}, 'frame-changed');
    await owner('update sampling.frame_entry set weight = $2, name = name || $3 where draw = $1 and position = 0', [
      draw,
      before!.weight,
      '（改）',
    ]);
    await refused({}, 'frame-changed');
    await owner(`update sampling.frame_entry set name = replace(name, '（改）', '') where draw = $1 and position = 0`, [
      draw,
    ]);
  });

  it('may be void, in public and with the signature of the section chief; whoever repeats it names it', async () => {
    await draws(bureau.planner, 'commit', commitInput(), draw);
    const { sheet } = await draws(bureau.planner, 'void', { reason: '信标网络中断' }, draw);
    await bureau.act(bureau.chief, 'kernel.approval', 'sign', { opinion: '同意' }, sheet!);
    const [entry] = await asPublic<{ body: Record<string, unknown> }>(
      `select body from public_record.entry where kind = 'sampling-draw' and withdrawn_at is null`,
    );
    expect(entry!.body).toMatchObject({
      stage: 'voided',
      reason: '信标网络中断',
      commitmentDigest: (await bundleOf(draw)).commitmentDigest,
    });
    const { record } = await draws(
      bureau.organiser,
      'freeze',
      freezeInput({ name: '2023年延长线插座重新抽取', replaces: draw }),
    );
    await draws(bureau.organiser, 'commit', commitInput(), record);
    expect((await bundleOf(record)).commitment.replaces).toBe((await bundleOf(draw)).commitmentDigest);
    const again = await draws(bureau.planner, 'void', { reason: '试验结束' }, record);
    await bureau.act(bureau.chief, 'kernel.approval', 'sign', { opinion: '同意' }, again.sheet!);
  });
});
