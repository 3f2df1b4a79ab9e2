import { type Calendar, type ClockRule, computeDeadline } from '@hengjian/calendar';
import { type Refusal, refuse } from '@hengjian/kernel';
import type { NoticeRow } from './entity.ts';

/**
 * Fifteen calendar days from receipt (order 18 art. 36; 产品质量法 art. 15). Art. 55 rolls an end on a statutory holiday; rolling over
 * weekends too is the practice and the calendar's default (practice W20).
 */
export const objectionRule: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 15,
  basis: '《产品质量监督抽查管理暂行办法》第三十六条、第五十五条；《产品质量法》第十五条',
};

/** The last day on which an objection is in time. */
export function lastDayToObject(servedOn: string, calendar: Calendar): string {
  return computeDeadline(objectionRule, servedOn, calendar).dueOn!;
}

/**
 * Service that is entered when its term has run out already: the term is not moved, but the machine does not close it either. An
 * application may have come in on paper meanwhile, and nobody could enter it; an officer looks first.
 */
export function stateOnceServed(servedOn: string, today: string, calendar: Calendar): 'served' | 'served-late' {
  return lastDayToObject(servedOn, calendar) < today ? 'served-late' : 'served';
}

/** Producers and sellers may object (order 18 art. 36; 产品质量法 art. 15(4)); a platform operator is told, no more. */
export const mayObject = (row: NoticeRow): true | Refusal =>
  row.addressee.kind !== 'platform' ||
  refuse(
    'not-entitled',
    '电子商务平台经营者不是异议申请人（第三十六条）。',
    'A platform operator has no objection to raise (art. 36).',
  );
