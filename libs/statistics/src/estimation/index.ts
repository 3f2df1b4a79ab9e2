export * from './comparison.ts';
export * from './detection.ts';
export {
  clopperPearsonInterval,
  hypergeometricInterval,
  type Interval,
  jeffreysInterval,
  type LotInterval,
  midPInterval,
  poissonRateInterval,
  wilsonContinuityInterval,
  wilsonInterval,
} from './intervals.ts';
export * from './pass-rate.ts';
export * from './sample-size.ts';
export * from './stratified.ts';
