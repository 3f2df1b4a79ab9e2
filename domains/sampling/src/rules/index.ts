export type { Item, RulesRow } from './entity.ts';
export { rulesLifecycle } from './lifecycle.ts';
