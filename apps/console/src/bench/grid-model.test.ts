import { describe, expect, it } from 'vitest';
import { conflicts, emptyGrid, entries, type GridLine, paste, settle, textOf, undo, write } from './grid-model.ts';

const line = (at: number, held?: { value: string; revision: number }): GridLine => ({
  line: at,
  blindCode: `A000${at}`,
  item: '腐霉利',
  method: 'GB 23200.113-2018',
  limit: '≤0.2',
  unit: 'mg/kg',
  clause: 'GB 2763-2021 4.1',
  quantification: '0.01',
  quantificationUnit: 'mg/kg',
  attempt: 1,
  repeatReason: null,
  now: held
    ? { ...held, attempt: 1, unit: 'mg/kg', verdict: 'conforms', reason: { zh: '', en: '' }, testerName: '甲' }
    : null,
  earlier: [],
});
const lines = [line(0), line(1), line(2)];

describe('the entry grid', () => {
  it('hands in what was typed, with the revision it was typed upon', () => {
    const grid = write(emptyGrid, lines[1]!, 'result', ' 0.12 ');
    expect(entries(lines, grid.edits)).toEqual([
      { line: 1, entry: { blindCode: 'A0001', item: '腐霉利', result: '0.12', unit: 'mg/kg', seen: 0 } },
    ]);
  });

  it('takes a column of a spreadsheet, or result and unit, and counts rows beyond the sheet', () => {
    const one = paste(emptyGrid, lines, 1, 'result', '0.1\r\n0.2\r\n0.3\r\n');
    expect(one).toMatchObject({ filled: 2, beyond: 1 });
    expect(textOf(lines[2]!, one.grid.edits, 'result')).toBe('0.2');
    const two = paste(emptyGrid, lines, 0, 'result', '110\tμg/kg\n0.2\t');
    expect(two.grid.edits.get(0)).toMatchObject({ result: '110', unit: 'μg/kg' });
    expect(two.grid.edits.get(1)).toMatchObject({ result: '0.2', unit: 'mg/kg' });
  });

  it('undoes a paste as one step and a word as one step', () => {
    const typed = write(emptyGrid, lines[0]!, 'result', '0.5');
    const pasted = paste(typed, lines, 0, 'result', '0.1\n0.2').grid;
    expect(undo(pasted).edits).toEqual(typed.edits);
    expect(undo(undo(pasted))).toEqual(emptyGrid);
    expect(undo(emptyGrid)).toBe(emptyGrid);
  });

  it('forgets an edit that puts back what is held', () => {
    const held = line(0, { value: '0.1', revision: 1 });
    const grid = write(write(emptyGrid, held, 'result', '0.2'), held, 'result', '0.1');
    expect(grid.edits.size).toBe(0);
  });

  it('shows a conflict when somebody wrote the cell meanwhile, and settles it either way', () => {
    const grid = write(emptyGrid, lines[0]!, 'result', '0.2');
    const later = [line(0, { value: '0.3', revision: 1 }), lines[1]!];
    expect(conflicts(later, grid.edits).map(({ line: at }) => at)).toEqual([0]);
    const mine = settle(grid, later[0]!, 'mine');
    expect(conflicts(later, mine.edits)).toEqual([]);
    expect(entries(later, mine.edits)).toMatchObject([{ entry: { result: '0.2', seen: 1 } }]);
    expect(settle(grid, later[0]!, 'theirs').edits.size).toBe(0);
  });
});
