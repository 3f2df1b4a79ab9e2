import { describe, expect, it } from 'vitest';
import { getIndustry } from '../industries/index.ts';
import { getOffice, getRole } from '../organisation/index.ts';
import { getProduct } from '../products/index.ts';
import { ancestors, getRegion } from '../regions/index.ts';
import { choices } from './draw.ts';
import { demonstrationEnterprises, demonstrationLaboratories, demonstrationPeople } from './index.ts';

const SEED = 'a seed of the tests';
const HUNAN = demonstrationEnterprises(SEED, 2000, ['430000']);

// Written again here from GB 32100 and GB 11714, so that the generator and the library cannot be wrong together.
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
function hasBothCheckDigits(code: string): boolean {
  let sum = 0;
  for (let index = 0; index < 17; index++)
    sum += ALPHABET.indexOf(code[index]!) * [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28][index]!;
  let inner = 0;
  for (let index = 0; index < 8; index++)
    inner += Number.parseInt(code[8 + index]!, 36) * [3, 7, 9, 10, 5, 8, 4, 2][index]!;
  const last = ALPHABET[(31 - (sum % 31)) % 31];
  const digit = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'X'][(11 - (inner % 11)) % 11];
  return code.length === 18 && code[17] === last && code[16] === digit;
}

describe('the check used here', () => {
  it('accepts the code printed in the standard and refuses one with a changed character', () => {
    expect([hasBothCheckDigits('91350100M000100Y43'), hasBothCheckDigits('91350100M000100Y44')]).toEqual([true, false]);
  });
});

describe('choices', () => {
  it('are the same for the same seed and label, and fair to within chance', () => {
    const counts = [0, 0, 0];
    const from = choices(SEED, 'fair');
    for (let round = 0; round < 30_000; round++) counts[from.below(3)]!++;
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(30_000);
    expect(counts.every((count) => Math.abs(count - 10_000) < 400)).toBe(true);
    expect(choices('s', 'l').below(2 ** 32)).toBe(choices('s', 'l').below(2 ** 32));
    expect(choices('s', 'l').below(2 ** 32)).not.toBe(choices('s', 'm').below(2 ** 32));
    expect(() => choices('s', 'l').below(0)).toThrow(RangeError);
    expect(() => choices('s', 'l').one([])).toThrow(RangeError);
  });
});

describe('invented enterprises', () => {
  it('have valid credit codes that begin their body with YD, and codes and names of their own', () => {
    expect(HUNAN.filter((one) => !hasBothCheckDigits(one.creditCode) || one.creditCode.slice(8, 10) !== 'YD')).toEqual(
      [],
    );
    expect(new Set(HUNAN.map((one) => one.creditCode)).size).toBe(2000);
    expect(new Set(HUNAN.map((one) => one.creditCode.slice(8, 17))).size).toBe(2000);
    expect(new Set(HUNAN.map((one) => one.name)).size).toBe(2000);
  });

  it('are the same for the same seed, others for another, and a longer list begins with the shorter', () => {
    expect(demonstrationEnterprises(SEED, 50, ['43'])).toEqual(HUNAN.slice(0, 50));
    expect(demonstrationEnterprises('another', 1, ['430000'])[0]?.creditCode).not.toBe(HUNAN[0]?.creditCode);
    expect(HUNAN[0]).toEqual(FIRST);
  });

  it('stand at real townships of statutory counties, registered in that county', () => {
    for (const { creditCode, region, township, address } of HUNAN) {
      expect(getRegion(township)).toMatchObject({ parent: region, kind: 'statutory' });
      expect(getRegion(region)).toMatchObject({ level: 'county', kind: 'statutory' });
      expect(creditCode.slice(2, 8)).toBe(region);
      expect(
        address.startsWith(
          `${ancestors(township)
            .map((above) => above.name)
            .join('')}${getRegion(township).name}`,
        ),
      ).toBe(true);
      expect(address).toMatch(/号$/);
    }
  });

  it('are of all kinds, and the kind, the name’s ending and the category of the code agree', () => {
    const forms = {
      company: [/有限公司$/, '1'],
      factory: [/厂$/, '1'],
      shop: [/商行$/, '1'],
      cooperative: [/专业合作社$/, '3'],
      'individual-business': [/（个体工商户）$/, '2'],
    } as const;
    for (const { kind, name, creditCode } of HUNAN) {
      expect(name).toMatch(forms[kind][0]);
      expect(creditCode.slice(0, 2)).toBe(`9${forms[kind][1]}`);
    }
    expect(new Set(HUNAN.map((one) => one.kind)).size).toBe(5);
    expect(new Set(HUNAN.map((one) => one.role)).size).toBe(2);
    expect(new Set(HUNAN.map((one) => one.status)).size).toBe(3);
  });

  it('make or sell product classes of the catalogue, in an industry of GB/T 4754', () => {
    for (const { industry, products, registeredOn } of HUNAN) {
      expect(getIndustry(industry).level).toBe('class');
      expect(products.length).toBeGreaterThan(0);
      for (const product of products) getProduct(product);
      expect(new Date(`${registeredOn}T00:00:00Z`).toISOString().slice(0, 10)).toBe(registeredOn);
    }
  });

  it('do not live in Kinmen, and not where no township is known', () => {
    const fujian = demonstrationEnterprises(SEED, 1500, ['350000']);
    expect(fujian.filter((one) => one.region === '350527')).toEqual([]);
    expect(
      fujian.filter((one) => HUNAN.some((other) => other.creditCode.slice(8, 17) === one.creditCode.slice(8, 17))),
    ).toEqual([]);
    expect(() => demonstrationEnterprises(SEED, 1, ['440000'])).toThrow(RangeError);
    expect(() => demonstrationEnterprises(SEED, 1.5, ['430000'])).toThrow(RangeError);
    expect(() => demonstrationEnterprises(SEED, 1, ['990000'])).toThrowError(
      expect.objectContaining({ code: 'region-unknown' }),
    );
  });
});

