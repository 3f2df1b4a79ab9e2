import { readFileSync } from 'node:fs';
import { createCalendar } from '@hengjian/calendar';
import { binomialCdf } from '@hengjian/statistics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Block, Context, Label, Tool, Written } from './index.ts';
import { addressOf, answerFor, clauses, findTool, identifierKinds, tools, wayOf, work } from './index.ts';

const holidays = JSON.parse(
  readFileSync(new URL('../../calendar/fixtures/holidays.json', import.meta.url), 'utf8'),
) as { years: [] };
const context: Context = { calendar: createCalendar(holidays.years) };
const regions = new Map([['430102', { name: '芙蓉区', kind: 'division' as const }]]);

function ask(tool: Tool['name'], by: string, written: Written) {
  const found = findTool(tool)!;
  return work(wayOf(found, by), written, context);
}

function answered(tool: Tool['name'], by: string, written: Written): Answer {
  const outcome = ask(tool, by, written);
  if (outcome.state !== 'answered') throw new Error(JSON.stringify(outcome));
  return outcome.answer;
}

function refused(tool: Tool['name'], by: string, written: Written) {
  const outcome = ask(tool, by, written);
  if (outcome.state !== 'refused') throw new Error(JSON.stringify(outcome));
  return outcome.problems;
}

/** Every sentence of an answer, in both languages. */
function labelsOf(value: unknown): Label[] {
  if (typeof value !== 'object' || value === null) return [];
  const parts = Object.entries(value).flatMap(([key, part]) => (key === 'found' ? [] : labelsOf(part)));
  const { zh, en } = value as Partial<Label>;
  return typeof zh === 'string' && typeof en === 'string' ? [{ zh, en }, ...parts] : parts;
}

function block<K extends Block['kind']>(answer: Answer, kind: K): Extract<Block, { kind: K }> {
  return answer.blocks.find((candidate) => candidate.kind === kind) as Extract<Block, { kind: K }>;
}

const ways = tools.flatMap((tool) => tool.ways.map((way) => [`${tool.name} ${way.name}`, tool, way] as const));

