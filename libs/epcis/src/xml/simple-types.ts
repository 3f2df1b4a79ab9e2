/** Lexical checks of the XML Schema types that EPCIS uses: pattern, and how the type is named to a reader. */
interface SimpleType {
  readonly pattern: RegExp;
  readonly zh: string;
  readonly en: string;
}

const DATE = String.raw`-?\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const CLOCK = String.raw`(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)`;
const ZONE = String.raw`(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))`;

const TYPES: Readonly<Record<string, SimpleType>> = {
  decimal: { pattern: /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/, zh: '十进制数', en: 'a decimal number' },
  integer: { pattern: /^[+-]?\d+$/, zh: '整数', en: 'an integer' },
  double: {
    pattern: /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN)$/,
    zh: '数',
    en: 'a number',
  },
  boolean: { pattern: /^(?:true|false|1|0)$/, zh: 'true或false', en: 'true or false' },
  hexBinary: { pattern: /^(?:[0-9A-Fa-f]{2})*$/, zh: '成对的十六进制数字', en: 'pairs of hexadecimal digits' },
  dateTime: { pattern: new RegExp(`^${DATE}T${CLOCK}${ZONE}?$`), zh: '日期时间', en: 'a date and time' },
  date: { pattern: new RegExp(`^${DATE}${ZONE}?$`), zh: '日期', en: 'a date' },
  stamp: {
    pattern: new RegExp(
      `^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?${ZONE}$`,
    ),
    zh: '带时区的日期时间，如2026-01-31T08:00:00+08:00',
    en: 'a date and time with offset, such as 2026-01-31T08:00:00+08:00',
  },
  anyURI: { pattern: /^(?!.*%(?![0-9A-Fa-f]{2}))[^\s<>"{}|\\^`]*$/, zh: '网址（URI）', en: 'a URI' },
  string: { pattern: /^[\s\S]*$/, zh: '文字', en: 'text' },
  action: { pattern: /^(?:ADD|OBSERVE|DELETE)$/, zh: 'ADD、OBSERVE或DELETE', en: 'ADD, OBSERVE or DELETE' },
  severity: { pattern: /^(?:ERROR|SEVERE)$/, zh: 'ERROR或SEVERE', en: 'ERROR or SEVERE' },
  behaviour: { pattern: /^(?:rollback|proceed)$/, zh: 'rollback或proceed', en: 'rollback or proceed' },
};

const XSD_NAMES: Readonly<Record<string, string>> = {
  decimal: 'decimal',
  integer: 'integer',
  int: 'integer',
  long: 'integer',
  short: 'integer',
  nonNegativeInteger: 'integer',
  positiveInteger: 'integer',
  double: 'double',
  float: 'double',
  boolean: 'boolean',
  dateTime: 'dateTime',
  date: 'date',
  hexBinary: 'hexBinary',
};

/** Whether the text of a simple type is well written. A day that the month does not have is none. */
export function isOfSimpleType(type: string, text: string): boolean {
  const known = TYPES[type];
  if (known === undefined) return true;
  const value = type === 'string' || type === 'action' || type === 'behaviour' ? text : text.trim();
  if (!known.pattern.test(value)) return false;
  if (type !== 'stamp' && type !== 'dateTime' && type !== 'date') return true;
  const [year, month, day] = value.slice(0, 10).split('-').map(Number) as [number, number, number];
  return value.startsWith('-') || day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** How a type is named in a sentence. */
export function nameSimpleType(type: string): { readonly zh: string; readonly en: string } {
  return TYPES[type] ?? { zh: type, en: type };
}

/** Our name of a built-in type of XML Schema, for `xsi:type`; `undefined` for those without a check. */
export function simpleTypeOfXsd(local: string): string | undefined {
  return XSD_NAMES[local];
}

/** Whether a name is one of the simple types of the grammar. */
export function isSimpleType(name: string): boolean {
  return TYPES[name] !== undefined;
}
