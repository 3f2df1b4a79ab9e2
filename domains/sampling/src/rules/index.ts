export { checkDecision, decisionOf, decisionShape, readStated } from './decision.ts';
export type { Item, RulesRow } from './entity.ts';
export { rulesLifecycle } from './lifecycle.ts';
