import { bulletinLifecycle } from './bulletin/index.ts';
import { followUpLifecycle } from './follow-up/index.ts';
import { noticeLifecycle } from './notice/index.ts';
import { objectionLifecycle } from './objection/index.ts';
import { outsideFailureLifecycle } from './outside-failure/index.ts';
import { reversalLifecycle } from './reversal/index.ts';
import { taskLifecycle } from './task/index.ts';
import { campaignProgress, failureLoop, taskResults } from './task/queries.ts';

/** From the task letter to the bulletin and what follows a failure. */
export const taskSideLifecycles = [
  taskLifecycle,
  noticeLifecycle,
  objectionLifecycle,
  reversalLifecycle,
  bulletinLifecycle,
  followUpLifecycle,
  outsideFailureLifecycle,
];
export const taskSideQueries = [campaignProgress, taskResults, failureLoop];

export { findAuthorityCode } from './authority.ts';
export type { BatchRow, BulletinRow } from './bulletin/index.ts';
export {
  clauseOf,
  type FollowUpKind,
  type FollowUpRow,
  followUpsHeld,
  followUpsOfTask,
  undoing,
} from './follow-up/index.ts';
export type { NoticeRow } from './notice/index.ts';
export type { ObjectionRow } from './objection/index.ts';
export type { OutsideFailureRow } from './outside-failure/index.ts';
export type { ReversalRow } from './reversal/index.ts';
export {
  type EnteredResult,
  findNextReserve,
  openNotices,
  readResultSheet,
  type SheetFault,
  stratumState,
  type TaskRow,
  unvisitedTasks,
} from './task/index.ts';
export { conclusions, seriousness as seriousnesses, severities, type VerdictRule, verdictRules } from './task/items.ts';
export { concludeFrom } from './task/rules.ts';
