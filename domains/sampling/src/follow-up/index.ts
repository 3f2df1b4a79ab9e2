export type { FollowUpKind, FollowUpRow } from './entity.ts';
export { followUpLifecycle } from './lifecycle.ts';
export { clauseOf, type Failure, followUpsOf, type Opening, undoing } from './rules.ts';
export { followUpsHeld, followUpsOfTask, summaryOf } from './sources.ts';
