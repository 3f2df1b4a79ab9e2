import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isRegionWithin, parseRegionCode, type RegionEntry } from './region-code.ts';

const names = JSON.parse(readFileSync(new URL('../fixtures/hunan-counties.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;
const zones = new Set('430371 430372 430373 430473 430476 430671 430771 430971 430972 431171 431173 431271'.split(' '));
const table = new Map<string, RegionEntry>(
  Object.entries(names).map(([code, name]) => [
    code,
    { name, kind: zones.has(code) ? 'statistical-zone' : 'division' },
  ]),
);
table.set('430124', { name: '宁乡县', kind: 'division', validTo: '2017-04-10' });
table.set('430182', { name: '宁乡市', kind: 'division', validFrom: '2017-04-10' });

describe('region code', () => {
  it('reads 芙蓉区 with its city and province', () => {
    expect(parseRegionCode('430102', table)).toEqual({
      ok: true,
      warnings: [],
      value: { code: '430102', level: 'county', ancestors: ['430000', '430100'], kind: 'division', name: '芙蓉区' },
    });
  });

  it.each([
    ['100000', 'nation', []],
    ['430000', 'province', []],
    ['433100', 'prefecture', ['430000']],
    ['429004', 'county', ['420000', '429000']],
  ])('knows the level of %s without a table', (code, level, ancestors) => {
    expect(parseRegionCode(code)).toMatchObject({ ok: true, value: { level, ancestors } });
  });

  it('does not look up a day that is none', () => {
    expect(parseRegionCode('430124', table, '2026-13-01')).toMatchObject({
      ok: false,
      problems: [{ code: 'region-code-day', expected: 'YYYY-MM-DD' }],
    });
  });

  it('finds 430199 only missing from the table', () => {
    expect(parseRegionCode('430199').ok).toBe(true);
    expect(parseRegionCode('430199', table)).toMatchObject({
      ok: false,
      problems: [{ code: 'region-code-unlisted', position: 5 }],
    });
  });

  it.each([
    ['43010', 'region-code-length', 6],
    ['4301O2', 'region-code-character', 5],
    ['990102', 'region-code-province', 1],
    ['430002', 'region-code-prefecture', 3],
  ])('refuses %s with %s', (code, problem, position) => {
    expect(parseRegionCode(code)).toMatchObject({ ok: false, problems: [{ code: problem, position }] });
  });

  it('tells the 122 statutory counties of Hunan from the 12 statistical zones, with and without table', () => {
    const kinds = (withTable: boolean) =>
      Object.keys(names).filter((code) => {
        const checked = parseRegionCode(code, withTable ? table : undefined);
        return checked.ok && checked.value.kind === 'statistical-zone';
      });
    expect(Object.keys(names)).toHaveLength(134);
    expect(kinds(true)).toEqual([...zones]);
    expect(kinds(false)).toEqual([...zones]);
  });

  it('accepts the old code of 宁乡 on old licences, but not for a day after its abolition', () => {
    expect(parseRegionCode('430124', table)).toMatchObject({ ok: true, warnings: [{ code: 'region-code-abolished' }] });
    expect(parseRegionCode('430124', table, '2016-01-01')).toMatchObject({ ok: true, warnings: [] });
    expect(parseRegionCode('430124', table, '2017-04-10')).toMatchObject({
      ok: false,
      problems: [{ expected: '2017-04-10' }],
    });
    expect(parseRegionCode('430182', table, '2016-01-01')).toMatchObject({
      ok: false,
      problems: [{ code: 'region-code-not-yet-valid' }],
    });
  });

  it('keeps Hainan out of Hunan', () => {
    expect(isRegionWithin('430102', '430000')).toBe(true);
    expect(isRegionWithin('430102', '430100')).toBe(true);
    expect(isRegionWithin('430102', '430102')).toBe(true);
    expect(isRegionWithin('460000', '430000')).toBe(false);
    expect(isRegionWithin('430000', '430100')).toBe(false);
    expect(isRegionWithin('430000', '100000')).toBe(true);
    for (const area of ['', '000000', '43', '4300', 'constructor']) expect(isRegionWithin('430102', area)).toBe(false);
  });
});
