import { describe, expect, it } from 'vitest';
import { nextSort, readAddress, recordsQuestion, tabSeparated, visibleRange, writeAddress } from './address.ts';

describe('a list that can be sent to a colleague', () => {
  it('comes back from its address exactly as it was', () => {
    const state = {
      filters: { q: '长沙', state: 'assigned', overdue: '1' },
      sort: 'due',
      cursor: 'c2',
      columns: ['title', 'due'],
    };
    expect(readAddress(new URLSearchParams(writeAddress(state).toString()))).toEqual(state);
  });

  it('leaves no trace of what is usual, and ignores what it does not know', () => {
    expect(writeAddress(readAddress(new URLSearchParams(''))).toString()).toBe('');
    expect(readAddress(new URLSearchParams('open=0&drop=table')).filters).toEqual({});
  });

  it('asks the server for filters, sort and the declared fields on the screen, never for screen position', () => {
    const state = readAddress(new URLSearchParams('mine=1&columns=title&cursor=c2'));
    expect(recordsQuestion('sampling.task', state, ['dueOn'])).toEqual({
      mine: '1',
      sort: '-updated',
      entity: 'sampling.task',
      fields: 'dueOn',
    });
  });

  it('sorts upward, then downward, then newest first again', () => {
    expect(nextSort('-updated', 'due')).toBe('due');
    expect(nextSort('due', 'due')).toBe('-due');
    expect(nextSort('-due', 'due')).toBe('-updated');
    expect(readAddress(new URLSearchParams('sort=-budget')).sort).toBe('-budget');
    expect(readAddress(new URLSearchParams('sort=1;drop')).sort).toBe('-updated');
  });
});

describe('copying into a spreadsheet', () => {
  it('keeps one cell one cell, whatever is in it', () => {
    expect(
      tabSeparated([
        ['名称', '备注'],
        ['甲', '一\t二\n三'],
      ]),
    ).toBe('名称\t备注\n甲\t一 二 三');
  });
});

describe('ten thousand rows', () => {
  it('draws those in view and a few to spare', () => {
    expect(visibleRange(3700, 740, 37, 10_000)).toEqual({ first: 88, last: 132 });
  });

  it('never reaches outside the list', () => {
    expect(visibleRange(0, 740, 37, 5)).toEqual({ first: 0, last: 5 });
    expect(visibleRange(99_999, 740, 37, 5)).toEqual({ first: 5, last: 5 });
  });
});
