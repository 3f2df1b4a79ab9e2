import { computeDeadline, createCalendar } from '@hengjian/calendar';
import {
  composeCreditCode,
  composeGtin13,
  composeOrganisationCode,
  isCreditCode,
  isGtin,
  parseCreditCode,
  parseGtin,
  parseOrganisationCode,
  parseRegionCode,
} from '@hengjian/identifiers';
import { holidayYears } from '../data/holidays/index.ts';
import { regions, regionTable } from '../data/regions/index.ts';
import { median, repeatable, rounded } from './measure.ts';
import { loadPeers } from './peers.ts';

const ROUNDS = 5;
const FULL = 1_000_000;
const DAY = 86_400_000;
const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** A side of the comparison: does all the work and answers something that shows it was done. */
type Work = () => number;

interface Pair {
  readonly name: string;
  readonly ours: Work;
  readonly bare: Work;
  /** The fastest published package that does this work, where there is one; its answer may differ and is then shown. */
  readonly peer?: { readonly package: string; readonly work: Work };
}

/** One of the packages compared with: `stdnum`, `gtin` and `validator` check a code, `chinese-days` counts working days. */
interface Peers {
  readonly stdnum: { stdnum: { CN: { uscc: { validate(code: string): { isValid: boolean } } } } };
  readonly gtin: { isGTIN(code: string): boolean; isValid(code: string): boolean };
  readonly validator: { isEAN(code: string): boolean };
  readonly 'chinese-days': { findWorkday(days: number, from: string): string };
}

const PEER_VERSIONS: Record<keyof Peers, string> = {
  'chinese-days': '1.5.7',
  gtin: '1.0.2',
  stdnum: '1.12.0',
  validator: '13.15.35',
};

function seconds(work: Work): { seconds: number; answer: number } {
  const start = performance.now();
  const answer = work();
  return { answer, seconds: (performance.now() - start) / 1000 };
}

/** Ours, the bare loop and the package by turns, medians of rounds; ours and the bare loop must answer the same. */
function compare({ name, ours, bare, peer }: Pair, count: number): Record<string, unknown> {
  const [mine, theirs, others]: [number[], number[], number[]] = [[], [], []];
  let [answer, peerAnswer] = [0, 0];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [one, other] = [seconds(ours), seconds(bare)];
    if (one.answer !== other.answer) throw new Error(`${name}: ${one.answer} against ${other.answer}`);
    mine.push(one.seconds);
    theirs.push(other.seconds);
    answer = one.answer;
    // A package that takes minutes for what takes us a second is asked once.
    if (peer === undefined || (others[0] ?? 0) > 20 * one.seconds) continue;
    const published = seconds(peer.work);
    others.push(published.seconds);
    peerAnswer = published.answer;
  }
  const [measured, baseline] = [median(mine), median(theirs)];
  return {
    count,
    seconds: rounded(measured),
    perSecond: rounded(count / measured),
    baselineSeconds: rounded(baseline),
    ratio: rounded(baseline / measured),
    ...(peer === undefined
      ? {}
      : {
          peer: peer.package,
          peerSeconds: rounded(median(others)),
          ratioToPeer: rounded(median(others) / measured),
          ...(peerAnswer === answer ? {} : { answer, peerAnswer }),
        }),
  };
}

const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** Days by hand: every date from 2019 to 2030 with its place, and whether it is worked. */
function bareCalendar(): { dates: string[]; places: Map<string, number>; working: Uint8Array } {
  const first = Date.parse('2019-01-01') / DAY;
  const dates = Array.from({ length: 12 * 366 }, (_, index) => dateOf(first + index));
  const places = new Map(dates.map((date, index) => [date, index]));
  const working = Uint8Array.from(dates, (date) => (new Date(`${date}T00:00:00Z`).getUTCDay() % 6 === 0 ? 0 : 1));
  for (const { holidays, makeUpDays } of holidayYears) {
    for (const { from, to } of holidays)
      for (let day = Date.parse(from) / DAY; day <= Date.parse(to) / DAY; day += 1) {
        const place = places.get(dateOf(day));
        if (place !== undefined) working[place] = 0;
      }
    for (const { date } of makeUpDays) {
      const place = places.get(date);
      if (place !== undefined) working[place] = 1;
    }
  }
  return { dates, places, working };
}

function clocks(count: number, peers: Partial<Peers>): Pair {
  const days = peers['chinese-days'];
  const random = repeatable(1);
  const first = Date.parse('2019-01-01') / DAY;
  const starts = Array.from({ length: count }, () => dateOf(first + Math.floor(random() * 2500)));
  const amounts = Uint8Array.from({ length: count }, () => 1 + Math.floor(random() * 60));
  const calendar = createCalendar(holidayYears);
  const { dates, places, working } = bareCalendar();
  const sum = (due: string): number => Number(due.slice(8)) + Number(due.slice(5, 7)) * 31;
  return {
    name: 'clocks',
    ours: () => {
      let total = 0;
      for (let index = 0; index < count; index += 1) {
        const rule = { kind: 'within', unit: 'working-day', amount: amounts[index]!, basis: '' } as const;
        total += sum(computeDeadline(rule, starts[index]!, calendar).dueOn!);
      }
      return total;
    },
    bare: () => {
      let total = 0;
      for (let index = 0; index < count; index += 1) {
        let place = places.get(starts[index]!)!;
        for (let left = amounts[index]!; left > 0; ) left -= working[++place]!;
        total += sum(dates[place]!);
      }
      return total;
    },
    ...(days === undefined
      ? {}
      : {
          peer: {
            package: 'chinese-days',
            work: () => {
              let total = 0;
              for (let index = 0; index < count; index += 1)
                total += sum(days.findWorkday(amounts[index]!, starts[index]!));
              return total;
            },
          },
        }),
  };
}

