export * from './generator.ts';
export * from './gum.ts';
export { compileModel, type MeasurementModel } from './model.ts';
export * from './monte-carlo.ts';
