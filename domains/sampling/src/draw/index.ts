export type { DrawRow } from './entity.ts';
export { drawLifecycle } from './lifecycle.ts';
export { allocationPreview, framePreview } from './preview.ts';
export { DRAW_ENTRY, type DrawEntry, type PublicStage } from './publication.ts';
export { drawBundle, drawExclusions, drawState } from './queries.ts';
