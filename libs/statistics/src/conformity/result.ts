import { Exact, parseDecimal, printDecimal } from './decimal.ts';
import type { Quantity } from './limit.ts';
import { NUMBER, readNumber, tidyText, UNIT_TEXT } from './number-text.ts';
import { refuse } from './refuse.ts';
import type { Mark } from './rounding.ts';
import { convertUnit, findUnit, getUnit } from './units.ts';

const CLAUSE = 'GB/T 8170-2008 3.3.2, 4.3';

/** One determined amount: a number, "not detected", or "below" a stated threshold such as a limit of quantification. */
export type Amount =
  | { readonly kind: 'value'; readonly value: string; readonly unit: string; readonly mark?: Mark }
  | { readonly kind: 'not-detected'; readonly detectionLimit: Quantity | null }
  | { readonly kind: 'below'; readonly threshold: Quantity };

/** The amount of one analyte of a sum. */
export interface Component {
  readonly analyte: string;
  readonly amount: Amount;
}

/** A reported result; plain JSON. `assessment` answers a requirement in words. */
export type Result =
  | Amount
  | { readonly kind: 'components'; readonly components: readonly Component[] }
  | { readonly kind: 'assessment'; readonly meets: boolean; readonly observed: string };

/** How far the reader may mend a text; nothing is mended unless asked. */
export interface ResultOptions {
  /** Read `7/68` as 7.68, a defect of some published bulletins. Default: refused. */
  readonly slashDecimal?: boolean;
}

/** Longer text is prose, not a result. */
const LONGEST = 500;
const MISSING = /^(?:|n\/?a|null|暂无数据|[-—–]+|\/)$/i;
const MEETS = /^(?:符合(?:要求|规定)?|合格|通过)$/;
const DOES_NOT_MEET = /^(?:不符合(?:要求|规定)?|不合格|不通过|未通过)$/;
const NOT_DETECTED = /^(?:未检出|ND|N\.D\.|未检测到)(.*)$/i;
const THRESHOLD = new RegExp(`^\\(?(?:(?:方法)?检出限|LOD)?(?:为|:|=)?[<≤]?(${NUMBER})${UNIT_TEXT}\\)?$`, 'i');
const BELOW = new RegExp(`^<(${NUMBER})${UNIT_TEXT}$`);
const VALUE = new RegExp(`^(${NUMBER})(?:\\(([+-])\\))?${UNIT_TEXT}(?:\\(([+-])\\))?$`);
const COMPONENTS = new RegExp(`^(?:(${NUMBER})${UNIT_TEXT})?\\((.*[;,].*)\\)$`);
const COMPONENT = /^([^\d<≤≥>:=]+?)(?:[:=])?((?:<|\d|未检出|ND).*)$/i;
const SLASH = /^([+-]?\d+)\/(\d.*)$/;
/** None in the test portion, as microbiological reports write it: `0/25g`. */
const NONE_IN_PORTION = /^0\/\d+(?:g|mL)$/;

function notUnderstood(text: string): never {
  refuse(
    'result-not-understood',
    'result',
    CLAUSE,
    `无法识别检验结果“${text}”，请写成“0.205”、“未检出（检出限 0.5 μg/kg）”、“符合”等。`,
    `The result "${text}" is not understood; write it like "0.205", "ND (LOD 0.5 μg/kg)" or "符合".`,
  );
}

function settleUnit(own: string | undefined, column: string | null): string {
  const unit = own !== undefined && own !== '' ? own : column;
  if (unit === null || unit.trim() === '') {
    refuse(
      'unit-missing',
      'unit',
      CLAUSE,
      '检验结果没有单位，请补充；无量纲请填“1”。',
      'The result has no unit; state it ("1" for a pure number).',
    );
  }
  return getUnit(unit, 'result').symbol;
}

function refuseSlash(text: string): void {
  const slash = SLASH.exec(text);
  if (slash === null) return;
  const suggestion = `${slash[1]}.${slash[2]}`;
  refuse(
    'slash-for-decimal-point',
    'result',
    CLAUSE,
    `“${text}”中的“/”疑为小数点误写（${suggestion}？），请核对原始记录后改正。`,
    `"${text}" seems to use "/" for the decimal point (${suggestion}?); check the original record and correct it.`,
  );
}

