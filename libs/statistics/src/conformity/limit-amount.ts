import type { Decimal } from 'decimal.js';
import { printDecimal, printExact } from './decimal.ts';
import type { Bound } from './limit.ts';
import { NUMBER, readNumber, UNIT_TEXT as U, type WrittenNumber } from './number-text.ts';
import { refuse } from './refuse.ts';

const CLAUSE = 'GB/T 8170-2008 4.2';
const N = `(${NUMBER})`;

const OPERATORS: ReadonlyArray<readonly [pattern: string, side: 'upper' | 'lower', inclusive: boolean]> = [
  ['≤|(?:不得|不应|应?不)(?:大于|超过|高于|多于)|小于或?等于|至多|最大', 'upper', true],
  ['≥|(?:不得|不应|应?不)(?:小于|低于|少于)|大于或?等于|至少|最小', 'lower', true],
  ['<|小于|低于|少于', 'upper', false],
  ['>|大于|高于|多于|超过', 'lower', false],
];
const ONE_SIDED = OPERATORS.map(([pattern, side, inclusive]) => ({
  form: new RegExp(`^(?:应|须|应当)?(?:为)?(?:${pattern})${N}${U}$`),
  side,
  inclusive,
}));
const SUFFIXED = new RegExp(`^${N}${U}(?:及|或)?(以上|以下|以内)$`);
const BETWEEN = new RegExp(`^${N}${U}([≤<])[^\\d≤<>≥]*([≤<])${N}${U}$`);
const RANGE = new RegExp(`^${N}${U}(?:[~—–-]|至|到)${N}${U}$`);
const PLUS_MINUS = new RegExp(`^${N}${U}±${N}${U}$`);
const TWO_TOLERANCES = new RegExp(
  `^${N}${U}\\s?(\\+\\d+(?:\\.\\d+)?|(?<=\\s)0)${U}[/,]?((?<![\\d.])-?0(?![\\d.])|-\\d+(?:\\.\\d+)?)${U}$`,
);
const INTERVAL = new RegExp(`^([[(])${N},${N}([\\])])${U}$`);
const BARE = new RegExp(`^${N}${U}$`);
const SLASH_DECIMAL = /(?<![\dA-Za-z])[+-]?\d+\/\d+(?![\dA-Za-z]*\/)/;

/** Bounds read from one numeric expression, and the units written beside its numbers. */
export interface Amount {
  readonly lower: Bound | null;
  readonly upper: Bound | null;
  readonly units: readonly string[];
}

export interface AmountOptions {
  readonly bareNumber?: 'maximum' | 'minimum';
  /** Accept nothing but the bracket notation of intervals. */
  readonly onlyInterval?: boolean;
}

interface Draft {
  lower: (WrittenBound & { inclusive: boolean }) | null;
  upper: (WrittenBound & { inclusive: boolean }) | null;
  /** Numbers by which "(不含…)" may name each end. */
  readonly lowerNames: Decimal[];
  readonly upperNames: Decimal[];
  readonly units: string[];
}

interface WrittenBound {
  readonly value: Decimal;
  readonly decimals: number | null;
}

function written(text: string | undefined): WrittenNumber {
  const read = readNumber(text ?? '');
  if (read === undefined) {
    refuse('not-a-decimal', 'text', CLAUSE, `“${text}”不是数字。`, `"${text}" is not a number.`);
  }
  return read;
}

function draftOf(
  lower: WrittenBound | null,
  upper: WrittenBound | null,
  units: readonly (string | undefined)[],
  inclusive: { lower: boolean; upper: boolean } = { lower: true, upper: true },
): Draft {
  return {
    lower: lower === null ? null : { ...lower, inclusive: inclusive.lower },
    upper: upper === null ? null : { ...upper, inclusive: inclusive.upper },
    lowerNames: lower === null ? [] : [lower.value],
    upperNames: upper === null ? [] : [upper.value],
    units: units.filter((unit): unit is string => unit !== undefined && unit !== ''),
  };
}

function oneSided(text: string): Draft | undefined {
  for (const { form, side, inclusive } of ONE_SIDED) {
    const match = form.exec(text);
    if (match === null) continue;
    const bound = written(match[1]);
    const both = { lower: inclusive, upper: inclusive };
    return side === 'upper' ? draftOf(null, bound, [match[2]], both) : draftOf(bound, null, [match[2]], both);
  }
  const suffixed = SUFFIXED.exec(text);
  if (suffixed === null) return undefined;
  // 民法典 1259: 以上, 以下, 以内 include the number itself.
  const bound = written(suffixed[1]);
  return suffixed[3] === '以上' ? draftOf(bound, null, [suffixed[2]]) : draftOf(null, bound, [suffixed[2]]);
}

function combined(text: string): Draft | undefined {
  const parts = text.split(/且|并且|,|;|、/);
  if (parts.length !== 2) return undefined;
  const [first, second] = parts.map((part) => oneSided(part));
  if (first === undefined || second === undefined) return undefined;
  const [low, high] = first.lower !== null ? [first, second] : [second, first];
  if (low.lower === null || low.upper !== null || high.upper === null || high.lower !== null) return undefined;
  return { ...low, upper: high.upper, upperNames: high.upperNames, units: [...low.units, ...high.units] };
}

