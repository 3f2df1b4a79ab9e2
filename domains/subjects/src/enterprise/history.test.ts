import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Facts, factsOf } from './entity.ts';
import { type Plan, planAmendment, planCorrection, type Version } from './history.ts';

const known = (...parts: [from: string, until: string | null, facts: Partial<Facts>][]): Version[] =>
  parts.map(([from, until, facts], at) => ({ id: at + 1, from, until, fields: factsOf(facts as Facts) }));
const told = ({ superseded, added }: Plan) => ({
  superseded,
  added: added.map(({ from, until, fields }) => `${from}..${until ?? ''} ${fields.name} ${fields.address ?? '-'}`),
});

describe('变更（自某日起）', () => {
  const one = known(['2026-03-02', null, { name: '甲厂', address: '一路1号' }]);

  it('把时间分成变更前和变更后', () => {
    expect(told(planAmendment(one, '2026-05-01', { address: '二路2号' }))).toEqual({
      superseded: [1],
      added: ['2026-03-02..2026-05-01 甲厂 一路1号', '2026-05-01.. 甲厂 二路2号'],
    });
  });

  it('补记较早的变更，不抹掉后来的同一项变更', () => {
    const two = known(
      ['2026-03-02', '2026-06-01', { name: '甲厂', address: '一路1号' }],
      ['2026-06-01', null, { name: '甲厂', address: '三路3号' }],
    );
    const plan = planAmendment(two, '2026-05-01', { name: '乙厂', address: '二路2号' });
    expect(told(plan)).toEqual({
      superseded: [1, 2],
      added: [
        '2026-03-02..2026-05-01 甲厂 一路1号',
        '2026-05-01..2026-06-01 乙厂 二路2号',
        '2026-06-01.. 乙厂 三路3号',
      ],
    });
    expect(plan.now.fields).toMatchObject({ name: '乙厂', address: '三路3号' });
  });

  it('早于入库之日的，资料起始日随之提前', () => {
    expect(told(planAmendment(one, '2025-12-01', { address: '二路2号' }))).toEqual({
      superseded: [1],
      added: ['2025-12-01.. 甲厂 二路2号'],
    });
  });

  it('没有不同的内容，就没有变更', () => {
    expect(told(planAmendment(one, '2026-05-01', { address: '一路1号' }))).toEqual({ superseded: [], added: [] });
  });
});

describe('更正（从来就不是那样）', () => {
  it('错误的内容在哪里，就在哪里改正，不新增时间段', () => {
    const two = known(
      ['2026-03-02', '2026-06-01', { name: '甲场', address: '一路1号' }],
      ['2026-06-01', null, { name: '甲场', address: '三路3号' }],
    );
    expect(told(planCorrection(two, { name: '甲厂' }))).toEqual({
      superseded: [1, 2],
      added: ['2026-03-02..2026-06-01 甲厂 一路1号', '2026-06-01.. 甲厂 三路3号'],
    });
    expect(told(planCorrection(two, { address: '三路33号' }))).toEqual({
      superseded: [2],
      added: ['2026-06-01.. 甲场 三路33号'],
    });
  });
});

describe('无论怎样变更和更正', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-03-${String(n).padStart(2, '0')}`);
  const change = fc.record({
    on: day,
    kind: fc.constantFrom('amend', 'correct'),
    name: fc.constantFrom('甲', '乙', undefined),
    address: fc.constantFrom('一', '二', null, undefined),
  });

  it('每一天都恰有一个版本，没有空档和重叠；变更之日的内容就是所填的内容', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        let versions = known(['2026-03-10', null, { name: '甲', address: '一' }]);
        let id = 2;
        for (const { on, kind, name, address } of changes) {
          const facts = Object.fromEntries(
            Object.entries({ name, address }).filter(([, value]) => value !== undefined),
          ) as Partial<Facts>;
          const plan = kind === 'amend' ? planAmendment(versions, on, facts) : planCorrection(versions, facts);
          versions = [
            ...versions.filter((version) => !plan.superseded.includes(version.id)),
            ...plan.added.map((version, at) => ({ ...version, id: id + at })),
          ];
          id += plan.added.length;
          versions.sort((a, b) => (a.from < b.from ? -1 : 1));
          expect(versions.at(-1)!.until).toBeNull();
          versions.slice(1).forEach((version, at) => {
            expect(versions[at]!.until).toBe(version.from);
            expect(versions[at]!.from < version.from).toBe(true);
          });
          expect(plan.now.fields).toEqual(versions.at(-1)!.fields);
          if (kind !== 'amend') continue;
          const then = versions.find((version) => version.from <= on && (version.until === null || on < version.until));
          if (then !== undefined) expect(then.fields).toMatchObject(facts);
          else
            expect(
              Object.keys(facts).every((key) => versions[0]!.fields[key as keyof Facts] === facts[key as keyof Facts]),
            ).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
