export type { KeptSampleRow } from './entity.ts';
export { keptSampleLifecycle } from './lifecycle.ts';
