/**
 * Says how much of the catalogue passing journeys really went through: `npm run catalogue`, or `-- --json` for a machine.
 * A system counts only when a passed journey did every step that its declaration names for that system.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { systems as catalogue, stepsOf } from '../data/catalogue/index.ts';
import {
  catalogueStep,
  type JourneyDeclaration,
  type JourneyResult,
  readDeclaration,
} from '../data/catalogue/journeys.ts';

/** What one journey does for one system. */
interface Claim {
  journey: string;
  counts: boolean;
  /** Why it does not count: not run, failed, or the steps that did not happen. */
  because: string | null;
  /** Catalogue steps that happened in a passed run. */
  steps: string[];
}

export interface SystemCoverage {
  id: string;
  zh: string;
  en: string;
  covered: boolean;
  claims: Claim[];
  /** Catalogue steps that passed journeys went through, in the order of the catalogue. */
  happened: string[];
  /** Number of steps in the catalogue. */
  steps: number;
}

export interface CatalogueReport {
  systems: number;
  covered: number;
  steps: number;
  stepsHappened: number;
  groups: { group: string; systems: number; covered: number; members: SystemCoverage[] }[];
  /** Results without a declaration; they cover nothing. */
  undeclared: string[];
}

/**
 * Holds declarations and results in `folder` against the catalogue.
 * @param folder where `*.coverage.json` stand (at any depth) and `.results/` lies
 */
export function catalogueReport(folder: string): CatalogueReport {
  const declarations = globSync('**/*.coverage.json', { cwd: folder })
    .sort()
    .map((file) => readDeclaration(join(folder, file)));
  const results = readResults(join(folder, '.results'));
  const claims = claimsBySystem(declarations, results);
  const members = catalogue().map((system): SystemCoverage & { group: string } => {
    const own = claims.get(system.id) ?? [];
    const done = new Set(own.flatMap((claim) => claim.steps));
    const steps = stepsOf(system);
    const happened = steps.filter((step) => done.has(step));
    const { id, zh, en, group } = system;
    return {
      id,
      zh,
      en,
      group,
      covered: own.some((claim) => claim.counts),
      claims: own,
      happened,
      steps: steps.length,
    };
  });
  const groups = [...Map.groupBy(members, (member) => member.group)].map(([group, list]) => ({
    group,
    systems: list.length,
    covered: list.filter((member) => member.covered).length,
    members: list.map(({ group: _, ...member }) => member),
  }));
  return {
    systems: members.length,
    covered: members.filter((member) => member.covered).length,
    steps: members.reduce((sum, member) => sum + member.steps, 0),
    stepsHappened: members.reduce((sum, member) => sum + member.happened.length, 0),
    groups,
    undeclared: [...results.keys()].filter((journey) => !declarations.some((one) => one.journey === journey)),
  };
}

function readResults(folder: string): Map<string, JourneyResult> {
  if (!existsSync(folder)) return new Map();
  return new Map(
    globSync('*.json', { cwd: folder })
      .sort()
      .map((file) => [basename(file, '.json'), JSON.parse(readFileSync(join(folder, file), 'utf8')) as JourneyResult]),
  );
}

function claimsBySystem(declarations: JourneyDeclaration[], results: Map<string, JourneyResult>): Map<string, Claim[]> {
  const claims = new Map<string, Claim[]>();
  for (const { journey, systems } of declarations) {
    for (const { id, steps } of systems) {
      claims.set(id, [...(claims.get(id) ?? []), claimOf(journey, id, steps, results.get(journey))]);
    }
  }
  return claims;
}

function claimOf(journey: string, id: string, named: Readonly<Record<string, string>>, result?: JourneyResult): Claim {
  if (result === undefined) return { journey, counts: false, because: 'not run', steps: [] };
  if (!result.passed) return { journey, counts: false, because: 'failed', steps: [] };
  const done = new Set(result.systems.find((system) => system.id === id)?.steps);
  const missing = Object.keys(named).filter((step) => !done.has(step));
  const steps = Object.entries(named).flatMap(([step, text]) => (done.has(step) ? [catalogueStep(id, text)] : []));
  if (missing.length === 0) return { journey, counts: true, because: null, steps };
  return { journey, counts: false, because: `did not happen: ${missing.join(', ')}`, steps };
}

/** The report as lines for a terminal; systems that no journey declares are only counted. */
export function printReport(report: CatalogueReport): string {
  const lines = [
    `${report.covered} of ${report.systems} systems covered by passing journeys; ${report.stepsHappened} of ${report.steps} catalogue steps happened`,
    '',
  ];
  for (const { group, systems, covered, members } of report.groups) {
    lines.push(`${group.padEnd(32)}${String(covered).padStart(3)} / ${systems}`);
    for (const member of members.filter((one) => one.claims.length > 0)) lines.push(...printSystem(member));
  }
  if (report.undeclared.length > 0) lines.push('', `Results without a declaration: ${report.undeclared.join(', ')}`);
  return lines.join('\n');
}

function printSystem({ id, zh, covered, claims, happened, steps }: SystemCoverage): string[] {
  const journeys = claims
    .map(({ journey, because }) => (because === null ? journey : `${journey}: ${because}`))
    .join('; ');
  return [
    `  ${covered ? '+' : '-'} ${id} ${zh} (${happened.length} of ${steps} steps; ${journeys})`,
    ...happened.map((step) => `      ${step}`),
  ];
}

if (import.meta.main) {
  const report = catalogueReport(join(import.meta.dirname, '../tests/journeys'));
  console.log(process.argv.includes('--json') ? JSON.stringify(report, null, 2) : printReport(report));
}
