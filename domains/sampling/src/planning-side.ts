import { directoryLifecycle } from './directory/index.ts';
import { allocationPreview, drawBundle, drawExclusions, drawLifecycle, drawState, framePreview } from './draw/index.ts';
import { entrustmentLifecycle } from './money/index.ts';
import { planLifecycle } from './plan/index.ts';
import { rulesLifecycle } from './rules/index.ts';
import { planDesign, schemeLifecycle } from './scheme/index.ts';
import { targetingLifecycle } from './targeting/index.ts';

/** Plan, scheme, detailed rules, directory of producers and draw: what comes before the first visit. */
export const planningLifecycles = [
  planLifecycle,
  schemeLifecycle,
  rulesLifecycle,
  directoryLifecycle,
  drawLifecycle,
  targetingLifecycle,
  entrustmentLifecycle,
];
export const planningQueries = [planDesign, framePreview, allocationPreview, drawState, drawBundle, drawExclusions];