describe('every way of asking', () => {
  it.each(ways)('%s answers its own example completely in both languages', (_, tool, way) => {
    const answer = answered(tool.name, way.name, way.example.values);
    for (const { zh, en } of labelsOf(answer)) {
      expect(zh).not.toMatch(/undefined|NaN|\[object|^\s*$/);
      expect(en).not.toMatch(/undefined|NaN|\[object|^\s*$/);
    }
    expect(JSON.stringify(answer.found)).not.toMatch(/NaN|undefined/);
  });
  it.each(ways)('%s waits while nothing is written, and is a link that asks the same again', (_, tool, way) => {
    expect(ask(tool.name, way.name, {})).toEqual({ state: 'empty' });
    const link = addressOf(way, way.example.values);
    expect(wayOf(tool, link.by)).toBe(way);
    expect(work(way, link, context)).toEqual(work(way, way.example.values, context));
  });
  it.each(ways)('%s turns whatever is written into an answer or a sentence', (_, tool, way) => {
    const odd = fc.oneof(
      fc.string(),
      fc.constantFrom('0', '-1', '1e9', '999999999', 'NaN', '０', '50', '2026-02-30', ''),
    );
    const written = fc.record(
      Object.fromEntries(
        way.fields.map((field) => [
          field.name,
          field.choices === undefined
            ? odd
            : fc.oneof(odd, fc.constantFrom(...field.choices.map(({ value }) => value))),
        ]),
      ),
    );
    fc.assert(
      fc.property(written, (values) => {
        const outcome = work(way, values, context);
        if (outcome.state === 'refused') for (const { zh, en } of outcome.problems) expect(zh && en).toBeTruthy();
        if (outcome.state === 'answered') expect(JSON.stringify(outcome.answer)).not.toMatch(/NaN/);
        expect(tool.ways).toContain(way);
      }),
      { numRuns: 25, seed: 5 },
    );
  });
});

describe('a plan', () => {
  it('is read from GB/T 2828.1 with the reading shown', () => {
    const answer = answered('plan', 'lot', { lot: '1200', aql: '1' });
    expect(answer.found).toMatchObject({ n: 80, ac: 2, re: 3, code: 'J' });
    expect(
      block(answer, 'steps')
        .steps.map(({ text }) => (text as Label).zh)
        .join(),
    ).toContain('表 1：批量 1200');
    expect(block(answer, 'curve').points[0]).toEqual({ x: 0, y: 1 });
  });
  it('says that an arrow was followed, and that a small lot is inspected whole', () => {
    expect(answered('plan', 'lot', { lot: '20', aql: '1' }).found).toMatchObject({
      n: 13,
      initialCode: 'C',
      code: 'E',
    });
    expect(answered('plan', 'lot', { lot: '10', aql: '0.65' }).found).toMatchObject({ n: 10, fullInspection: true });
  });
  it('is the smallest between two risks, for a stream and for one lot', () => {
    expect(answered('plan', 'risks', { good: '1', bad: '6' }).found).toMatchObject({ n: 110, ac: 3 });
    expect(answered('plan', 'risks', { good: '1', bad: '6', kind: 'double' }).found).toMatchObject({
      stages: [
        { n: 67, ac: 1 },
        { n: 67, ac: 3 },
      ],
    });
  });
  it('refuses what would take long, with about how many units it would need', () => {
    expect(refused('plan', 'risks', { good: '50', bad: '50.1' })).toMatchObject([
      { field: 'bad', code: 'plan-too-large' },
    ]);
    expect(refused('plan', 'risks', { good: '1', bad: '1.5', kind: 'double' })).toMatchObject([
      { code: 'plan-too-large' },
    ]);
    expect(refused('plan', 'variables', { good: '1', bad: '1.1' })).toMatchObject([{ code: 'plan-too-large' }]);
    const wide = { n1: '5000', ac1: '100', re1: '300', n2: '5000', ac2: '400' };
    expect(refused('curve', 'double', wide).map(({ field }) => field)).toEqual(['ac1', 're1', 'ac2']);
    expect(refused('clock', 'term', { start: '2026-01-01', amount: '100000' })).toMatchObject([{ code: 'too-large' }]);
  });
  it('names the field whose points contradict each other', () => {
    expect(refused('plan', 'risks', { good: '6', bad: '1' })).toMatchObject([
      { field: 'bad', code: 'points-inconsistent' },
    ]);
    expect(refused('plan', 'lot', { lot: 'x' })).toMatchObject([{ field: 'lot', code: 'not-whole' }]);
    expect(refused('plan', 'lot', { lot: '1' })).toMatchObject([{ field: 'lot', code: 'lot-of-one' }]);
  });
  it('judges readings by variables', () => {
    const steep = { good: '1', bad: '20' };
    const { n } = answered('plan', 'variables', steep).found as { n: number };
    const values = Array.from({ length: n }, (_, index) => String(100 + (index % 3))).join(' ');
    expect(answered('plan', 'variables', { ...steep, values, lower: '90' }).tone).toBe('good');
    expect(answered('plan', 'variables', { ...steep, values, lower: '100.5' }).tone).toBe('bad');
    expect(refused('plan', 'variables', { ...steep, values: '1 2' })).toMatchObject([{ field: 'values' }]);
  });
  it('never calls a declaration right, only contradicted or not', () => {
    const fine = answered('plan', 'declared', { dql: '1', limit: '1', found: '1' });
    expect(fine).toMatchObject({ tone: 'open', headline: { zh: '未否定声称质量水平' } });
    expect(answered('plan', 'declared', { dql: '1', limit: '1', found: '2' }).tone).toBe('bad');
  });
  it('gives the shortage although the newest sampling table is missing', () => {
    const newest = answered('plan', 'net-quantity', { nominal: '500', unit: 'g', lot: '40', edition: 'JJF 1070-2023' });
    expect(newest).toMatchObject({ tone: 'open', found: { shortage: { T: '15' } } });
    expect(refused('plan', 'net-quantity', { nominal: '500', lot: '40', actual: '500 499' })).toMatchObject([
      { field: 'actual', code: 'sample-size' },
    ]);
  });
});

describe('a characteristic', () => {
  it('is exact for a double plan in one small lot', () => {
    const written = { n1: '8', ac1: '0', re1: '2', n2: '8', ac2: '1', lot: '40', good: '2.5' };
    const { producer } = answered('curve', 'double', written).found as { producer: { risk: number } };
    // One bad unit of 40 in either sample does not reject.
    expect(producer.risk).toBeCloseTo(0, 12);
    expect(block(answered('curve', 'double', written), 'curve').points[0]).toEqual({ x: 0, y: 1 });
  });
  it('tells the average sample at the producer’s point itself, not near it', () => {
    const { blocks, found } = answered('plan', 'risks', { good: '1', bad: '6', kind: 'double' });
    const [{ n, ac, re }] = (found as { stages: readonly [{ n: number; ac: number; re: number }] }).stages;
    const between = (x: number) => binomialCdf(x, n, 0.01);
    const shown = blocks
      .flatMap((part) => (part.kind === 'facts' ? part.rows : []))
      .find(({ name }) => name.en.startsWith('Average sample'));
    expect(shown?.value).toBe(String(Number((n * (1 + between(re - 1) - between(ac))).toPrecision(5))));
  });
  it('refuses a quality above 100 % beside its field', () => {
    const written = { n1: '50', ac1: '0', re1: '3', n2: '50', ac2: '3', good: '150' };
    expect(refused('curve', 'double', written)).toMatchObject([{ field: 'good', code: 'too-large' }]);
  });
  it('is exact for a double plan, with its average sample', () => {
    const answer = answered('curve', 'double', { n1: '50', ac1: '0', re1: '3', n2: '50', ac2: '3', good: '1' });
    const { columns } = block(answer, 'curve').table;
    expect(columns.map(({ name }) => name.zh)).toContain('平均样本量 ASN');
  });
  it('tells AOQ only for a lot of known size', () => {
    const aoql = (written: Written) => (answered('curve', 'single', written).found as { aoql: unknown }).aoql;
    expect(aoql({ n: '80', ac: '2' })).toBeNull();
    expect(aoql({ n: '80', ac: '2', lot: '1200' })).toMatchObject({ quality: expect.closeTo(0.0161, 3) });
  });
  it('falls from certain acceptance to almost none', () => {
    for (const written of [
      { n: '80', ac: '2' },
      { n: '13', ac: '1', lot: '60' },
    ]) {
      const { points } = block(answered('curve', 'single', written), 'curve');
      expect(points[0]!.y).toBe(1);
      expect(points.at(-1)!.y).toBeLessThan(0.01);
      expect(points.every(({ y }, index) => index === 0 || y <= points[index - 1]!.y)).toBe(true);
    }
  });
  it('blames the field at fault', () => {
    expect(refused('curve', 'double', { n1: '50', ac1: '3', re1: '3', n2: '50', ac2: '3' })[0]).toMatchObject({
      field: 'ac1',
    });
    expect(refused('curve', 'single', { n: '80', ac: '2', lot: '20' })[0]).toMatchObject({ field: 'n' });
  });
});

describe('a judgement', () => {
  it('shows every step and clause', () => {
    const answer = answered('judge', 'result', { limit: '≤0.20 mg/kg', result: '205 μg/kg', unit: 'mg/kg' });
    expect(answer.tone).toBe('bad');
    expect(block(answer, 'steps').steps.length).toBeGreaterThan(1);
  });
  it.each([
    ['不得检出', '未检出', 'good'],
    ['不得使用', '0.3 mg/kg', 'bad'],
    ['应清晰', '符合', 'good'],
    ['0.5～1.5 mg/kg', '1.0', 'good'],
    ['适量使用', '3 g/kg', 'open'],
  ])('reads %s for %s', (limit, result, tone) => {
    expect(answered('judge', 'result', { limit, result, unit: 'mg/kg' }).tone).toBe(tone);
  });
  it('asks for what a rule needs, beside its field', () => {
    const written = { limit: '≤5 mg/kg', result: '1' };
    expect(refused('judge', 'result', { ...written, rule: 'guarded-acceptance' })).toMatchObject([
      { field: 'uncertainty' },
    ]);
    expect(refused('judge', 'result', { limit: '也许 5', result: '1' })).toMatchObject([{ field: 'limit' }]);
    expect(refused('judge', 'result', { limit: '≤5', result: '1' })).toMatchObject([
      { field: 'unit', code: 'unit-missing' },
    ]);
  });
});

describe('a deadline', () => {
  it('is counted around National Day', () => {
    const answer = answered('clock', 'term', { start: '2026-09-28', amount: '15', unit: 'working-day' });
    expect(answer.headline.zh).toBe('2026-10-23 周五期满');
    expect(
      block(answer, 'steps').steps.some(
        ({ text, weight }) => weight === 'off' && (text as Label).zh.includes('国庆节'),
      ),
    ).toBe(true);
  });
  it('leaves out what is suspended and adds what extends', () => {
    const answer = answered('clock', 'term', {
      start: '2026-03-02',
      amount: '20',
      suspend: '2026-03-09..2026-03-13 检验',
      extend: '10 working-day',
    });
    expect(answer.headline.en).toBe('Last day 2026-04-21 Tuesday');
  });
  it('is provisional in a year that has no notice', () => {
    expect(answered('clock', 'clause', { start: '2031-03-03' })).toMatchObject({ tone: 'open' });
    expect(answered('clock', 'clause', { clause: 'licence-decide', start: '2031-03-03' })).toMatchObject({
      tone: 'open',
      blocks: [{ kind: 'notice', tone: 'warn' }, {}, {}],
    });
  });
  it('knows each clause by one name, and counts it', () => {
    expect(new Set(clauses.map(({ name }) => name)).size).toBe(clauses.length);
    for (const { name } of clauses)
      expect(ask('clock', 'clause', { clause: name, start: '2026-03-02' }).state).toBe('answered');
  });
  it('refuses days that do not exist and lines that cannot be read', () => {
    expect(refused('clock', 'clause', { start: '2026-02-30' })).toMatchObject([
      { field: 'start', code: 'impossible-date' },
    ]);
    expect(refused('clock', 'clause', { start: '2026-03-02', suspend: 'then' })).toMatchObject([{ field: 'suspend' }]);
    expect(refused('clock', 'clause', { start: '2026-03-02', suspend: '2026-02-29..2026-03-05' })).toMatchObject([
      { field: 'suspend', code: 'impossible-date' },
    ]);
    expect(refused('clock', 'term', { start: '2026-03-02', amount: '5', extend: '3 weeks' })).toMatchObject([
      { field: 'extend' },
    ]);
  });
});

describe('a number', () => {
  it('knows every kind by an example that it recognises', () => {
    for (const [name, { example, personal }] of Object.entries(identifierKinds)) {
      const answer = answerFor(name, identifierKinds[name]!, example, { regions });
      expect([name, answer.tone]).toEqual([name, 'good']);
      const asked = { text: example, kind: name };
      const expected = name === 'region-code' ? 'open' : 'good';
      if (personal !== true) expect(answered('check', 'number', asked).tone).toBe(expected);
    }
  });
  it('says of a region code without a table that only its structure was checked', () => {
    const answer = answerFor('region-code', identifierKinds['region-code']!, '430199');
    expect(answer.tone).toBe('open');
    expect(JSON.stringify(answer.blocks)).toContain('No table of region codes is at hand');
    expect(answerFor('region-code', identifierKinds['region-code']!, '430199', { regions }).tone).toBe('bad');
  });
  it('shows words that every object has a property for as they are', () => {
    const answer = answered('check', 'number', { text: 'constructor〔2026〕1号', kind: 'document-number' });
    expect(block(answer, 'facts').rows.map(({ value }) => value)).toContain('constructor');
  });
  it('says which character is wrong and what was expected', () => {
    const answer = answered('check', 'number', { text: '914403O01922038216', kind: 'credit-code' });
    expect(answer.tone).toBe('bad');
    expect(block(answer, 'marked').wrong).toEqual([7]);
    expect(block(answer, 'table').rows).toEqual([['7', 'O', '0']]);
  });
  it('turns a failing check digit on a foreign label into a remark', () => {
    const written = { text: 'SC11834020305036', kind: 'food-production-licence' };
    expect(answered('check', 'number', written).tone).toBe('bad');
    expect(answered('check', 'number', { ...written, issuer: 'others' }).tone).toBe('open');
  });
  it('recognises what it is by itself, or asks', () => {
    expect(answered('check', 'number', { text: '6901028075763' }).found).toMatchObject({ kind: 'gtin' });
    expect(refused('check', 'number', { text: 'hello' })).toMatchObject([{ field: 'kind' }]);
  });
  it('never shows an identity number or what it says', () => {
    const number = identifierKinds['resident-identity']!.example;
    const answers = [
      answered('check', 'number', { text: number }),
      answerFor('resident-identity', identifierKinds['resident-identity']!, number),
      answerFor('resident-identity', identifierKinds['resident-identity']!, `${number.slice(0, 17)}1`),
    ];
    for (const answer of answers) expect(JSON.stringify(answer)).not.toMatch(/19491231|1949-12-31|105194/);
  });
});
