export { findNextReserve, stratumState, unvisitedTasks } from './assigning.ts';
export { Task, type TaskRow } from './entity.ts';
export { type Conclusion, type FailedItem, type FinalConclusion, finalConclusions, type Seriousness } from './items.ts';
export { taskLifecycle } from './lifecycle.ts';
export { readResultSheet, type SheetFault } from './result-sheet.ts';
export { type EnteredResult, type ResultRow, resultsOf } from './results.ts';
export { openNotices } from './telling.ts';
