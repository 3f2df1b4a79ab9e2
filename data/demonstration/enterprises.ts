import { composeCreditCode } from '@hengjian/identifiers';
import { getProduct } from '../products/index.ts';
import { ancestors, descendants, getRegion, type Region } from '../regions/index.ts';
import { inventedBody } from './credit-code-body.ts';
import { type Choices, choices } from './draw.ts';
import { personName, tradeName } from './names.ts';
import { COOPERATIVE_TRADE, type EnterpriseKind, STREETS, TRADES } from './words.ts';

/** An invented enterprise. */
export interface DemonstrationEnterprise {
  /** 18 characters with both check digits right; characters 9 and 10 are `YD`. */
  readonly creditCode: string;
  readonly name: string;
  readonly kind: EnterpriseKind;
  readonly role: 'producer' | 'seller';
  /** `stopped`: no production at present; `closed`: not found at its address. Both still stand in the register. */
  readonly status: 'active' | 'stopped' | 'closed';
  /** Six-digit code of the county. */
  readonly region: string;
  /** Nine-digit code of the township of the address. */
  readonly township: string;
  readonly address: string;
  /** Legal representative (法定代表人), or the operator (经营者) of an individual business. */
  readonly representative: string;
  /** Class of GB/T 4754: that of the first product for a producer, 5299 for a seller. */
  readonly industry: string;
  /** Product classes made or sold. */
  readonly products: readonly string[];
  /** Day of registration, `YYYY-MM-DD`. */
  readonly registeredOn: string;
}

/** Kinds out of a hundred, for makers and for sellers. */
const MAKERS: readonly [EnterpriseKind, number][] = [
  ['company', 70],
  ['factory', 22],
  ['cooperative', 3],
  ['individual-business', 5],
];
const SELLERS: readonly [EnterpriseKind, number][] = [
  ['company', 25],
  ['shop', 30],
  ['cooperative', 5],
  ['individual-business', 40],
];
/** Second character of the credit code, GB 32100. */
const CATEGORY: Readonly<Record<EnterpriseKind, string>> = {
  company: '1',
  factory: '1',
  shop: '1',
  cooperative: '3',
  'individual-business': '2',
};
/** 其他未列明零售业: sellers of whatever goods. */
const RETAIL = '5299';
/** Townships of a county that has no organ of market regulation. */
const LEFT_OUT = '350527';

/**
 * Invents enterprises. The same seed and provinces give the same list on every machine, and a longer list begins with
 * the shorter one. Names and codes occur once.
 * @param seed any text
 * @param count how many
 * @param provinces region codes; townships, and so addresses, are known for Fujian (350000) and Hunan (430000)
 * @throws RangeError when the provinces have no known townships, or `count` is not a whole number
 */
export function demonstrationEnterprises(
  seed: string,
  count: number,
  provinces: readonly string[],
): DemonstrationEnterprise[] {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`cannot invent ${count} enterprises`);
  const within = [...new Set(provinces.map((province) => getRegion(province).code))].sort();
  const townships = within
    .flatMap((province) => descendants(province))
    .filter(
      ({ level, kind, parent }) =>
        level === 'township' && kind === 'statutory' && parent !== LEFT_OUT && isCounty(parent),
    );
  if (townships.length === 0) throw new RangeError(`no townships are known in ${within.join(', ')}`);
  const names = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    const from = choices(seed, `enterprise ${within.join(' ')} ${index}`);
    return enterprise(from, from.one(townships), inventedBody(seed, `enterprises ${within.join(' ')}`, index), names);
  });
}

const isCounty = (code: string | null): boolean => code !== null && getRegion(code).kind === 'statutory';

function enterprise(from: Choices, township: Region, body: string, names: Set<string>): DemonstrationEnterprise {
  const role = from.chance(3, 5) ? 'producer' : 'seller';
  const kind = pick(from, role === 'producer' ? MAKERS : SELLERS);
  const trade = kind === 'cooperative' ? COOPERATIVE_TRADE : from.one(TRADES);
  const region = township.parent ?? '';
  const products = trade.products.filter((_, index) => index === 0 || from.chance(1, 2));
  return {
    creditCode: composeCreditCode('9', CATEGORY[kind], region, body),
    name: uniqueName(from, township, kind, role === 'producer' ? trade.maker : trade.seller, names),
    kind,
    role,
    status: from.chance(1, 25) ? 'closed' : from.chance(1, 12) ? 'stopped' : 'active',
    region,
    township: township.code,
    address: address(from, township),
    representative: personName(from),
    industry: role === 'seller' ? RETAIL : getProduct(trade.products[0]!).industry,
    products,
    registeredOn: day(from),
  };
}

function pick<T>(from: Choices, weights: readonly (readonly [T, number])[]): T {
  let left = from.below(weights.reduce((sum, [, weight]) => sum + weight, 0));
  for (const [thing, weight] of weights) {
    if (left < weight) return thing;
    left -= weight;
  }
  throw new RangeError('weights do not add up');
}

function uniqueName(from: Choices, township: Region, kind: EnterpriseKind, trade: string, names: Set<string>): string {
  let name = enterpriseName(from, township, kind, trade);
  while (names.has(name)) name = enterpriseName(from, township, kind, trade);
  names.add(name);
  return name;
}

function enterpriseName(from: Choices, township: Region, kind: EnterpriseKind, trade: string): string {
  const [, city, county] = ancestors(township.code).map((region) => region.name);
  const own = tradeName(from);
  // A district stands behind its city; a county or county-level city has a name of its own.
  const place = county?.endsWith('区') ? `${city}${county}` : county;
  const FORMS: Readonly<Record<EnterpriseKind, () => string>> = {
    company: () => `${from.chance(1, 2) ? city : place}${own}${trade}有限公司`,
    factory: () => `${place}${own}${trade}厂`,
    shop: () => `${place}${own}${trade}商行`,
    cooperative: () => `${place}${own}${trade}专业合作社`,
    'individual-business': () => `${place}${own}${trade}${from.one(['店', '经营部', '门市部'])}（个体工商户）`,
  };
  return FORMS[kind]();
}

function address(from: Choices, township: Region): string {
  const above = ancestors(township.code).map((region) => region.name);
  return `${above.join('')}${township.name}${from.one(STREETS)}${1 + from.below(480)}号`;
}

function day(from: Choices): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${2003 + from.below(22)}-${two(1 + from.below(12))}-${two(1 + from.below(28))}`;
}
