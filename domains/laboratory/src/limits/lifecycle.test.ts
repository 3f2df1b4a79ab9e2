import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedLimits } from '../../../../data/limits/index.ts';
import { type Actor, codeOf, type Laboratory, openLaboratory } from '../laboratory-fixture.ts';

let lab: Laboratory;
let expert: Actor;
let chief: Actor;
const set = (actor: Actor, action: string, input: object, record?: string) =>
  lab.act(actor, 'laboratory.limit-set', action, input, record);
const find = (parameter: string) =>
  lab.ask<Record<string, unknown>>(lab.tester, 'laboratory.find-limit', {
    category: '小油菜',
    parameter,
    sampledOn: '2019-11-01',
  });

beforeAll(async () => {
  lab = await openLaboratory();
  expert = await lab.kernel.officer('专家', 'test-expert', '43');
  chief = await lab.kernel.officer('处长', 'section-chief', '43');
});
afterAll(() => lab.kernel.close());

describe('a set of limits', () => {
  it('comes in whole or not at all, and the refusal names the row', async () => {
    const { record } = await set(expert, 'draft', { name: '测试', source: '测试' });
    const good = shippedLimits()[0]!;
    const load = (limits: object[]) => set(expert, 'load', { name: '测试', source: '测试', limits }, record);
    await expect(load([good, { ...good, category: '乙', limit: '不知道' }])).rejects.toMatchObject({
      zh: expect.stringContaining('第2行'),
      errors: [{ path: 'input.limits.1.limit' }],
    });
    await expect(load([good, good])).rejects.toMatchObject({
      code: 'limit-twice',
      zh: expect.stringMatching(/第2行.*第1行/),
    });
    await expect(load([{ ...good, unit: null }])).rejects.toMatchObject({ code: 'unit-missing' });
    expect(await lab.row('limit_set', record)).toMatchObject({ state: 'drafted', rows: 0 });
  });

  it('is used once a second person has adopted it, by laboratories too, and no longer when it is withdrawn', async () => {
    const { record } = await set(expert, 'draft', { name: '随平台发布的限量', source: 'data/limits' });
    await set(expert, 'load', { name: '随平台发布的限量', source: 'data/limits', limits: shippedLimits() }, record);
    expect(await find('毒死蜱')).toMatchObject({ code: 'parameter-without-limit' });
    const expertAdopts = { ...chief, person: expert.person, claim: { ...chief.claim, person: expert.person } };
    expect(await codeOf(set(expertAdopts, 'adopt', {}, record))).toBe('separation');
    await set(chief, 'adopt', {}, record);
    expect(await find('毒死蜱')).toMatchObject({
      path: ['小油菜', '普通白菜', '叶菜类'],
      limit: { limit: '≤0.1', clause: '4' },
    });
    await set(chief, 'withdraw', { reason: '有新版' }, record);
    expect(await find('毒死蜱')).toMatchObject({ code: 'parameter-without-limit' });
  });
});
