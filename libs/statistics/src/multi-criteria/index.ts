export * from './decision-matrix.ts';
export * from './pairwise.ts';
