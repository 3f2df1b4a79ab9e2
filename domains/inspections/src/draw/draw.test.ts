import { randomBytes } from 'node:crypto';
import { type DrawBundle, secretCommitment, toHex } from '@hengjian/transparency';
import { verifyDraw } from '@hengjian/transparency/verification';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type County, matter, openCounty } from '../inspections-fixture.ts';

let county: County;
let template: string;
let year: string;
beforeAll(async () => {
  county = await openCounty();
  template = await county.checklist();
  year = await county.plan();
});
afterAll(() => county.kernel.close());

describe('the draw of firms and officers', () => {
  it('is committed to in public, makes one visit with two officers of each leaf, is opened after the last and verified by anybody', async () => {
    const { act, planner, chief, officers } = county;
    const frozen = await act(planner, 'inspections.draw', 'freeze', {
      plan: year,
      name: '双随机第一批',
      matter,
      checklists: [template],
      industries: [],
      weightRules: [],
      dueOn: '2026-03-30',
      unannounced: true,
      strata: [{ key: 'A', label: '全区', regions: [], sample: 3 }],
    });
    const secrets = [randomBytes(32), randomBytes(32)];
    const parties = ['市监局', '消委会'].map((name, index) => ({
      name,
      commitment: toHex(secretCommitment(name, secrets[index]!)),
    }));
    const listed = await county.rows<{ id: string }>(`select id from inspections.officer where state = 'listed'`);
    const kin = [{ sampler: officers[0]!.person, enterprise: county.firms[1]!.id, reason: '亲属' }];
    await act(
      planner,
      'inspections.draw',
      'commit',
      { team: 'any', officers: listed.map(({ id }) => id), exclusions: kin, parties },
      frozen.record,
    );
    await act(planner, 'inspections.draw', 'draw', { secrets: secrets.map((secret) => toHex(secret)) }, frozen.record);
    const visits = await county.rows<{ id: string; officers: { person: string }[]; state: string; enterprise: string }>(
      'select id, officers, state, enterprise from inspections.visit where draw = $1',
      [frozen.record],
    );
    expect(visits.map(({ state, officers: two }) => [state, two.length])).toEqual([
      ['planned', 2],
      ['planned', 2],
      ['planned', 2],
    ]);
    const before = JSON.stringify(
      await county.rows('select body, title_zh from public_record.entry where record = $1', [frozen.record]),
    );
    for (const { id: _id, name, code } of county.firms)
      expect(before.includes(name) || before.includes(code)).toBe(false);
    await expect(act(planner, 'inspections.draw', 'open', {}, frozen.record)).rejects.toMatchObject({
      code: 'visits-outstanding',
    });
    for (const { id } of visits)
      await county.signed(planner, 'inspections.visit', 'cancel', id, [chief], { reason: '试验结束' });
    await act(planner, 'inspections.draw', 'open', {}, frozen.record);
    const bundle = await county.ask<DrawBundle>(null, 'inspections.draw-bundle', {
      draw: frozen.record,
    });
    expect(verifyDraw(bundle).steps.filter(({ ok }) => ok === false)).toEqual([]);
    expect(bundle.opening!.leaves).toHaveLength(3);
  });
});

describe('a campaign and a regional listing', () => {
  it('has targets by region, and a listed region comes off only when others have looked', async () => {
    const { act, planner, chief, head } = county;
    const campaign = {
      kind: 'campaign',
      year: 2026,
      name: '燃气具专项整治',
      ground: '安全',
      firstDay: '2026-01-01',
      lastDay: '2026-12-31',
      items: [{ matter, basis: '《产品质量法》', scope: '生产企业', firms: 3, cap: 1 }],
    };
    await expect(act(planner, 'inspections.plan', 'draft', campaign)).rejects.toMatchObject({
      code: 'targets-missing',
    });
    await expect(
      act(planner, 'inspections.plan', 'draft', { ...campaign, items: [{ ...campaign.items[0], cap: 9 }] }),
    ).rejects.toMatchObject({ code: 'cap-above-law' });
    const { record: plan } = await act(planner, 'inspections.plan', 'draft', {
      ...campaign,
      targets: [{ region: '430102', visits: 5 }],
    });
    await county.signed(planner, 'inspections.plan', 'publish', plan, [chief, head]);
    const city = await county.kernel.officer('市计划', 'planner', '4301');
    const cityHead = await county.kernel.officer('市局长', 'bureau-head', '4301');
    const { record: listing } = await act(city, 'inspections.listing', 'draft', {
      responsible: '430102',
      region: '430102',
      problem: '燃气具质量问题集中',
      demands: '抽查合格率不低于 95 %',
      deadline: '2026-06-30',
      plan,
    });
    await county.signed(city, 'inspections.listing', 'list', listing, [county.cityChief, cityHead]);
    await act(chief, 'inspections.listing', 'report', { report: '已整治' }, listing, ['proof']);
    const { sheet } = await act(city, 'inspections.listing', 'remove', { verification: '验收合格' }, listing, [
      'verificationRecord',
    ]);
    for (const signer of [county.cityChief, cityHead])
      await act(signer, 'kernel.approval', 'sign', { opinion: '同意' }, sheet!);
    expect(await county.state('inspections.listing', listing)).toBe('removed');
    expect(await county.ask(planner, 'inspections.campaign-progress', { plan })).toMatchObject([
      { region: '430102', target: 5, visits: 0 },
    ]);
  });
});
