import { computeDeadline, createCalendar } from '@hengjian/calendar';
import { parseCreditCode } from '@hengjian/identifiers';
import { median, repeatable, rounded } from './measure.ts';

const CALLS = 1_000_000;
const DAY = 86_400_000;
const FIRST = Date.UTC(2026, 0, 1);

const HOLIDAYS = [
  { name: '元旦', from: '2026-01-01', to: '2026-01-03' },
  { name: '春节', from: '2026-02-15', to: '2026-02-23' },
  { name: '清明节', from: '2026-04-04', to: '2026-04-06' },
  { name: '劳动节', from: '2026-05-01', to: '2026-05-05' },
  { name: '端午节', from: '2026-06-19', to: '2026-06-21' },
  { name: '中秋节', from: '2026-09-25', to: '2026-09-27' },
  { name: '国庆节', from: '2026-10-01', to: '2026-10-07' },
];
const MAKE_UP = [
  { name: '元旦', date: '2026-01-04' },
  { name: '春节', date: '2026-02-14' },
  { name: '春节', date: '2026-02-28' },
  { name: '劳动节', date: '2026-05-09' },
  { name: '国庆节', date: '2026-09-20' },
  { name: '国庆节', date: '2026-10-10' },
];
const RULE = { kind: 'within', unit: 'working-day', amount: 10, basis: '《行政许可法》第四十四条' } as const;

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

function dateOf(day: number): string {
  return new Date(FIRST + day * DAY).toISOString().slice(0, 10);
}

function dayOf(date: string): number {
  return (Date.parse(date) - FIRST) / DAY;
}

/** Whether each day of the year is worked, read off the notice by hand. */
function workedDays(): Uint8Array {
  const worked = Uint8Array.from({ length: 365 }, (_, day) =>
    [0, 6].includes(new Date(FIRST + day * DAY).getUTCDay()) ? 0 : 1,
  );
  for (const { from, to } of HOLIDAYS) worked.fill(0, dayOf(from), dayOf(to) + 1);
  for (const { date } of MAKE_UP) worked[dayOf(date)] = 1;
  return worked;
}

/** The yardstick of a clock: parse, walk from day to day, print. */
function dueByWalking(start: string, worked: Uint8Array): string {
  let day = dayOf(start);
  for (let left = RULE.amount; left > 0; ) {
    day += 1;
    left -= worked[day]!;
  }
  return dateOf(day);
}

function checkCharacters(body: string): string {
  let inner = 0;
  for (let i = 0; i < 8; i += 1) {
    const code = body.charCodeAt(8 + i);
    inner += (code < 58 ? code - 48 : code - 55) * BODY_WEIGHTS[i]!;
  }
  const digit = 11 - (inner % 11);
  const organisation = digit === 10 ? 'X' : digit === 11 ? '0' : String(digit);
  const whole = body.slice(0, 16) + organisation;
  let sum = 0;
  for (let i = 0; i < 17; i += 1) sum += ALPHABET.indexOf(whole[i]!) * CREDIT_WEIGHTS[i]!;
  return organisation + ALPHABET[(31 - (sum % 31)) % 31]!;
}

/** The yardstick of a code: shape by a regular expression, and both check characters. */
function validByHand(code: string): boolean {
  return /^[1-9A-GY][1239]\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code) && checkCharacters(code) === code.slice(16);
}

function makeCodes(): string[] {
  const random = repeatable(11);
  return Array.from({ length: 4096 }, (_, n) => {
    const body = `91430${100 + Math.floor(random() * 20)}${Array.from({ length: 8 }, () => ALPHABET[Math.floor(random() * 31)]).join('')}`;
    const code = body + checkCharacters(body);
    // Every eighth has a slip of the pen
    return n % 8 === 0 ? `${code.slice(0, 10)}${code[10] === '0' ? '1' : '0'}${code.slice(11)}` : code;
  });
}

function compare(rounds: number, ours: () => number, baseline: () => number): Record<string, unknown> {
  const seconds: number[] = [];
  const baselineSeconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const results = [baseline, ours].map((work, side) => {
      const start = performance.now();
      const result = work();
      (side === 0 ? baselineSeconds : seconds).push((performance.now() - start) / 1000);
      return result;
    });
    if (results[0] !== results[1]) throw new Error(`the two sides differ: ${results.join(', ')}`);
  }
  return {
    seconds: rounded(median(seconds)),
    baselineSeconds: rounded(median(baselineSeconds)),
    ratio: rounded(median(baselineSeconds) / median(seconds)),
  };
}

/**
 * A million statutory clocks of ten working days from every day of 2026, and a million unified social credit codes of which an
 * eighth are wrong, beside a bare loop that gives the last day or the verdict alone, without reasons. `ratio` is the speed
 * beside the loop.
 */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const rounds = quick ? 3 : 7;
  const calendar = createCalendar([{ year: 2026, notices: ['bench'], holidays: HOLIDAYS, makeUpDays: MAKE_UP }]);
  const worked = workedDays();
  const starts = Array.from({ length: 340 }, (_, day) => dateOf(day));
  const codes = makeCodes();
  const digest = (date: string): number => date.charCodeAt(6) * 100 + date.charCodeAt(8) * 10 + date.charCodeAt(9);
  const clocks = (dueOn: (start: string) => string) => (): number => {
    let sum = 0;
    for (let n = 0; n < CALLS; n += 1) sum += digest(dueOn(starts[n % starts.length]!));
    return sum;
  };
  const checks = (valid: (code: string) => boolean) => (): number => {
    let count = 0;
    for (let n = 0; n < CALLS; n += 1) count += valid(codes[n % codes.length]!) ? 1 : 0;
    return count;
  };
  return {
    calls: CALLS,
    rounds,
    clocks: compare(
      rounds,
      clocks((start) => computeDeadline(RULE, start, calendar).dueOn!),
      clocks((start) => dueByWalking(start, worked)),
    ),
    codes: compare(
      rounds,
      checks((code) => parseCreditCode(code).ok),
      checks(validByHand),
    ),
  };
}
