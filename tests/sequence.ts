import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Journeys that move the demonstration's day forward; whoever needs its first day comes before them. */
const movers = /\/(?:aftermath|campaign|procedure)\.test\.ts$/;

export class DaysForwardLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [
      ...sorted.filter(({ moduleId }) => !movers.test(moduleId)),
      ...sorted.filter(({ moduleId }) => movers.test(moduleId)),
    ];
  }
}
