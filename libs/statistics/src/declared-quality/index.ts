export * from './large-population.ts';
export * from './small-population.ts';
export type { DeclaredQualityStatement } from './statement.ts';
export * from './tables.ts';
