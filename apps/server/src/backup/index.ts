export type { OpenedEpoch } from './epoch.ts';
export type { ArchiveHeader, ArchiveManifest } from './manifest.ts';
export { inspectArchive } from './open-archive.ts';
export { type LogFault, type RecomputedLog, recomputeLog } from './recompute-log.ts';
export { type Restored, type RestoreOptions, restoreBackup } from './restore.ts';
export { type BackupOptions, type Progress, writeBackup } from './write-archive.ts';
