import { requireList } from '../arguments.ts';
import { type Fraction, fraction, parseProbability, printFraction, times } from './fraction.ts';
import { levelAt, RAPEX_MATRIX, RISK_LEVELS, type RiskLevel, type RiskMatrix, rowOf } from './matrix.ts';

/** A scenario of injury: the probabilities of its steps as written (`1/50`, `0.02`, `2%`), and the severity of the injury. */
export interface InjuryScenario {
  readonly steps: readonly string[];
  readonly severity: number;
}

/** Risk of one injury scenario. */
export interface ScenarioRisk {
  /** Product of the steps, an exact fraction in lowest terms. */
  readonly probability: string;
  readonly band: string;
  readonly level: RiskLevel;
}

function product(steps: readonly Fraction[]): Fraction {
  return steps.reduce(times, fraction(1n, 1n));
}

function readSteps({ steps }: InjuryScenario, matrix: RiskMatrix): Fraction[] {
  return requireList(steps, 'steps', matrix.edition).map((step, i) =>
    parseProbability(step, `steps[${i}]`, matrix.edition),
  );
}

function levelOf(probability: Fraction, severity: number, matrix: RiskMatrix): RiskLevel {
  return levelAt(matrix, rowOf(matrix, probability), severity);
}

/**
 * Level of a probability and severity. Band edges are not included (exactly 1/100 is in the band below), in exact
 * arithmetic. Throws `probability-unreadable`, `out-of-range`.
 */
export function riskLevel(probability: string, severity: number, matrix: RiskMatrix = RAPEX_MATRIX): RiskLevel {
  return levelOf(parseProbability(probability, 'probability', matrix.edition), severity, matrix);
}

/** Risk of one scenario: probabilities of its steps multiplied. Throws as {@link riskLevel}, and `empty-list`. */
export function scenarioRisk(scenario: InjuryScenario, matrix: RiskMatrix = RAPEX_MATRIX): ScenarioRisk {
  const probability = product(readSteps(scenario, matrix));
  const found = rowOf(matrix, probability);
  return {
    probability: printFraction(probability),
    band: found.band,
    level: levelAt(matrix, found, scenario.severity),
  };
}

/** The higher of two levels first. */
function byRank(a: RiskLevel, b: RiskLevel): number {
  return RISK_LEVELS.indexOf(a) - RISK_LEVELS.indexOf(b);
}

/** Risk of a product: that of its worst scenario. */
export interface ProductRisk {
  readonly scenarios: readonly ScenarioRisk[];
  readonly overall: RiskLevel;
}

/** The product's risk is the highest of its scenarios, 2010/15/EU part IV 2.5. Throws as {@link scenarioRisk}. */
export function productRisk(scenarios: readonly InjuryScenario[], matrix: RiskMatrix = RAPEX_MATRIX): ProductRisk {
  const risks = requireList(scenarios, 'scenarios', matrix.edition).map((scenario) => scenarioRisk(scenario, matrix));
  return {
    scenarios: risks,
    overall: risks
      .map(({ level }) => level)
      .sort(byRank)
      .at(-1)!,
  };
}

/** One assumption changed. `step` counts from 1. */
export type Variation =
  | { readonly step: number; readonly factor: '1/10' | '10'; readonly level: RiskLevel }
  | { readonly severity: number; readonly level: RiskLevel };

/** How far the level moves when one assumption at a time is changed. */
export interface Sensitivity {
  readonly base: RiskLevel;
  readonly min: RiskLevel;
  readonly max: RiskLevel;
  /** True when no single change alters the level. */
  readonly robust: boolean;
  readonly variations: readonly Variation[];
}

/**
 * Sensitivity as 2010/15/EU part IV 2.3 asks: each step a tenth and ten times (1 at most), the severity one less and one
 * more where the matrix has it, one change at a time. Throws as {@link scenarioRisk}.
 */
export function riskSensitivity(scenario: InjuryScenario, matrix: RiskMatrix = RAPEX_MATRIX): Sensitivity {
  const steps = readSteps(scenario, matrix);
  const { severity } = scenario;
  const base = levelOf(product(steps), severity, matrix);
  const varied = (index: number, factor: '1/10' | '10'): RiskLevel => {
    const step = steps[index]!;
    const changed =
      factor === '10'
        ? fraction(10n * step.numerator, step.denominator)
        : fraction(step.numerator, 10n * step.denominator);
    const capped = changed.numerator > changed.denominator ? fraction(1n, 1n) : changed;
    return levelOf(product(steps.with(index, capped)), severity, matrix);
  };
  const variations: Variation[] = [
    ...steps.flatMap((_, index) =>
      (['1/10', '10'] as const).map((factor) => ({ step: index + 1, factor, level: varied(index, factor) })),
    ),
    ...[severity - 1, severity + 1]
      .filter((other) => other >= 1 && other <= matrix.rows[0]!.levels.length)
      .map((other) => ({ severity: other, level: levelOf(product(steps), other, matrix) })),
  ];
  const levels = [base, ...variations.map(({ level }) => level)].sort(byRank);
  return {
    base,
    min: levels[0]!,
    max: levels.at(-1)!,
    robust: variations.every(({ level }) => level === base),
    variations,
  };
}
