export type { ReversalRow } from './entity.ts';
export { reversalLifecycle } from './lifecycle.ts';
export { findFallenConclusion } from './queries.ts';
