import { findProvince, provinceAbbreviations } from './provinces.ts';
import { type Checked, type Problem, settle } from './result.ts';
import { halfWidth, remark, type Subject, upperCase } from './shape.ts';
import { findIndustry } from './standard-series.ts';

/** Who set the standard: `safety` are TSG codes, `metrology` JJF and JJG. */
export type StandardKind = 'national' | 'industry' | 'local' | 'group' | 'enterprise' | 'metrology' | 'safety';

/** A standard number taken apart. Two writings of one standard have the same `canonical`. */
export interface StandardNumber {
  /** `GB/T 7588.1-2020`: ASCII hyphen, one space, year of four digits. Without year: `GB/T 7588.1`. */
  readonly canonical: string;
  readonly kind: StandardKind;
  /** What stands before the number: `GB/T`, `DB43/T`, `T/HNFPA`, `JJF`. */
  readonly prefix: string;
  /** The prefix without mark of nature (`GB` for GB, GB/T and GB/Z): editions may change nature, not series. */
  readonly series: string;
  /**
   * `technical`: verification rules, calibration specifications and reference samples, whose force comes from the rule
   * that cites them; `own`: binding on the enterprise that declared it.
   */
  readonly nature: 'mandatory' | 'recommended' | 'guidance' | 'technical' | 'own';
  readonly number: string;
  readonly year?: number;
  /** Year of a partly revised edition, as in `GB 50016-2014(2018年版)`. */
  readonly revision?: number;
  /** Region digits of a local standard: `43` or `4301`. */
  readonly region?: string;
  /** Society of a group standard or code of the enterprise. */
  readonly owner?: string;
}

/** Options of {@link parseStandardNumber}. */
export interface StandardNumberOptions {
  /** Accept a reference without year (it means the latest edition). Default false. */
  readonly undated?: boolean;
}

type Prefix = Pick<StandardNumber, 'kind' | 'prefix' | 'series' | 'nature' | 'region' | 'owner'>;
type Reading = { readonly prefix: Prefix; readonly length: number; readonly number: RegExp };

const SUBJECT: Subject = { code: 'standard-number', zh: '标准编号', en: 'standard number' };
const NUMERIC = /\d+(?:\.\d+)*/y;
// An owner may end in a digit only where a space separates it from the number; else it ends at its last letter.
const SOCIETY = /[A-Z][A-Z0-9]*(?=\s+\d)|(?:[A-Z][A-Z0-9]*?)?[A-Z](?=\d[\d.]*\s*-)|[A-Z]+/y;
const ENTERPRISE = /[A-Z0-9]+(?=\s+[A-Z]?\d)|[A-Z0-9]*?[A-Z](?=\d[\d.]*S?\s*-)|[A-Z]+/y;
const DASHES = /[\u2010-\u2015\u2212\u2500\uFE58\uFE63]/g;

/**
 * Reads a standard number: GB, GB/T, GB/Z, GBZ, GSB; industry codes; DB43/T, DB4301/T, DBS43/; T/…; Q/…; JJF, JJG; TSG.
 * Any dash, full-width characters, lower case and missing or doubled spaces are accepted and brought to the canonical
 * form. Sources: 国家标准管理办法, 行业标准管理办法 art. 17, 地方标准管理办法 arts 3 and 18, 企业标准化促进办法 art. 13.
 */
export function parseStandardNumber(text: string, options: StandardNumberOptions = {}): Checked<StandardNumber> {
  const written = upperCase(halfWidth(text)).replace(DASHES, '-');
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const reading = readPrefix(written, problems, warnings);
  if (reading === undefined) return { ok: false, problems };
  const { prefix } = reading;
  let at = skipSpaces(written, reading.length);

  const number = matchAt(reading.number, written, at);
  if (number === undefined) {
    problems.push(
      wrong('number', at, written[at], '0-9', '此处应为标准顺序号', 'the number of the standard must stand here'),
    );
    return { ok: false, problems };
  }
  at += number.length;
  const year = readYear(written, at, options, problems, warnings);
  at = year.end;
  const edition = matchAt(/\s*\((?:19|20)\d\d年版\)/y, written, at);
  at = skipSpaces(written, at + (edition?.length ?? 0));
  if (problems.length === 0 && at < written.length) {
    problems.push(
      wrong('trailing', at, written[at], undefined, '编号之后不应再有内容', 'nothing may follow the number'),
    );
  }
  return settle(problems, warnings, () => {
    const revision = edition === undefined ? undefined : Number(/\d{4}/.exec(edition)![0]);
    const dated = year.value === undefined ? '' : `-${year.value}`;
    const suffix = revision === undefined ? '' : `(${revision}年版)`;
    return {
      canonical: `${prefix.prefix} ${number}${dated}${suffix}`,
      ...prefix,
      number,
      ...(year.value === undefined ? {} : { year: year.value }),
      ...(revision === undefined ? {} : { revision }),
    };
  });
}

