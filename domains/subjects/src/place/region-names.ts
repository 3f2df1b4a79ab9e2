import { type Region, regions } from '../../../../data/regions/index.ts';

/** A name under which a region stands at the beginning of an address. */
export interface RegionName {
  text: string;
  region: Region;
  /** The name as the table has it; otherwise without 省, 市, 县, 区. */
  whole: boolean;
}

const PEOPLES =
  '土家|苗|侗|瑶|壮|回|藏|彝|布依|傣|白|哈尼|傈僳|景颇|朝鲜|蒙古|羌|哈萨克|柯尔克孜|黎|畲|满|仡佬|水|毛南|仫佬|拉祜|佤|纳西|布朗|独龙|怒|普米|撒拉|东乡|保安|裕固|土|锡伯|达斡尔|鄂温克|鄂伦春|塔吉克|维吾尔|各';
const AUTONOMOUS = new RegExp(`^(.{2,}?)(?:(?:${PEOPLES})族?)*自治(?:区|州|县|旗)$`);
const ENDING = /(?:特别行政区|地区|林区|特区|省|市|县|区|旗|盟)$/;

/** Divisions that were abolished and still stand in addresses, with the division that they became part of. */
const FORMER: Readonly<Record<string, string>> = {
  梅列区: '350404',
  永定县: '350803',
  同安县: '350212',
  建阳市: '350703',
};

/** 湘西土家族苗族自治州 → 湘西, 沙县区 → 沙县, 石狮市 → 石狮; undefined when less than two characters are left. */
export function shortName(name: string): string | undefined {
  const short = AUTONOMOUS.exec(name)?.[1] ?? name.replace(ENDING, '');
  return short.length >= 2 && short !== name ? short : undefined;
}

/** Codes such as 110100 市辖区 group others and name no place. */
const isGrouping = ({ name }: Region): boolean => /^(?:市辖区|县|.*直辖县级行政区划)$/.test(name);

let names: ReadonlyMap<string, readonly RegionName[]> | undefined;

/** Names of provinces, cities and counties by their first two characters, longest first. */
export function regionNames(): ReadonlyMap<string, readonly RegionName[]> {
  if (names !== undefined) return names;
  const found = new Map<string, RegionName[]>();
  const add = (name: RegionName): void => {
    const key = name.text.slice(0, 2);
    found.set(key, [...(found.get(key) ?? []), name]);
  };
  const divisions = regions().filter(({ level, kind }) => level !== 'township' && kind === 'statutory');
  for (const region of divisions.filter((division) => !isGrouping(division))) {
    add({ text: region.name, region, whole: true });
    const short = shortName(region.name);
    if (short !== undefined) add({ text: short, region, whole: false });
  }
  for (const [text, code] of Object.entries(FORMER))
    add({ text, region: divisions.find((region) => region.code === code)!, whole: true });
  for (const list of found.values()) list.sort((one, other) => other.text.length - one.text.length);
  names = found;
  return found;
}

let townships: ReadonlyMap<string, readonly string[]> | undefined;

/** Codes of the counties in which a township of this name lies; a 街道 is also known by its 办事处. */
export function countiesWithTownship(): ReadonlyMap<string, readonly string[]> {
  if (townships !== undefined) return townships;
  const found = new Map<string, string[]>();
  for (const { level, name, parent } of regions()) {
    if (level !== 'township' || parent === null) continue;
    const written = name.endsWith('街道') ? [name, `${name.slice(0, -2)}办事处`] : [name];
    for (const text of written) found.set(text, [...(found.get(text) ?? []), parent]);
  }
  townships = found;
  return found;
}
