import { describe, expect, it } from 'vitest';
import type { FieldView } from '../api.ts';
import { complaints, normalPath, pasteRows, prefilled, serverErrors, toInput, understood } from './form.ts';

function field(name: string, type: FieldView['type'], more: Partial<FieldView> = {}): FieldView {
  return { name, type, label: { zh: name, en: name }, public: false, required: true, ...more };
}

const samples = field('samples', 'list', {
  item: [field('batch', 'text'), field('quantity', 'number'), field('seal', 'text', { required: false })],
});

describe('what a form says before it asks the server', () => {
  it('names every missing field, inside lists too', () => {
    const found = complaints([field('sampledOn', 'date'), samples], { samples: [{ batch: 'A1' }] });
    expect(found.map(({ path, what }) => [path, what])).toEqual([
      ['sampledOn', 'missing'],
      ['samples.0.quantity', 'missing'],
    ]);
  });

  it('accepts an amount with two decimals and no more', () => {
    const price = [field('price', 'money')];
    expect(complaints(price, { price: '48.50' })).toEqual([]);
    expect(complaints(price, { price: '48.505' })[0]?.what).toBe('not-money');
    expect(complaints(price, { price: '四十八' })[0]?.what).toBe('not-money');
  });

  it('does not ask for the parts of an optional group that is left empty', () => {
    const witness = field('witness', 'object', { required: false, item: [field('name', 'text')] });
    expect(complaints([witness], {})).toEqual([]);
    expect(complaints([witness], { witness: { name: '' } })).toEqual([]);
  });

  it('takes an empty row for no row, and leaves it to the server whether an empty list is an answer', () => {
    expect(complaints([samples], { samples: [{}] })).toEqual([]);
    expect(toInput([samples], { samples: [{}] })).toEqual({ samples: [] });
  });
});

describe('the input that is sent', () => {
  it('keeps decimals as they were written and makes whole numbers numbers', () => {
    const input = toInput([field('limit', 'decimal'), field('n', 'number')], { limit: '0.10', n: '8' });
    expect(input).toEqual({ limit: '0.10', n: 8 });
  });

  it('leaves out blank rows and blank optional fields', () => {
    expect(toInput([samples], { samples: [{ batch: 'A1', quantity: '4', seal: '' }, { batch: '' }] })).toEqual({
      samples: [{ batch: 'A1', quantity: 4 }],
    });
  });

  it('splits several short values typed in one cell', () => {
    const strata = field('strata', 'list', { item: [field('key', 'text'), field('regions', 'list')] });
    expect(
      toInput([strata], {
        strata: [
          { key: 'a', regions: '4301，4302、 4303' },
          { key: 'b', regions: '' },
        ],
      }),
    ).toEqual({
      strata: [
        { key: 'a', regions: ['4301', '4302', '4303'] },
        { key: 'b', regions: [] },
      ],
    });
  });

  it('reads a time typed without zone as Beijing time', () => {
    expect(toInput([field('at', 'instant')], { at: '2026-11-22T09:30' })).toEqual({ at: '2026-11-22T09:30:00+08:00' });
  });

  it('sends an unticked box as no, not as nothing', () => {
    expect(toInput([field('checked', 'boolean')], {})).toEqual({ checked: false });
  });
});

describe('known facts', () => {
  it('are not typed twice, but a masked one is never sent back as if it were the value', () => {
    const fields = [field('price', 'money'), field('contact', 'text'), field('seller', 'reference')];
    const known = { price: '48.50', contact: { masked: '张**' }, seller: { id: 'u1', name: '某店' } };
    expect(prefilled(fields, known)).toEqual({ price: '48.50', seller: 'u1' });
  });
});

describe('results to be entered', () => {
  const results = field('results', 'list', {
    item: [field('item', 'text'), field('value', 'decimal'), field('unit', 'text')],
  });
  const items = [
    { item: '灰分', method: 'GB/T 9345.1', unit: '%' },
    { item: '最小壁厚', method: 'GB/T 8806', unit: null },
  ];

  it('have their items in the rows already', () => {
    expect(prefilled([results], { items })).toEqual({ results: [{ item: '灰分', unit: '%' }, { item: '最小壁厚' }] });
  });

  it('are not guessed where two lists could be meant', () => {
    expect(prefilled([results], { items, others: items })).toEqual({});
  });
});

describe('rows pasted from a spreadsheet', () => {
  it('fall into their cells from where the cursor stands, adding rows', () => {
    const rows = pasteRows([{ batch: 'A0' }], samples.item ?? [], { row: 0, column: 1 }, '4\r\n5\r\n');
    expect(rows).toEqual([{ batch: 'A0', quantity: '4' }, { quantity: '5' }]);
  });
});

describe('a cell of a spreadsheet', () => {
  it('is understood as a person wrote it: a choice by its words, a yes, a grouped number', () => {
    const choices = [{ value: 'full', label: { zh: '全数值比较法', en: 'Full value' } }];
    expect(understood('全数值比较法', field('judge', 'choice', { choices }))).toBe('full');
    expect(understood('是', field('intact', 'boolean'))).toBe(true);
    expect(understood(' 1,200.50 ', field('price', 'money'))).toBe('1200.50');
    expect(understood('1,3-丁二烯', field('item', 'text'))).toBe('1,3-丁二烯');
  });
});

describe('errors of the server', () => {
  it('find their field however the path is written', () => {
    expect(normalPath('input.batches[0].quantity')).toBe('batches.0.quantity');
    expect(normalPath('/input/price')).toBe('price');
    expect(serverErrors([{ path: 'input.price', code: 'x', zh: '贵了', en: 'Too dear' }], 'zh')).toEqual([
      { path: 'price', text: '贵了' },
    ]);
  });
});
