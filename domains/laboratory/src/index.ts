import type { Lifecycle, Query } from '@hengjian/kernel';
import { benchLifecycle } from './bench/lifecycle.ts';
import { keptSampleLifecycle } from './kept/lifecycle.ts';
import { limitSetLifecycle } from './limits/lifecycle.ts';
import { roundLifecycle } from './proficiency/lifecycle.ts';
import { nextShares } from './proficiency/queries.ts';
import { checkReport, findLimit, reportQuery, worksheetGrid } from './queries.ts';
import { issuedReportLifecycle } from './report/issued.ts';
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
];
export const laboratoryQueries: readonly Query[] = [worksheetGrid, reportQuery, checkReport, findLimit, nextShares];

export type { Mapping } from './bench/entity.ts';
export { createLocalSigningPort, type Signature, type SigningPort } from './report/signature.ts';
export { importResults, type ResultFile, type ResultFileReport } from './worksheet/import.ts';
export type { FileFormat } from './worksheet/read-file.ts';
