export type { ObjectionRow } from './entity.ts';
export { objectionLifecycle } from './lifecycle.ts';
