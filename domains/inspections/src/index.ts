import type { Lifecycle, Query } from '@hengjian/kernel';
import { checklistLifecycle } from './checklist/lifecycle.ts';
import { drawLifecycle } from './draw/lifecycle.ts';
import { hazardLifecycle } from './hazard/lifecycle.ts';
import { listingLifecycle } from './listing/lifecycle.ts';
import { officerLifecycle } from './officer/lifecycle.ts';
import { planLifecycle } from './plan/lifecycle.ts';
import { burden, mergeable } from './queries/burden.ts';
import { drawBundle } from './queries/draw-bundle.ts';
import { campaignProgress, hazardLedger } from './queries/ledger.ts';
import { visitLifecycle } from './visit/lifecycle.ts';

/** Inspections of firms (双随机、一公开; 专项整治) and hidden hazards (一单四制). */
export const inspectionsLifecycles: readonly Lifecycle[] = [
  officerLifecycle,
  checklistLifecycle,
  planLifecycle,
  listingLifecycle,
  drawLifecycle,
  visitLifecycle,
  hazardLifecycle,
];
export const inspectionsQueries: readonly Query[] = [burden, mergeable, hazardLedger, campaignProgress, drawBundle];

export { importForm } from './checklist/import.ts';
