export { importOpenMatters } from './ledger.ts';
export { loopLifecycle } from './lifecycle.ts';
