export { recheckLifecycle } from './lifecycle.ts';
