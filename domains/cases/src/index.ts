import type { Lifecycle, Query } from '@hengjian/kernel';
import { caseLifecycle } from './case/lifecycle.ts';
import { evidenceLifecycle } from './evidence/lifecycle.ts';
import { fileReviewLifecycle } from './file-review/lifecycle.ts';
import { hearingLifecycle } from './hearing/lifecycle.ts';
import { measureLifecycle } from './measure/lifecycle.ts';
import { paperLifecycle } from './paper/lifecycle.ts';
import { publicationLifecycle } from './publication/lifecycle.ts';
import { benchmarkTable, caseFigures, casePage, discretionRange, similarCases } from './queries/cases.ts';
import { repairLifecycle } from './repair/lifecycle.ts';
import { reviewMatterLifecycle } from './review-matter/lifecycle.ts';
import { summaryLifecycle } from './summary/lifecycle.ts';

/** Penalty cases: from a lead to a lawful, reasoned, public decision and what follows it. */
export const casesLifecycles: readonly Lifecycle[] = [
  caseLifecycle,
  evidenceLifecycle,
  measureLifecycle,
  paperLifecycle,
  hearingLifecycle,
  summaryLifecycle,
  publicationLifecycle,
  repairLifecycle,
  reviewMatterLifecycle,
  fileReviewLifecycle,
];
export const casesQueries: readonly Query[] = [benchmarkTable, discretionRange, similarCases, casePage, caseFigures];

export { publicationOf } from './publication/preparing.ts';
