import type { Lifecycle, Query } from '@hengjian/kernel';
import { letterLifecycle } from './letter/lifecycle.ts';
import { messageLifecycle, preferenceLifecycle } from './message/lifecycle.ts';
import { outbox } from './message/queries.ts';

/** What leaves the house and what comes back: service of documents, messages, letters. */
export const correspondenceLifecycles: readonly Lifecycle[] = [letterLifecycle, messageLifecycle, preferenceLifecycle];
export const correspondenceQueries: readonly Query[] = [outbox];

export {
  ReturnWithConfirmation,
  type Served,
  Service,
  ServiceWithConfirmation,
  serviceDocuments,
  serviceFields,
} from './service/fields.ts';
export { clauses as serviceClauses, refuseReturn, serviceRule } from './service/rules.ts';
export { publicNoticeClock, reachingSteps, serviceSteps, servingSteps, withdrawPublicNotice } from './service/steps.ts';
