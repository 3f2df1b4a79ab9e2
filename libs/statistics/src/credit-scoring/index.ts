export * from './scorecard.ts';
