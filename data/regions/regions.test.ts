import { describe, expect, it } from 'vitest';
import { ancestors, descendants, findRegion, getRegion, type Region, regions, regionTable } from './index.ts';

const count = (within: readonly Region[], level: Region['level'], kind?: Region['kind']) =>
  within.filter((region) => region.level === level && (kind === undefined || region.kind === kind)).length;

describe('the regions', () => {
  it('are as many as the statistics bureau’s table of 2023 lists', () => {
    const all = regions();
    expect(count(all, 'province')).toBe(31);
    expect(count(all, 'city')).toBe(342);
    // 2,978 rows, three of which repeat a city without counties (东莞, 中山, 儋州)
    expect(count(all, 'county')).toBe(2978 - 3);
    expect(count(all, 'township')).toBe(3178);
    expect(new Set(all.map((region) => region.code)).size).toBe(all.length);
  });

  it('of Hunan are 14 cities and prefectures and 122 statutory counties; 12 county codes are statistical zones', () => {
    const hunan = descendants('430000');
    expect(count(hunan, 'city')).toBe(14);
    expect(count(hunan, 'county', 'statutory')).toBe(122);
    expect(
      hunan.filter((region) => region.level === 'county' && region.kind === 'statistical-zone').map((r) => r.code),
    ).toEqual([
      '430371',
      '430372',
      '430373',
      '430473',
      '430476',
      '430671',
      '430771',
      '430971',
      '430972',
      '431171',
      '431173',
      '431271',
    ]);
  });

  it('of Fujian are 9 cities and 84 counties, none of them a statistical zone', () => {
    const fujian = descendants('350000');
    expect([count(fujian, 'city'), count(fujian, 'county', 'statutory'), count(fujian, 'county')]).toEqual([9, 84, 84]);
  });

  it('call farms, ports and parks with township codes from 400 statistical zones', () => {
    expect(getRegion('430102400')).toMatchObject({ name: '隆平高科技园', kind: 'statistical-zone' });
    expect(getRegion('350102001')).toMatchObject({
      name: '鼓东街道',
      level: 'township',
      parent: '350102',
      kind: 'statutory',
    });
  });

  it('hang together: every parent is listed one level up', () => {
    const above = { city: 'province', county: 'city', township: 'county' } as const;
    const orphans = regions().filter(
      (region) => region.level !== 'province' && findRegion(region.parent ?? '')?.level !== above[region.level],
    );
    expect(orphans).toEqual([]);
  });

  it('can be found by their short codes, and each has one initial per syllable', () => {
    expect(getRegion('43')).toBe(getRegion('430000'));
    expect(getRegion('4301')).toMatchObject({ name: '长沙市', initials: 'css' });
    expect(
      [getRegion('350200'), getRegion('340100'), getRegion('330382'), getRegion('500000')].map((r) => r.initials),
    ).toEqual(['xms', 'hfs', 'yqs', 'cqs']);
    expect(regions().filter((r) => r.initials.length !== r.name.replace(/[^\p{Script=Han}]/gu, '').length)).toEqual([]);
  });

  it('name the regions above, and refuse a code that is not listed', () => {
    expect(ancestors('430102').map((region) => region.name)).toEqual(['湖南省', '长沙市']);
    expect(() => getRegion('430199')).toThrowError(
      expect.objectContaining({ code: 'region-unknown', value: '430199' }),
    );
    expect(() => getRegion('43010')).toThrow();
  });

  it('serve the reader of region codes', () => {
    expect(regionTable().get('430102')).toEqual({ name: '芙蓉区', kind: 'division' });
    expect(regionTable().get('430476')?.kind).toBe('statistical-zone');
    expect(regionTable().size).toBe(31 + 342 + 2975);
  });
});
