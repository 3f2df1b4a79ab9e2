export { type DirectoryBasis, DirectoryEntry, type DirectoryRow, directoryBases } from './entity.ts';
export { directoryLifecycle } from './lifecycle.ts';
