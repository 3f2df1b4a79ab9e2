export * from './adjustment.ts';
export * from './drift-fit.ts';
