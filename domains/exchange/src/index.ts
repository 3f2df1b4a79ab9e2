import type { Lifecycle, Query } from '@hengjian/kernel';
import { connectionLifecycle } from './connection/lifecycle.ts';
import { dispatchLifecycle } from './dispatch/lifecycle.ts';
import { packageLifecycle } from './package/lifecycle.ts';
import { desk } from './queries/desk.ts';
import { reconciliationLifecycle } from './reconciliation/lifecycle.ts';

export {
  type Counterpart,
  counterparts,
  findCounterpart,
  getCounterpart,
  requireCounterparts,
  systems,
} from './counterpart/index.ts';
export { dispatchesFor, reportedFacts } from './facts.ts';
export { type FileFault, mediaTypes, type Packed, readReceipt, renderPackage } from './package/file.ts';
export { keyOf } from './package/rules.ts';
export type { Format } from './package/table.ts';
export { assignedLedger } from './port/assigned.ts';
export { deliver, reconcileDay } from './port/deliver.ts';
export { type Endpoint, openEndpoint } from './port/endpoint.ts';
export { readList } from './reconciliation/file.ts';

/** The exchange desk: what happened here, on its way to the national systems, and what they say of it. */
export const exchangeLifecycles: readonly Lifecycle[] = [
  connectionLifecycle,
  dispatchLifecycle,
  packageLifecycle,
  reconciliationLifecycle,
];
export const exchangeQueries: readonly Query[] = [desk];
