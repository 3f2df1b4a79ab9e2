export { loopLifecycle } from './lifecycle.ts';
