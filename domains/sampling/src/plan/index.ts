export { type PlanItem, type PlanKind, type PlanLevel, type PlanRow, planKinds } from './entity.ts';
export { planLifecycle } from './lifecycle.ts';
