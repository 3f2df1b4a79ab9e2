import type { Lifecycle, Query } from '@hengjian/kernel';
import { dutyLifecycle } from './duty.ts';
import { leaveLifecycle } from './leave.ts';
import { officePresence } from './queries.ts';
import { successionLifecycle } from './succession.ts';

/** Beside posts and hand-overs: who is on duty, who is away, who took over. */
export const peopleLifecycles: readonly Lifecycle[] = [dutyLifecycle, leaveLifecycle, successionLifecycle];
export const peopleQueries: readonly Query[] = [officePresence];

export { authorityOf, findSuperior, isBelow } from './authority.ts';
export { refuseExpiredCertificate } from './certificate.ts';
export { parts as dutyParts, shifts as dutyShifts } from './duty.ts';
export { grantLifecycle } from './grant.ts';
export { handoverLifecycle } from './handover.ts';
export { type Role, roles } from './roles.ts';
