import type { Lifecycle, Query } from '@hengjian/kernel';
import { planningLifecycles, planningQueries } from './planning-side.ts';
import { taskSideLifecycles, taskSideQueries } from './task-side.ts';

/** Product supervision sampling, from the annual plan to the bulletin and what follows a failure. */
export const samplingLifecycles: readonly Lifecycle[] = [...planningLifecycles, ...taskSideLifecycles];
export const samplingQueries: readonly Query[] = [...planningQueries, ...taskSideQueries];

export type { DirectoryBasis, DirectoryRow } from './directory/index.ts';
export { DRAW_ENTRY, type DrawEntry, type DrawRow, type PublicStage } from './draw/index.ts';
export * as drawPieces from './draw/pieces.ts';
export type { PlanItem, PlanKind, PlanLevel, PlanRow } from './plan/index.ts';
export { planKinds, regimes } from './plan/index.ts';
export { checkDecision, decisionOf, decisionShape, type Item, type RulesRow, readStated } from './rules/index.ts';
export { type Representation, representationNotes } from './scheme/allocation.ts';
export type { Design, SchemeRow } from './scheme/index.ts';
export * from './task-side.ts';
