import { requireList, requireWhole } from '../arguments.ts';
import { binomialPmf, hypergeometricPmf, poissonPmf } from '../distributions/index.ts';
import { StatisticsError } from '../errors.ts';
import { type LotQuality, requireQuality } from './operating-characteristic.ts';

const CLAUSE = 'GB/T 2828.1-2012 11.1.2, 11.1.3 (double and multiple sampling)';

/** One stage of a double or multiple plan. Acceptance and rejection numbers apply to the cumulative count. */
export interface Stage {
  /** Units drawn at this stage. */
  readonly n: number;
  /** Acceptance number, or null when acceptance is not permitted at this stage (printed as # in the tables). */
  readonly ac: number | null;
  readonly re: number;
}

/** Exact properties of a multi-stage plan at one quality. */
export interface MultistageResult {
  readonly pa: number;
  /** Average sample number, units: Σ n_i · P(stage i is reached); every drawn sample is inspected completely. */
  readonly asn: number;
  /** Probability of acceptance at each stage. */
  readonly acceptAt: readonly number[];
  /** Probability of non-acceptance at each stage. */
  readonly rejectAt: readonly number[];
}

function requireStages(stages: readonly Stage[]): void {
  requireList(stages, 'stages', CLAUSE);
  let previousAc = -1;
  stages.forEach((stage, index) => {
    requireWhole(stage.n, `stages[${index}].n`, CLAUSE, 1);
    requireWhole(stage.re, `stages[${index}].re`, CLAUSE, 1);
    const last = index === stages.length - 1;
    if (stage.ac !== null) {
      requireWhole(stage.ac, `stages[${index}].ac`, CLAUSE, 0, stage.re - 1);
    }
    const decisive = last ? stage.ac !== null && stage.re === stage.ac + 1 : true;
    if (!decisive || (stage.ac ?? previousAc) < previousAc) {
      throw new StatisticsError({
        code: 'stages-inconsistent',
        argument: `stages[${index}]`,
        clause: CLAUSE,
        zh: '末次抽样的拒收数应为接收数加 1，且接收数不得逐次减小',
        en: 'the last stage needs Re = Ac + 1 and acceptance numbers must not decrease from stage to stage',
      });
    }
    previousAc = stage.ac ?? previousAc;
  });
}

/** P(k nonconforming in the next n units), given that `drawn` units held `found`. */
function nextCount(quality: LotQuality, k: number, n: number, drawn: number, found: number): number {
  switch (quality.model) {
    case 'binomial':
      return binomialPmf(k, n, quality.p);
    case 'poisson':
      return poissonPmf(k, (n * quality.per100Units) / 100);
    default:
      return hypergeometricPmf(k, quality.lotSize - drawn, quality.nonconforming - found, n);
  }
}

/**
 * Probability of acceptance and ASN of a double or multiple plan, by exact dynamic programming over the cumulative
 * count. All stages together must not exceed the lot under the hypergeometric model.
 * Throws `stages-inconsistent`, `sample-larger-than-lot` and range errors.
 */
export function multistageCharacteristic(stages: readonly Stage[], quality: LotQuality): MultistageResult {
  requireStages(stages);
  requireQuality(
    quality,
    stages.reduce((sum, stage) => sum + stage.n, 0),
  );
  const acceptAt: number[] = [];
  const rejectAt: number[] = [];
  let asn = 0;
  let drawn = 0;
  let undecided = new Map<number, number>([[0, 1]]);
  for (const stage of stages) {
    const { accept, reject, next, reached } = advance(undecided, stage, quality, drawn);
    asn += stage.n * reached;
    acceptAt.push(accept);
    rejectAt.push(reject);
    undecided = next;
    drawn += stage.n;
  }
  return { pa: acceptAt.reduce((sum, value) => sum + value, 0), asn, acceptAt, rejectAt };
}

function advance(
  undecided: ReadonlyMap<number, number>,
  stage: Stage,
  quality: LotQuality,
  drawn: number,
): { accept: number; reject: number; next: Map<number, number>; reached: number } {
  let reached = 0;
  let accept = 0;
  let continued = 0;
  const next = new Map<number, number>();
  // Units hold one nonconforming unit each at most, but any number of nonconformities.
  const most = quality.model === 'poisson' ? Number.POSITIVE_INFINITY : stage.n;
  for (const [found, weight] of undecided) {
    reached += weight;
    for (let total = found; total < stage.re && total - found <= most; total += 1) {
      const probability = weight * nextCount(quality, total - found, stage.n, drawn, found);
      // What cannot have been found so far (more than the lot holds, or fewer) has no next sample either.
      if (probability === 0) continue;
      if (stage.ac !== null && total <= stage.ac) {
        accept += probability;
      } else {
        continued += probability;
        next.set(total, (next.get(total) ?? 0) + probability);
      }
    }
  }
  return { accept, reject: Math.max(0, reached - accept - continued), next, reached };
}
