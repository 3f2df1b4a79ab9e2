import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { consistentSample, shortTicket } from './consistent-sampling.ts';

const fixture = JSON.parse(readFileSync(new URL('../fixtures/consistent-sampler.json', import.meta.url), 'utf8')) as {
  cases: {
    frame: string[];
    seed: string;
    take: number;
    with_replacement: boolean;
    expected: { ticket: string; id: string; generation: number }[];
  }[];
  documented: { id: string; inputs: { ids?: string[]; seed: string; take: number }; expected: { ids: string[] } }[];
};

describe('consistent sampling', () => {
  it.each(fixture.cases.map((vector, index) => ({ ...vector, index, size: vector.frame.length })))(
    'case $index: $take of $size, with replacement $with_replacement',
    ({ frame, seed, take, with_replacement: withReplacement, expected }) => {
      const drawn = consistentSample(frame, seed, take, { withReplacement });
      expect(drawn.map(({ id, ticket, generation }) => ({ ticket: shortTicket(ticket), id, generation }))).toEqual(
        expected,
      );
    },
  );

  it.each(fixture.documented)('the example $id of its author', ({ inputs, expected }) => {
    const everySecond = Array.from({ length: 100 }, (_, index) => `ENT-${String(2 * index + 2).padStart(4, '0')}`);
    const drawn = consistentSample(inputs.ids ?? everySecond, inputs.seed, inputs.take);
    expect(drawn.map(({ id }) => id)).toEqual(expected.ids);
  });

  it('keeps the order when only a part of the frame takes part', () => {
    const frame = Array.from({ length: 300 }, (_, index) => `企业${index}`);
    const part = new Set(frame.filter((_, index) => index % 3 === 0));
    const whole = consistentSample(frame, 'seed', 300).filter(({ id }) => part.has(id));
    expect(consistentSample([...part], 'seed', 100)).toEqual(whole);
  });

  it('refuses a frame that lists somebody twice', () => {
    expect(() => consistentSample(['甲', '乙', '甲'], '1', 1)).toThrow(
      expect.objectContaining({ code: 'FRAME_REPEATS' }),
    );
  });
});