function plain(numberText: string): string {
  const read = readNumber(numberText);
  if (read === undefined) notUnderstood(numberText);
  return printDecimal(read.value, read.decimals);
}

function readAmount(text: string, unit: string | null): Amount | undefined {
  const absent = NOT_DETECTED.exec(text);
  if (absent !== null) {
    const tail = absent[1] ?? '';
    if (tail === '' || findUnit(tail) !== undefined) return { kind: 'not-detected', detectionLimit: null };
    const threshold = THRESHOLD.exec(tail);
    if (threshold === null) return undefined;
    return {
      kind: 'not-detected',
      detectionLimit: { value: plain(threshold[1] ?? ''), unit: settleUnit(threshold[2], unit) },
    };
  }
  const below = BELOW.exec(text);
  if (below !== null) {
    return { kind: 'below', threshold: { value: plain(below[1] ?? ''), unit: settleUnit(below[2], unit) } };
  }
  if (NONE_IN_PORTION.test(text)) return { kind: 'not-detected', detectionLimit: null };
  refuseSlash(text);
  const value = VALUE.exec(text);
  if (value === null) return undefined;
  const mark = (value[2] ?? value[4] ?? '') as Mark;
  return { kind: 'value', value: plain(value[1] ?? ''), unit: settleUnit(value[3], unit), mark };
}

function readComponents(text: string, unit: string | null): Result | undefined {
  const match = COMPONENTS.exec(text);
  if (match === null) return undefined;
  const components = (match[3] ?? '')
    .split(/[;,]/)
    .filter((part) => part !== '')
    .map((part): Component => {
      const named = COMPONENT.exec(part);
      const amount = named === null ? undefined : readAmount(named[2] ?? '', unit);
      if (named === null || amount === undefined) notUnderstood(part);
      return { analyte: named[1] ?? '', amount };
    });
  if (match[1] !== undefined) checkTotal(match[1], settleUnit(match[2], unit), components);
  return { kind: 'components', components };
}

function checkTotal(totalText: string, unit: string, components: readonly Component[]): void {
  let sum = new Exact(0);
  for (const { amount } of components) {
    if (amount.kind === 'value') sum = sum.plus(convertUnit(new Exact(amount.value), amount.unit, unit, 'result'));
  }
  if (!sum.equals(parseDecimal(plain(totalText), 'result'))) {
    refuse(
      'sum-mismatch',
      'result',
      CLAUSE,
      `报告的总量 ${totalText} 与各组分之和 ${sum.toFixed()} 不一致。`,
      `The reported total ${totalText} is not the sum of its components, ${sum.toFixed()}.`,
    );
  }
}

/**
 * Reads a reported result: `0.205`, `15.5(+)` (GB/T 8170 mark), `1.0×10⁴ CFU/g`, `未检出(检出限 0.5 μg/kg)`, `ND`,
 * `<0.5`, `32.2(恩诺沙星 32.2; 环丙沙星 未检出<1.2)`, `符合`, `不合格`.
 *
 * @param text the result as reported
 * @param unit unit of the column, `'1'` for a pure number, null when unknown; a unit in the text takes precedence
 * @throws StatisticsError `result-missing`, `result-not-understood`, `unit-missing`, `unknown-unit`, `ambiguous-unit`,
 *   `slash-for-decimal-point`, `sum-mismatch`
 * Source: GB/T 8170-2008 3.3.2 (marks), 4.3.
 */
export function parseResult(text: string, unit: string | null, options: ResultOptions = {}): Result {
  if (String(text).length > LONGEST) notUnderstood(`${String(text).slice(0, 40)}…`);
  const original = tidyText(String(text));
  if (MISSING.test(original)) {
    refuse('result-missing', 'result', CLAUSE, '没有检验结果。', 'No result is given.');
  }
  if (MEETS.test(original)) return { kind: 'assessment', meets: true, observed: text };
  if (DOES_NOT_MEET.test(original)) return { kind: 'assessment', meets: false, observed: text };
  const tidy = options.slashDecimal ? original.replace(/(\d)\/(?=\d)/g, '$1.') : original;
  return readComponents(tidy, unit) ?? readAmount(tidy, unit) ?? notUnderstood(text);
}
