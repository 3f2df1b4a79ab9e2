import { readFileSync } from 'node:fs';
import { computeDeadline, createCalendar } from '@hengjian/calendar';
import { parseCmaCertificate, parseFoodProductionLicence, parseIndustrialLicence } from '@hengjian/identifiers';
import { describe, expect, it } from 'vitest';
import { holidayYears } from '../../../../data/holidays/index.ts';
import { licenceKindFiles } from '../../../../data/licences/index.ts';
import { licenceLifecycle } from '../licence/lifecycle.ts';
import { numberFor } from '../licence/numbering.ts';
import { drawTeam, replacementFor } from '../reviewer/draw.ts';
import { findKind, kinds, readKinds } from './catalogue.ts';
import type { Kind } from './declaration.ts';
import {
  clockOf,
  commitmentOpen,
  compareForms,
  feesOn,
  formOn,
  levelOf,
  missingPapers,
  policyOf,
  scoreSiteCheck,
} from './rules.ts';

const calendar = createCalendar(holidayYears);
const read = <T>(file: string): T =>
  JSON.parse(readFileSync(new URL(`../../fixtures/${file}`, import.meta.url), 'utf8')) as T;
const kind = (code: string): Kind => findKind(code)!;

describe('licence clocks', () => {
  /** Days counted outside this code, one by one over the State Council's notices. */
  const golden =
    read<
      {
        kind: string;
        clock: string;
        startedOn: string;
        unit: string;
        amount: number;
        rule: 'within';
        opensOn?: string;
        dueOn?: string;
      }[]
    >('clocks.golden.json');
  it('fall on the days that a count by hand gives, for every clock of every kind', () => {
    const computed = golden.map((row) => {
      const { unit, amount, basis } = clockOf(kind(row.kind), row.clock as never)!;
      const { opensOn, dueOn } = computeDeadline(
        {
          kind: row.rule,
          unit,
          amount,
          basis,
          ...((row.rule as string) === 'not-before' ? { opens: 'on-last-day' as const } : {}),
        },
        row.startedOn,
        calendar,
      );
      return { ...row, unit, amount, ...(opensOn ? { opensOn } : {}), ...(dueOn ? { dueOn } : {}) };
    });
    expect(computed).toEqual(golden);
    const declared = kinds.flatMap(({ code, clocks }) => clocks.map(({ name }) => `${code}.${name}`));
    expect([...new Set(golden.map((row) => `${row.kind}.${row.clock}`))].sort()).toEqual(declared.sort());
  });

  it('say what the clauses of the procedures say, or why not', () => {
    const clauses =
      read<
        { procedure: string; event: string; value: number; unit: string; kind: string; clock?: string; note?: string }[]
      >('clauses.json');
    for (const { kind: code, clock, value, unit, note, ...clause } of clauses) {
      if (note === 'commitment.check') expect(kind(code).commitment!.check).toEqual({ amount: value, unit });
      else if (note === 'licence.annulment')
        expect(licenceLifecycle.clocks.annulment!.rule).toMatchObject({ amount: value, unit });
      else if (clock === undefined)
        expect([clause, note]).toEqual([clause, expect.stringMatching(/at once|not kept|no renewal/)]);
      else
        expect([clause, clockOf(kind(code), clock as never)]).toEqual([
          clause,
          expect.objectContaining({ amount: value, unit }),
        ]);
    }
    expect(clauses.length).toBeGreaterThan(30);
  });

  it('stand still twice and say so day by day', () => {
    const { unit, amount, basis } = clockOf(kind('industrial-product'), 'decision')!;
    const suspensions = [
      { from: '2026-03-16', to: '2026-04-10', reason: '发证检验' },
      { from: '2026-05-11', to: '2026-05-29', reason: '专家评审' },
    ];
    expect(
      computeDeadline({ kind: 'within', unit, amount, basis }, '2026-03-02', calendar, { suspensions }).dueOn,
    ).toBe('2026-07-16');
  });
});

