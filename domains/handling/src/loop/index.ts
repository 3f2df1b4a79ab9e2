export type { LoopRow } from './entity.ts';
export { loopLifecycle } from './lifecycle.ts';
