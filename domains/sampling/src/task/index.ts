export { findNextReserve, stratumState, unvisitedTasks } from './assigning.ts';
export { captureShape, checkPieces, KeptEvidence, keptOf } from './capture.ts';
export type { TaskRow } from './entity.ts';
export { importOpenTasks } from './ledger.ts';
export { taskLifecycle } from './lifecycle.ts';
export { readResultSheet, type SheetFault } from './result-sheet.ts';
export type { EnteredResult } from './results.ts';
export { openNotices } from './telling.ts';
