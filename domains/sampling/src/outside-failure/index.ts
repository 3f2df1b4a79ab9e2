export type { OutsideFailureRow } from './entity.ts';
export { importOutsideFailures, type LedgerReport } from './import.ts';
export { outsideFailureLifecycle } from './lifecycle.ts';
