import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Journeys that move the demonstration's day forward; whoever needs its first day comes before them. */
const movers = /\/(?:aftermath|campaign|procedure)\.test\.ts$/;
/** The journey that moves it by months. */
const last = /\/journeys\/cases\.test\.ts$/;
const rank = (moduleId: string): number => (last.test(moduleId) ? 2 : movers.test(moduleId) ? 1 : 0);

export class DaysForwardLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((one, other) => rank(one.moduleId) - rank(other.moduleId));
  }
}
