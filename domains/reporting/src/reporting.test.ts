import { randomUUID } from 'node:crypto';
import { machineActor, machines } from '@hengjian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Figured } from './figures/answer.ts';
import type { FigureAnswer } from './figures/compute.ts';
import { openProvince, type Province } from './reporting-fixture.ts';

let it2: Province;
const plugs = randomUUID();
const cables = randomUUID();
const rate = (input: Record<string, unknown>, actor = it2.planner) =>
  it2.ask<FigureAnswer>(actor, 'reporting.figure', { figure: 'pass-rate', ...input });
const brief = ({ group, numerator, denominator }: Figured) => [group, numerator, denominator];

beforeAll(async () => {
  it2 = await openProvince();
  const draw = (scheme: string, sample: number) =>
    it2.owner(
      `insert into sampling.draw (id, home, office, parties, state, scheme, rules, name, product, product_name, hash, strata, weight_rules, sizes, frame_root, freshness)
       values ($1, 430, '43', '{}', 'drawn', $2, $1, 'd', 'P108', '插座', 'sha256', $3, '[]', '[]', 'x', '{}')`,
      [
        randomUUID(),
        scheme,
        JSON.stringify([
          { key: 'a', size: 10, sample: 5, weightClasses: [{ weight: 1, size: 10 }] },
          { key: 'b', size: 10, sample, weightClasses: [{ weight: 1, size: 10 }] },
        ]),
      ],
    );
  await draw(plugs, 5);
  await draw(cables, 9);
  const plug = { scheme: plugs, region: '430102' };
  for (let place = 0; place < 7; place += 1) await it2.put({ ...plug, on: '2026-03-10', size: 'small' });
  await it2.put({
    ...plug,
    on: '2026-03-11',
    conclusion: 'fails',
    failedItems: ['标志'],
    seriousness: 'serious',
    size: 'micro',
  });
  await it2.put({ ...plug, on: '2026-03-12', conclusion: 'void' });
  await it2.put({ ...plug, on: '2026-03-12', conclusion: null, state: 'reported' });
  await it2.put({ scheme: cables, region: '430202', product: 'P101', on: '2026-04-01' });
  await it2.put({
    scheme: cables,
    region: '430204',
    product: 'P101',
    on: '2026-04-02',
    conclusion: 'fails',
    failedItems: ['绝缘电阻'],
  });
  await it2.put({ scheme: plugs, office: '4301', region: '430103', on: '2026-03-20', selection: 'targeted' });
});
afterAll(() => it2.kernel.close());

describe('统计指标', () => {
  it('合格率与直接数记录一致，撤销的和未生效的不计，附两种区间、样本量和代表性', async () => {
    const all = await rate({ by: 'city' });
    const bare = await it2.owner<{ city: string; passed: string; n: string }>(
      `select left(t.enterprise_region, 4) as city, count(*) filter (where c.conclusion = 'conforms') as passed, count(*) as n
       from sampling.task t join sampling.effective_conclusion c on c.task = t.id
       where t.state = 'concluded' and c.conclusion in ('conforms', 'fails') group by 1 order by 1`,
    );
    expect(all.groups.map(brief)).toEqual(bare.map(({ city, passed, n }) => [`${city}00`, Number(passed), Number(n)]));
    expect(brief(all.total)).toEqual([null, 9, 11]);
    expect(all.total).toMatchObject({ small: true, worth: { basis: 'targeted', representative: false } });
    const { total } = await rate({ scheme: plugs, selection: 'random' });
    // Wilson and Clopper–Pearson for 7 of 8, worked out by hand.
    expect(total).toMatchObject({
      value: '0.875000',
      interval: { wilson: { lower: '0.529112', upper: '0.977583' }, exact: { lower: '0.473490', upper: '0.996840' } },
      worth: { basis: 'random', representative: true },
    });
    expect((await rate({ scheme: cables })).total.worth!.basis).toBe('weighted');
    expect((await rate({ selection: 'random' })).total.worth!.basis).toBe('pooled');
  });

  it('按期间、规模和项目分组；没有批次时没有合格率；同样的问题校验值相同', async () => {
    const march = { from: '2026-03-01', until: '2026-03-31' };
    expect((await rate({ ...march, by: 'size' })).groups.map(brief)).toEqual([
      ['micro', 0, 1],
      ['small', 7, 7],
      ['unknown', 1, 1],
    ]);
    const items = await it2.ask<FigureAnswer>(it2.planner, 'reporting.figure', {
      figure: 'item-failure-rate',
      by: 'item',
      ...march,
    });
    expect(items.groups.map(brief)).toEqual([
      ['标志', 1, 9],
      ['绝缘电阻', 0, 9],
    ]);
    expect((await rate({ from: '2030-01-01' })).total).toMatchObject({
      value: null,
      interval: null,
      worth: { basis: 'none' },
    });
    const [one, again] = [
      await rate({ ...march, by: null }),
      await rate({ until: '2026-03-31', from: '2026-03-01' }, it2.chief),
    ];
    expect(again.hash).toBe(one.hash);
    await expect(rate({ from: '2026-03-02', until: '2026-03-01' })).rejects.toMatchObject({ code: 'period-backwards' });
    await expect(rate({ from: '2026-02-30' })).rejects.toMatchObject({ code: 'no-such-day' });
    await expect(rate({ by: 'item' })).rejects.toMatchObject({ code: 'dimension-unfit' });
  });

  it('各看各的：市局只数本局及下级的，平台代省局数全省的，没有岗位的什么也数不到', async () => {
    expect(brief((await rate({}, it2.city)).total)).toEqual([null, 1, 1]);
    expect(brief((await rate({}, machineActor(it2.kernel, machines.clock, '43'))).total)).toEqual([null, 9, 11]);
    const sampler = await it2.kernel.agent('抽样', 'sampler', randomUUID());
    expect(brief((await rate({}, sampler)).total)).toEqual([null, 0, 0]);
    const stranger = await it2.kernel.officer('林外省', 'planner', '35');
    expect(brief((await rate({}, stranger)).total)).toEqual([null, 0, 0]);
  });

  it('结论变更当时就进入指标', async () => {
    const task = await it2.put({
      scheme: plugs,
      region: '430104',
      on: '2026-05-01',
      conclusion: 'fails',
      failedItems: ['标志'],
    });
    const may = { from: '2026-05-01', until: '2026-05-31' };
    expect(brief((await rate(may)).total)).toEqual([null, 0, 1]);
    await it2.owner(
      `insert into sampling.reversal (id, home, office, parties, state, task, ground, change, decided_on, reason, task_title, effective_on)
       values ($1, 430, '43', '{}', 'effective', $2, 'judgment', 'void', '2026-05-20', 'r', 't', '2026-05-21')`,
      [randomUUID(), task],
    );
    expect((await rate(may)).total.denominator).toBe(0);
  });
});

