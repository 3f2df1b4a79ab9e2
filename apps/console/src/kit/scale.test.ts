import { describe, expect, it } from 'vitest';
import { heightAt, roundTicks, thinned, worthShowing } from './scale.ts';

describe('the scale of a chart', () => {
  it('has round steps from zero to the end of the data', () => {
    expect(roundTicks(0.4, 4)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
    expect(roundTicks(0.3143, 6)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
    expect(roundTicks(0)).toEqual([0]);
  });

  it('reads a curve between its points and not beyond them', () => {
    const curve = [
      { x: 0, y: 1 },
      { x: 0.1, y: 0.4 },
    ];
    expect(heightAt(curve, 0.05)).toBeCloseTo(0.7, 12);
    expect(heightAt(curve, 0.2)).toBeUndefined();
  });

  it('keeps first and last point in the table beside the chart', () => {
    const rows = thinned([...Array(81).keys()], 11);
    expect(rows).toHaveLength(11);
    expect([rows[0], rows.at(-1)]).toEqual([0, 80]);
  });

  it('ends a falling curve where nothing more is to be seen', () => {
    const curve = [1, 0.3, 0.001, 0].map((y, x) => ({ x, y }));
    expect(worthShowing(curve)).toHaveLength(3);
    expect(worthShowing(curve.slice(0, 2))).toHaveLength(2);
  });
});
