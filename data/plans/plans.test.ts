import { describe, expect, it } from 'vitest';
import { getPlanFigure, hunan2018 } from './index.ts';

describe('Hunan’s plan of 2018', () => {
  it('asks for at least 8,000 provincial batches from a catalogue of 5 classes and 184 kinds', () => {
    expect(getPlanFigure('provincial-batches')).toMatchObject({ comparator: '>=', value: '8000', unit: '批次' });
    expect([getPlanFigure('catalogue-classes').value, getPlanFigure('catalogue-kinds').value]).toEqual(['5', '184']);
    expect(() => getPlanFigure('entities')).toThrowError(expect.objectContaining({ code: 'plan-figure-unknown' }));
  });

  it('quotes a document for each of its 15 figures, and the number stands in the quote', () => {
    const { figures, documents } = hunan2018();
    expect(figures).toHaveLength(15);
    const written: Record<string, string> = { 500000: '50万', 450000: '45万', 100: '全覆盖', 4: '每季度' };
    expect(figures.filter((f) => !documents[f.document] || !f.quote.includes(written[f.value] ?? f.value))).toEqual([]);
  });

  it('gives the catalogue and the batches to the supervision division', () => {
    const task = hunan2018().tasks.find((one) => one.quote.includes('8000批次'));
    expect(task).toMatchObject({ item: 13, lead: ['省局监督处'] });
  });

  it('can be compared with the entities and batches of four bulletins', () => {
    expect(hunan2018().comparisons.map(({ bulletin, entities, batches }) => [bulletin, entities, batches])).toEqual([
      ['B03', '194', '195'],
      ['B09', '743', '1147'],
      ['B10', '658', '1172'],
      ['B12', '469', '641'],
    ]);
  });
});
