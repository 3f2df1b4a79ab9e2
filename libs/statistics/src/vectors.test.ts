import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
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
  '09a_control_charts',
  '09b_outbreak_detection',
  '09c_spatial_scan',
  '09d_disproportionality',
  '10_risk_rapex',
  '11_quality_indices',
  '12_special_equipment',
  '13_calibration_intervals',
  '14_credit_scoring',
] as const;

function read(name: string): VectorFile {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8')) as VectorFile;
}

describe('reference values computed in R and SciPy', () => {
  for (const name of FILES) {
    for (const method of runVectorFile(read(name), statisticsVectors)) {
      it(`${name}: ${method.method}, ${method.cases} cases`, () => {
        expect(method.messages).toEqual([]);
      });
    }
  }
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

  it('fails a method that nobody computes, and a number that only some points of a list have', () => {
    const vector = { id: 'x', method: 'other', source: '', inputs: {}, expected: 1, tolerance: 'exact' };
    expect(runVectorFile({ file: '', cases: [vector] }, {})[0]?.failures).toBe(1);
    expect(run({ a: 1 }, 'exact', { a: [1, 1] })).toEqual([]);
    expect(run({ a: 1 }, 'exact', { a: [1, 2] })).toHaveLength(1);
    expect(run({ a: 1 }, 'exact', { a: [] })).toHaveLength(1);
  });

  it('fails a method named like a property of objects, and a case that expects nothing', () => {
    const vector = { id: 'x', method: 'valueOf', source: '', inputs: {}, expected: {}, tolerance: 'exact' };
    expect(runVectorCase(vector, {}).problems).toEqual(['method valueOf is not computed here']);
    expect(run({}, 'exact', { a: 1 })).toHaveLength(1);
    expect(run(undefined, 'exact', undefined)).toHaveLength(1);
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
