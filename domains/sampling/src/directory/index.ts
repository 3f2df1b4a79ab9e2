export {
  type DirectoryBasis,
  type DirectoryRow,
  directoryBases,
  directoryRoles,
} from './entity.ts';
export { directoryLifecycle } from './lifecycle.ts';
