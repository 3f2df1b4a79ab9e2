import type { Lifecycle, Query } from '@hengjian/kernel';
import { benchLifecycle } from './bench/lifecycle.ts';
import { keptSampleLifecycle } from './kept/lifecycle.ts';
import { limitSetLifecycle } from './limits/lifecycle.ts';
import { roundLifecycle } from './proficiency/lifecycle.ts';
import { nextShares } from './quality/queries.ts';
import { spotCheckLifecycle } from './quality/spot-check.ts';
import { checkReport, findLimit, reportQuery, worksheetGrid } from './queries.ts';
import { issuedReportLifecycle } from './report/issued.ts';
import { testRequestLifecycle } from './request/lifecycle.ts';
import { sampleLifecycle } from './sample/lifecycle.ts';
import { worksheetLifecycle } from './worksheet/lifecycle.ts';

/** The laboratory: from the shelf to the verdict. */
export const laboratoryLifecycles: readonly Lifecycle[] = [
  limitSetLifecycle,
  benchLifecycle,
  sampleLifecycle,
  worksheetLifecycle,
  keptSampleLifecycle,
  issuedReportLifecycle,
  roundLifecycle,
  spotCheckLifecycle,
  testRequestLifecycle,
];
export const laboratoryQueries: readonly Query[] = [worksheetGrid, reportQuery, checkReport, findLimit, nextShares];

export type { Mapping } from './bench/entity.ts';
export { type ReportFile, reportFile } from './report/files.ts';
export {
  createLocalSigningPort,
  createRemoteSigningPort,
  type Signature,
  type SigningPort,
} from './report/signature.ts';
export { importResults, type ResultFile, type ResultFileReport } from './worksheet/import.ts';
export type { FileFormat } from './worksheet/read-file.ts';
