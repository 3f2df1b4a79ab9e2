export type { OutsideFailureRow } from './entity.ts';
export { importOutsideFailures } from './import.ts';
export { outsideFailureLifecycle } from './lifecycle.ts';
