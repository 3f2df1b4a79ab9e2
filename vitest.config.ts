import { defineConfig } from 'vitest/config';
import { DaysForwardLast } from './tests/sequence.ts';

const shared = { testTimeout: 60_000, hookTimeout: 180_000 };

export default defineConfig({
  test: {
    sequence: { sequencer: DaysForwardLast },
    // Node reads the sources itself, as it does when the platform runs: a third of the processor time, and nothing in between.
    experimental: { viteModuleRunner: false },
    projects: [
      {
        test: {
          ...shared,
          name: 'units',
          include: [
            '{libs,kernel,reading,domains,flows,apps,data,tools}/**/*.test.ts',
            'tests/{trials,faults,matrix,walks}/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/dist/**'],
          pool: 'threads',
          maxWorkers: 2,
          // Modules are the same for every test file of a worker; tests keep no state in them.
          isolate: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'journeys',
          include: ['tests/{journeys,browser}/**/*.test.ts'],
          // One installation with the demonstration, started once and while other tests run; each journey works on records of its own.
          globalSetup: ['tests/journeys/installation.ts'],
          pool: 'threads',
          maxWorkers: 1,
          isolate: false,
        },
      },
    ],
  },
});
