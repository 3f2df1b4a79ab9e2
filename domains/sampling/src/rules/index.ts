export { type Item, type RulesRow, SamplingRules } from './entity.ts';
export { rulesLifecycle } from './lifecycle.ts';
