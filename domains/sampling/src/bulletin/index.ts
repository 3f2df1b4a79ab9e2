export type { BatchRow, BulletinRow } from './entity.ts';
export { bulletinLifecycle } from './lifecycle.ts';
