export * from './items.ts';
export * from './precision.ts';
export * from './q-hampel.ts';
export * from './robust.ts';
export * from './scores.ts';
