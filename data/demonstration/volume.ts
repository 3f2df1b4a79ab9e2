import { composeCreditCode } from '@hengjian/identifiers';
import { offices } from '../organisation/index.ts';
import { inventedBody } from './credit-code-body.ts';
import { numberedUuid, repeatable } from './numbered.ts';
import { TRADE_FIRST, TRADE_SECOND, TRADE_THIRD, TRADES, type Trade } from './words.ts';

/** The bureau of the province, the bureaus of its fourteen cities, and those of the counties. */
export const province = '430000';
export const cities: readonly string[] = offices()
  .filter(({ kind, parent }) => kind === 'bureau' && parent === province)
  .map(({ code }) => code);
export const counties: readonly string[] = offices()
  .filter(({ kind, parent }) => kind === 'bureau' && parent !== null && cities.includes(parent))
  .map(({ code }) => code);

const places = new Map(offices().map(({ code, zh }) => [code, zh.replace('市场监督管理局', '')]));
const regions = new Map(offices().map(({ code, region }) => [code, region]));

/** A firm of a register as large as a province's: everything about it follows from its number. */
export interface NumberedFirm {
  id: string;
  name: string;
  /** The words that the name is made of. */
  parts: string[];
  creditCode: string;
  /** Code of the county's bureau. */
  county: string;
  region: string;
  trade: Trade;
  makes: boolean;
}

/** The invented firm with that number: the same in every run, and for the same number in a register of any size. */
export function numberedFirm(number: number): NumberedFirm {
  const random = repeatable(number + 1);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const county = counties[Math.floor(random() ** 1.5 * counties.length)]!;
  const third = random() < 0.3 ? pick(TRADE_THIRD) : '';
  const trade = pick(TRADES);
  const makes = random() < 0.5;
  const parts = [
    places.get(county)!,
    pick(TRADE_FIRST) + pick(TRADE_SECOND) + third,
    makes ? trade.maker : trade.seller,
  ];
  parts.push(pick(['有限公司', '有限责任公司', '厂', '经营部', '商行']));
  const region = regions.get(county)!;
  const creditCode = composeCreditCode('9', '1', region.slice(0, 6), inventedBody('volume', 'firms', number));
  return { id: numberedUuid(4, number), name: parts.join(''), parts, creditCode, county, region, trade, makes };
}
