export type { OrderRow } from './entity.ts';
export { orderLifecycle } from './lifecycle.ts';
