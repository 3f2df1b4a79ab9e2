import type { Flow } from '@hengjian/kernel';
import { bulletinPublishedToBlockEntries } from './bulletin-published-to-block-entries.ts';
import { bulletinWithdrawnToBlockEntriesReversed } from './bulletin-withdrawn-to-block-entries-reversed.ts';
import { conclusionReversedToFollowUpsUndone } from './conclusion-reversed-to-follow-ups-undone.ts';
import { denialProvedToLead } from './denial-proved-to-lead.ts';
import { failureConcludedToDirectoryNoted } from './failure-concluded-to-directory-noted.ts';
import { lastVisitToDrawOpened } from './last-visit-to-draw-opened.ts';
import { noticeClosedToTaskConcluded } from './notice-closed-to-task-concluded.ts';
import { offenceFoundToLead } from './offence-found-to-lead.ts';
import { stratumVisitedToReservesReleased } from './stratum-visited-to-reserves-released.ts';
import {
  laboratoryReceivedToTask,
  laboratoryReportedToTask,
  taskDeliveredToLaboratory,
} from './task-and-laboratory.ts';
import { taskAssignedToPapersIssued } from './task-assigned-to-papers-issued.ts';
import { taskConcludedToFollowUps } from './task-concluded-to-follow-ups.ts';
import { taskUnsampledToReserveActivated } from './task-unsampled-to-reserve-activated.ts';

/** The supervision chain: each flow carries one fact to its consequence, in this order. */
export const flows: readonly Flow[] = [
  taskAssignedToPapersIssued,
  taskUnsampledToReserveActivated,
  stratumVisitedToReservesReleased,
  lastVisitToDrawOpened,
  taskDeliveredToLaboratory,
  laboratoryReceivedToTask,
  laboratoryReportedToTask,
  offenceFoundToLead,
  denialProvedToLead,
  noticeClosedToTaskConcluded,
  taskConcludedToFollowUps,
  failureConcludedToDirectoryNoted,
  bulletinPublishedToBlockEntries,
  bulletinWithdrawnToBlockEntriesReversed,
  conclusionReversedToFollowUpsUndone,
];