describe('invented testing bodies', () => {
  const bodies = demonstrationLaboratories(SEED);

  it('are twelve, with valid credit codes and names in both languages', () => {
    expect(bodies).toHaveLength(12);
    expect(bodies.filter((body) => !hasBothCheckDigits(body.creditCode))).toEqual([]);
    expect(new Set(bodies.flatMap((body) => [body.creditCode, body.zh, body.en, body.cmaNumber])).size).toBe(48);
    expect(demonstrationLaboratories(SEED)).toEqual(bodies);
  });

  it('bear CMA numbers of twelve digits: year, 13 Fujian or 18 Hunan, field, ministry 11, serial from 9000', () => {
    for (const { cmaNumber, cmaExpiresOn, region } of bodies) {
      expect(cmaNumber).toMatch(/^2[1-5](?:13|18)(?:0\d|1\d|2[01])119\d{3}$/);
      expect(cmaNumber.slice(2, 4)).toBe(region.startsWith('43') ? '18' : '13');
      expect(Number(cmaExpiresOn.slice(2, 4)) - Number(cmaNumber.slice(0, 2))).toBe(6);
    }
  });

  it('between them cover every product class that has a template of detailed rules, but none covers all', () => {
    const covered = new Set(bodies.flatMap((body) => body.products));
    const rules = [
      'P101',
      'P105',
      'P108',
      'P110',
      'P118',
      'P120',
      'P125',
      'P130',
      'P201',
      'P202',
      'P206',
      'P210',
      'P301',
      'P315',
      'P401',
      'P501',
    ];
    expect(rules.filter((product) => !covered.has(product))).toEqual([]);
    expect(bodies.some((body) => rules.every((product) => body.products.includes(product)))).toBe(false);
    for (const product of covered) getProduct(product);
  });
});

describe('invented people', () => {
  const people = demonstrationPeople(SEED);

  it('hold known roles in known offices or organisations, under accounts of their own', () => {
    const organisations = new Set(
      [...demonstrationLaboratories(SEED), ...HUNAN.slice(0, 6)].map((one) => one.creditCode),
    );
    expect(new Set(people.map((person) => person.account)).size).toBe(people.length);
    for (const { role, office, organisation, name } of people) {
      const { holder } = getRole(role);
      expect(office === null).not.toBe(organisation === null);
      if (holder !== 'either') expect(holder).toBe(office === null ? 'organisation' : 'office');
      if (office !== null) getOffice(office);
      if (organisation !== null) expect(organisations.has(organisation)).toBe(true);
      expect(name).toMatch(/^\p{Script=Han}{2,3}$/u);
    }
  });

  it('fill every role, with a result handler in each of 205 county bureaus', () => {
    expect(people).toHaveLength(15 + 205 + 23 * 4 + 12 * 8 + 6);
    expect(people.filter((person) => person.role === 'result-handler')).toHaveLength(205);
    expect(new Set(people.map((person) => person.role)).size).toBe(15);
    expect(people.find((person) => person.account === 'planner.430000')?.office).toBe('430000-S02');
    expect(demonstrationPeople(SEED)).toEqual(people);
  });
});

/** The first enterprise under this seed: it may change only when the generator is changed on purpose. */
const FIRST = {
  creditCode: '91431122YDEKUKJH77',
  name: '永州市昀章农资有限公司',
  kind: 'company',
  role: 'seller',
  status: 'active',
  region: '431122',
  township: '431122107',
  address: '湖南省永州市东安县鹿马桥镇沅汀路101号',
  representative: '彭雪建',
  industry: '5299',
  products: ['P403'],
  registeredOn: '2011-11-14',
};
