import type { Lifecycle, Query } from '@hengjian/kernel';
import { bodyLifecycle } from './body/lifecycle.ts';
import { mayTestToday, sharedInstruments, whoCanTest } from './queries.ts';

/** Testing bodies: certificate, accredited scope, readiness, and who can test what. */
export const institutionsLifecycles: readonly Lifecycle[] = [bodyLifecycle];
export const institutionsQueries: readonly Query[] = [whoCanTest, sharedInstruments, mayTestToday];

export type { BodyRow } from './body/entity.ts';
export { type Grade, gradesOn, sharesByGrade } from './grading.ts';
export {
  maySign,
  mayTest,
  type Permission,
  type Question,
  type ReadinessRow,
  type ScopeRow,
  type Standing,
} from './permission.ts';
export { type AccreditedBody, accreditedBodies, findStanding } from './standing.ts';
