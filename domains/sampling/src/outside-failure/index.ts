export type { OutsideFailureRow } from './entity.ts';
export { outsideFailureLifecycle } from './lifecycle.ts';