function tolerance(text: string): Draft | undefined {
  const even = PLUS_MINUS.exec(text);
  if (even !== null) {
    const nominal = written(even[1]);
    const spread = written(even[3]);
    const percentOfNominal = even[4] === '%' && even[2] !== undefined;
    if (even[4] === '%' && even[2] === '%') {
      refuse(
        'ambiguous-tolerance',
        'text',
        CLAUSE,
        `“${text}”：允差是百分点还是标称值的百分比不明确，请写成范围。`,
        `"${text}" does not say whether the tolerance is in percentage points or of the nominal value; write a range.`,
      );
    }
    const width = percentOfNominal ? nominal.value.abs().times(spread.value).div(100) : spread.value;
    const decimals = percentOfNominal ? null : Math.max(nominal.decimals, spread.decimals);
    const draft = draftOf(
      { value: nominal.value.minus(width), decimals },
      { value: nominal.value.plus(width), decimals },
      percentOfNominal ? [even[2]] : [even[2], even[4]],
    );
    draft.lowerNames.push(spread.value, spread.value.negated());
    draft.upperNames.push(spread.value);
    return draft;
  }
  const uneven = TWO_TOLERANCES.exec(text);
  if (uneven === null) return undefined;
  const nominal = written(uneven[1]);
  const up = written(uneven[3]);
  const down = written(uneven[5]);
  const decimals = Math.max(nominal.decimals, up.decimals, down.decimals);
  const draft = draftOf(
    { value: nominal.value.plus(down.value), decimals },
    { value: nominal.value.plus(up.value), decimals },
    [uneven[2], uneven[4], uneven[6]],
  );
  draft.lowerNames.push(down.value);
  draft.upperNames.push(up.value);
  return draft;
}

function range(text: string): Draft | undefined {
  const between = BETWEEN.exec(text);
  if (between !== null) {
    return draftOf(written(between[1]), written(between[5]), [between[2], between[6]], {
      lower: between[3] === '≤',
      upper: between[4] === '≤',
    });
  }
  const plain = RANGE.exec(text);
  return plain === null ? undefined : draftOf(written(plain[1]), written(plain[3]), [plain[2], plain[4]]);
}

function interval(text: string): Draft | undefined {
  const match = INTERVAL.exec(text);
  if (match === null) return undefined;
  return draftOf(written(match[2]), written(match[3]), [match[5]], {
    lower: match[1] === '[',
    upper: match[4] === ']',
  });
}

function bare(text: string, meaning: 'maximum' | 'minimum' | undefined): Draft | undefined {
  const match = BARE.exec(text);
  if (match === null) return undefined;
  if (meaning === undefined) {
    refuse(
      'limit-direction-missing',
      'text',
      CLAUSE,
      `限值“${text}”没有写明是上限还是下限。`,
      `The limit "${text}" does not say whether it is a maximum or a minimum.`,
    );
  }
  const bound = written(match[1]);
  return meaning === 'maximum' ? draftOf(null, bound, [match[2]]) : draftOf(bound, null, [match[2]]);
}

function exclude(draft: Draft, exclusion: string, text: string): void {
  const both = /^(?:两端|端点|两端值)$/.test(exclusion);
  const named = readNumber(exclusion);
  const hits = (names: readonly Decimal[]): boolean =>
    both || (named !== undefined && names.some((name) => name.equals(named.value)));
  const atLower = draft.lower !== null && hits(draft.lowerNames) && !/^\+/.test(exclusion);
  const atUpper = draft.upper !== null && hits(draft.upperNames);
  if (!atLower && !atUpper) {
    refuse(
      'exclusion-not-understood',
      'text',
      CLAUSE,
      `“${text}”：“不含${exclusion}”对不上任何一个极限数值。`,
      `"${text}": the excluded value "${exclusion}" is neither end of the limit.`,
    );
  }
  if (atLower && draft.lower !== null) draft.lower = { ...draft.lower, inclusive: false };
  if (atUpper && draft.upper !== null) draft.upper = { ...draft.upper, inclusive: false };
}

function finish(bound: Draft['lower']): Bound | null {
  return bound === null
    ? null
    : {
        value: bound.decimals === null ? printExact(bound.value) : printDecimal(bound.value, bound.decimals),
        decimals: bound.decimals,
        inclusive: bound.inclusive,
      };
}

/**
 * Reads a numeric limit expression without outer brackets; undefined when the text is not one.
 * `exclusions` are the contents of "(不含…)" brackets. Throws the typed errors that `parseLimit` lists.
 */
export function parseAmount(text: string, exclusions: readonly string[], options: AmountOptions): Amount | undefined {
  const draft = options.onlyInterval
    ? interval(text)
    : (oneSided(text) ?? combined(text) ?? tolerance(text) ?? range(text) ?? bare(text, options.bareNumber));
  if (draft === undefined) {
    if (!options.onlyInterval && SLASH_DECIMAL.test(text)) {
      refuse(
        'slash-for-decimal-point',
        'text',
        CLAUSE,
        `“${text}”中的“/”疑为小数点误写，请核对原文后改正。`,
        `"${text}" seems to use "/" for the decimal point; check the original and correct it.`,
      );
    }
    return undefined;
  }
  for (const exclusion of exclusions) exclude(draft, exclusion, text);
  if (draft.lower !== null && draft.upper !== null) {
    const order = draft.lower.value.comparedTo(draft.upper.value);
    if (order > 0 || (order === 0 && !(draft.lower.inclusive && draft.upper.inclusive))) {
      refuse(
        'range-reversed',
        'text',
        CLAUSE,
        `“${text}”的下限大于上限，或范围为空。`,
        `The lower end of "${text}" lies above its upper end, or nothing is left between them.`,
      );
    }
  }
  return { lower: finish(draft.lower), upper: finish(draft.upper), units: draft.units };
}
