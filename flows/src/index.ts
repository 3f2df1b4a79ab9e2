import type { Flow } from '@hengjian/kernel';
import { agentAppointedToAccount } from './agent-appointed-to-account.ts';
import { applicationStepToMessage } from './application-step-to-message.ts';
import { appointmentMissedToAccount } from './appointment-missed-to-account.ts';
import { bulletinPublishedToBlockEntries } from './bulletin-published-to-block-entries.ts';
import { bulletinWithdrawnToBlockEntriesReversed } from './bulletin-withdrawn-to-block-entries-reversed.ts';
import { conclusionReversedToFollowUpsUndone } from './conclusion-reversed-to-follow-ups-undone.ts';
import { conclusionReversedToLoopsOverturned } from './conclusion-reversed-to-loops-overturned.ts';
import { conclusionToKeptSampleReleased } from './conclusion-to-kept-sample-released.ts';
import { decisionFellToPublicationWithdrawn } from './decision-fell-to-publication-withdrawn.ts';
import { denialProvedToLead } from './denial-proved-to-lead.ts';
import { factToDispatches } from './fact-to-dispatches.ts';
import { failureConcludedToDirectoryNoted } from './failure-concluded-to-directory-noted.ts';
import { failureKeptToLoop } from './failure-kept-to-loop.ts';
import { fieldworkToExpenses } from './fieldwork-to-expenses.ts';
import { followUpSettledToHandoverEnded } from './follow-up-settled-to-handover-ended.ts';
import { handoverReturnedToSender } from './handover-returned-to-sender.ts';
import { handoverSentToLoop } from './handover-sent-to-loop.ts';
import { handoverSettledToLoop } from './handover-settled-to-loop.ts';
import { lastVisitToDrawOpened } from './last-visit-to-draw-opened.ts';
import { leadFiledToCase } from './lead-filed-to-case.ts';
import { loopClosedToUpstream } from './loop-closed-to-upstream.ts';
import { loopPassedOnToHandover } from './loop-passed-on-to-handover.ts';
import { noticeClosedToTaskConcluded } from './notice-closed-to-task-concluded.ts';
import { offenceFoundToLead } from './offence-found-to-lead.ts';
import { orderRemindedToMessage } from './order-reminded-to-message.ts';
import { outsideFailureWithdrawnToLoopsOverturned } from './outside-failure-withdrawn-to-loops-overturned.ts';
import { paperServedToMessage } from './paper-served-to-message.ts';
import { penaltyDecidedToPublication } from './penalty-decided-to-publication.ts';
import { penaltyOnLicenceToHandover } from './penalty-on-licence-to-handover.ts';
import { postTakenOverToWorkPassed } from './post-taken-over-to-work-passed.ts';
import { retestToKeptSampleUsed } from './retest-to-kept-sample-used.ts';
import { retestToldToExpenses } from './retest-told-to-expenses.ts';
import { sampleSealedToKept } from './sample-sealed-to-kept.ts';
import { stratumVisitedToReservesReleased } from './stratum-visited-to-reserves-released.ts';
import {
  laboratoryReceivedToTask,
  laboratoryReportedToRequest,
  laboratoryReportedToTask,
  laboratoryRetractedToTask,
  taskDeliveredToLaboratory,
  taskReturnedToLaboratory,
} from './task-and-laboratory.ts';
import { taskAssignedToPapersIssued } from './task-assigned-to-papers-issued.ts';
import { taskConcludedToFollowUps } from './task-concluded-to-follow-ups.ts';
import { taskUnsampledToReserveActivated } from './task-unsampled-to-reserve-activated.ts';

/** From people and counters to the accounts of applicants, and from their applications to their inboxes. */
export const hallFlows: readonly Flow[] = [
  agentAppointedToAccount,
  appointmentMissedToAccount,
  applicationStepToMessage,
];

/** From leads to cases, and from decisions to what follows them. */
export const caseFlows: readonly Flow[] = [
  leadFiledToCase,
  penaltyDecidedToPublication,
  penaltyOnLicenceToHandover,
  decisionFellToPublicationWithdrawn,
];

/** The supervision chain: each flow carries one fact to its consequence, in this order. */
export const flows: readonly Flow[] = [
  taskAssignedToPapersIssued,
  taskUnsampledToReserveActivated,
  stratumVisitedToReservesReleased,
  lastVisitToDrawOpened,
  taskDeliveredToLaboratory,
  laboratoryReceivedToTask,
  taskReturnedToLaboratory,
  laboratoryRetractedToTask,
  laboratoryReportedToTask,
  laboratoryReportedToRequest,
  offenceFoundToLead,
  denialProvedToLead,
  noticeClosedToTaskConcluded,
  taskConcludedToFollowUps,
  failureConcludedToDirectoryNoted,
  handoverSentToLoop,
  failureKeptToLoop,
  handoverSettledToLoop,
  handoverReturnedToSender,
  loopPassedOnToHandover,
  loopClosedToUpstream,
  bulletinPublishedToBlockEntries,
  bulletinWithdrawnToBlockEntriesReversed,
  conclusionReversedToFollowUpsUndone,
  conclusionReversedToLoopsOverturned,
  outsideFailureWithdrawnToLoopsOverturned,
  followUpSettledToHandoverEnded,
  sampleSealedToKept,
  retestToKeptSampleUsed,
  conclusionToKeptSampleReleased,
  fieldworkToExpenses,
  retestToldToExpenses,
  paperServedToMessage,
  orderRemindedToMessage,
  postTakenOverToWorkPassed,
  factToDispatches,
];
