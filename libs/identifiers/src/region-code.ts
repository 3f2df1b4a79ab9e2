import { findProvince } from './provinces.ts';
import { type Checked, type Problem, settle } from './result.ts';
import { digits, examineShape, remark, type Subject } from './shape.ts';

/**
 * A row of the dated region table that the caller brings along. Dates are `YYYY-MM-DD`; a row is in force from
 * `validFrom` up to, not including, `validTo`.
 */
export interface RegionEntry {
  readonly name: string;
  /** Statistical zones carry codes in official statistics but are no units of GB/T 2260. */
  readonly kind: RegionKind;
  readonly validFrom?: string;
  readonly validTo?: string;
}

/** A division of GB/T 2260, or a zone that only official statistics know. */
export type RegionKind = 'division' | 'statistical-zone';

/** Six-digit code to entry. */
export type RegionTable = ReadonlyMap<string, RegionEntry>;

/** Region code (行政区划代码), GB/T 2260: two digits each for province, prefecture and county. */
export interface RegionCode {
  readonly code: string;
  readonly level: 'nation' | 'province' | 'prefecture' | 'county';
  /** The codes above this one, outermost first: for 430102 these are 430000 and 430100. */
  readonly ancestors: readonly string[];
  /** From the table; without a table, guessed from the numbering habit that zones end in 71–79. */
  readonly kind: RegionKind;
  /** Name in the table; absent when no table was given. */
  readonly name?: string;
}

const SUBJECT: Subject = { code: 'region-code', zh: '行政区划代码', en: 'region code' };
const NATION = '100000';
const SIX_DIGITS = /^\d{6}$/;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const OUTSIDE_THE_31 = new Set(['71', '81', '82']);

/**
 * Reads a region code. The code has no check digit, so without a table only its structure and province are checked.
 * @param table rows to look the code up in; an absent code is then an error
 * @param on day `YYYY-MM-DD` the code must be in force; without it an abolished code gives a warning only, as old
 *   licence numbers rightly carry it
 */
export function parseRegionCode(code: string, table?: RegionTable, on?: string): Checked<RegionCode> {
  const problems = examineShape(SUBJECT, code, [digits(6)]);
  const warnings: Problem[] = [];
  const entry = table?.get(code);
  if (on !== undefined && !DAY.test(on)) problems.push(unreadableDay(on));
  if (problems.length === 0) {
    problems.push(...examineStructure(code));
    if (table !== undefined && problems.length === 0) {
      if (entry === undefined) problems.push(unlisted(code));
      else examineDates(code, entry, on, problems, warnings);
    }
  }
  return settle(problems, warnings, () => {
    const level = levelOf(code);
    return {
      code,
      level,
      ancestors: ancestorsOf(code, level),
      kind: entry?.kind ?? (/^7[1-9]$/.test(code.slice(4)) ? 'statistical-zone' : 'division'),
      ...(entry === undefined ? {} : { name: entry.name }),
    };
  });
}

/**
 * Whether `code` is `area` or lies inside it: 430102 lies in 430100, 430000 and 100000 (the nation), 460000 does not lie in
 * 430000. False when either is no region code of six digits.
 */
export function isRegionWithin(code: string, area: string): boolean {
  if (!SIX_DIGITS.test(code) || !SIX_DIGITS.test(area) || area.startsWith('00')) return false;
  return area === NATION || code.startsWith(area.replace(/(?:00)+$/, ''));
}

function unreadableDay(on: string): Problem {
  return remark(
    SUBJECT,
    'day',
    { found: on, expected: 'YYYY-MM-DD' },
    `核对日期“${on}”应写作 YYYY-MM-DD。`,
    `The day to check for, “${on}”, must be written YYYY-MM-DD.`,
  );
}

function levelOf(code: string): RegionCode['level'] {
  if (code === NATION) return 'nation';
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'prefecture' : 'county';
}

function ancestorsOf(code: string, level: RegionCode['level']): string[] {
  const province = `${code.slice(0, 2)}0000`;
  if (level === 'county') return [province, `${code.slice(0, 4)}00`];
  return level === 'prefecture' ? [province] : [];
}

function examineStructure(code: string): Problem[] {
  if (code === NATION) return [];
  const province = code.slice(0, 2);
  if (findProvince(province) === undefined && !OUTSIDE_THE_31.has(province)) {
    return [
      remark(
        SUBJECT,
        'province',
        { position: 1, found: province, expected: '11-65, 71, 81, 82' },
        `行政区划代码前两位“${province}”不是任何省级区划。`,
        `The first two digits of the region code, “${province}”, belong to no province.`,
      ),
    ];
  }
  if (code.slice(2, 4) === '00' && code.slice(4) !== '00') {
    return [
      remark(
        SUBJECT,
        'prefecture',
        { position: 3, found: '00', expected: '01-99' },
        '县级行政区划代码的第3、4位（市级）不能为“00”。',
        'A county code must name its prefecture: digits 3–4 cannot be “00”.',
      ),
    ];
  }
  return [];
}

function unlisted(code: string): Problem {
  return remark(
    SUBJECT,
    'unlisted',
    { position: code.endsWith('0000') ? 1 : code.endsWith('00') ? 3 : 5, found: code },
    `行政区划代码表中没有“${code}”。`,
    `The region table has no code “${code}”.`,
  );
}

function examineDates(
  code: string,
  entry: RegionEntry,
  on: string | undefined,
  problems: Problem[],
  warnings: Problem[],
): void {
  const { name, validFrom, validTo } = entry;
  if (on !== undefined && validFrom !== undefined && on < validFrom) {
    problems.push(
      remark(
        SUBJECT,
        'not-yet-valid',
        { found: code, expected: validFrom },
        `行政区划代码“${code}”（${name}）自${validFrom}起启用，${on}尚未启用。`,
        `Region code “${code}” (${name}) is in force from ${validFrom}, not yet on ${on}.`,
      ),
    );
  }
  if (validTo === undefined || (on !== undefined && on < validTo)) return;
  (on === undefined ? warnings : problems).push(
    remark(
      SUBJECT,
      'abolished',
      { found: code, expected: validTo },
      `行政区划代码“${code}”（${name}）已于${validTo}停用，仅见于旧证号。`,
      `Region code “${code}” (${name}) was abolished on ${validTo}; only older numbers carry it.`,
    ),
  );
}
