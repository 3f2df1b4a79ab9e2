import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  circularZones,
  createGenerator,
  ebgmOfCells,
  type GammaPoissonPrior,
  monteCarlo,
  operatingCharacteristic,
  PREFERRED_AQL,
  type ScanZone,
  singlePlanForLot,
  spaceTimePermutationScan,
} from '@hengjian/statistics';
import { median, repeatable, rounded } from './measure.ts';

const LOTS = [8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000, 150_000, 500_000, 1_000_000];
const QUALITIES = Float64Array.from({ length: 1001 }, (_, i) => i / 2000);
const PRIOR: GammaPoissonPrior = {
  alpha1: 3.25280367,
  beta1: 0.39983376,
  alpha2: 2.024904,
  beta2: 1.90726819,
  weight: 0.06536416,
};
const CELLS = 1_000_000;
/** Hunan's counties and districts, a year of days. */
const AREAS = 122;
const PERIODS = 365;
const LONGEST = 30;
const TRIALS = 1_000_000;

/** Model and inputs of JCGM 101:2008 9.3, calibration of a mass standard (mg, kg/m³). */
const MASS_MODEL = '(m + d)*(1 + (a - 1.2)*(1/w - 1/r)) - 100000';
const MASS_INPUTS = {
  m: { kind: 'normal', mean: 100_000, sd: 0.05 },
  d: { kind: 'normal', mean: 1.234, sd: 0.02 },
  a: { kind: 'rectangular', lower: 1.1, upper: 1.3 },
  w: { kind: 'rectangular', lower: 7000, upper: 9000 },
  r: { kind: 'rectangular', lower: 7950, upper: 8050 },
} as const;

interface Part {
  /** Processor seconds of each round, which other work on the machine disturbs least. */
  readonly seconds: readonly number[];
  readonly result: readonly number[];
}

type PartName = 'curves' | 'monteCarlo' | 'shrinkage' | 'scan';

function timed(rounds: number, work: () => readonly number[]): Part {
  const seconds: number[] = [];
  let result: readonly number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = process.cpuUsage();
    result = work();
    const { user, system } = process.cpuUsage(start);
    seconds.push((user + system) / 1e6);
  }
  return { seconds, result };
}

/** A Poisson number by inversion; means up to a few dozen. */
function poisson(mean: number, random: () => number): number {
  let left = random();
  let probability = Math.exp(-mean);
  let count = 0;
  while (left > probability && count < 1000) {
    left -= probability;
    count += 1;
    probability *= mean / count;
  }
  return count;
}

interface Data {
  readonly counts: Float64Array;
  readonly expected: Float64Array;
  readonly grid: readonly (readonly number[])[];
  readonly zones: readonly ScanZone[];
}

function makeData(): Data {
  const random = repeatable(20_261_127);
  const expected = Float64Array.from({ length: CELLS }, () => Math.exp(6 * random() - 4));
  const counts = expected.map((value) => poisson(value * (random() < 0.05 ? 4 : 1), random));
  const x = Array.from({ length: AREAS }, () => 600 * random());
  const y = Array.from({ length: AREAS }, () => 600 * random());
  const population = Array.from({ length: AREAS }, () => 100 + 1400 * random());
  const whole = population.reduce((sum, people) => sum + people, 0);
  const grid = population.map((people) =>
    Array.from({ length: PERIODS }, () => poisson((30 * people) / whole, random)),
  );
  return { counts, expected, grid, zones: circularZones(x, y, population, 0.5) };
}

function plansOf(): { n: number; ac: number }[] {
  return LOTS.flatMap((lot) =>
    PREFERRED_AQL.filter((aql) => aql <= 10).map((aql) => {
      const { n, ac } = singlePlanForLot(lot, 'II', aql, 'normal');
      return { n, ac };
    }),
  );
}

/** The four pieces of work by this library. */
function measureOurs(data: Data, rounds: number, replicates: number): Record<PartName, Part> {
  const qualities = [...QUALITIES];
  return {
    curves: timed(rounds, () => {
      let total = 0;
      for (const plan of plansOf()) {
        for (const { pa } of operatingCharacteristic(plan, qualities, { model: 'binomial' })) total += pa;
      }
      return [total];
    }),
    monteCarlo: timed(rounds, () => {
      const { y, u, lower, upper } = monteCarlo(MASS_MODEL, MASS_INPUTS, { trials: TRIALS, seed: 7 });
      return [y, u, lower, upper];
    }),
    shrinkage: timed(rounds, () => [
      ebgmOfCells(data.counts, data.expected, PRIOR).reduce((sum, value) => sum + value, 0),
    ]),
    scan: timed(1, () => {
      const simulation = { replicates, generator: createGenerator(7) };
      const { mostLikely } = spaceTimePermutationScan(
        { counts: data.grid, zones: data.zones, longest: LONGEST },
        simulation,
      );
      return [mostLikely!.llr, mostLikely!.p!];
    }),
  };
}

