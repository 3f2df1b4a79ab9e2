import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { acceptabilityConstant } from './variables-sampling/index.ts';
import { runVectorCase, runVectorFile, type VectorFile } from './vector-runner.ts';
import { statisticsVectors } from './vectors.ts';

const FILES = [
  '00_distributions',
  '01_attribute_sampling',
  '02_supervision_dql',
  '03_variables_sampling',
  '04_plan_design',
  '05a_allocation',
  '05b_estimation',
] as const;

/** Tables of foreign editions, which the library deliberately does not carry. */
const FOREIGN_TABLES = ['milstd105e.double_plan', 'z19.plan_s_method'];

function read(name: string): VectorFile {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8')) as VectorFile;
}

describe('reference values computed in R and SciPy', () => {
  for (const name of FILES) {
    const { methods, uncovered } = runVectorFile(read(name), statisticsVectors);
    for (const method of methods) {
      it(`${name}: ${method.method}, ${method.cases} cases`, () => {
        expect(method.messages).toEqual([]);
      });
    }
    it(`${name}: computes every method except tables of foreign editions`, () => {
      expect(FOREIGN_TABLES).toEqual(expect.arrayContaining(uncovered.map((entry) => entry.method)));
    });
  }
});

describe('foreign tables', () => {
  it('test the arithmetic of M and k, and nothing else', () => {
    const cases = read('03_variables_sampling').cases.filter((vector) => vector.method === 'z19.plan_s_method');
    expect(cases.length).toBeGreaterThan(0);
    for (const vector of cases) {
      const { n, k, Mpercent } = vector.expected as { n: number; k: number; Mpercent: number };
      expect(Math.abs(acceptabilityConstant(Mpercent / 100, n) - k)).toBeLessThan(2e-4);
    }
  });
});

describe('the vector runner', () => {
  const run = (expected: unknown, tolerance: unknown, got: unknown): string[] =>
    runVectorCase(
      { id: 'x', method: 'm', source: '', inputs: {}, expected, tolerance },
      {
        m: () => got,
      },
    ).problems;

  it('fails a number outside its tolerance, a NaN, a missing field and a wrong length', () => {
    expect(run({ a: 1 }, { abs: 0.1, rel: 0 }, { a: 1.05 })).toEqual([]);
    expect(run({ a: 1 }, { abs: 0.01, rel: 0 }, { a: 1.05 })).toHaveLength(1);
    expect(run({ a: 1 }, { abs: 1, rel: 0 }, { a: Number.NaN })).toHaveLength(1);
    expect(run({ a: 1 }, 'exact', {})).toHaveLength(1);
    expect(run({ a: [1, 2] }, 'exact', { a: [1] })).toHaveLength(1);
  });

  it('treats null as undefined quantity, never as 0', () => {
    expect(run({ a: null }, 'exact', { a: 0 })).toHaveLength(1);
    expect(run({ a: null }, 'exact', { a: null })).toEqual([]);
  });

  it('takes a per-field tolerance for a field or for names that start with it', () => {
    expect(run({ asnAtP1: 10 }, { n: 'exact', asn: 0.1 }, { asnAtP1: 10.05 })).toEqual([]);
    expect(run({ n: 10 }, { n: 'exact', asn: 0.1 }, { n: 10.05 })).toHaveLength(1);
  });

  it('demands a typed error where the vectors expect one', () => {
    const failing = {
      m: (): never => {
        throw new TypeError('x');
      },
    };
    const vector = { id: 'x', method: 'm', source: '', inputs: {}, expected: { error: true }, tolerance: 'exact' };
    expect(runVectorCase(vector, failing).problems).toHaveLength(1);
    expect(run({ error: true }, 'exact', { a: 1 })).toHaveLength(1);
  });
});
