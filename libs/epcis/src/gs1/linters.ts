import { modulus10 } from '@hengjian/identifiers';
import { COUNTRY_LETTERS, COUNTRY_NUMBERS, PACKAGE_TYPES } from './code-lists.ts';

/** What is wrong with a value: the name of the error in the GS1 Barcode Syntax Dictionary, and a sentence. */
export interface LintFault {
  readonly error: string;
  readonly zh: string;
  readonly en: string;
}

type Linter = (value: string) => LintFault | undefined;

const fault = (error: string, zh: string, en: string): LintFault => ({ error, zh, en });
const NOT_DIGIT = fault('NON_DIGIT_CHARACTER', '只能是数字', 'it must be digits');
const isDigits = (value: string): boolean => /^\d*$/.test(value);

const pattern =
  (shape: RegExp, wrong: LintFault): Linter =>
  (value) =>
    shape.test(value) ? undefined : wrong;

const oneOf =
  (list: ReadonlySet<string>, wrong: LintFault): Linter =>
  (value) =>
    list.has(value) ? undefined : wrong;

const NO_COUNTRY = fault('NOT_ISO3166', '不是ISO 3166国家数字代码', 'it is no country number of ISO 3166');
const NO_PAIR = fault('INCORRECT_CHECK_PAIR', '校验字符对有误', 'the check pair is wrong');
const SHORT_PAIR = fault('TOO_SHORT_FOR_CHECK_PAIR', '长度不足，没有校验字符对', 'it is too short for a check pair');

// GS1 General Specifications 7.9.5: characters of the 82-set in order, primes from the right, modulo 1021.
const CHARACTERS = `!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz`;
const PAIR = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
// The longest value that the dictionary gives such a pair, without it.
const LONGEST_BODY = 97;
const PRIMES = primesUpTo(1000);

