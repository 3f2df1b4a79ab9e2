import { describe, expect, it } from 'vitest';
import { compare, corrected } from './clock.ts';
import { distance, frameOf, scaleLength } from './map/projection.ts';
import { meaningOf } from './scan/meaning.ts';
import type { ActionForm, Field, OutboxEntry, Task } from './shapes.ts';
import { barsOf, findGaps, prefilled, toInput } from './sheet/values.ts';
import { possibleIn, stateAhead } from './tasks/state.ts';

const field = (name: string, type: string, required = true, item?: Field[]): Field => ({
  name,
  type,
  required,
  label: { zh: name, en: name },
  ...(item === undefined ? {} : { item }),
});
const task: Task = {
  id: 't',
  entity: 'sampling.task',
  number: null,
  title: '',
  state: 'assigned',
  stateLabel: { zh: '', en: '' },
  due: null,
  dueState: 'none',
  version: 3,
  fields: {
    regime: 'product',
    planKind: 'supervision',
    testSample: 2,
    spareSample: 2,
    minimumStock: 10,
    sampleUnit: '台',
    issuedOn: '2026-03-01',
    productName: '插座',
    samplers: [
      { person: 'a', name: '甲' },
      { person: 'b', name: '乙' },
    ],
  },
  papers: [],
  firm: { address: '芙蓉区一号' },
  earlier: { sheets: [], published: [] },
  region: { code: '430102', name: '长沙市芙蓉区' },
  seat: null,
};

describe('a form on the phone', () => {
  const fields = [
    field('model', 'text'),
    field('stock', 'number'),
    field('unitPrice', 'money'),
    field('grade', 'text', false),
    field('maker', 'object', false, [field('name', 'text'), field('code', 'text', false)]),
  ];

  it('names what is missing and what is no number, in groups too, and leaves an empty optional group alone', () => {
    const gaps = findGaps(fields, { model: ' ', stock: '1o', unitPrice: '3.5', maker: { code: '9' } });
    expect(gaps.map(({ path, missing }) => [path, missing])).toEqual([
      ['stock', false],
      ['maker.name', true],
    ]);
    expect(findGaps(fields, { model: 'x', stock: '1', unitPrice: '3.5', maker: { code: '' } })).toEqual([]);
  });

  it('makes the input that the server reads, so that both hash the same', () => {
    const input = toInput(fields, { model: ' BV 2.5 ', stock: '60', unitPrice: '35.00', grade: '', maker: {} });
    expect(input).toEqual({ model: 'BV 2.5', stock: 60, unitPrice: '35.00' });
  });

  it('is filled from what is known, and barred by what the law has against it', () => {
    const known = prefilled(task, 'sample', '2026-03-02');
    expect(known).toMatchObject({ sampledOn: '2026-03-02', place: '芙蓉区一号', present: ['a', 'b'], testQuantity: 2 });
    const codes = barsOf(task, { ...known, stock: 9, present: ['a'], signature: 'refused' }, '2026-03-02').map(
      ({ code }) => code,
    );
    expect(codes).toEqual(['two-samplers', 'refusal-unexplained', 'stock-too-small']);
    expect(barsOf(task, { ...known, stock: 12 }, '2026-03-02')).toEqual([]);
  });

  it('goes on offline from what waits to be sent: a queued sheet lets the dispatch be entered, once', () => {
    const act = (name: string, from: string[], to: string[]) => ({ name, from, to, entity: task.entity }) as ActionForm;
    const actions = [act('sample', ['assigned'], ['sampled']), act('deliver', ['sampled'], ['same'])];
    const queued = (action: string, order: number) => ({ task: 't', action, order }) as OutboxEntry;
    expect(possibleIn(stateAhead(task, [], actions), task, [], actions).map(({ name }) => name)).toEqual(['sample']);
    const one = [queued('sample', 1)];
    expect(possibleIn(stateAhead(task, one, actions), task, one, actions).map(({ name }) => name)).toEqual(['deliver']);
    const both = [...one, queued('deliver', 2)];
    expect(possibleIn(stateAhead(task, both, actions), task, both, actions)).toEqual([]);
  });
});

describe('what the camera reads', () => {
  it('is a product in a GS1 Digital Link, a product in a barcode, a firm on its licence, or only text', () => {
    const link = meaningOf('https://id.gs1.org/01/06901234567892/10/L7?11=260105&17=270105', '2026-03-02');
    expect(link).toMatchObject({
      gtin: '06901234567892',
      batch: 'L7',
      producedOn: '2026-01-05',
      bestBefore: '2027-01-05',
    });
    expect(meaningOf('6901234567892', '2026-03-02')).toMatchObject({ gtin: '6901234567892' });
    expect(
      meaningOf('https://www.gsxt.gov.cn/index.html?uniscid=91430100MA4L0000XX', '2026-03-02').gtin,
    ).toBeUndefined();
    expect(meaningOf('封条 00012', '2026-03-02')).toEqual({ text: '封条 00012' });
  });
});

describe('clock and map', () => {
  it('corrects an instant of the device by the comparison of both clocks', () => {
    const clocks = compare(
      Date.parse('2026-03-02T08:20:00Z'),
      Date.parse('2026-03-02T08:20:02Z'),
      '2026-03-02T08:00:01.000Z',
    );
    expect(corrected('2026-03-02T01:30:00.000Z', clocks)).toBe('2026-03-02T01:10:00.000Z');
  });

  it('keeps distances true: Changsha to Zhuzhou is some 50 km by air, and as far in the picture', () => {
    const changsha = { latitude: 28.23, longitude: 112.94 };
    const zhuzhou = { latitude: 27.83, longitude: 113.13 };
    const kilometres = distance(changsha, zhuzhou);
    expect(kilometres).toBeGreaterThan(45);
    expect(kilometres).toBeLessThan(52);
    const frame = frameOf([changsha, zhuzhou], 360, 40);
    const [one, other] = [frame.place(changsha), frame.place(zhuzhou)];
    expect(Math.hypot(one.x - other.x, one.y - other.y) / frame.unitsPerKilometre / kilometres).toBeCloseTo(1, 2);
    expect(one.y).toBeLessThan(other.y);
    expect(scaleLength(frame, 360)).toBe(10);
  });
});
