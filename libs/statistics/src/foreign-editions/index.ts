export * from './double-plans.ts';
export * from './variables-plans.ts';
