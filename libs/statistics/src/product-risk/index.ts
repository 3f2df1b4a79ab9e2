export * from './assessment.ts';
export {
  europeanMatrixOn,
  GBT_22760_SEVERITIES,
  GBT_22760_SLOT,
  type MatrixRow,
  matrixOf,
  RAPEX_MATRIX,
  RISK_LEVELS,
  type RiskLevel,
  type RiskMatrix,
  SAFETY_GATE_SLOT,
} from './matrix.ts';
