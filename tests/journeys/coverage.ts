import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JourneyDeclaration, type JourneyResult, readDeclaration } from '../../data/catalogue/journeys.ts';

/** Where results are kept; not under version control. */
const RESULTS = join(import.meta.dirname, '.results');

export interface JourneyCoverage {
  /**
   * Notes that a declared step has really happened; call it after the assertion that proves it.
   * @throws Error when the journey's declaration names no such system or step
   */
  step(system: string, step: string): void;
  /** Writes the result. A journey that never gets here leaves no result and covers nothing. */
  finish(passed: boolean): void;
}

/**
 * Starts the record of a journey and takes away the result of an earlier run.
 *
 * ```ts
 * const coverage = journeyCoverage('campaign', import.meta.url); // reads campaign.coverage.json beside the test
 * coverage.step('product-supervision-sampling', 'plan drafted');
 * coverage.finish(true);
 * ```
 * @throws Error when the declaration is missing, bears another name, or names what the catalogue does not have
 */
export function journeyCoverage(journey: string, testUrl: string, results = RESULTS): JourneyCoverage {
  const declaration = readDeclaration(new URL(`${journey}.coverage.json`, testUrl));
  if (declaration.journey !== journey)
    throw new Error(`${journey}.coverage.json is of journey ${declaration.journey}.`);
  rmSync(resultFile(journey, results), { force: true });
  const happened = new Map(declaration.systems.map(({ id }) => [id, new Set<string>()]));
  return {
    step(system, step) {
      requireStep(declaration, system, step);
      happened.get(system)?.add(step);
    },
    finish(passed) {
      const systems = [...happened].map(([id, steps]) => ({ id, steps: [...steps] }));
      recordCoverage({ journey, passed, systems }, declaration, results);
    },
  };
}

/**
 * Writes the result of a run, for a journey that keeps its own record.
 * @throws Error when the declaration names no such system or step
 */
export function recordCoverage(result: JourneyResult, declaration: JourneyDeclaration, results = RESULTS): void {
  for (const { id, steps } of result.systems) for (const step of steps) requireStep(declaration, id, step);
  mkdirSync(results, { recursive: true });
  writeFileSync(resultFile(result.journey, results), `${JSON.stringify(result, null, 2)}\n`);
}

const resultFile = (journey: string, results: string): string => join(results, `${journey}.json`);

function requireStep({ journey, systems }: JourneyDeclaration, system: string, step: string): void {
  const declared = systems.find(({ id }) => id === system);
  if (declared === undefined) throw new Error(`Journey ${journey} does not declare the system ${system}.`);
  if (!Object.hasOwn(declared.steps, step)) {
    throw new Error(
      `Journey ${journey} declares no step “${step}” of ${system}, but: ${Object.keys(declared.steps).join(', ')}.`,
    );
  }
}
