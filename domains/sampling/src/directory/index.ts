export { type DirectoryBasis, type DirectoryRow, directoryBases } from './entity.ts';
export { directoryLifecycle } from './lifecycle.ts';
