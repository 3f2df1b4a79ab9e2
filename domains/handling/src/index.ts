import type { Lifecycle, Query } from '@hengjian/kernel';
import { announcementLifecycle } from './announcement/index.ts';
import { blockEntryLifecycle } from './block-entry/index.ts';
import { importOpenMatters, loopLifecycle } from './loop/index.ts';
import { orderLifecycle } from './order/index.ts';
import { failureLoops } from './queries/failure-loops.ts';
import { closures, ledger, openLoops } from './queries/oversight.ts';
import { recheckLifecycle } from './recheck/index.ts';
import { referralLifecycle } from './referral/index.ts';
import { reportUpLifecycle } from './report-up/index.ts';
import { urgingLifecycle } from './urging/index.ts';

/** Result handling (结果处理): what follows a failure, until it is closed with its evidence. */
export const handlingLifecycles: readonly Lifecycle[] = [
  loopLifecycle,
  orderLifecycle,
  recheckLifecycle,
  referralLifecycle,
  reportUpLifecycle,
  announcementLifecycle,
  blockEntryLifecycle,
  urgingLifecycle,
];
export { importOpenMatters };
export const handlingQueries: readonly Query[] = [failureLoops, openLoops, closures, ledger];