function readPrefix(written: string, problems: Problem[], warnings: Problem[]): Reading | undefined {
  if (/^[TQ](?![A-Z])/.test(written)) return readOwned(written, problems);
  if (/^DB[A-Z]?\d/.test(written)) return readLocal(written, problems, warnings);
  const technical = /^(?:(TSG)|(JJ[FG])(?:\((.)\))?)/.exec(written);
  if (technical?.[1] !== undefined) {
    return reading(
      technical[0],
      { kind: 'safety', prefix: 'TSG', series: 'TSG', nature: 'mandatory' },
      /[A-Z]\d{4}|\d{2}/y,
    );
  }
  if (technical !== null) {
    const place = technical[3];
    if (place !== undefined && !provinceAbbreviations.includes(place)) {
      problems.push(
        wrong(
          'region',
          4,
          place,
          provinceAbbreviations,
          '括号内应为省级简称',
          'a province abbreviation must stand here',
        ),
      );
      return undefined;
    }
    const prefix = technical[0];
    return reading(prefix, { kind: 'metrology', prefix, series: prefix, nature: 'technical' }, NUMERIC);
  }
  const national = /^(?:GBZ(\/T)?|GSB|GBJ|GB(?:\/([TZ]))?)(?![A-Z/])/.exec(written);
  if (national !== null) {
    const prefix = national[0];
    const nature = prefix === 'GSB' ? 'technical' : natureOf(prefix.split('/')[1]);
    const number = prefix === 'GSB' ? /\d{2}-\d+(?:\.\d+)*(?=-)/y : NUMERIC;
    return reading(prefix, { kind: 'national', prefix, series: prefix.split('/')[0]!, nature }, number);
  }
  return readIndustry(written, problems, warnings);
}

function readIndustry(written: string, problems: Problem[], warnings: Problem[]): Reading | undefined {
  const match = /^([A-Z]{2,3})(?:\/([TZ]))?(?![A-Z/])/.exec(written);
  if (match === null) {
    const slash = /^[A-Z]{2,3}\//.exec(written)?.[0].length;
    const mark = '“/”之后应为“T”（推荐性）或“Z”（指导性）';
    problems.push(
      slash === undefined
        ? unknownPrefix(written)
        : wrong('nature', slash, written[slash], 'T, Z', mark, '“T” (recommended) or “Z” (guidance) must follow “/”'),
    );
    return undefined;
  }
  const [prefix, series, mark] = match;
  if (findIndustry(series!) === undefined) warnings.push(unknownIndustry(series!));
  const nature = natureOf(mark);
  return reading(prefix, { kind: 'industry', prefix, series: series!, nature }, NUMERIC);
}

// Group standards T/SOCIETY and enterprise standards Q/CODE.
function readOwned(written: string, problems: Problem[]): Reading | undefined {
  const letter = written[0]!;
  if (written[1] !== '/') {
    problems.push(wrong('slash', 1, written[1], '/', `“${letter}”之后应为“/”`, `“/” must follow “${letter}”`));
    return undefined;
  }
  const group = letter === 'T';
  const owner = matchAt(group ? SOCIETY : ENTERPRISE, written, 2);
  if (owner === undefined) {
    const [zh, en] = group ? ['社会团体代号', 'the society’s code'] : ['企业代号', 'the enterprise’s code'];
    problems.push(wrong('owner', 2, written[2], 'A-Z', `此处应为${zh}`, `${en} must stand here`));
    return undefined;
  }
  const prefix = `${letter}/${owner}`;
  const nature = group ? 'recommended' : 'own';
  const number = group ? NUMERIC : /[A-Z]?\d+(?:\.\d+)*S?/y;
  return reading(prefix, { kind: group ? 'group' : 'enterprise', prefix, series: prefix, nature, owner }, number);
}

