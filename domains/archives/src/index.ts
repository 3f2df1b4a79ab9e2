import type { Lifecycle } from '@hengjian/kernel';
import { borrowingLifecycle } from './borrowing.ts';
import { fileLifecycle } from './file.ts';
import { transferLifecycle } from './transfer.ts';

/** What becomes of a matter when it is done: one file, lent and given back, in the end handed to an archive. */
export const archivesLifecycles: readonly Lifecycle[] = [fileLifecycle, borrowingLifecycle, transferLifecycle];

export type { FileRow } from './entity.ts';
export { type MatterKind, matterKinds, retentionClasses } from './kinds.ts';
export type { IndexLine, Volume } from './rules.ts';
