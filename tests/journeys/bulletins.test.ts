import { passRate } from '@hengjian/statistics';
import { Decimal } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { readRows } from '../../data/read.ts';

const folder = new URL('../fixtures/bulletins/', import.meta.url).pathname;

/** What a published bulletin says of itself: batches, of which failing, and the rate as printed. */
interface Published {
  id: string;
  batches: number;
  failing: number;
  printed: string | null;
  /** True where the printed rate is of what passed. */
  passing: boolean;
}

const aggregates: Published[] = readRows(folder, 'aggregates.csv').flatMap(
  ([id = '', , , , , , batches = '', conforming = '', failing = '', rate = '', kind = '']) => {
    const failed = failing === '' ? (conforming === '' ? null : Number(batches) - Number(conforming)) : Number(failing);
    if (failed === null) return [];
    const passing = kind.endsWith('合格率') && !kind.startsWith('不');
    return [{ id, batches: Number(batches), failing: failed, printed: rate || null, passing }];
  },
);
const breakdowns: Published[] = readRows(folder, 'breakdowns.csv').map(
  ([parent = '', group = '', batches = '', failing = '', rate = '']) => ({
    id: `${parent} ${group}`,
    batches: Number(batches),
    failing: Number(failing),
    printed: rate.replace('合格率', '') || null,
    passing: rate.startsWith('合格率'),
  }),
);
const all = [...aggregates, ...breakdowns];

const rateOf = ({ batches, failing }: Published) =>
  passRate({ inspected: batches, passed: batches - failing, representative: false });

/** The rate in per cent with as many decimals as the bulletin prints. */
function asPrinted(published: Published): string {
  const decimals = /\.(\d+)%/.exec(published.printed ?? '')?.[1]?.length ?? 0;
  const passed = new Decimal(rateOf(published).rate ?? Number.NaN);
  const rate = published.passing ? passed : new Decimal(1).minus(passed);
  return `${rate.times(100).toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP).toFixed(decimals)}%`;
}

describe('published bulletins, computed again by the platform', () => {
  it('have the rates that they print', () => {
    const printed = all.filter((published) => published.printed !== null);
    expect(printed.length).toBeGreaterThan(40);
    expect(
      printed
        .filter((published) => asPrinted(published) !== published.printed)
        .map((published) => [published.id, asPrinted(published), published.printed]),
    ).toEqual([]);
  });

  it('carry an interval around every rate, the exact one never narrower than Wilson’s on a full pass', () => {
    for (const published of all) {
      const { rate, wilson, exact } = rateOf(published);
      for (const interval of [wilson!, exact!]) {
        expect(interval.lower).toBeLessThanOrEqual(rate!);
        expect(interval.upper).toBeGreaterThanOrEqual(rate!);
        expect(interval.lower).toBeGreaterThanOrEqual(0);
        expect(interval.upper).toBeLessThanOrEqual(1);
      }
    }
    // Four batches without a failure are no proof of a pass rate of 100 %: 0.025^(1/4).
    const board = breakdowns.find(({ id }) => id === 'B03 中密度纤维板')!;
    expect(rateOf(board).exact!.lower).toBeCloseTo(0.025 ** 0.25, 10);
  });

  it('tell Hunan in 2017 from a market estimate: 92.8 % of 195 batches, targeted by risk', () => {
    const hunan = aggregates.find(({ id }) => id === 'B03')!;
    const { rate, wilson, representative, statement } = rateOf(hunan);
    expect(rate).toBeCloseTo(181 / 195, 12);
    // Wilson's interval by its own formula, z of 95 %.
    const z = 1.959963984540054;
    const middle = (rate! + z ** 2 / 390) / (1 + z ** 2 / 195);
    const half = (z / (1 + z ** 2 / 195)) * Math.sqrt((rate! * (1 - rate!)) / 195 + (z / 390) ** 2);
    expect(wilson!.lower).toBeCloseTo(middle - half, 10);
    expect(wilson!.upper).toBeCloseTo(middle + half, 10);
    expect(representative).toBe(false);
    expect(statement.zh).toContain('不代表市场总体质量');
  });
});
