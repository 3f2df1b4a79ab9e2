export { targetingLifecycle } from './lifecycle.ts';
