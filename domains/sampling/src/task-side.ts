import { bulletinLifecycle } from './bulletin/index.ts';
import { followUpLifecycle } from './follow-up/index.ts';
import { foodLifecycles } from './food/index.ts';
import { keptSampleLifecycle } from './kept-sample/index.ts';
import { moneyLifecycles, moneyQueries } from './money/index.ts';
import { noticeLifecycle } from './notice/index.ts';
import { objectionLifecycle } from './objection/index.ts';
import { outsideFailureLifecycle } from './outside-failure/index.ts';
import { resultsReportLifecycle } from './results-report/index.ts';
import { reversalLifecycle } from './reversal/index.ts';
import { sheetCheck, taskEvidence } from './task/field-queries.ts';
import { taskLifecycle } from './task/index.ts';
import { campaignOversight } from './task/oversight.ts';
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
  ...foodLifecycles,
  keptSampleLifecycle,
  ...moneyLifecycles,
  resultsReportLifecycle,
];
export const taskSideQueries = [
  campaignProgress,
  campaignOversight,
  taskResults,
  failureLoop,
  sheetCheck,
  taskEvidence,
  ...moneyQueries,
];

export { findAuthorityCode } from './authority.ts';
export type { BatchRow, BulletinRow } from './bulletin/index.ts';
export {
  clauseOf,
  type FailureContent,
  type FollowUpKind,
  type FollowUpRow,
  failureContentOf,
  followUpsHeld,
  followUpsOfTask,
  undoing,
} from './follow-up/index.ts';
export { retentionRules } from './kept-sample/index.ts';
export { priceOf } from './money/index.ts';
export type { NoticeRow } from './notice/index.ts';
export type { ObjectionRow } from './objection/index.ts';
export { importOutsideFailures, type OutsideFailureRow } from './outside-failure/index.ts';
export { findFallenConclusion, type ReversalRow } from './reversal/index.ts';
export { selections } from './task/entity.ts';
export {
  captureShape,
  checkPieces,
  type EnteredResult,
  findNextReserve,
  importOpenTasks,
  KeptEvidence,
  keptOf,
  openNotices,
  readResultSheet,
  type SheetFault,
  stratumState,
  type TaskRow,
  unvisitedTasks,
} from './task/index.ts';
export { conclusions, seriousness as seriousnesses, severities, type VerdictRule, verdictRules } from './task/items.ts';
export { type DrawUse, representationFrom } from './task/representation.ts';
export { concludeFrom } from './task/rules.ts';
export { channels, firmSizes } from './task/sample-fields.ts';
