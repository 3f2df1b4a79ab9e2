/** What people write into ledgers, read without guessing: capital, dates, and words that mean "nothing". */

export interface Capital {
  /** Decimal text in whole units of the currency. */
  amount: string;
  /** ISO 4217; null when the text does not say (`63(万)`). */
  currency: string | null;
}

const CURRENCIES: Readonly<Record<string, string>> = {
  元: 'CNY',
  圆: 'CNY',
  人民币: 'CNY',
  元人民币: 'CNY',
  人民币元: 'CNY',
  圆人民币: 'CNY',
  人民币圆: 'CNY',
  RMB: 'CNY',
  CNY: 'CNY',
  美元: 'USD',
  USD: 'USD',
  港币: 'HKD',
  港元: 'HKD',
  HKD: 'HKD',
  日元: 'JPY',
  JPY: 'JPY',
  欧元: 'EUR',
  EUR: 'EUR',
  英镑: 'GBP',
  新加坡元: 'SGD',
  德国马克: 'DEM',
  澳门元: 'MOP',
  新台币: 'TWD',
  台币: 'TWD',
  加拿大元: 'CAD',
  加元: 'CAD',
  澳大利亚元: 'AUD',
  澳元: 'AUD',
  瑞士法郎: 'CHF',
  法国法郎: 'FRF',
  韩元: 'KRW',
  意大利里拉: 'ITL',
};
const PLACES: Readonly<Record<string, number>> = { '': 0, 百: 2, 千: 3, 万: 4, 百万: 6, 千万: 7, 亿: 8 };

/**
 * Reads registered capital: `5,118(万元人民币)` is 51180000 CNY, `83(万)` is 830000 of a currency that is not named.
 * Undefined when it is no amount, or when neither a unit nor a currency is written (`60` may be yuan or ten thousand yuan).
 */
export function readCapital(text: string): Capital | undefined {
  const plain = text.normalize('NFKC').replaceAll(/[\s,()]/g, '');
  const match = /^(\d{1,14})(?:\.(\d{1,8}))?([百千]?万|[亿百千]?)(.*)$/.exec(plain);
  if (match === null) return undefined;
  const [, whole = '', fraction = '', multiple = '', unit = ''] = match;
  const currency = unit === '' ? null : CURRENCIES[unit.toUpperCase()];
  if (currency === undefined || (multiple === '' && currency === null)) return undefined;
  const places = PLACES[multiple]!;
  const digits = whole + fraction.slice(0, places).padEnd(places, '0');
  const amount = digits.replace(/^0+(?=\d)/, '');
  const rest = fraction.slice(places).replace(/0+$/, '');
  return amount.length > 18 ? undefined : { amount: rest === '' ? amount : `${amount}.${rest}`, currency };
}

/** Day 0 of spreadsheets; from 1900-03-01 on their count is right. */
const dayZero = Date.UTC(1899, 11, 30);

/**
 * Reads a day as ledgers write it: 2019-09-05, 2019/9/5, 2019.9.5, 2019年9月5日, 20190905, with or without a time of day, and the
 * number that a spreadsheet keeps for it (43713). Returns `YYYY-MM-DD`, or undefined for anything else and for days that do not
 * exist. Two-digit years are not guessed.
 */
export function readDay(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim();
  if (/^[2-5]\d{4}$/.test(plain)) return new Date(dayZero + Number(plain) * 86_400_000).toISOString().slice(0, 10);
  const match =
    /^(\d{4})([-/.年])(\d{1,2})[-/.月](\d{1,2})日?(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/.exec(plain) ??
    /^(\d{4})()(\d{2})(\d{2})$/.exec(plain);
  if (match === null) return undefined;
  const day = `${match[1]}-${match[3]!.padStart(2, '0')}-${match[4]!.padStart(2, '0')}`;
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day) ? day : undefined;
}

const NOTHING = new Set([
  'n/a',
  'na',
  '#n/a',
  'null',
  'none',
  'nil',
  '无',
  '暂无',
  '不详',
  '未知',
  '未填',
  '空',
  '-',
  '--',
  '—',
  '——',
  '/',
  '\\',
  '*',
]);

/** Whether a cell says that there is nothing to say. */
export const isPlaceholder = (text: string): boolean => NOTHING.has(text.trim().toLowerCase());

const CONTROL = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Leaves out control characters, zero-width characters and marks of direction; line breaks become blanks. */
export function withoutControls(text: string): string {
  return text
    .replaceAll(/[\r\n\t]+/g, ' ')
    .replaceAll(CONTROL, '')
    .trim();
}

export const hasControls = (text: string): boolean => text.replaceAll(/^\s+|\s+$/g, '').search(CONTROL) >= 0;
