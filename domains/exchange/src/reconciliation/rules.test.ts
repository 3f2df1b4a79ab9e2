import { describe, expect, it } from 'vitest';
import { compare, type Item, type OurItem } from './rules.ts';

const item = (key: string, foreignNumber: string | null, values: Record<string, string> = {}): Item => ({
  key,
  message: 'sheet',
  foreignNumber,
  values,
});
const ours = (key: string, foreignNumber: string | null, values: Record<string, string> = {}): OurItem => ({
  ...item(key, foreignNumber, values),
  dispatch: key,
  matter: `事项${key}`,
});

describe('对账', () => {
  it('一致、只有一方有、内容不一致，每条只计一次，两边的合计对得上', () => {
    const result = compare(
      [
        ours('a', '1', { X: '5', Y: '6' }),
        ours('b', '2', { X: '5' }),
        ours('c', '3'),
        ours('d', null, { X: '7' }),
        ours('e', '9'),
      ],
      [
        item('a', '1', { X: '5' }),
        item('b', '2', { X: '8', Z: '1' }),
        item('f', '6'),
        item('d', '4', { X: '7' }),
        item('e', '5'),
      ],
    );
    expect(result).toMatchObject({ ours: 5, theirs: 5, matched: 2, onlyOurs: 1, onlyTheirs: 1, differing: 2 });
    expect(result.matched + result.differing + result.onlyOurs).toBe(result.ours);
    expect(result.matched + result.differing + result.onlyTheirs).toBe(result.theirs);
    expect(result.differences.map(({ ordinal, kind, key, fields }) => [ordinal, kind, key, fields])).toEqual([
      [
        1,
        'differing',
        'b',
        [
          { field: 'X', ours: '5', theirs: '8' },
          { field: 'Z', ours: '—', theirs: '1' },
        ],
      ],
      [2, 'only-ours', 'c', []],
      [3, 'differing', 'e', [{ field: '国家系统编号', ours: '9', theirs: '5' }]],
      [4, 'only-theirs', 'f', []],
    ]);
  });

  it('对方换了报送编号的，按国家系统编号对上；同一条不对上两次', () => {
    expect(compare([ours('a', '1'), ours('b', '1')], [item('x', '1')])).toMatchObject({
      matched: 1,
      onlyOurs: 1,
      onlyTheirs: 0,
    });
  });
});
