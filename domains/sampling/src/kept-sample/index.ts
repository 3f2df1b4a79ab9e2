export { keptSampleLifecycle } from './lifecycle.ts';
export { retentionRules } from './rules.ts';
