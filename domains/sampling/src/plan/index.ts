export {
  type PlanItem,
  type PlanKind,
  type PlanLevel,
  type PlanRow,
  planKinds,
  type Regime,
  regimes,
} from './entity.ts';
export { kindRule } from './kinds.ts';
export { planLifecycle } from './lifecycle.ts';
