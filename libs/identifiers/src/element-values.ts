import { applicationIdentifiers } from './application-identifiers.ts';
import type { Gs1Element } from './element-string.ts';
import { IdentifierError } from './result.ts';
import { remark, type Subject } from './shape.ts';

const DATE: Subject = { code: 'gs1-date', zh: 'GS1日期', en: 'GS1 date' };

/**
 * Full date of a GS1 date value (YYMMDD). The century is the one that puts the year nearest to the present (GS1
 * General Specifications 7.12); day 00 means the last day of the month. Leap days follow the resolved year.
 * @param value six digits, as a parser of this library accepts them
 * @param currentYear the year to count from, such as 2026
 * @returns `YYYY-MM-DD`
 * @throws IdentifierError when the value is no such date, or the year no whole number of four digits
 */
export function resolveGs1Date(value: string, currentYear: number): string {
  if (!Number.isInteger(currentYear) || currentYear < 1000 || currentYear > 9899) throw noDate('2026', '年份', 'year');
  if (!/^\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$/.test(value)) throw noDate('YYMMDD', '内容', 'value');
  const [twoDigits, month, day] = [0, 2, 4].map((start) => Number(value.slice(start, start + 2))) as [
    number,
    number,
    number,
  ];
  const difference = twoDigits - (currentYear % 100);
  const shift = difference >= 51 ? -100 : difference <= -50 ? 100 : 0;
  const year = currentYear - (currentYear % 100) + shift + twoDigits;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day > last) throw noDate('YYMMDD', '内容', 'value');
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${year}-${two(month)}-${two(day === 0 ? last : day)}`;
}

function noDate(expected: string, zh: string, en: string): IdentifierError {
  return new IdentifierError([
    remark(
      DATE,
      en,
      { expected },
      `GS1日期的${zh}应写作${expected}。`,
      `The ${en} of a GS1 date must be written ${expected}.`,
    ),
  ]);
}

/**
 * Decimal value of an element whose identifier tells the number of decimals: 3103 and `000195` give `0.195` (kg).
 * Undefined for other identifiers. For 391n and 393n the currency code in front is left out.
 */
export function findDecimalValue(element: Gs1Element): string | undefined {
  const decimals = applicationIdentifiers.get(element.identifier)?.decimals;
  if (decimals === undefined) return undefined;
  const digits = /^39[13]/.test(element.identifier) ? element.value.slice(3) : element.value;
  const padded = digits.replace(/^0+/, '').padStart(decimals + 1, '0');
  const whole = padded.slice(0, padded.length - decimals);
  return decimals === 0 ? whole : `${whole}.${padded.slice(-decimals)}`;
}
