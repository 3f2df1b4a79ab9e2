export { resultsReportLifecycle } from './lifecycle.ts';