/** Digits of a number, some wrong, so that both verdicts are met. */
function damaged(codes: readonly string[], random: () => number): string[] {
  return codes.map((code) => {
    if (random() < 0.9) return code;
    const at = Math.floor(random() * code.length);
    return `${code.slice(0, at)}${code[at] === '1' ? '7' : '1'}${code.slice(at + 1)}`;
  });
}

function bareOrganisation(body: string, digit: string): boolean {
  let sum = 0;
  for (let index = 0; index < 8; index += 1) sum += Number.parseInt(body[index]!, 36) * ORGANISATION_WEIGHTS[index]!;
  const check = (11 - (sum % 11)) % 11;
  return digit === (check === 10 ? 'X' : String(check));
}

function bareCredit(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return false;
  let sum = 0;
  for (let index = 0, weight = 1; index < 17; index += 1, weight = (weight * 3) % 31)
    sum += CREDIT_ALPHABET.indexOf(code[index]!) * weight;
  return CREDIT_ALPHABET[(31 - (sum % 31)) % 31] === code[17] && bareOrganisation(code.slice(8, 16), code[16]!);
}

function bareGtin(code: string): boolean {
  if (!/^\d{13}$/.test(code)) return false;
  let sum = 0;
  for (let index = 0; index < 12; index += 1) sum += Number(code[index]) * (index % 2 === 0 ? 1 : 3);
  return (10 - (sum % 10)) % 10 === Number(code[12]);
}

function counting(
  name: string,
  codes: readonly string[],
  ours: (code: string) => boolean,
  bare: (code: string) => boolean,
  peer?: readonly [name: string, accepts: ((code: string) => boolean) | undefined],
): Pair {
  const count = (accepts: (code: string) => boolean) => (): number => {
    let valid = 0;
    for (const code of codes) if (accepts(code)) valid += 1;
    return valid;
  };
  const [published, accepts] = peer ?? [];
  return {
    name,
    ours: count(ours),
    bare: count(bare),
    ...(published === undefined || accepts === undefined ? {} : { peer: { package: published, work: count(accepts) } }),
  };
}

function checks(count: number, peers: Partial<Peers>): Pair[] {
  const random = repeatable(2);
  const digits = (length: number): string => String(Math.floor(random() * 10 ** length)).padStart(length, '0');
  const counties = regions().filter(({ level }) => level === 'county');
  const county = (): string => counties[Math.floor(random() * counties.length)]!.code;
  const table = regionTable();
  const names = new Set(table.keys());
  const many = (make: () => string): string[] => damaged(Array.from({ length: count }, make), random);
  const credit = many(() => composeCreditCode('9', '1', county(), `MA${digits(6)}`));
  const organisation = many(() => composeOrganisationCode(digits(8)));
  const gtin = many(() => composeGtin13(`69${digits(10)}`));
  const region = many(county);
  const uscc = peers.stdnum?.stdnum.CN.uscc;
  const creditPeer = ['stdnum', uscc && ((code: string): boolean => uscc.validate(code).isValid)] as const;
  const { gtin: gtinPackage, validator } = peers;
  return [
    counting('creditCodes', credit, isCreditCode, bareCredit, creditPeer),
    counting('creditCodesExplained', credit, (code) => parseCreditCode(code).ok, bareCredit, creditPeer),
    counting(
      'organisationCodes',
      organisation,
      (code) => parseOrganisationCode(code).ok,
      (code) => /^[0-9A-Z]{8}-[0-9X]$/.test(code) && bareOrganisation(code.slice(0, 8), code[9]!),
    ),
    counting('gtins', gtin, isGtin, bareGtin, [
      'gtin',
      gtinPackage && ((code: string): boolean => gtinPackage.isGTIN(code) && gtinPackage.isValid(code)),
    ]),
    counting('gtinsExplained', gtin, (code) => parseGtin(code).ok, bareGtin, [
      'validator',
      validator && ((code: string): boolean => validator.isEAN(code)),
    ]),
    counting(
      'regions',
      region,
      (code) => parseRegionCode(code, table).ok,
      (code) => names.has(code),
    ),
  ];
}

/**
 * 1,000,000 statutory clocks of 1 to 60 working days, and 1,000,000 checks each of credit codes, organisation codes, GTIN and
 * region codes, a tenth of them damaged. The yardsticks are bare loops: a walk over a table of working days made before, and a
 * regular expression with a loop, which say yes or no and nothing else; where a published package does the work it runs as
 * well, and whatever it answers otherwise is shown. Ours and the loop must agree on every code.
 */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const count = quick ? FULL / 10 : FULL;
  const figures: Record<string, unknown> = {};
  let peers: Partial<Peers> = {};
  try {
    peers = (await loadPeers('reckoning', PEER_VERSIONS)) as unknown as Peers;
  } catch (error) {
    figures.peersMissing = (error as Error).message;
  }
  for (const pair of [clocks(count, peers), ...checks(count, peers)]) figures[pair.name] = compare(pair, count);
  return figures;
}