/** The same in R, or null where it is not installed. */
function measureR(
  data: Data,
  rounds: number,
  replicates: number,
): (Record<PartName, Part> & { version: string }) | null {
  if (spawnSync('Rscript', ['--version']).status !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-bench-'));
  const write = (name: string, values: Float64Array | Uint8Array): void => {
    writeFileSync(join(folder, name), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  };
  try {
    write('qualities.bin', QUALITIES);
    write('counts.bin', data.counts);
    write('expected.bin', data.expected);
    write('prior.bin', Float64Array.of(PRIOR.alpha1, PRIOR.beta1, PRIOR.alpha2, PRIOR.beta2, PRIOR.weight));
    write('grid.bin', Float64Array.from(data.grid.flat()));
    const members = new Uint8Array(data.zones.length * AREAS);
    data.zones.forEach((zone, row) => {
      for (const area of zone) members[row * AREAS + area] = 1;
    });
    write('zones.bin', members);
    const plans = plansOf().map(({ n, ac }) => `${n},${ac}`);
    writeFileSync(join(folder, 'plans.csv'), ['n,ac', ...plans, ''].join('\n'));
    writeFileSync(
      join(folder, 'settings.csv'),
      `trials,areas,zones,longest,replicates\n${TRIALS},${AREAS},${data.zones.length},${LONGEST},${replicates}\n`,
    );
    const script = join(import.meta.dirname, 'statistics.R');
    return JSON.parse(execFileSync('Rscript', ['--vanilla', script, folder, String(rounds)], { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The relative difference that the two sides may have: random numbers differ, the rest does not. */
const ALIKE: Readonly<Record<PartName, number>> = { curves: 1e-9, monteCarlo: 0.01, shrinkage: 1e-9, scan: 1e-9 };

function requireAlike(name: PartName, ours: Part, theirs: Part): void {
  // The p-value of the scan, its second number, rests on random numbers of each side's own.
  const compared = name === 'scan' ? ours.result.slice(0, 1) : ours.result;
  compared.forEach((value, i) => {
    const other = theirs.result[i]!;
    if (!(Math.abs(value - other) <= ALIKE[name] * Math.abs(other))) {
      throw new Error(`${name}: ${value} here, ${other} in R`);
    }
  });
}

/**
 * Statistics beside plain vectorised R on the same data: OC curves of 1,001 points of 240 plans of GB/T 2828.1 (R is given the
 * plans, this library looks them up), a Monte Carlo propagation of 1,000,000 trials, EBGM of 1,000,000 cells, and a space-time
 * permutation scan of 122 counties over 365 days (clusters of up to 30 days that last to the end, circles of up to half the
 * population). Seconds
 * are of the processor, all threads; `ratio` is the speed beside R. Without R the ratios are null and `baseline` says so.
 */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const rounds = quick ? 3 : 7;
  const replicates = quick ? 99 : 999;
  const data = makeData();
  const ours = measureOurs(data, rounds, replicates);
  const theirs = measureR(data, rounds, replicates);
  const parts = (['curves', 'monteCarlo', 'shrinkage', 'scan'] as const).map((name) => {
    const seconds = median(ours[name].seconds);
    if (theirs === null) return [name, { seconds: rounded(seconds), baselineSeconds: null, ratio: null }];
    requireAlike(name, ours[name], theirs[name]);
    const baselineSeconds = median([theirs[name].seconds].flat());
    return [
      name,
      {
        seconds: rounded(seconds),
        baselineSeconds: rounded(baselineSeconds),
        ratio: rounded(baselineSeconds / seconds),
        result: ours[name].result,
        baselineResult: theirs[name].result,
      },
    ];
  });
  return {
    baseline: theirs === null ? 'Rscript is not installed: nothing to compare with' : theirs.version,
    rounds,
    replicates,
    plans: plansOf().length,
    points: QUALITIES.length,
    zones: data.zones.length,
    ...(Object.fromEntries(parts) as Record<string, unknown>),
  };
}
