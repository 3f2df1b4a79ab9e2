import type { Lifecycle, Query } from '@hengjian/kernel';
import { archive } from './archive/archive.ts';
import { qualitySummary } from './archive/quality-summary.ts';
import { searchEnterprises } from './archive/search.ts';
import { enterpriseLifecycle } from './enterprise/lifecycle.ts';
import { importLifecycle } from './import/lifecycle.ts';
import { qualityIssueLifecycle } from './quality/lifecycle.ts';

export { type PublicEntry, publicEnterprise } from './archive/public-enterprise.ts';
export type { EnterpriseKind, EnterpriseRow, EnterpriseStatus, Facts } from './enterprise/entity.ts';
export { type AsOf, enterpriseAsOf } from './enterprise/history.ts';
export { publicName } from './enterprise/public-name.ts';
export { type CodeHolder, holdersOf, nameOfEntity, readEnterprise } from './enterprise/reading.ts';
export { type ExportOptions, exportEnterprises } from './export.ts';
export { headings, type ImportField, type Mapping } from './import/columns.ts';
export { csvRows, type SheetRow } from './import/csv.ts';
export { type FileSource, openFile, openLedger } from './import/file.ts';
export { abandonImport, type ImportOptions, importEnterprises } from './import/import.ts';
export {
  dayFrom,
  type LedgerCells,
  type LedgerFault,
  type LedgerFile,
  type LedgerFormat,
  type LedgerReport,
  type LedgerShape,
  ledgerReport,
  readLedger,
  regionFrom,
  requireCells,
  takeEntry,
} from './import/ledger.ts';
export type { ImportReport, ReportRow } from './import/report.ts';
export { xlsxRows } from './import/xlsx.ts';
export { type FoundRegion, locate } from './place/find-region.ts';
export { examineRegister } from './quality/filing.ts';

export const subjectsLifecycles: readonly Lifecycle[] = [enterpriseLifecycle, qualityIssueLifecycle, importLifecycle];
export const subjectsQueries: readonly Query[] = [archive, searchEnterprises, qualitySummary];
