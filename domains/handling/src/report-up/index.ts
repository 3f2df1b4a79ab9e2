export { reportUpLifecycle } from './lifecycle.ts';
