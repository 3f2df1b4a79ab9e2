import type { RegionTable } from '@hengjian/identifiers';
import { once, readRows } from '../read.ts';
import { UnknownCodeError } from '../unknown-code.ts';

export type RegionLevel = 'province' | 'city' | 'county' | 'township';

/**
 * `statutory`: a division of GB/T 2260 (six digits) or GB/T 10114 (nine digits). `statistical-zone`: a development zone,
 * farm or the like that only the statistical code table lists; no organ is set up for it by that code.
 */
export type RegionKind = 'statutory' | 'statistical-zone';

export interface Region {
  /** Six digits for province, city and county; nine for a township. */
  readonly code: string;
  readonly name: string;
  readonly level: RegionLevel;
  /** Code of the region above; null for a province. */
  readonly parent: string | null;
  readonly kind: RegionKind;
  /** First letter of each syllable, lower case: 长沙市 is `css`. A search aid, not a romanisation. */
  readonly initials: string;
}

interface Tree {
  readonly all: readonly Region[];
  readonly byCode: ReadonlyMap<string, Region>;
  readonly children: ReadonlyMap<string, readonly Region[]>;
}

const REGISTER = { code: 'region-unknown', zh: '行政区划代码表', en: 'region' };

const tree = once((): Tree => {
  const all = ['country.csv', 'townships.csv'].flatMap((file) => readRows(import.meta.dirname, file).map(toRegion));
  const children = new Map<string, Region[]>();
  for (const region of all) {
    if (region.parent === null) continue;
    const siblings = children.get(region.parent);
    if (siblings) siblings.push(region);
    else children.set(region.parent, [region]);
  }
  return { all, byCode: new Map(all.map((region) => [region.code, region])), children };
});

function toRegion([code = '', name = '', initials = '', zone = '']: string[]): Region {
  const level = levelOf(code);
  return {
    code,
    name,
    level,
    parent: parentOf(code, level),
    kind: zone === 'z' ? 'statistical-zone' : 'statutory',
    initials,
  };
}

function levelOf(code: string): RegionLevel {
  if (code.length === 9) return 'township';
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'city' : 'county';
}

function parentOf(code: string, level: RegionLevel): string | null {
  if (level === 'province') return null;
  if (level === 'city') return `${code.slice(0, 2)}0000`;
  return level === 'county' ? `${code.slice(0, 4)}00` : code.slice(0, 6);
}

/** Provinces, cities and counties of the 31 provincial divisions in order of code, then the townships of Fujian and Hunan. */
export const regions = (): readonly Region[] => tree().all;

/** Looks a code up; `43` and `4301` are read as 430000 and 430100. */
export function findRegion(code: string): Region | undefined {
  return tree().byCode.get(/^(?:\d{2}|\d{4})$/.test(code) ? code.padEnd(6, '0') : code);
}

/** @throws UnknownCodeError `region-unknown` */
export function getRegion(code: string): Region {
  const region = findRegion(code);
  if (region === undefined) throw new UnknownCodeError(REGISTER, code);
  return region;
}

/**
 * Every region below `code`, nearest first within each branch: a city, its counties, their townships, the next city.
 * Townships are known for Fujian and Hunan only.
 * @throws UnknownCodeError `region-unknown`
 */
export function descendants(code: string): Region[] {
  return (tree().children.get(getRegion(code).code) ?? []).flatMap((child) => [child, ...descendants(child.code)]);
}

/** The regions above, outermost first: for 430102 these are Hunan and Changsha. @throws UnknownCodeError `region-unknown` */
export function ancestors(code: string): Region[] {
  const { parent } = getRegion(code);
  return parent === null ? [] : [...ancestors(parent), getRegion(parent)];
}

const seats = once(
  (): ReadonlyMap<string, { latitude: string; longitude: string }> =>
    new Map(
      readRows(import.meta.dirname, 'seats.csv').map(([code = '', latitude = '', longitude = '']) => [
        code,
        { latitude, longitude },
      ]),
    ),
);

/**
 * Where the seat of a city or county lies, in degrees to 0.01 (about 1 km), else that of the nearest region above it of which it is known;
 * undefined outside Hunan and Fujian.
 */
export function findSeat(code: string): { latitude: string; longitude: string } | undefined {
  const known = seats().get(code);
  const above = known === undefined ? findRegion(code)?.parent : undefined;
  return known ?? (above ? findSeat(above) : undefined);
}

/** The six-digit codes in the form that `parseRegionCode` takes. Undated: the table is the state of 2023. */
export const regionTable = once(
  (): RegionTable =>
    new Map(
      regions()
        .filter((region) => region.level !== 'township')
        .map(({ code, name, kind }) => [code, { name, kind: kind === 'statutory' ? 'division' : kind }]),
    ),
);
