export * from './cost.ts';
export * from './double.ts';
export { findSinglePlan, type RiskPoint, type TwoPoints } from './single.ts';
