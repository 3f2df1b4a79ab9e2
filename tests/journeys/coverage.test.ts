import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JourneyDeclaration } from '../../data/catalogue/journeys.ts';
import { catalogueReport, printReport } from '../../tools/catalogue.ts';
import { journeyCoverage, recordCoverage } from './coverage.ts';

const SAMPLING = 'product-supervision-sampling';
const declaration: JourneyDeclaration = {
  journey: 'campaign',
  systems: [
    { id: SAMPLING, steps: { 'plan drafted': 'annual plan from catalogue', 'plan approved': 'leaders: approve' } },
    { id: 'covert-inspection', steps: { 'report filed': 'report' } },
  ],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journeys-'));
  writeFileSync(join(folder, 'campaign.coverage.json'), JSON.stringify(declaration));
});
afterEach(() => rmSync(folder, { recursive: true }));

const start = () =>
  journeyCoverage('campaign', pathToFileURL(join(folder, 'campaign.test.ts')).href, join(folder, '.results'));
const sampling = () =>
  catalogueReport(folder)
    .groups.flatMap((group) => group.members)
    .find((member) => member.id === SAMPLING);

describe('a journey’s coverage', () => {
  it('counts a system when the journey passed and every declared step happened', () => {
    const coverage = start();
    coverage.step(SAMPLING, 'plan drafted');
    coverage.step(SAMPLING, 'plan approved');
    coverage.finish(true);
    expect(JSON.parse(readFileSync(join(folder, '.results/campaign.json'), 'utf8'))).toEqual({
      journey: 'campaign',
      passed: true,
      systems: [
        { id: SAMPLING, steps: ['plan drafted', 'plan approved'] },
        { id: 'covert-inspection', steps: [] },
      ],
    });
    const report = catalogueReport(folder);
    expect([report.systems, report.covered, report.stepsHappened]).toEqual([276, 1, 2]);
    expect(sampling()?.happened).toEqual([
      '监督处: annual plan from catalogue, model, budget -> DRAFT',
      'leaders: approve -> APPROVED',
    ]);
    expect(printReport(report)).toContain('- covert-inspection');
    expect(report.groups.find((group) => group.group === 'supervision-sampling')).toMatchObject({
      systems: 15,
      covered: 1,
    });
  });

  it('does not count a step that was left out, a failed run, or no run at all', () => {
    expect(sampling()?.claims[0]?.because).toBe('not run');
    const half = start();
    half.step(SAMPLING, 'plan drafted');
    half.finish(true);
    expect(sampling()).toMatchObject({ covered: false, claims: [{ because: 'did not happen: plan approved' }] });
    const failed = start();
    failed.step(SAMPLING, 'plan drafted');
    failed.step(SAMPLING, 'plan approved');
    failed.finish(false);
    expect(sampling()).toMatchObject({ covered: false, happened: [], claims: [{ because: 'failed' }] });
  });

  it('forgets the last result as soon as the journey starts again', () => {
    start().finish(true);
    start();
    expect(existsSync(join(folder, '.results/campaign.json'))).toBe(false);
  });

  it('refuses a system or a step that was not declared, and a declaration the catalogue does not know', () => {
    const coverage = start();
    expect(() => coverage.step('recall-register', 'plan drafted')).toThrow('does not declare the system');
    expect(() => coverage.step(SAMPLING, 'tea served')).toThrow('declares no step “tea served”');
    expect(() =>
      recordCoverage(
        { journey: 'campaign', passed: true, systems: [{ id: SAMPLING, steps: ['x'] }] },
        declaration,
        folder,
      ),
    ).toThrow();
    writeFileSync(
      join(folder, 'campaign.coverage.json'),
      JSON.stringify({ journey: 'campaign', systems: [{ id: 'nowhere', steps: { a: 'b' } }] }),
    );
    expect(() => start()).toThrowError(expect.objectContaining({ code: 'system-unknown' }));
    writeFileSync(
      join(folder, 'campaign.coverage.json'),
      JSON.stringify({ journey: 'campaign', systems: [{ id: SAMPLING, steps: {} }] }),
    );
    expect(() => start()).toThrow('names no step');
  });

  it('names a result whose declaration is gone', () => {
    start().finish(true);
    rmSync(join(folder, 'campaign.coverage.json'));
    expect(catalogueReport(folder)).toMatchObject({ covered: 0, undeclared: ['campaign'] });
  });
});
