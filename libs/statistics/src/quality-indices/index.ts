export * from './competitiveness.ts';
export * from './equipment-safety.ts';
export * from './rates.ts';