function primesUpTo(limit: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; candidate <= limit; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

function checkPair(value: string): LintFault | undefined {
  if (value.length < 2) return SHORT_PAIR;
  const body = value.slice(0, -2);
  if (body.length > LONGEST_BODY) return fault('TOO_LONG_FOR_CHECK_PAIR_IMPLEMENTATION', '过长', 'it is too long');
  let sum = 0;
  for (let index = 0; index < body.length; index++) {
    const weight = CHARACTERS.indexOf(body[index]!);
    if (weight < 0)
      return fault(
        'INVALID_CSET82_CHARACTER',
        '含有GS1字符集82以外的字符',
        'it holds a character outside the set of 82',
      );
    sum += weight * PRIMES[body.length - 1 - index]!;
  }
  const rest = sum % 1021;
  return PAIR[rest >> 5]! + PAIR[rest & 31]! === value.slice(-2) ? undefined : NO_PAIR;
}

function date(value: string, yearDigits: 2 | 4, zeroDay: boolean): LintFault | undefined {
  const size = yearDigits + 4;
  if (value.length < size)
    return fault('DATE_TOO_SHORT', `日期不足${size}位`, `the date has fewer than ${size} digits`);
  if (value.length > size) return fault('DATE_TOO_LONG', `日期超过${size}位`, `the date has more than ${size} digits`);
  if (!isDigits(value)) return NOT_DIGIT;
  const month = Number(value.slice(-4, -2));
  const day = Number(value.slice(-2));
  if (month < 1 || month > 12) return fault('ILLEGAL_MONTH', '月份有误', 'there is no such month');
  if (day === 0) return zeroDay ? undefined : fault('ILLEGAL_DAY', '日期有误', 'there is no such day');
  const written = Number(value.slice(0, -4));
  // GS1 General Specifications 7.12: the century of two digits is the nearest; only leap years matter here.
  const year = yearDigits === 4 ? written : nearestYear(written);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day > last ? fault('ILLEGAL_DAY', '日期有误', 'there is no such day') : undefined;
}

// Every century but 2100 gives the same leap years, so a fixed present is enough until 2050.
function nearestYear(two: number): number {
  return two > 76 ? 1900 + two : 2000 + two;
}

function within(most: number, short: string, long: string, illegal: string): Linter {
  return (value) => {
    if (value.length < 2) return fault(short, '不足2位', 'it has fewer than 2 digits');
    if (value.length > 2) return fault(long, '超过2位', 'it has more than 2 digits');
    if (!isDigits(value)) return NOT_DIGIT;
    return Number(value) > most ? fault(illegal, `不得大于${most}`, `it may not exceed ${most}`) : undefined;
  };
}

const hour = within(23, 'HOUR_TOO_SHORT', 'HOUR_TOO_LONG', 'ILLEGAL_HOUR');
const minute = within(59, 'MINUTE_TOO_SHORT', 'MINUTE_TOO_LONG', 'ILLEGAL_MINUTE');
const second = within(59, 'SECOND_TOO_SHORT', 'SECOND_TOO_LONG', 'ILLEGAL_SECOND');

function iban(value: string): LintFault | undefined {
  if (value.length < 5) return fault('IBAN_TOO_SHORT', 'IBAN过短', 'the IBAN is too short');
  if (value.length > 34) return fault('IBAN_TOO_LONG', 'IBAN过长', 'the IBAN is too long');
  if (!/^[0-9A-Z]*$/.test(value))
    return fault('INVALID_IBAN_CHARACTER', 'IBAN只能是数字和大写字母', 'an IBAN holds digits and capitals only');
  if (!COUNTRY_LETTERS.has(value.slice(0, 2)))
    return fault('ILLEGAL_IBAN_COUNTRY_CODE', 'IBAN国家代码有误', 'the IBAN begins with no country');
  if (!isDigits(value.slice(2, 4)))
    return fault('INVALID_IBAN_CHARACTER', 'IBAN校验码应为数字', 'the check digits of an IBAN are digits');
  let rest = 0;
  for (const sign of value.slice(4) + value.slice(0, 4)) {
    for (const digit of String(Number.parseInt(sign, 36))) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1
    ? undefined
    : fault('INCORRECT_IBAN_CHECKSUM', 'IBAN校验码有误', 'the check digits of the IBAN are wrong');
}

function coordinate(name: 'LATITUDE' | 'LONGITUDE', most: number): Linter {
  return (value) => {
    if (value.length !== 10) return fault(`${name}_INVALID_LENGTH`, '应为10位', 'it must have 10 digits');
    if (!isDigits(value)) return NOT_DIGIT;
    return Number(value) > most ? fault(`INVALID_${name}`, '经纬度超出范围', 'it is out of range') : undefined;
  };
}

function pieceOfTotal(value: string): LintFault | undefined {
  if (value === '' || value.length % 2 !== 0)
    return fault('INVALID_LENGTH_FOR_PIECE_OF_TOTAL', '长度应为偶数', 'it must have an even length');
  if (!isDigits(value)) return NOT_DIGIT;
  const [piece, total] = [Number(value.slice(0, value.length / 2)), Number(value.slice(value.length / 2))];
  if (piece === 0) return fault('ZERO_PIECE_NUMBER', '序号不得为零', 'the piece may not be zero');
  if (total === 0) return fault('ZERO_TOTAL_PIECES', '总数不得为零', 'the total may not be zero');
  return piece > total ? fault('PIECE_NUMBER_EXCEEDS_TOTAL', '序号大于总数', 'the piece exceeds the total') : undefined;
}

function positionInSequence(value: string): LintFault | undefined {
  const match = /^(\d+)\/(\d+)$/.exec(value);
  if (match === null)
    return fault('POSITION_IN_SEQUENCE_MALFORMED', '应写成“序号/总数”', 'it must be written as position/total');
  const [, position = '', total = ''] = match;
  if (position.startsWith('0') || total.startsWith('0'))
    return fault('ILLEGAL_ZERO_PREFIX', '不得以零开头', 'it may not begin with zero');
  return Number(position) > Number(total)
    ? fault('POSITION_EXCEEDS_END', '序号大于总数', 'the position exceeds the total')
    : undefined;
}

/** The linters of the dictionary by name. Whether a company prefix is allotted (`gcppos1`, `gcppos2`) needs a register. */
export const LINTERS: Readonly<Record<string, Linter>> = {
  csetnumeric: pattern(/^\d*$/, NOT_DIGIT),
  cset82: pattern(
    /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/,
    fault('INVALID_CSET82_CHARACTER', '含有GS1字符集82以外的字符', 'it holds a character outside the set of 82'),
  ),
  cset39: pattern(
    /^[#\-/0-9A-Z]*$/,
    fault('INVALID_CSET39_CHARACTER', '含有GS1字符集39以外的字符', 'it holds a character outside the set of 39'),
  ),
  cset64: pattern(
    /^[0-9A-Za-z_-]*={0,2}$/,
    fault('INVALID_CSET64_CHARACTER', '不是base64url文字', 'it is no base64url'),
  ),
  csum: (value) => {
    if (!isDigits(value)) return NOT_DIGIT;
    return modulus10(value.slice(0, -1)) === value.slice(-1)
      ? undefined
      : fault('INCORRECT_CHECK_DIGIT', '校验码有误', 'the check digit is wrong');
  },
  csumalpha: checkPair,
  hasnondigit: pattern(
    /\D/,
    fault('REQUIRES_NON_DIGIT_CHARACTER', '至少应有一个非数字字符', 'it needs a character that is no digit'),
  ),
  hh: hour,
  mi: minute,
  ss: second,
  hhmi: (value) => {
    if (value.length < 4) return fault('HOUR_WITH_MINUTE_TOO_SHORT', '时间不足4位', 'the time has fewer than 4 digits');
    if (value.length > 4) return fault('HOUR_WITH_MINUTE_TOO_LONG', '时间超过4位', 'the time has more than 4 digits');
    return hour(value.slice(0, 2)) ?? minute(value.slice(2));
  },
  hyphen: pattern(/^-+$/, fault('NOT_HYPHEN', '应为连字符', 'it must be hyphens')),
  iban,
  iso3166: oneOf(COUNTRY_NUMBERS, NO_COUNTRY),
  iso3166999: (value) =>
    value === '999' || COUNTRY_NUMBERS.has(value) ? undefined : { ...NO_COUNTRY, error: 'NOT_ISO3166_OR_999' },
  iso3166alpha2: oneOf(
    COUNTRY_LETTERS,
    fault('NOT_ISO3166_ALPHA2', '不是ISO 3166两位国家代码', 'it is no country code of ISO 3166'),
  ),
  iso5218: pattern(
    /^[0129]$/,
    fault('INVALID_BIOLOGICAL_SEX_CODE', '不是GB/T 2261.1性别代码', 'it is no code of ISO 5218'),
  ),
  latitude: coordinate('LATITUDE', 1_800_000_000),
  longitude: coordinate('LONGITUDE', 3_600_000_000),
  nonzero: (value) =>
    !isDigits(value)
      ? NOT_DIGIT
      : /^0*$/.test(value)
        ? fault('ILLEGAL_ZERO_VALUE', '不得为零', 'it may not be zero')
        : undefined,
  nozeroprefix: (value) =>
    !isDigits(value)
      ? NOT_DIGIT
      : value.startsWith('0')
        ? fault('ILLEGAL_ZERO_PREFIX', '不得以零开头', 'it may not begin with zero')
        : undefined,
  packagetype: oneOf(PACKAGE_TYPES, fault('INVALID_PACKAGE_TYPE', '不是包装类型代码', 'it is no type of package')),
  pcenc: pattern(
    /^(?:[^%]|%[0-9A-Fa-f]{2})*$/,
    fault('INVALID_PERCENT_SEQUENCE', '百分号编码有误', 'its percent encoding is broken'),
  ),
  pieceoftotal: pieceOfTotal,
  posinseqslash: positionInSequence,
  winding: pattern(
    /^[019]$/,
    fault('INVALID_WINDING_DIRECTION', '卷绕方向应为0、1或9', 'a winding direction is 0, 1 or 9'),
  ),
  yesno: pattern(/^[01]$/, fault('NOT_ZERO_OR_ONE', '应为0或1', 'it must be 0 or 1')),
  zero: pattern(/^0*$/, fault('NOT_ZERO', '应为零', 'it must be zero')),
  yymmdd: (value) => date(value, 2, false),
  yymmd0: (value) => date(value, 2, true),
  yyyymmdd: (value) => date(value, 4, false),
  yyyymmd0: (value) => date(value, 4, true),
};
