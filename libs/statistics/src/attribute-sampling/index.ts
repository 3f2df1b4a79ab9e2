export * from './multistage.ts';
export {
  type AcceptancePlan,
  type CurveModel,
  type CurvePoint,
  type LotQuality,
  operatingCharacteristic,
  probabilityOfAcceptance,
  probabilityOfMoreThan,
  qualityAtAcceptance,
  samplingRisks,
} from './operating-characteristic.ts';
export * from './rectifying.ts';
export * from './scheme.ts';
export * from './single.ts';
export * from './stage-tables.ts';
export * from './switching.ts';
export {
  ATTRIBUTE_EDITION,
  CODE_LETTERS,
  type CodeLetter,
  type InspectionLevel,
  PREFERRED_AQL,
  type Severity,
} from './tables.ts';
