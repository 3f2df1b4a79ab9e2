import { isRegionWithin } from '@hengjian/identifiers';
import { findRegion } from '../../../../data/regions/index.ts';
import { countiesWithTownship, type RegionName, regionNames } from './region-names.ts';

/** Where an address lies, GB/T 2260. */
export interface FoundRegion {
  code: string;
  level: 'province' | 'city' | 'county';
  /** Read in the address itself, or only in the columns beside it. */
  from: 'address' | 'columns';
  /** The address names another place than the columns. */
  contradicts: boolean;
}

interface Match {
  name: RegionName;
  end: number;
  /** With its 省, 市, 县 or 区, even if that has changed since (宁乡县); a bare 芙蓉 may be a street's name. */
  strong: boolean;
}

const STREET =
  /^[东南西北中前后上下一二三四五新老旧内外]{0,2}大?(?:路|街|道|巷|弄|桥|寺|村|大厦|广场|宾馆|饭店|酒店|大学|学院|商场|市场|新村|花园|小区)/;
const FORMER_ENDING = /^(?:地区|省|市|县|区|盟)/;

/**
 * Finds the region of an address, most exact first: names at its beginning, then the township that it mentions (townships
 * are known for Fujian and Hunan), then the columns 省 and 市 beside it. The first six digits of a credit code are no evidence:
 * they name the authority of first registration.
 */
export function locate(
  address: string | null,
  columns: { province?: string | null; city?: string | null } = {},
): FoundRegion | undefined {
  const beside = regionOfColumns(columns);
  const text = (address ?? '').replaceAll(/\s/g, '');
  const walked = walk(text, beside);
  const read = walked.code ?? null;
  const contradicts =
    read !== null && beside !== undefined && !isRegionWithin(read, beside) && !isRegionWithin(beside, read);
  const scope = read === null || (beside !== undefined && isRegionWithin(beside, read)) ? beside : read;
  if (read !== null && levelOf(read) === 'county') return { code: read, level: 'county', from: 'address', contradicts };
  const county = scope === undefined ? undefined : countyOfTownship(text.slice(walked.end), scope);
  if (county !== undefined) return { code: county, level: 'county', from: 'address', contradicts };
  if (scope === undefined) return undefined;
  return { code: scope, level: levelOf(scope), from: scope === read ? 'address' : 'columns', contradicts };
}

/** A name without the region in front of it: 长沙市星沙电线厂 → 星沙电线厂. Unchanged when little would be left. */
export function withoutRegion(name: string): string {
  const rest = name.slice(walk(name, undefined).end);
  return rest.length >= 2 ? rest : name;
}

/** Reads province, city and county off the beginning of a text. */
function walk(text: string, beside: string | undefined): { code: string | undefined; end: number } {
  let code: string | undefined;
  let end = 0;
  for (;;) {
    const match = matchAt(text, end, code, beside);
    if (match === undefined) return { code, end };
    code = match.name.region.code;
    end = match.end;
  }
}

function matchAt(text: string, at: number, inside: string | undefined, beside: string | undefined): Match | undefined {
  const candidates = (regionNames().get(text.slice(at, at + 2)) ?? [])
    .filter(
      ({ text: name, region }) => text.startsWith(name, at) && (inside === undefined || isBelow(region.code, inside)),
    )
    .flatMap((name) => read(text, at, name, inside));
  // A name in full decides over one that has lost its ending, and a longer one over a shorter.
  const rank = ({ name, strong }: Match): number => (name.whole ? 200 : strong ? 100 : 0) + name.text.length;
  const best = Math.max(...candidates.map(rank));
  const equal = candidates.filter((match) => rank(match) === best);
  const near =
    beside === undefined
      ? []
      : equal.filter(({ name }) => isBelow(name.region.code, beside) || isRegionWithin(beside, name.region.code));
  if (near.length > 0) return highest(near);
  if (inside === undefined && beside !== undefined && equal.some(({ strong }) => !strong)) return undefined;
  return highest(equal);
}

/** One way of reading a name at a place, or none when it is a street that is called like a region. */
function read(text: string, at: number, name: RegionName, inside: string | undefined): Match[] {
  const end = at + name.text.length;
  if (name.whole) return [{ name, end, strong: true }];
  const ending = FORMER_ENDING.exec(text.slice(end));
  if (ending !== null) return [{ name, end: end + ending[0].length, strong: true }];
  const parent = inside === undefined ? undefined : findRegion(inside);
  if (STREET.test(text.slice(end)) || parent?.name.startsWith(name.text)) return [];
  return [{ name, end, strong: false }];
}

/** The only candidate, or the one that contains all others; several apart from each other decide nothing. */
function highest(matches: readonly Match[]): Match | undefined {
  return matches.find(({ name }) => matches.every((other) => isRegionWithin(other.name.region.code, name.region.code)));
}

function countyOfTownship(text: string, scope: string): string | undefined {
  const byName = countiesWithTownship();
  for (let at = 0; at < Math.min(text.length, 9); at += 1)
    for (let length = 8; length >= 2; length -= 1) {
      const counties = new Set(byName.get(text.slice(at, at + length))?.filter((code) => isRegionWithin(code, scope)));
      if (counties.size === 1) return [...counties][0];
    }
  return undefined;
}

function regionOfColumns({ province, city }: { province?: string | null; city?: string | null }): string | undefined {
  const above = province ? walk(province, undefined).code : undefined;
  if (!city) return above;
  return matchAt(city, 0, above, above)?.name.region.code ?? above;
}

const isBelow = (code: string, area: string): boolean => code !== area && isRegionWithin(code, area);

function levelOf(code: string): FoundRegion['level'] {
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'city' : 'county';
}
