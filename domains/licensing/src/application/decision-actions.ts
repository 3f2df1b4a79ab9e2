import { on } from '@hengjian/kernel';
import type { z } from 'zod';
import { licenceLaw, o16, separation } from '../clauses.ts';
import { checkGrant, Delivery, grant, issue, Refusal, refuseIt } from './decision.ts';
import type { ApplicationRow } from './entity.ts';
import { Reasoned } from './fields.ts';
import { endWith } from './intake.ts';
import { mayExtend, sendBack } from './review.ts';

/** Who took in or reviewed a file does not decide it, nor sign the decision. */
const apart = [
  {
    actions: [
      'accept',
      'decline',
      'askSupplement',
      'drawTeam',
      'notifySiteCheck',
      'recordSiteCheck',
      'sealSample',
      'startTest',
      'recordTest',
      'orderRectification',
      'examine',
    ],
    same: 'person' as const,
  },
];
const undecided = ['accepted', 'siteCheck', 'siteChecked', 'siteFailed', 'sampled', 'tested', 'examined'] as const;

/** The decision, its extension, and what is handed to the applicant. */
export const decisionActions = {
  extend: on({
    label: { zh: '延长决定期限', en: 'Extend the term' },
    from: undecided,
    to: 'same',
    by: ['licence-examiner'],
    aside: true,
    basis: `${o16('第三十三条')}；${licenceLaw('第四十二条第一款')}`,
    approval: ['bureau-head'],
    papers: ['extension'],
    when: mayExtend,
    input: Reasoned,
    run: () => ({ extended: true }),
  }),
  sendBack: on({
    label: { zh: '退回审查', en: 'Send back to the examiner' },
    from: 'examined',
    to: ['accepted', 'siteChecked', 'siteFailed', 'tested'],
    by: ['licence-decider'],
    aside: true,
    basis: o16('第二十条'),
    input: Reasoned,
    run: sendBack,
  }),
  grant: on({
    label: { zh: '准予许可', en: 'Grant' },
    from: 'examined',
    to: 'granted',
    by: ['licence-decider'],
    basis: `${o16('第二十二条')}；${separation}`,
    approval: ['bureau-head'],
    papers: ['grantDecision'],
    notBy: apart,
    check: checkGrant,
    run: grant,
  }),
  refuse: on({
    label: { zh: '不予许可', en: 'Refuse' },
    from: 'examined',
    to: 'refused',
    by: ['licence-decider'],
    danger: true,
    basis: `${o16('第二十二条')}；${licenceLaw('第三十八条第二款')}`,
    approval: ['bureau-head'],
    papers: ['refusal'],
    notBy: apart,
    input: Refusal,
    run: refuseIt,
  }),
  issue: on({
    label: { zh: '颁发证件', en: 'Issue' },
    from: 'granted',
    to: 'issued',
    by: ['licence-window'],
    basis: `${o16('第三十五条')}；${licenceLaw('第四十四条')}`,
    run: issue,
  }),
  deliver: on({
    label: { zh: '登记送达', en: 'Record the delivery' },
    from: 'issued',
    to: 'delivered',
    by: ['system'],
    basis: `${o16('第三十五条、第六十二条')}`,
    input: Delivery,
  }),
  tellRefusal: on({
    label: { zh: '登记不予许可决定送达', en: 'Record that the refusal was served' },
    from: 'refused',
    to: 'refusalTold',
    by: ['system'],
    basis: o16('第六十二条'),
    input: Delivery,
  }),
  terminate: on({
    label: { zh: '终止办理', en: 'Terminate' },
    from: undecided,
    to: 'terminated',
    by: ['licence-examiner'],
    aside: true,
    danger: true,
    basis: o16('第三十条、第三十一条'),
    approval: ['section-chief'],
    papers: ['termination'],
    input: Reasoned,
    run: (row: ApplicationRow, input: z.infer<typeof Reasoned>, act) => endWith('terminated')(row, input, act),
  }),
};
