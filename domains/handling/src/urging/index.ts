export { urgingLifecycle } from './lifecycle.ts';
