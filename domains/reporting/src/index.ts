import type { Lifecycle, Query } from '@hengjian/kernel';
import { figureList, figureQuery } from './figures/queries.ts';
import { campaignLoops, campaigns } from './oversight/queries.ts';
import { publishedRates } from './published/queries.ts';
import { reportLifecycle } from './report/lifecycle.ts';
import { recompute } from './report/queries.ts';
import { seriesLifecycle } from './series/lifecycle.ts';

/** Figures counted from the records, and the reports in which they are frozen. */
export const reportingLifecycles: readonly Lifecycle[] = [seriesLifecycle, reportLifecycle];
export const reportingQueries: readonly Query[] = [
  figureList,
  figureQuery,
  campaigns,
  campaignLoops,
  recompute,
  publishedRates,
];

export type { FrozenFigure, FrozenLine, ReportRow, Section } from './report/entity.ts';