describe('a kind of licence', () => {
  const workshop = () =>
    structuredClone(licenceKindFiles().find(({ file }) => file === 'food-workshop.json')!.content) as Record<
      string,
      never
    >;
  it.each([
    ['a checklist that does not add up', (one: Kind) => (one.siteCheck.checklist[0]!.weight = 41), 'add up to 101'],
    [
      'a term without renewal',
      (one: Kind) => (one.clocks = one.clocks.filter(({ name }) => name !== 'renewal')),
      'no renewal term',
    ],
    [
      'no clock for acceptance',
      (one: Kind) => (one.clocks = one.clocks.filter(({ name }) => name !== 'acceptance')),
      'no acceptance',
    ],
    ['a commitment for a product it has not', (one: Kind) => one.commitment!.products.push('W99'), 'no product W99'],
    ['a number without sequence', (one: Kind) => (one.numbering.pattern = 'XZF{region}'), 'no sequence'],
    [
      'a suspension that nothing makes',
      (one: Kind) => one.clocks[1]!.suspendedBy.push('hearing'),
      'nothing suspends it for hearing',
    ],
  ])('with %s stops the start', (_what, spoil, said) => {
    const content = workshop();
    for (const clock of (content as unknown as Kind).clocks) clock.suspendedBy ??= [];
    spoil(content as unknown as Kind);
    expect(() => readKinds([{ file: 'x.json', content }])).toThrow(said);
  });

  it('is decided where its products say', () => {
    expect(levelOf(kind('food-production'), ['101'])).toBe('city');
    expect(levelOf(kind('food-production'), ['101', '127'])).toBe('province');
    expect(levelOf(kind('food-workshop'), ['W01'])).toBe('county');
  });

  it('asks for no paper that the platform holds, and for proof of policy only where it is restricted', () => {
    const asked = (products: string[]) =>
      missingPapers(kind('industrial-product'), 'new', products, ['application']).map((paper) => paper.kind);
    expect(asked(['P301'])).toEqual(['processFlow', 'equipmentList', 'selfDeclaration']);
    expect(asked(['P201'])).toContain('industrialPolicy');
    expect(policyOf(kind('industrial-product'), ['P210']).banned).toHaveLength(1);
  });

  it('takes the fee of the day, and none where none is in force', () => {
    expect(feesOn(kind('industrial-product'), '2016-05-01')).toMatchObject([{ amount: '2200.00' }]);
    expect(feesOn(kind('industrial-product'), '2026-05-01')).toEqual([]);
  });

  it('is granted on commitment only while and where the data say so; industrial products are not', () => {
    expect(commitmentOpen(kind('industrial-product'), ['P301'], '2020-06-01')).toBe(false);
    expect(commitmentOpen(kind('food-workshop'), ['W01'], '2026-03-02')).toBe(true);
    expect(commitmentOpen(kind('food-workshop'), ['W01', 'W03'], '2026-03-02')).toBe(false);
    expect(commitmentOpen(kind('testing-body'), ['00'], '2019-11-30')).toBe(false);
  });

  it('shows what a new form adds and drops', () => {
    const food = kind('food-production');
    expect([formOn(food, '2026-06-30').version, formOn(food, '2026-07-01').version]).toEqual(['2020', '2026']);
    const { added, removed, changed } = compareForms(food, '2020', '2026');
    expect([added, removed, changed].map((list) => list.length)).toEqual([2, 1, 0]);
  });

  it('fails a site check on one critical item, however many points there are', () => {
    const all = cableChecklist('yes');
    expect(scoreSiteCheck(kind('industrial-product'), all)).toMatchObject({ score: 100, passed: true });
    const critical = all.map((answer) => (answer.item === 'testing' ? { ...answer, met: 'no' as const } : answer));
    expect(scoreSiteCheck(kind('industrial-product'), critical)).toMatchObject({
      score: 75,
      passed: false,
      failed: ['testing'],
    });
    expect(scoreSiteCheck(kind('industrial-product'), cableChecklist('partly'))).toMatchObject({
      score: 50,
      passed: false,
    });
  });
});

const cableChecklist = (met: 'yes' | 'partly' | 'no') =>
  kind('industrial-product').siteCheck.checklist.map(({ code }) => ({ item: code, met }));

