import { describe, expect, it } from 'vitest';
import { descendants, findRegion } from '../regions/index.ts';
import { findOffice, getOffice, getRole, type OfficeKind, offices, officesUnder, roles } from './index.ts';

const regionsOf = (province: string, level: string) =>
  descendants(province)
    .filter((region) => region.level === level && region.kind === 'statutory')
    .map((region) => region.code);
const bureaus = (codes: string[]) => codes.filter((code) => findOffice(code)?.kind === 'bureau');
const count = (kind: OfficeKind) => offices().filter((office) => office.kind === kind).length;

describe('the offices', () => {
  it('of Hunan are a provincial bureau, 14 city bureaus and a bureau for each of the 122 statutory counties', () => {
    expect(getOffice('430000').zh).toBe('湖南省市场监督管理局');
    expect(bureaus(regionsOf('430000', 'city'))).toHaveLength(14);
    expect(bureaus(regionsOf('430000', 'county'))).toHaveLength(122);
  });

  it('of Fujian are a provincial bureau, 9 city bureaus and a county bureau everywhere but in Kinmen', () => {
    const counties = regionsOf('350000', 'county');
    expect(bureaus(regionsOf('350000', 'city'))).toHaveLength(9);
    expect(counties.filter((code) => findOffice(code) === undefined)).toEqual(['350527']);
  });

  it('are 321 in all, with sections, brigades, branches and stations in Hunan', () => {
    expect(offices()).toHaveLength(321);
    expect([count('bureau'), count('section'), count('brigade'), count('branch'), count('station')]).toEqual([
      230, 31, 14, 4, 42,
    ]);
  });

  it('form one tree per province: every parent exists and comes first', () => {
    const seen = new Set<string>();
    for (const { code, parent } of offices()) {
      expect(parent === null ? code.endsWith('0000') : seen.has(parent), code).toBe(true);
      seen.add(code);
    }
    expect(officesUnder('430000').length + officesUnder('350000').length).toBe(offices().length);
  });

  it('lie in statutory regions; a development-zone branch has no region code of its own', () => {
    expect(offices().filter((office) => findRegion(office.region)?.kind !== 'statutory')).toEqual([]);
    const branch = getOffice('430100-D01');
    expect(branch).toMatchObject({
      kind: 'branch',
      region: '430100',
      zh: '长沙市市场监督管理局高新技术产业开发区分局',
    });
    expect(findRegion(branch.code)).toBeUndefined();
  });

  it('share one home number per city, and each province’s own organs have theirs', () => {
    const homes = new Map<string, Set<number>>();
    for (const { region, home } of offices())
      homes.set(region.slice(0, 4), (homes.get(region.slice(0, 4)) ?? new Set()).add(home));
    expect([...homes.values()].every((numbers) => numbers.size === 1)).toBe(true);
    expect(new Set([...homes.values()].flatMap((numbers) => [...numbers]))).toEqual(
      new Set(Array.from({ length: 25 }, (_, i) => i + 1)),
    );
  });

  it('have different names in both languages, so that two districts of one name can be told apart', () => {
    expect(new Set(offices().map((office) => office.zh)).size).toBe(offices().length);
    expect(offices().every((office) => office.en.includes('Market Regulation'))).toBe(true);
    expect(() => getOffice('430371')).toThrowError(expect.objectContaining({ code: 'office-unknown' }));
  });
});

describe('the roles', () => {
  it('cover the campaign from plan to audit, each with one line in both languages', () => {
    expect(roles().map((role) => role.id)).toEqual([
      'planner',
      'section-chief',
      'bureau-head',
      'sampling-organiser',
      'sampler',
      'laboratory-receiver',
      'laboratory-tester',
      'laboratory-checker',
      'laboratory-signatory',
      'laboratory-quality',
      'result-handler',
      'enterprise-agent',
      'auditor',
      'system-administrator',
      'security-administrator',
    ]);
    expect(
      roles().filter((role) => !role.zh || !role.en || !role.may.zh.endsWith('。') || !role.may.en.endsWith('.')),
    ).toEqual([]);
    expect(() => getRole('lord-mayor')).toThrowError(expect.objectContaining({ code: 'role-unknown' }));
  });
});
