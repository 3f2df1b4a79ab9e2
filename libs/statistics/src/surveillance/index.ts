export * from './control-charts.ts';
export * from './cumulative-charts.ts';
export * from './disproportionality.ts';
export * from './early-warning.ts';
export * from './exceedance.ts';
export * from './false-alarms.ts';
export * from './farrington.ts';
export {
  type EmpiricalBayes,
  ebgmOfCells,
  empiricalBayes,
  type FittedPrior,
  fitGammaPoissonPrior,
  type GammaPoissonPrior,
  gammaPoissonLogLikelihood,
  type PriorFitOptions,
} from './gamma-poisson.ts';
export * from './run-length.ts';
export { bernoulliScanRatio, monteCarloP, poissonScanRatio } from './scan-ratio.ts';
export { circularZones, type ScanZone } from './scan-zones.ts';
export * from './space-time-scan.ts';
export {
  type MonteCarlo,
  type ScanCluster,
  type ScanResult,
  type SpatialCounts,
  spatialScan,
} from './spatial-scan.ts';
