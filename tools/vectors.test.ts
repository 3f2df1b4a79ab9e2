import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runVectorFile, type VectorFile } from '../libs/statistics/src/vector-runner.ts';
import { drawVectors } from '../libs/transparency/src/vectors.ts';

const fixture = new URL('../libs/statistics/fixtures/05c_random_draws.json', import.meta.url);

describe('reference values of random draws', () => {
  for (const method of runVectorFile(JSON.parse(readFileSync(fixture, 'utf8')) as VectorFile, drawVectors)) {
    it(`${method.method}, ${method.cases} cases`, () => {
      expect(method.messages).toEqual([]);
    });
  }
});
