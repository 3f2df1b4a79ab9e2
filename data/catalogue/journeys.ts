import { readFileSync } from 'node:fs';
import { getSystem, stepsOf } from './index.ts';

/**
 * What a journey sets out to show. It stands beside the test as `<journey>.coverage.json`. For every system it names the
 * steps it takes, each with the step of the catalogue that it stands for: the full text, or a part found in one step only.
 */
export interface JourneyDeclaration {
  readonly journey: string;
  readonly systems: readonly { readonly id: string; readonly steps: Readonly<Record<string, string>> }[];
}

/** What a run of the journey really did. */
export interface JourneyResult {
  readonly journey: string;
  readonly passed: boolean;
  readonly systems: readonly { readonly id: string; readonly steps: readonly string[] }[];
}

/**
 * Reads a declaration and holds it against the catalogue.
 * @throws UnknownCodeError `system-unknown` for a system that is not in the catalogue
 * @throws Error for a system named twice or without steps, and for a step that the catalogue does not know
 */
export function readDeclaration(file: string | URL): JourneyDeclaration {
  const declaration = JSON.parse(readFileSync(file, 'utf8')) as JourneyDeclaration;
  const named = new Set<string>();
  for (const { id, steps } of declaration.systems) {
    if (named.has(id)) throw new Error(`Journey ${declaration.journey} names ${id} twice.`);
    named.add(id);
    if (Object.keys(steps).length === 0) throw new Error(`Journey ${declaration.journey} names no step of ${id}.`);
    for (const text of Object.values(steps)) catalogueStep(id, text);
  }
  return declaration;
}

/**
 * The step of the catalogue that `text` stands for.
 * @throws Error when no step, or more than one, contains the text
 */
export function catalogueStep(id: string, text: string): string {
  const steps = stepsOf(getSystem(id));
  if (steps.includes(text)) return text;
  const found = steps.filter((step) => step.includes(text));
  if (found.length === 1) return found[0]!;
  const reason = found.length === 0 ? 'no step' : `${found.length} steps`;
  throw new Error(`“${text}” is part of ${reason} of ${id}. The catalogue has: ${steps.join(' | ')}`);
}
