export { keptSampleLifecycle } from './lifecycle.ts';
