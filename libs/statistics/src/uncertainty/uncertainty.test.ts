import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import file from '../../fixtures/08b_uncertainty_decision.json' with { type: 'json' };
import { normalQuantile } from '../distributions/index.ts';
import { runVectorCase, type VectorCase } from '../vector-runner.ts';
import { createGenerator } from './generator.ts';
import { kragten, propagate, typeB, welchSatterthwaite } from './gum.ts';
import { compileModel } from './model.ts';
import { monteCarlo } from './monte-carlo.ts';
import { uncertaintyVectors } from './vectors.ts';

const cases = (file.cases as VectorCase[]).filter((vector) => /^(?:gum|mc)\./.test(vector.method));

describe('reference vectors of measurement uncertainty', () => {
  it.each(cases.map((vector) => [vector.id, vector] as const))('%s', (_id, vector) => {
    expect(runVectorCase(vector, uncertaintyVectors).problems).toEqual([]);
  });
});

describe('measurement models', () => {
  it.each([
    ['2+3*4^2', {}, 50],
    ['-x^2', { x: 3 }, -9],
    ['2^-1', {}, 0.5],
    ['(a-b)/c', { a: 7, b: 1, c: 3 }, 2],
    ['sqrt(ln(exp(x)))', { x: 4 }, 2],
    ['1e3*质量/V', { 质量: 2, V: 4 }, 500],
    ['a-b-c', { a: 10, b: 3, c: 2 }, 5],
  ])('%s', (formula, inputs: Readonly<Record<string, number>>, value) => {
    const model = compileModel(formula);
    expect(model.value(model.names.map((name) => inputs[name] ?? Number.NaN))).toBeCloseTo(value, 12);
  });

  it.each(['', '1+', '(a', 'a)', 'a b', 'a;b', '1..2', 'log(x)', 'constructor(x)', 'a**b'])('refuses %s', (formula) => {
    expect(() => compileModel(formula)).toThrow(/model-not-understood|unknown-function/);
  });

  it('differentiates exactly', () => {
    const functions = ['sqrt', 'exp', 'ln', 'log10', 'sin', 'cos', 'tan', 'atan'];
    fc.assert(
      fc.property(fc.constantFrom(...functions), fc.double({ min: 0.2, max: 1.4, noNaN: true }), (name, x) => {
        const model = compileModel(`${name}(x)*x^3/(x+2)+2^x`);
        const step = 1e-6;
        const slope = (model.value([x + step]) - model.value([x - step])) / (2 * step);
        expect(model.gradient([x])[0]).toBeCloseTo(slope, 6);
      }),
    );
    expect(compileModel('asin(x)+acos(x)').gradient([0.3])[0]).toBeCloseTo(0, 12);
  });

  it('has no value at a division by zero', () => {
    expect(() => compileModel('1/x').value([0])).toThrow(/model-undefined/);
    expect(() => propagate('ln(x)', [{ name: 'x', value: -1, u: 0.1 }])).toThrow(/model-undefined/);
  });
});

describe('propagation of uncertainty', () => {
  it('refuses to call an uncertain square at zero certain', () => {
    expect(() => propagate('x^2', [{ name: 'x', value: 0, u: 0.1 }])).toThrow(/first-order-vanishes/);
    const inputs = [
      { name: 'a', value: 0.05, u: 0.005 },
      { name: 'b', value: 0, u: 0.005 },
    ];
    expect(propagate('a^2+b^2', inputs).monteCarloAdvised).toBe(true);
  });

  it('adds correlated inputs in full and cancels opposed ones', () => {
    const inputs = [
      { name: 'a', value: 1, u: 0.3 },
      { name: 'b', value: 1, u: 0.3 },
    ];
    const between: [string, string] = ['a', 'b'];
    expect(propagate('a+b', inputs, [{ between, r: 1 }]).u).toBeCloseTo(0.6, 12);
    expect(propagate('a-b', inputs, [{ between, r: 1 }]).u).toBeCloseTo(0, 12);
    expect(() => propagate('a+b', inputs, [{ between, r: 1.1 }])).toThrow(/out-of-range/);
    expect(() => propagate('a+c', inputs)).toThrow(/input-missing/);
    expect(() => propagate('a', inputs)).toThrow(/input-not-in-model/);
  });

  it('agrees with Kragten for linear models', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 3, maxLength: 3 }), (u) => {
        const inputs = ['a', 'b', 'c'].map((name, i) => ({ name, value: i + 1, u: (u[i] ?? 1) / 100 }));
        expect(kragten('2*a-3*b+c/4', inputs).u).toBeCloseTo(propagate('2*a-3*b+c/4', inputs).u, 9);
      }),
    );
  });

  it('reproduces the end gauge of GUM H.1: 32 nm, 16 degrees of freedom, U99 93 nm', () => {
    const combined = welchSatterthwaite([25, 9.7, 2.9, 16.6], [18, 25.6, 50, 2], 0.99);
    expect(combined.uc).toBeCloseTo(31.67, 2);
    expect(Math.floor(combined.dfEff ?? 0)).toBe(16);
    // The guide multiplies the rounded 32 nm by 2.92.
    expect(Math.round(32 * combined.k)).toBe(93);
  });

  it('knows the divisors of Type B', () => {
    expect(typeB({ kind: 'triangular', halfWidth: 1 })).toBeCloseTo(1 / Math.sqrt(6), 15);
    expect(typeB({ kind: 'resolution', step: 1 })).toBeCloseTo(1 / Math.sqrt(12), 15);
    expect(typeB({ kind: 'expanded', U: 0.024, k: 2 })).toBe(0.012);
    expect(() => typeB({ kind: 'rectangular', halfWidth: 0 })).toThrow(/not-positive/);
  });
});

