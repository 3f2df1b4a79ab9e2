import { refuse } from '../conformity/refuse.ts';
import type { VectorInputs, VectorRegistry } from '../vector-registry.ts';
import {
  coverageFactor,
  type InputQuantity,
  kragten,
  propagate,
  propagateReadings,
  type TypeBKnowledge,
  typeA,
  typeB,
  welchSatterthwaite,
} from './gum.ts';
import { compileModel } from './model.ts';
import { type InputDistribution, monteCarlo } from './monte-carlo.ts';

const number = (inputs: VectorInputs, key: string): number => inputs[key] as number;
const text = (inputs: VectorInputs, key: string): string => inputs[key] as string;

function quantities(inputs: VectorInputs): readonly InputQuantity[] {
  const u = inputs.u as Readonly<Record<string, number>>;
  return Object.entries(inputs.x as Readonly<Record<string, number>>).map(([name, value]) => ({
    name,
    value,
    u: u[name] ?? 0,
  }));
}

function unknown(name: string): never {
  refuse(
    'distribution-unknown',
    'distribution',
    'JCGM 100:2008 4.3',
    `未知的分布“${name}”。`,
    `Unknown distribution "${name}".`,
  );
}

function knowledge(inputs: VectorInputs): TypeBKnowledge {
  const name = text(inputs, 'distribution');
  const value = number(inputs, 'value');
  const beta = /^trapezoid_beta([\d.]+)$/.exec(name)?.[1];
  if (beta !== undefined) return { kind: 'trapezoid', halfWidth: value, beta: Number(beta) };
  const k = /^normal_k([\d.]+)$/.exec(name)?.[1];
  if (k !== undefined) return { kind: 'expanded', U: value, k: Number(k) };
  if (name === 'rectangular' || name === 'triangular' || name === 'arcsine') return { kind: name, halfWidth: value };
  return name === 'resolution' ? { kind: 'resolution', step: value } : unknown(name);
}

interface DrawnInput {
  readonly dist: string;
  readonly mean: number;
  readonly sd: number;
}

/** Vector files give every distribution by mean and standard deviation. */
function distribution(input: DrawnInput): InputDistribution {
  if (input.dist === 'normal') return { kind: 'normal', mean: input.mean, sd: input.sd };
  const spread = { rectangular: Math.sqrt(3), uniform: Math.sqrt(3), triangular: Math.sqrt(6), arcsine: Math.SQRT2 };
  if (!Object.hasOwn(spread, input.dist)) unknown(input.dist);
  const half = input.sd * spread[input.dist as keyof typeof spread];
  const kind = input.dist === 'uniform' ? 'rectangular' : (input.dist as 'rectangular' | 'triangular' | 'arcsine');
  return { kind, lower: input.mean - half, upper: input.mean + half };
}

/** Reference-vector methods of measurement uncertainty, by name. */
export const uncertaintyVectors: VectorRegistry = {
  'gum.coverage_factor': (i) => ({ k: coverageFactor(number(i, 'p'), (i.df as number | null | undefined) ?? null) }),
  'gum.type_a': (i) => typeA(i.x as readonly number[]),
  'gum.type_b': (i) => ({ u: typeB(knowledge(i)) }),
  'gum.welch_satterthwaite': (i) => {
    const combined = welchSatterthwaite(i.u as readonly number[], i.df as readonly (number | null)[]);
    return { ...combined, k95: combined.k, U95: combined.U };
  },
  'gum.propagate': (i) => propagate(text(i, 'model'), quantities(i)),
  'gum.kragten': (i) => kragten(text(i, 'model'), quantities(i)),
  'gum.propagate_correlated': (i) => {
    const data = i.data as Readonly<Record<string, readonly number[]>>;
    const { names } = compileModel(text(i, 'model'));
    return propagateReadings(
      text(i, 'model'),
      Object.fromEntries(Object.entries(data).filter(([name]) => names.includes(name))),
    );
  },
  'mc.propagate': (i) => {
    const model = text(i, 'model');
    const drawn = i.inputs as readonly DrawnInput[];
    return monteCarlo(
      model,
      Object.fromEntries(
        compileModel(model).names.map((name, k) => [name, distribution(drawn[k] ?? unknown(`input ${k}`))]),
      ),
      {
        trials: number(i, 'trials'),
        seed: 20081101,
        interval: i.interval === 'shortest' ? 'shortest' : 'symmetric',
      },
    );
  },
};
