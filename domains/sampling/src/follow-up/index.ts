export { type FailureContent, failureContentOf } from './content.ts';
export type { FollowUpKind, FollowUpRow } from './entity.ts';
export { followUpLifecycle } from './lifecycle.ts';
export { clauseOf, followUpsOf, type Opening, undoing } from './rules.ts';
export { followUpsHeld, followUpsOfTask, summaryOf } from './sources.ts';