describe('定期报告', () => {
  const report = (id: string) => it2.owner(`select * from reporting.report where id = $1`, [id]).then(([row]) => row!);
  const signed = async (record: string) => {
    const { sheet } = await it2.act(it2.planner, 'reporting.report', 'freeze', {}, record);
    await it2.act(it2.chief, 'kernel.approval', 'sign', {}, sheet!);
  };

  it('期末自动汇总，核对签发后冻结；迟到的数据复算可见，冻结的不变；更正另出一版', async () => {
    await expect(
      it2.act(it2.planner, 'reporting.report', 'draft', { template: 'monthly', periodFrom: '2026-03-01' }),
    ).rejects.toMatchObject({ code: 'period-open' });
    await it2.act(it2.planner, 'reporting.series', 'open', { template: 'monthly' });
    await expect(it2.act(it2.planner, 'reporting.series', 'open', { template: 'monthly' })).rejects.toMatchObject({
      code: 'series-running',
    });
    await it2.expire('2026-03-31T02:00:00Z');
    expect(await it2.owner('select id from reporting.report')).toEqual([]);
    await it2.expire('2026-04-01T02:00:00Z');
    const [drafted] = await it2.owner<{
      id: string;
      name: string;
      sections: { figures: { hash: string; figure: string }[] }[];
    }>('select id, name, sections from reporting.report');
    expect(drafted!.name).toBe('2026年3月监督抽查工作月报');
    const id = drafted!.id;
    const live = await rate({ by: 'product', from: '2026-03-01', until: '2026-03-31', organiser: '43' });
    expect(drafted!.sections.flatMap(({ figures }) => figures).find(({ figure }) => figure === 'pass-rate')!.hash).toBe(
      live.hash,
    );
    await it2.act(it2.planner, 'reporting.report', 'check', { remarks: '与台账一致。' }, id);
    await signed(id);
    const frozen = await report(id);
    expect(frozen).toMatchObject({ state: 'frozen', frozen_on: '2026-04-01', edition: 1 });

    const untouched = await it2.ask<{ changed: unknown[]; same: number; figures: number }>(
      it2.chief,
      'reporting.recompute',
      { report: id },
    );
    expect(untouched.changed).toEqual([]);
    expect(untouched.same).toBe(untouched.figures);
    await it2.put({ scheme: plugs, region: '430102', on: '2026-03-30', conclusion: 'fails', failedItems: ['标志'] });
    const late = await it2.ask<{ changed: { figure: string; group: string | null; then: object; now: object }[] }>(
      it2.chief,
      'reporting.recompute',
      { report: id },
    );
    expect(late.changed).toContainEqual(
      expect.objectContaining({
        figure: 'pass-rate',
        group: '430100',
        frozen: { numerator: 8, denominator: 9, value: '0.888889' },
        now: { numerator: 8, denominator: 10, value: '0.800000' },
      }),
    );
    expect(await report(id)).toEqual(frozen);
    await expect(it2.act(it2.planner, 'reporting.report', 'recount', {}, id)).rejects.toMatchObject({
      code: 'not-allowed-now',
    });

    await it2.act(it2.planner, 'reporting.report', 'correct', { reason: '3月30日的一批结论迟到' }, id);
    await expect(it2.act(it2.planner, 'reporting.report', 'correct', { reason: '再来' }, id)).rejects.toMatchObject({
      code: 'correction-open',
    });
    const [second] = await it2.owner<{ id: string }>('select id from reporting.report where replaces = $1', [id]);
    await it2.act(it2.planner, 'reporting.report', 'check', {}, second!.id);
    await signed(second!.id);
    expect(await report(id)).toMatchObject({ state: 'superseded', replaced_by: second!.id, digest: frozen.digest });
    expect(await report(second!.id)).toMatchObject({ state: 'frozen', edition: 2, reason: '3月30日的一批结论迟到' });
  });
});
