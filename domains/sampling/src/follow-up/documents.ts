import type { Paper } from '@hengjian/kernel';
import type { FollowUpRow } from './entity.ts';

/** 通报函: to the authority of another province, or to one that must hear of a changed conclusion (order 18 art. 44(2)). */
export const letter = (row: FollowUpRow): Paper => ({
  template: 'notification-letter',
  title: row.kind === 'correction-notice' ? '关于监督抽查结论变更的函' : '关于不合格产品情况的通报函',
  content: {
    to: row.recipient,
    subject: row.subjectName,
    creditCode: row.subjectCode ?? null,
    product: row.productName,
    ground: row.ground,
    clause: row.clause,
    answerBy: row.deadline ?? null,
  },
});
