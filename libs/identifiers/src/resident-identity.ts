import { findProvince } from './provinces.ts';
import { type Checked, type IssuerOption, type Problem, settle } from './result.ts';
import { digits, examineShape, oneOf, remark, type Subject, upperCase, wrongCheckDigit } from './shape.ts';

/** Resident identity number (公民身份号码), GB 11643-1999. Personal: show it through `maskResidentIdentity`. */
export interface ResidentIdentity {
  /** 18 characters, the last possibly X. */
  readonly number: string;
  /** Region of first registration, GB/T 2260. */
  readonly region: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly sex: 'male' | 'female';
}

const SUBJECT: Subject = { code: 'resident-identity', zh: '公民身份号码', en: 'resident identity number' };
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';
// Residence permits for Taiwan, Hong Kong and Macao use 81–83; permits for permanent residents begin with 9.
const PERMIT_PREFIX = /^(?:71|8[1-3]|9\d)$/;

/**
 * Reads a second-generation identity number. Problems name single characters only and never repeat the number, so
 * they may be logged. Numbers of 15 digits (withdrawn in 2013) are an error of their own.
 */
export function parseResidentIdentity(text: string, options: IssuerOption = {}): Checked<ResidentIdentity> {
  const number = upperCase(text);
  if (/^\d{15}$/.test(number)) return { ok: false, problems: [firstGeneration()] };
  const problems = examineShape(SUBJECT, number, [digits(17), oneOf('0123456789X')]);
  const warnings: Problem[] = [];
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (problems.length === 0) {
    problems.push(...examineBirthDate(birthDate));
    const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
    const expected = CHECK_CHARACTERS[sum % 11]!;
    if (expected !== number[17]) {
      const target = options.issuedBy === 'others' ? warnings : problems;
      target.push(wrongCheckDigit(SUBJECT, 18, number[17]!, expected));
    }
    const province = number.slice(0, 2);
    if (findProvince(province) === undefined && !PERMIT_PREFIX.test(province)) warnings.push(unknownProvince());
  }
  return settle(problems, warnings, () => ({
    number,
    region: number.slice(0, 6),
    birthDate,
    sex: Number(number[16]) % 2 === 1 ? 'male' : 'female',
  }));
}

function examineBirthDate(birthDate: string): Problem[] {
  const [year, month, day] = birthDate.split('-').map(Number) as [number, number, number];
  const zh = (part: string): string => `公民身份号码中的出生${part}不存在，请核对第7至14位。`;
  const en = (part: string): string =>
    `The ${part} of birth in the resident identity number does not exist (digits 7–14).`;
  if (year < 1850 || year > 2099) {
    return [remark(SUBJECT, 'birth-date', { position: 7, expected: '1850-2099' }, zh('年份'), en('year'))];
  }
  if (month < 1 || month > 12) {
    return [remark(SUBJECT, 'birth-date', { position: 11, expected: '01-12' }, zh('月份'), en('month'))];
  }
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day >= 1 && day <= last) return [];
  return [remark(SUBJECT, 'birth-date', { position: 13, expected: `01-${last}` }, zh('日'), en('day'))];
}

function firstGeneration(): Problem {
  return remark(
    SUBJECT,
    'first-generation',
    { position: 16, found: '15', expected: '18' },
    '15位旧身份证号码已自2013年1月1日起停用，请登记18位公民身份号码。',
    'Identity numbers of 15 digits were withdrawn on 1 January 2013; record the 18-character number.',
  );
}

function unknownProvince(): Problem {
  return remark(
    SUBJECT,
    'province',
    { position: 1 },
    '公民身份号码前两位不是已知的省级代码，请核对。',
    'The first two digits of the resident identity number are no known province.',
  );
}
