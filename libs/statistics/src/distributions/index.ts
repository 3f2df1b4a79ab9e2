export * from './continuous.ts';
export * from './discrete.ts';
export * from './noncentral-t.ts';