describe('numbers of licences', () => {
  const office = { short: '湘市监', region: '43' };
  let taken = 0;
  const next = async () => {
    taken += 1;
    return [{ last: taken }];
  };
  const act = { sql: { query: next }, offices: new Map([['43', office]]) } as never;
  const asked = (products: string[]) => ({ products, region: '430102', office: '43' });
  it('are what the readers of such numbers accept', async () => {
    const number = (code: string, products: string[]) =>
      numberFor(kind(code), asked(products), '2026-03-02', '2031-03-02', act);
    expect(parseIndustrialLicence(await number('industrial-product', ['P301']))).toMatchObject({
      ok: true,
      value: { industry: '06', product: '001' },
    });
    expect(parseFoodProductionLicence(await number('food-production', ['104']))).toMatchObject({
      ok: true,
      value: { category: '104', region: '430102' },
    });
    expect(parseCmaCertificate(await number('testing-body', ['00']))).toMatchObject({ ok: true });
    expect(await number('metrology-standard', ['mass'])).toMatch(/^\(2026\)计标湘市监证字第\d{4}号$/);
    expect(await number('special-equipment-production', ['lift'])).toMatch(/^TS\d{7}-2031$/);
  });
});

describe('the draw of a team', () => {
  const one = (reviewer: string, unit: string, more: object = {}) => ({
    reviewer,
    person: reviewer,
    name: reviewer,
    unit,
    body: null as string | null,
    mayLead: false,
    workload: 0,
    excluded: null,
    ...more,
  });
  const frame = [
    one('a', '甲', { mayLead: true }),
    one('b', '甲'),
    one('c', '甲'),
    one('d', '乙', { workload: 2 }),
    one('e', '乙', { excluded: 'recused' }),
  ];
  const head = (root: string) => ({ leaf: 0, head: { epoch: 1, size: 1, root, note: '' }, application: 'file' });
  it('gives the same team for the same head, with a leader and never all of one unit', () => {
    for (const seed of ['1', '2', '3', '4']) {
      const drawn = drawTeam(frame, 2, head(seed))!;
      expect(drawn.team).toEqual(drawTeam([...frame].reverse(), 2, head(seed))!.team);
      expect(drawn.team.filter(({ leader }) => leader)).toHaveLength(1);
      expect(new Set(drawn.team.map(({ unit }) => unit)).size).toBe(2);
      expect(drawn.team.some(({ reviewer }) => reviewer === 'e')).toBe(false);
    }
  });
  it('gives none when it cannot be lawful', () => {
    expect(
      drawTeam(
        frame.filter(({ unit }) => unit === '甲'),
        2,
        head('s'),
      ),
    ).toBeNull();
    expect(
      drawTeam(
        frame.map((member) => ({ ...member, mayLead: false })),
        2,
        head('s'),
      ),
    ).toBeNull();
  });
  it('draws the review body too, and takes the leader from it', () => {
    const leaders = new Set<string>();
    for (const root of ['1', '2', '3', '4', '5', '6']) {
      const drawn = drawTeam(
        [
          one('a', '甲', { mayLead: true, body: '甲所' }),
          one('b', '乙', { mayLead: true, body: '乙所' }),
          one('c', '丙'),
        ],
        2,
        head(root),
      )!;
      expect(drawn.bodies).toHaveLength(2);
      const leader = drawn.team.find((member) => member.leader)!;
      expect(drawn.frame.find(({ reviewer }) => reviewer === leader.reviewer)!.body).toBe(drawn.bodies[0]);
      leaders.add(leader.reviewer);
    }
    expect([...leaders].sort()).toEqual(['a', 'b']);
  });
  it('lets the next of the order stand in, a leader for a leader', () => {
    const wide = [
      ...frame,
      one('f', '丙', { mayLead: true, workload: 1 }),
      one('g', '丁', { mayLead: true, workload: 2 }),
    ];
    const drawn = drawTeam(wide, 2, head('s'))!;
    expect(drawn.team[0]).toMatchObject({ reviewer: 'a', leader: true });
    expect(replacementFor(drawn, drawn.team, 'a')).toMatchObject({ reviewer: 'g', leader: true });
  });
});
