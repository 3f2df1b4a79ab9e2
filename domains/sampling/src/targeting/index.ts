export type { TargetingRow } from './entity.ts';
export { targetingLifecycle } from './lifecycle.ts';