function readLocal(written: string, problems: Problem[], warnings: Problem[]): Reading | undefined {
  const [head, letter = '', region = ''] = /^DB([A-Z]?)(\d+)/.exec(written)!;
  const start = 2 + letter.length;
  if (!['', 'S', 'J'].includes(letter)) {
    problems.push(unknownPrefix(written));
    return undefined;
  }
  if ((region.length !== 2 && region.length !== 4) || findProvince(region.slice(0, 2)) === undefined) {
    const zh = '“DB”之后应为省级（2位）或市级（4位）行政区划代码';
    problems.push(
      wrong('region', start, region, 'GB/T 2260', zh, 'a province (2 digits) or city code (4 digits) must follow “DB”'),
    );
    return undefined;
  }
  const local = { kind: 'local', series: head, region } as const;
  if (letter !== 'S' && written.startsWith('/T', head.length)) {
    const prefix = `${head}/T`;
    return reading(prefix, { ...local, prefix, nature: 'recommended' }, NUMERIC);
  }
  if (written[head.length] !== '/') {
    const expected = letter === 'S' ? '/' : '/T';
    const zh = `区划代码之后应为“${expected}”`;
    problems.push(
      wrong('slash', head.length, written[head.length], expected, zh, `“${expected}” must follow the region`),
    );
    return undefined;
  }
  if (letter !== 'S') {
    const zh = '地方标准应为推荐性标准（/T），仅法律、行政法规另有规定的（如污染物排放标准）为强制性';
    const en = 'local standards are recommended (/T) unless a law says otherwise, as for discharge limits';
    warnings.push(wrong('local-mandatory', head.length, '/', '/T', zh, en));
  }
  const prefix = `${head}/`;
  return reading(prefix, { ...local, prefix, nature: 'mandatory' }, NUMERIC);
}

function readYear(
  written: string,
  start: number,
  options: StandardNumberOptions,
  problems: Problem[],
  warnings: Problem[],
): { readonly value?: number; readonly end: number } {
  const dash = matchAt(/\s*-+\s*/y, written, start);
  if (dash === undefined) {
    if (options.undated === true && skipSpaces(written, start) === written.length) return { end: written.length };
    const zh = '顺序号之后应为“-”和年份';
    problems.push(wrong('dash', start, written[start], '-', zh, '“-” and the year must follow the number'));
    return { end: start };
  }
  const at = start + dash.length;
  const digits = matchAt(/\d+/y, written, at) ?? '';
  const end = at + digits.length;
  if (/^(?:19|20)\d\d$/.test(digits)) return { value: Number(digits), end };
  if (/^\d\d$/.test(digits)) {
    // Two digits were the rule until 1995; the first standards of the People's Republic date from the 1950s.
    const value = (Number(digits) >= 50 ? 1900 : 2000) + Number(digits);
    warnings.push(
      wrong(
        'short-year',
        at,
        digits,
        String(value),
        `年份写成两位，按${value}年处理`,
        `a two-digit year, read as ${value}`,
      ),
    );
    return { value, end };
  }
  problems.push(wrong('year', at, digits || written[at], 'YYYY', '年份应为四位数字', 'the year must have four digits'));
  return { end };
}

function natureOf(mark: string | undefined): StandardNumber['nature'] {
  if (mark === 'T') return 'recommended';
  return mark === 'Z' ? 'guidance' : 'mandatory';
}

function reading(matched: string, prefix: Prefix, number: RegExp): Reading {
  return { prefix, length: matched.length, number };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function skipSpaces(text: string, at: number): number {
  let next = at;
  while (text[next] === ' ') next++;
  return next;
}

function wrong(
  suffix: string,
  index: number,
  found: string | undefined,
  expected: string | undefined,
  zh: string,
  en: string,
): Problem {
  const place = {
    position: index + 1,
    ...(found === undefined ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
  };
  return remark(
    SUBJECT,
    suffix,
    place,
    `标准编号第${index + 1}位：${zh}。`,
    `Standard number, character ${index + 1}: ${en}.`,
  );
}

function unknownPrefix(written: string): Problem {
  const expected = 'GB, GB/T, DB43/T, T/, Q/, JJF, JJG, TSG';
  return wrong(
    'prefix',
    0,
    written.slice(0, 4),
    expected,
    '不是已知的标准代号',
    'no known kind of standard begins like this',
  );
}

function unknownIndustry(series: string): Problem {
  return wrong(
    'industry',
    0,
    series,
    undefined,
    `“${series}”不是已知的行业标准代号`,
    `“${series}” is no known industry code`,
  );
}
