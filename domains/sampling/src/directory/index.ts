export {
  type DirectoryBasis,
  type DirectoryRole,
  type DirectoryRow,
  directoryBases,
  directoryRoles,
} from './entity.ts';
export { directoryLifecycle } from './lifecycle.ts';