describe('Monte Carlo', () => {
  const normal = { kind: 'normal', mean: 0, sd: 1 } as const;
  const rectangular = { kind: 'rectangular', lower: -Math.sqrt(3), upper: Math.sqrt(3) } as const;

  it('repeats itself with the same seed and not with another', () => {
    const run = (seed: number) => monteCarlo('a+b', { a: normal, b: rectangular }, { trials: 20_000, seed });
    expect(run(7)).toEqual(run(7));
    expect(run(7).y).not.toBe(run(8).y);
  });

  it('keeps its stream: a published seed must give the same numbers for ever', () => {
    const generator = createGenerator(1);
    const first = Array.from({ length: 4 }, () => generator.uniform());
    expect(first).toEqual([0.4318900744629621, 0.9279696868352301, 0.7695409400247222, 0.23638442839139828]);
    for (let n = 4; n < 99_999; n += 1) generator.uniform();
    expect(generator.uniform()).toBe(0.07323172264479316);
  });

  it('draws normal numbers by inversion', () => {
    const [uniform, normal] = [createGenerator(11), createGenerator(11)];
    for (let n = 0; n < 2000; n += 1) {
      const p = uniform.uniform();
      const z = normalQuantile(p);
      expect(Math.abs(normal.normal() - z)).toBeLessThan(2e-14 * Math.max(1, Math.abs(z)));
    }
  });

  it('a formula gives the same values in blocks of rows as one by one', () => {
    const model = compileModel('-(a + 2)*sqrt(b)/a - b^a + pi');
    const columns = model.names.map((_, i) => Float64Array.from({ length: 50 }, (__, row) => 0.3 + i + row / 7));
    const out = new Float64Array(50);
    model.rows()(columns, 50, out);
    out.forEach((value, row) => {
      expect(value).toBe(model.value(columns.map((column) => column[row]!)));
    });
  });

  it('the symmetric interval leaves the same trials on both sides, the shortest one is no longer', () => {
    const skew = { x: normal } as const;
    const options = { trials: 20_000, seed: 3 } as const;
    const symmetric = monteCarlo('exp(x)', skew, options);
    const shortest = monteCarlo('exp(x)', skew, { ...options, interval: 'shortest' });
    expect(shortest.upper - shortest.lower).toBeLessThan(symmetric.upper - symmetric.lower);
    expect(Math.log(symmetric.lower)).toBeCloseTo(-1.96, 1);
    expect(Math.log(symmetric.upper)).toBeCloseTo(1.96, 1);
  });

  it('gives the sum of four rectangular inputs of JCGM 101 9.2.3: u 2.00, interval ±3.88', () => {
    const inputs = { a: rectangular, b: rectangular, c: rectangular, d: rectangular };
    const result = monteCarlo('a+b+c+d', inputs, { trials: 400_000, seed: 101 });
    expect(result.u).toBeCloseTo(2, 1);
    expect(Math.abs(result.upper - 3.88)).toBeLessThan(0.03);
    expect(Math.abs(result.lower + 3.88)).toBeLessThan(0.03);
  });

  it('draws t, triangular and arcsine inputs with their standard deviations', () => {
    const u = (distribution: Parameters<typeof monteCarlo>[1][string]): number =>
      monteCarlo('x', { x: distribution }, { trials: 200_000, seed: 5 }).u;
    expect(u({ kind: 't', mean: 3, scale: 1, df: 10 })).toBeCloseTo(Math.sqrt(10 / 8), 1);
    expect(u({ kind: 'triangular', lower: -1, upper: 1 })).toBeCloseTo(1 / Math.sqrt(6), 2);
    expect(u({ kind: 'arcsine', lower: -1, upper: 1 })).toBeCloseTo(1 / Math.SQRT2, 2);
  });

  it('refuses too few trials and unknown inputs', () => {
    expect(() => monteCarlo('a', { a: normal }, { trials: 100, seed: 1 })).toThrow(/out-of-range/);
    expect(() => monteCarlo('a', { b: normal }, { trials: 10_000, seed: 1 })).toThrow(/input-not-in-model/);
    expect(() => monteCarlo('ln(a)', { a: normal }, { trials: 10_000, seed: 1 })).toThrow(/model-undefined/);
  });
});
