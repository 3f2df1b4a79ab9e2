export { orderLifecycle } from './lifecycle.ts';
