import { canonicalUri } from '../identifiers/canonical-uri.ts';
import { expandStandardUri } from '../vocabulary/cbv.ts';

/**
 * An instant in UTC with milliseconds, the fourth decimal rounding the third (CBV 2.0 §8.9.2, rules 8 and 9). A text
 * that is no dateTimeStamp stays as it is.
 */
export function canonicalTime(text: string): string {
  const size = text.length;
  // The usual forms: 2020-03-04T10:00:30.000Z and …000+00:00
  if (text.charCodeAt(19) === 46) {
    if (size === 24 && text.charCodeAt(23) === 90) return text;
    if (size === 29 && (text.endsWith('+00:00') || text.endsWith('-00:00'))) return `${text.slice(0, 23)}Z`;
  }
  const instant = instantOf(text);
  if (instant === undefined || !(instant >= FIRST && instant <= LAST)) return text.trim();
  return new Date(instant).toISOString();
}

// Years of four digits, the only ones that a dateTimeStamp of EPCIS has.
const FIRST = Date.parse('0000-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

const TIME = /^\s*(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|z|[+-]\d\d:\d\d)\s*$/;

/** Milliseconds since 1970 of a dateTimeStamp, rounded as above; `undefined` for anything else. */
export function instantOf(text: string): number | undefined {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = match;
  let milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  if (fraction.charCodeAt(3) >= 53) milliseconds++;
  const offset =
    zone.length === 1
      ? 0
      : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  return (
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) +
    milliseconds -
    offset * 60_000
  );
}

/** A number without exponent and trailing zeros (rule 6). */
export function canonicalNumber(value: number): string {
  const text = String(value);
  const at = text.indexOf('e');
  if (at < 0) return text === '-0' ? '0' : text;
  const exponent = Number(text.slice(at + 1));
  const negative = text.startsWith('-');
  const [whole = '', decimals = ''] = text.slice(negative ? 1 : 0, at).split('.');
  const digits = whole + decimals;
  const plain = exponent < 0 ? `0.${'0'.repeat(-exponent - 1)}${digits}` : digits.padEnd(whole.length + exponent, '0');
  return negative ? `-${plain}` : plain;
}

/** A text or URI in its one form: EPC and Digital Link canonical, CBV URN and CURIE written out, blanks around removed. */
export function canonicalText(text: string): string {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  const value = first <= 32 || last <= 32 ? text.trim() : text;
  switch (value.charCodeAt(0)) {
    case 117: // urn:…
      return value.startsWith('urn:epc:')
        ? canonicalUri(value)
        : value.startsWith('urn:epcglobal:')
          ? expandStandardUri(value)
          : value;
    case 72:
    case 104: // http…
      return canonicalUri(value);
    case 99:
    case 101:
    case 103: // cbv: epcis: gs1:
      return expandStandardUri(value);
    default:
      return value;
  }
}

const SURROGATE = /[\uD800-\uDFFF]/;

/** Joins texts in the order of their UTF-8 code values (rules 10 to 12). */
export function joinInOrder(texts: string[]): string {
  if (texts.length === 1) return texts[0]!;
  const joined = texts.sort().join('');
  // UTF-16 and UTF-8 order differ only where surrogates meet U+E000 to U+FFFF.
  return SURROGATE.test(joined) ? texts.sort(compareCodePoints).join('') : joined;
}

function compareCodePoints(left: string, right: string): number {
  const [a, b] = [Array.from(left), Array.from(right)];
  for (let index = 0; index < a.length && index < b.length; index++) {
    const difference = a[index]!.codePointAt(0)! - b[index]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
