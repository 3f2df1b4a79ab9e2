import { printExact } from './decimal.ts';
import type { Limit, LimitBasis, Quantity } from './limit.ts';
import { type Amount, type AmountOptions, parseAmount } from './limit-amount.ts';
import { NUMBER, readNumber, tidyText, UNIT_TEXT } from './number-text.ts';
import { refuse } from './refuse.ts';
import { findUnit, getUnit } from './units.ts';

const CLAUSE = 'GB/T 8170-2008 4.1, 4.2';

/** What the caller knows of the column the text comes from. */
export interface LimitOptions {
  /**
   * What a number without a sign means in this column, for example `maximum` in a table of maximum residue limits.
   * Without it a bare number is refused, because the direction would be a guess.
   */
  readonly bareNumber?: 'maximum' | 'minimum';
}

/** Longer text is prose, not a limit. */
const LONGEST = 500;
const MISSING = /^(?:|n\/?a|null|暂无数据|数据缺失)$/i;
const NO_VALUE = /^(?:暂?无标准值|暂?无限量(?:值|规定)?|未作?规定|不作规定|不作要求|无要求|[-—–]+|\/)$/;
const NOT_DETECTED = /^(?:(?:不得|不应|不可|不能|应不得)检出|未检出|ND|N\.D\.)(.*)$/i;
const PROHIBITED = /^(?:(?:不得|禁止|不准|不应|不可)(?:使用|添加|加入|含有|人为添加)|禁用)$/;
const AS_NEEDED = /^(?:按生产需要)?适量使用$/;
const REQUIREMENT = /^(?:应|不应|不得|不允许|须|必须|无|具有|符合|清晰|完整|正常)/;
const COMPARISON = /[≤≥<>±~]|不大于|不小于|不超过|不高于|不低于|不少于|不多于|大于|小于|高于|低于|至少|以上|以下/;
const SUM = /^以?(.*?)(?:之和|总量|总和|合计)计?$/;
const EXPRESSED = /^以(.+)计$/;
const EXCLUSION = /^(?:不含|不包括)(.+)$|^(两端(?:均)?不含)$/;
const DETECTION = new RegExp(`^(?:(?:方法)?(?:检出限|定量限)|LOD|LOQ)?(?:为|:|=)?[<≤]?(${NUMBER})${UNIT_TEXT}$`, 'i');
const PORTION = new RegExp(`^/(${NUMBER})(.+)$`);
const SIGNED_TOLERANCE = new RegExp(`^(?:\\+${NUMBER}|0)[/,]?(?:-\\d|0)`);

interface Segment {
  readonly text: string;
  readonly bracketed: boolean;
}

function segmentsOf(text: string): readonly Segment[] {
  return [...text.matchAll(/\(([^()]*)\)|([^()]+)/g)]
    .map((match) => ({ text: match[1] ?? match[2] ?? '', bracketed: match[1] !== undefined }))
    .filter((segment) => segment.text !== '');
}

