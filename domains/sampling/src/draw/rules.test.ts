import { describe, expect, it } from 'vitest';
import {
  type Arrangement,
  arrangeFrame,
  type Firm,
  findUnvisitable,
  laboratoriesFor,
  type StratumRule,
  weigh,
} from './rules.ts';

const firms = (count: number, more: Partial<Firm> = {}, from = 0): Firm[] =>
  Array.from({ length: count }, (_, index) => ({
    enterprise: `${from + index}`,
    name: `企业${from + index}`,
    publicName: `企业${from + index}`,
    code: `C${from + index}`,
    region: '430102',
    basis: 'ccc',
    role: 'producer',
    checkedOn: '2023-06-01',
    pastFailures: 0,
    creditClass: null,
    ...more,
  }));
const stratum = (key: string, regions: string[], sample: number, reserves = 0): StratumRule => ({
  key,
  label: `${key}层`,
  regions,
  bases: [],
  sample,
  reserves,
});
const arranged = (...given: Parameters<typeof arrangeFrame>): Arrangement => {
  const answer = arrangeFrame(...given);
  if ('code' in answer) throw new Error(answer.code);
  return answer;
};
const cells = ({ strata }: Arrangement) => strata.flatMap(({ weightClasses }) => weightClasses.map(({ size }) => size));

describe('抽样框', () => {
  it('weighs a firm by its heaviest reason, and keeps every reason for those inside', () => {
    const rules = [
      { reason: 'past-failure', weight: 3 },
      { reason: 'credit-d', weight: 2 },
    ] as const;
    const [plain, bad] = [firms(1)[0]!, firms(1, { pastFailures: 2, creditClass: 'D' })[0]!];
    expect(weigh(plain, rules)).toEqual({ weight: 1, reasons: [] });
    expect(weigh(bad, rules)).toEqual({ weight: 3, reasons: ['past-failure', 'credit-d'] });
    expect(weigh(bad, [])).toEqual({ weight: 1, reasons: [] });
  });

  it('merges small strata with their neighbour, sizes added, until no cell is smaller than five', () => {
    const frame = arranged(
      [...firms(20), ...firms(3, { region: '430103' }, 100), ...firms(12, { region: '430104' }, 200)],
      [stratum('A', ['430102'], 4, 4), stratum('B', ['430103'], 1, 1), stratum('C', ['430104'], 2, 2)],
      [],
    );
    expect(frame.strata).toMatchObject([
      { code: 1, key: 'A', size: 20, sample: 4 },
      { code: 2, key: 'B+C', label: 'B层、C层', size: 15, sample: 3, reserves: 3 },
    ]);
    expect(frame.placed.filter(({ stratum: code }) => code === 2)).toHaveLength(15);
  });

  it('merges a last small stratum backwards, and leaves out an empty one that draws nobody', () => {
    const frame = arranged(
      [...firms(9), ...firms(2, { region: '4305' }, 50)],
      [stratum('A', ['4301'], 1), stratum('B', ['4306'], 0), stratum('C', ['4305'], 1)],
      [],
    );
    expect(frame.strata).toMatchObject([{ key: 'A+C', size: 11, sample: 2 }]);
  });

  it('gives a weight class of fewer than five the nearest weight, of two the lower', () => {
    const list = [...firms(10), ...firms(3, { pastFailures: 1 }, 20), ...firms(6, { creditClass: 'D' }, 30)];
    const frame = arranged(
      list,
      [stratum('A', [], 5)],
      [
        { reason: 'past-failure', weight: 2 },
        { reason: 'credit-d', weight: 3 },
      ],
    );
    expect(frame.strata[0]!.weightClasses).toEqual([
      { weight: 1, size: 13 },
      { weight: 3, size: 6 },
    ]);
    expect(frame.placed.find(({ firm }) => firm.pastFailures > 0)).toMatchObject({
      weight: 1,
      reasons: ['past-failure'],
    });
  });

  it('never has a cell smaller than five, whatever the firms', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = (bound: number, salt: number) => (seed * 7919 + salt * 104729) % bound;
      const list = Array.from(
        { length: 8 + random(60, 1) },
        (_, index) =>
          firms(
            1,
            {
              region: `4301${String(random(9, index)).padStart(2, '0')}`,
              pastFailures: random(3, index * 3) === 0 ? 1 : 0,
              creditClass: random(4, index * 5) === 0 ? 'D' : null,
            },
            index,
          )[0]!,
      );
      const strata = Array.from({ length: 9 }, (_, index) =>
        stratum(`S${index}`, [`4301${String(index).padStart(2, '0')}`], 0),
      );
      strata.push(stratum('rest', [], 0));
      const counted = strata.map((one) => ({
        ...one,
        sample: list.some(({ region }) => region === one.regions[0]) ? 1 : 0,
      }));
      const frame = arranged(list, counted, [
        { reason: 'past-failure', weight: 2 },
        { reason: 'credit-d', weight: 5 },
      ]);
      expect(Math.min(...cells(frame))).toBeGreaterThanOrEqual(5);
      expect(frame.placed).toHaveLength(list.length);
      expect(frame.strata.reduce((sum, { sample }) => sum + sample, 0)).toBe(
        counted.reduce((sum, { sample }) => sum + sample, 0),
      );
    }
  });

  it.each([
    ['no strata', firms(9), [], [], 'no-strata'],
    ['two strata with one key', firms(9), [stratum('A', [], 1), stratum('A', [], 1)], [], 'stratum-twice'],
    ['nothing to draw', firms(9), [stratum('A', [], 0)], [], 'nothing-drawn'],
    [
      'a firm outside all strata',
      firms(9),
      [stratum('A', ['4305'], 0), stratum('B', ['4306'], 1)],
      [],
      'outside-strata',
    ],
    ['a sample larger than its stratum', firms(9), [stratum('A', [], 10)], [], 'sample-exceeds-stratum'],
    ['a frame too small to hide anybody', firms(4), [stratum('A', [], 1)], [], 'frame-too-small'],
    ['one firm with two records', [...firms(9), ...firms(1, {}, 3)], [stratum('A', [], 1)], [], 'listed-twice'],
    ['a firm without a place', firms(9, { region: '' }), [stratum('A', [], 1)], [], 'region-missing'],
    [
      'a reason with two weights',
      firms(9),
      [stratum('A', [], 1)],
      [
        { reason: 'credit-d', weight: 2 },
        { reason: 'credit-d', weight: 3 },
      ],
      'weight-twice',
    ],
  ] satisfies [string, Firm[], StratumRule[], Parameters<typeof arrangeFrame>[2], string][])(
    'refuses %s',
    (_name, list, strata, weights, code) => {
      expect(arrangeFrame(list, strata, weights)).toMatchObject({ code });
    },
  );
});

