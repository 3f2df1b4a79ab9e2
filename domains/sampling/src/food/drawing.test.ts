import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, eligibleBodies, placeOf } from './drawing.ts';

const body = (id: string): Candidate => ({ id, name: `${id}院`, listName: '名录' });

describe('随机确定复检机构（总局令第15号第三十二条）', () => {
  it('初检机构、有利害关系的、不能承担的不参加，各有理由', () => {
    const { eligible, excluded } = eligibleBodies(
      ['d', 'b', 'a', 'c', 'b'].map(body),
      { id: 'a', name: 'a院' },
      [{ id: 'b', reason: '日常检验业务委托' }],
      [{ id: 'd', name: 'd院', reason: '设备检修' }],
    );
    expect(eligible.map(({ id }) => id)).toEqual(['c']);
    expect(excluded).toEqual([
      { id: 'a', name: 'a院', reason: '初检机构' },
      { id: 'b', name: 'b院', reason: '日常检验业务委托' },
      { id: 'd', name: 'd院', reason: '不能承担：设备检修' },
    ]);
  });

  it('the same number draws the same place again, within the list, and no place is favoured', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 64 }), fc.integer({ min: 1, max: 50 }), (seed, count) => {
        const place = placeOf(seed, count);
        expect(place).toBe(placeOf(seed, count));
        expect(place).toBeLessThan(count);
      }),
    );
    const drawn = Array.from({ length: 3_000 }, (_, index) => placeOf(`number ${index}`, 3));
    for (const place of [0, 1, 2]) {
      const share = drawn.filter((one) => one === place).length / drawn.length;
      expect(Math.abs(share - 1 / 3)).toBeLessThan(0.05);
    }
    expect(() => placeOf('00', 0)).toThrow(RangeError);
  });
});
