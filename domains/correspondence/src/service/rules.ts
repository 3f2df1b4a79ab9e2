import { type Calendar, type ClockRule, computeDeadline } from '@hengjian/calendar';
import { type Refusal, refuse } from '@hengjian/kernel';

const o2 = (article: string): string => `《市场监督管理行政处罚程序规定》${article}`;

/** Order 2 says these of its own papers; other procedures take them over for notices and orders. */
export const clauses = {
  term: o2('第八十一条'),
  ways: o2('第八十二条'),
  confirmedAddress: o2('第八十三条第一款'),
  leftFilmed: o2('第八十二条第二项'),
  message: o2('第八十二条第三项'),
  returned: o2('第八十二条第四项'),
  deemedServed: o2('第八十三条第二款'),
  publicNotice: o2('第八十二条第五项'),
} as const;

/** The ways of service; mail, entrusted and passed on are the three forms of the fourth (order 2 art. 82). */
export const ways = {
  direct: { zh: '直接送达', en: 'In person' },
  left: { zh: '留置送达', en: 'Left at the place' },
  electronic: { zh: '电子送达', en: 'Electronic' },
  mail: { zh: '邮寄送达', en: 'By mail' },
  entrusted: { zh: '委托、转交送达', en: 'Through another authority' },
  'public-notice': { zh: '公告送达', en: 'By public notice' },
} as const;

/** Public notice has a step of its own: it is claimed of nobody, it runs out. */
const { 'public-notice': _publicNotice, ...provedWays } = ways;

export { provedWays };

/** Not handed over on the spot: seven working days. Art. 81 says it of decisions; who takes it over for another paper says so. */
export const serviceRule: ClockRule = { kind: 'within', unit: 'working-day', amount: 7, basis: clauses.term };

/** Thirty days after which a public notice counts as service. They run out, nothing is done in them, so they do not roll. */
export const publicNoticeRule: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 30,
  rollForward: 'none',
  basis: clauses.publicNotice,
};

/** The day on which a public notice counts as served: the thirtieth after it was published. */
export function servedByPublicNotice(publicisedOn: string, calendar: Calendar): string {
  return computeDeadline(publicNoticeRule, publicisedOn, calendar).dueOn!;
}

/** What an officer says of a service, with what proves it. `servedOn` is the day that the way itself fixes. */
export interface ServiceClaim {
  way: keyof typeof provedWays;
  /**
   * In person, entrusted: the day signed on the receipt. Left: the day it was left. Mail: the day on the return receipt. Electronic: the
   * day of arrival in the addressee's system (art. 82).
   */
  servedOn: string;
  receivedBy?: string | null | undefined;
  witness?: string | null | undefined;
  /** Number of the express mail (EMS). */
  waybill?: string | null | undefined;
  /** By which means and number, where it was electronic. */
  means?: string | null | undefined;
}

/** What stands on the record already. */
export interface PaperToServe {
  /** The day on which the paper was made. */
  issuedOn: string;
  today: string;
  /** The day on which the addressee signed a confirmation of his address, if he did. */
  confirmedOn?: string | null | undefined;
  /** The leaving was photographed or filmed: no witness is needed. */
  filmed?: boolean;
}

/** What stands against a claim of service: each way has its own proof, and a message alone is none (order 2 arts 82, 83). */
export function refuseService(claim: ServiceClaim, paper: PaperToServe): true | Refusal {
  const { way, servedOn } = claim;
  if (servedOn > paper.today)
    return refuse(
      'served-in-future',
      '送达日期不能晚于今天。',
      'It cannot have been served in the future.',
      'servedOn',
    );
  if (servedOn < paper.issuedOn)
    return refuse(
      'served-before-issued',
      '送达日期早于文书制作日期。',
      'It was served before it was issued.',
      'servedOn',
    );
  if ((way === 'direct' || way === 'entrusted') && !claim.receivedBy)
    return refuse(
      'receiver-missing',
      '请填写在送达回证上签收的人（令第2号第八十二条）。',
      'Say who signed the receipt (order 2 art. 82).',
      'receivedBy',
    );
  if (way === 'left' && !claim.witness && !paper.filmed)
    return refuse(
      'witness-missing',
      '留置送达须有见证人；没有见证人的，用“留置送达（拍照、录像）”登记（第八十二条第二项）。',
      'Leaving it needs a witness; without one it is recorded with photographs or a film (art. 82(2)).',
      'witness',
    );
  if (way === 'mail' && !claim.waybill)
    return refuse(
      'waybill-missing',
      '邮寄送达须填写邮政特快专递单号（第八十二条第四项）。',
      'Mail needs its EMS number (art. 82(4)).',
      'waybill',
    );
  if (way === 'electronic' && !(paper.confirmedOn && paper.confirmedOn <= servedOn))
    return refuse(
      'address-not-confirmed',
      '没有当事人签署的送达地址确认书，短信、邮件只是通知，不是送达；请用其他方式送达（第八十二条第三项）。',
      'Without a signed confirmation of the address a message is a notice, not service; serve it another way (art. 82(3)).',
      'addressConfirmedOn',
    );
  return true;
}

/** Mail comes back after it was issued and not in the future. */
export function refuseReturn(returnedOn: string, paper: Pick<PaperToServe, 'issuedOn' | 'today'>): true | Refusal {
  return (
    (returnedOn <= paper.today && returnedOn >= paper.issuedOn) ||
    refuse(
      'returned-on',
      '退回日期应在制作之后、今天之前。',
      'It came back after it was issued and not in the future.',
      'returnedOn',
    )
  );
}

/** Whether mail that came back counts as served turns on one thing: a confirmation of address that was signed (order 2 art. 83(2)). */
export function refuseReturnUnless(confirmed: boolean, addressConfirmedOn: string | null | undefined): true | Refusal {
  if (Boolean(addressConfirmedOn) === confirmed) return true;
  return confirmed
    ? refuse(
        'address-not-confirmed',
        '没有送达地址确认书，退回不是送达。',
        'No address was confirmed; its return is no service.',
      )
    : refuse(
        'address-confirmed',
        '当事人确认过地址，退回之日视为送达。',
        'The address was confirmed: the day of return counts as service.',
      );
}
