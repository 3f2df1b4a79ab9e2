export { logName } from './log-name.ts';
export { inspectArchive } from './open-archive.ts';
export { recomputeLog } from './recompute-log.ts';
export { restoreBackup } from './restore.ts';
export { type Progress, readLogKey, writeBackup } from './write-archive.ts';