describe('派员和检验机构', () => {
  const pool = [
    { person: 'a', organisation: 'X' },
    { person: 'b', organisation: 'X' },
    { person: 'c', organisation: 'Y' },
  ];

  it('needs two samplers for every firm after recusal, of one body where that is the rule', () => {
    expect(findUnvisitable(['1', '2'], pool, [{ sampler: 'a', enterprise: '2' }], 'any')).toBeUndefined();
    expect(findUnvisitable(['1', '2'], pool, [{ sampler: 'a', enterprise: '2' }], 'same-body')).toBe('2');
    expect(
      findUnvisitable(
        ['1'],
        pool,
        [
          { sampler: 'a', enterprise: '1' },
          { sampler: 'c', enterprise: '1' },
        ],
        'any',
      ),
    ).toBe('1');
    expect(findUnvisitable(['1'], pool.slice(0, 1), [], 'any')).toBe('1');
  });

  it('gives a task to laboratories that may test the product, serve the stratum, and stand apart where asked', () => {
    const labs = [
      { id: '1', name: '甲', products: ['P109'] },
      { id: '2', name: '乙', products: ['P109'], strata: ['A'] },
      { id: '3', name: '丙', products: ['P105'] },
    ];
    const ids = (...given: [string, string, string | null]) => laboratoriesFor(labs, ...given).map(({ id }) => id);
    expect(ids('P109', 'A', null)).toEqual(['1', '2']);
    expect(ids('P109', 'B', null)).toEqual(['1']);
    expect(ids('P109', 'A+B', '1')).toEqual(['2']);
    expect(ids('P999', 'A', null)).toEqual([]);
  });
});
