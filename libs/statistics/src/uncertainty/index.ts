export * from './generator.ts';
export * from './gum.ts';
export { type CompiledRows, compileModel, type MeasurementModel, ROWS_AT_ONCE } from './model.ts';
export * from './monte-carlo.ts';
