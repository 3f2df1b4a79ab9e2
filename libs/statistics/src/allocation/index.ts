export { type Bounds, boundedAllocation } from './bounded.ts';
export * from './stratified.ts';
export * from './unequal-probability.ts';
