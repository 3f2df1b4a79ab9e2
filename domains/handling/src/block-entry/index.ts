export { blockEntryLifecycle } from './lifecycle.ts';
