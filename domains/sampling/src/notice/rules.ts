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

/** Thirty days after which a public notice counts as service. They run out; nothing has to be done in them, so they do not roll. */
export const publicNoticeRule: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 30,
  rollForward: 'none',
  basis: '《市场监督管理行政处罚程序规定》第八十二条第五项',
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

/** The day on which a public notice counts as served. */
export function servedByPublicNotice(publicisedOn: string, calendar: Calendar): string {
  return computeDeadline(publicNoticeRule, publicisedOn, calendar).dueOn!;
}

/** Producers and sellers may object (order 18 art. 36; 产品质量法 art. 15(4)); a platform operator is told, no more. */
export const mayObject = (row: NoticeRow): true | Refusal =>
  row.addressee.kind !== 'platform' ||
  refuse(
    'not-entitled',
    '电子商务平台经营者不是异议申请人（第三十六条）。',
    'A platform operator has no objection to raise (art. 36).',
  );

/** What the claim of service needs as its proof. */
export interface Service {
  way: 'direct' | 'left' | 'electronic' | 'mail' | 'entrusted';
  servedOn: string;
  receivedBy?: string | null | undefined;
  witness?: string | null | undefined;
  waybill?: string | null | undefined;
  addressConfirmedOn?: string | null | undefined;
}

/** What stands against a claim of service (order 2 art. 82): each way has its own proof, and a text message alone is no service. */
export function checkService(service: Service, preparedOn: string, today: string): true | Refusal {
  const { way, servedOn } = service;
  if (servedOn > today)
    return refuse(
      'served-in-future',
      '送达日期不能晚于今天。',
      'It cannot have been served in the future.',
      'servedOn',
    );
  if (servedOn < preparedOn)
    return refuse(
      'served-before-prepared',
      '送达日期早于告知书制作日期。',
      'It was served before it was written.',
      'servedOn',
    );
  if ((way === 'direct' || way === 'entrusted') && !service.receivedBy)
    return refuse('receiver-missing', '请填写在送达回证上签收的人。', 'Say who signed the receipt.', 'receivedBy');
  if (way === 'left' && !service.witness)
    return refuse(
      'witness-missing',
      '留置送达须写明见证人，或者注明全程录像。',
      'Leaving it needs a witness, or a film of it.',
      'witness',
    );
  if (way === 'mail' && !service.waybill)
    return refuse('waybill-missing', '邮寄送达须填写邮件号。', 'Mail needs its number.', 'waybill');
  if (way === 'electronic' && !(service.addressConfirmedOn && service.addressConfirmedOn <= servedOn))
    return refuse(
      'address-not-confirmed',
      '没有当事人签署的送达地址确认书，短信、邮件只是通知，不是送达。',
      'Without a signed confirmation of the address a message is a notice, not service.',
      'addressConfirmedOn',
    );
  return true;
}
