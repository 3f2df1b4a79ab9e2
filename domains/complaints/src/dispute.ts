import { on } from '@hengjian/kernel';
import { o121 } from './clauses.ts';
import { Returning } from './complaint/intake.ts';

/** A dispute of competence, alike for complaints and reports: raised by a desk, ended by agreement (order 121 art. 33). */
export const disputeActions = {
  dispute: on({
    label: { zh: '提出处理权限争议', en: 'Dispute competence' },
    from: 'registered',
    to: 'disputed',
    by: ['complaint-desk'],
    aside: true,
    basis: o121('第三十三条'),
    input: Returning,
  }),
  settleDispute: on({
    label: { zh: '协商由本机关处理', en: 'Agreed: handled here' },
    from: 'disputed',
    to: 'registered',
    by: ['complaint-desk'],
    basis: o121('第三十三条'),
  }),
};
