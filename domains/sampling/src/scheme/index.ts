export type { SchemeRow } from './entity.ts';
export { schemeLifecycle } from './lifecycle.ts';
export { planDesign } from './queries.ts';
export type { Design } from './rules.ts';