function namesOf(list: string): readonly string[] {
  return list
    .split(/与|和|、|,|\+|及(?!其)/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function basisOf(text: string): LimitBasis | undefined {
  const sum = SUM.exec(text);
  if (sum !== null && !/\d/.test(text)) return { kind: 'sum', analytes: namesOf(sum[1] ?? '') };
  const expressed = EXPRESSED.exec(text);
  return expressed === null ? undefined : { kind: 'expressed-as', substance: expressed[1] ?? '' };
}

/** Splits a basis written without brackets, "以As计≤0.5" or "≤0.5,以As计", into its own segment. */
function withBasisApart(segment: Segment): readonly Segment[] {
  if (segment.bracketed) return [segment];
  const before = /^(以[^≤<>≥\d]+?计)[,:;]?(.+)$/.exec(segment.text);
  const after = /^(.+?)[,;]?(以[^≤<>≥\d]+计)$/.exec(segment.text);
  const [basis, rest] = before !== null ? [before[1], before[2]] : after !== null ? [after[2], after[1]] : [];
  if (basis === undefined || rest === undefined) return [segment];
  return [
    { text: basis, bracketed: true },
    { text: rest, bracketed: false },
  ];
}

interface Sorted {
  readonly cores: string[];
  readonly units: string[];
  readonly exclusions: string[];
  readonly remarks: string[];
  basis: LimitBasis | null;
}

function sortSegments(text: string): Sorted {
  const sorted: Sorted = { cores: [], units: [], exclusions: [], remarks: [], basis: null };
  for (const segment of segmentsOf(text).flatMap(withBasisApart)) {
    const exclusion = EXCLUSION.exec(segment.text);
    const basis = segment.bracketed ? basisOf(segment.text) : undefined;
    if (exclusion !== null && sorted.cores.length > 0) sorted.exclusions.push(exclusion[1] ?? '两端');
    else if (basis !== undefined) sorted.basis = basis;
    else if (findUnit(segment.text) !== undefined) sorted.units.push(segment.text);
    else if (SIGNED_TOLERANCE.test(segment.text) && sorted.cores.length === 1) sorted.cores[0] += ` ${segment.text}`;
    else if (segment.bracketed && isRemark(segment.text)) sorted.remarks.push(segment.text);
    else sorted.cores.push(segment.text);
  }
  return sorted;
}

function isRemark(text: string): boolean {
  const worded = NOT_DETECTED.test(text) || PROHIBITED.test(text) || AS_NEEDED.test(text) || NO_VALUE.test(text);
  return !/\d/.test(text) && !COMPARISON.test(text) && !worded && !REQUIREMENT.test(text);
}

function notUnderstood(text: string): never {
  refuse(
    'limit-not-understood',
    'text',
    CLAUSE,
    `无法识别限值“${text}”，请按标准原文改写，例如“≤0.20 mg/kg”。`,
    `The limit "${text}" is not understood; write it as the standard does, for example "≤0.20 mg/kg".`,
  );
}

function quantity(numberText: string, unitText: string): Quantity {
  const read = readNumber(numberText);
  if (read === undefined) notUnderstood(numberText + unitText);
  return { value: printExact(read.value), unit: getUnit(unitText, 'text').symbol };
}

/** The unit that goes with the number: its own, else the bracketed one, else the column's. */
function settleUnit(text: string, own: readonly string[], column: string | null): string {
  const written = [...new Set(own.map((spelling) => getUnit(spelling, 'text').symbol))];
  const stated = column === null || column.trim() === '' ? undefined : getUnit(column, 'unit');
  if (written.length > 1) {
    refuse('mixed-units', 'text', CLAUSE, `限值“${text}”写有两种单位。`, `The limit "${text}" carries two units.`);
  }
  const [symbol] = written;
  if (symbol === undefined) {
    if (stated !== undefined) return stated.symbol;
    refuse(
      'unit-missing',
      'unit',
      CLAUSE,
      `限值“${text}”没有单位，请补充；无量纲请填“1”。`,
      `The limit "${text}" has no unit; state it ("1" for a pure number).`,
    );
  }
  // A column headed "%(m/m)" or "%vol" says more than the bare % beside the number.
  if (stated !== undefined && symbol === '%' && stated.symbol.startsWith('%')) return stated.symbol;
  return symbol;
}

function notDetectedLimit(text: string, tail: string, sorted: Sorted, unit: string | null): Limit {
  let detectionLimit: Quantity | null = null;
  for (const core of sorted.cores.slice(1)) {
    const match = DETECTION.exec(core);
    if (match === null || detectionLimit !== null) notUnderstood(text);
    detectionLimit = quantity(match[1] ?? '', match[2] ?? '');
  }
  const portionMatch = PORTION.exec(tail);
  if (portionMatch === null && tail !== '') sorted.units.push(tail);
  const known = [...sorted.units, ...(unit === null || unit.trim() === '' ? [] : [unit])];
  return {
    kind: 'not-detected',
    unit: known.length === 0 ? null : settleUnit(text, sorted.units, unit),
    detectionLimit,
    portion: portionMatch === null ? null : quantity(portionMatch[1] ?? '', portionMatch[2] ?? ''),
    text,
    basis: sorted.basis,
    remarks: sorted.remarks,
  };
}

function numericLimit(text: string, sorted: Sorted, unit: string | null, options: AmountOptions): Limit | undefined {
  const amount: Amount | undefined = parseAmount(sorted.cores[0] ?? '', sorted.exclusions, options);
  if (amount === undefined) return undefined;
  return {
    kind: 'range',
    lower: amount.lower,
    upper: amount.upper,
    unit: settleUnit(text, [...amount.units, ...sorted.units], unit),
    text,
    basis: sorted.basis,
    remarks: sorted.remarks,
  };
}

/**
 * Reads a limit as Chinese standards and bulletins write it.
 *
 * Understood: `≤ < ≥ >` and their words (不大于, 小于, 不低于, 以上 …), ranges (`1.2~1.6`, `6.5≤pH≤8.5`, `[1.2,1.6)`),
 * nominal ± tolerance, also one-sided tolerances, a percentage of the nominal value, and "(不含…)"; `14×100` and `10⁴`;
 * "不得检出" with its detection limit or portion, "不得使用", "暂无标准值", "适量使用"; "以…之和计", "总量", "以As计";
 * a unit in the text, in brackets or in the column; requirements in words such as "应清晰".
 *
 * @param text the limit as written
 * @param unit unit of the column it stands in, `'1'` for a pure number, null when the column has none;
 *   the unit beside the number takes precedence, as where a table in g/kg states g/L for beverages
 * @throws StatisticsError `limit-missing`, `limit-not-understood`, `limit-direction-missing`, `unit-missing`,
 *   `unknown-unit`, `ambiguous-unit`, `mixed-units`, `range-reversed`, `exclusion-not-understood`,
 *   `ambiguous-tolerance`, `slash-for-decimal-point`
 * Source: GB/T 8170-2008 4.1, 4.2.
 */
export function parseLimit(text: string, unit: string | null, options: LimitOptions = {}): Limit {
  if (String(text).length > LONGEST) notUnderstood(`${String(text).slice(0, 40)}…`);
  const tidy = tidyText(String(text));
  if (MISSING.test(tidy)) {
    refuse('limit-missing', 'text', CLAUSE, '没有填写限值。', 'No limit is given.');
  }
  const interval = numericLimit(text, { cores: [tidy], units: [], exclusions: [], remarks: [], basis: null }, unit, {
    onlyInterval: true,
  });
  if (interval !== undefined) return interval;

  const sorted = sortSegments(tidy);
  const [core] = sorted.cores;
  if (core === undefined) notUnderstood(text);
  const detection = NOT_DETECTED.exec(core);
  if (detection !== null) return notDetectedLimit(text, detection[1] ?? '', sorted, unit);
  if (/^0\/\d/.test(core) && sorted.cores.length === 1) {
    return notDetectedLimit(text, core.slice(1), sorted, unit);
  }
  const worded = (kind: 'prohibited' | 'no-value' | 'as-needed' | 'requirement'): Limit => ({
    kind,
    text,
    basis: sorted.basis,
    remarks: sorted.remarks,
  });
  if (sorted.cores.length === 1) {
    if (NO_VALUE.test(core)) return worded('no-value');
    if (PROHIBITED.test(core)) return worded('prohibited');
    if (AS_NEEDED.test(core)) return worded('as-needed');
    const numeric = numericLimit(text, sorted, unit, options);
    if (numeric !== undefined) return numeric;
  }
  if (REQUIREMENT.test(core) && !COMPARISON.test(tidy)) return worded('requirement');
  notUnderstood(text);
}
