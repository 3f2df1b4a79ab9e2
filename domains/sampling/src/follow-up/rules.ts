import type { ClockRule } from '@hengjian/calendar';
import { parseCreditCode } from '@hengjian/identifiers';
import { provinceOf } from '../authority.ts';
import type { PlanKind } from '../plan/index.ts';
import type { FollowUpKind } from './entity.ts';

/** Fifteen working days to check a lead and decide on a case (order 2 art. 18), once extended by as many. */
export const leadRule: ClockRule = {
  kind: 'within',
  unit: 'working-day',
  amount: 15,
  basis: '《市场监督管理行政处罚程序规定》第十八条',
};

/** Somebody concerned by a failure. */
export interface Concerned {
  id: string | null;
  name: string;
  code: string | null;
  region: string | null;
}

/** A failure that is final, of our own sampling or from outside. */
export interface Failure {
  planKind: PlanKind;
  productName: string;
  /** The failed items in words. */
  summary: string;
  finalOn: string;
  /** Region of the authority that organises the handling. */
  region: string;
  /** Who was sampled; at a seller or online also who is labelled as producer, unless the denial was proved. */
  firm: Concerned;
  firmIsProducer: boolean;
  producer: Concerned | null;
}

/** A follow-up ready to be opened, apart from what it hangs on. */
export interface Opening {
  kind: FollowUpKind;
  subjectId: string | null;
  subjectName: string;
  subjectCode: string | null;
  region: string | null;
  productName: string;
  ground: string;
  clause: string;
  startedOn: string;
}

/** Where a producer is: as the label or the sheet says, else where it was first registered, which is only a presumption. */
export function regionOf(subject: {
  code?: string | null | undefined;
  region?: string | null | undefined;
}): string | null {
  if (subject.region) return subject.region;
  const parsed = subject.code ? parseCreditCode(subject.code) : undefined;
  return parsed?.ok ? parsed.value.registrationRegion : null;
}

const clauses: Record<FollowUpKind, string> = {
  'handover-seller': '《产品质量监督抽查管理暂行办法》第五条第三款、第四十六条',
  'handover-producer': '《产品质量监督抽查管理暂行办法》第五条第三款、第四十六条',
  'peer-notification': '《产品质量监督抽查管理暂行办法》第四十四条第二款',
  lead: '《市场监督管理行政处罚程序规定》第十八条',
  'credit-fact': '《产品质量监督抽查管理暂行办法》第四十四条',
  priority: '《产品质量监督抽查管理暂行办法》第八条第三款',
  'correction-notice': '《产品质量监督抽查管理暂行办法》第四十四条',
};

export const clauseOf = (kind: FollowUpKind): string => clauses[kind];

/**
 * What a final failure opens (practice W2): the file goes to the seller's and to the producer's authority, to another province by
 * notification; each of them within the province is a credit fact and a priority of the next plan. The lead is opened where the file
 * is signed for (order 18 art. 51). Risk monitoring is no ground for penalties and opens the priority alone (practice M9).
 */
export function followUpsOf(failure: Failure): Opening[] {
  const { firm, producer } = failure;
  const open = (kind: FollowUpKind, subject: Concerned): Opening => ({
    kind,
    subjectId: subject.id,
    subjectName: subject.name,
    subjectCode: subject.code,
    region: subject.region,
    productName: failure.productName,
    ground: `${failure.productName}：${failure.summary}`,
    clause: clauses[kind],
    startedOn: failure.finalOn,
  });
  const maker = failure.firmIsProducer ? firm : producer;
  if (failure.planKind === 'risk-monitoring') return maker === null ? [] : [open('priority', maker)];
  const isOurs = (subject: Concerned): boolean =>
    subject.region !== null && provinceOf(subject.region) === provinceOf(failure.region);
  const ours = (subject: Concerned): Opening[] => [open('credit-fact', subject), open('priority', subject)];
  const openings = [open(failure.firmIsProducer ? 'handover-producer' : 'handover-seller', firm), ...ours(firm)];
  if (failure.firmIsProducer || producer === null) return openings;
  if (!isOurs(producer)) return [...openings, open('peer-notification', producer)];
  return [...openings, open('handover-producer', producer), ...ours(producer)];
}

const isHandover = (kind: FollowUpKind): boolean => kind === 'handover-seller' || kind === 'handover-producer';

/** What remains to be done about a follow-up when the conclusion it rests on falls: taken back, or told to those who have it. */
export function undoing(followUp: { kind: FollowUpKind; state: string }): 'reverse' | 'tell' | null {
  if (followUp.state === 'reversed' || followUp.kind === 'correction-notice') return null;
  if (followUp.state === 'open' || followUp.state === 'in-force') return 'reverse';
  if (followUp.state === 'handed-over' && isHandover(followUp.kind)) return 'reverse';
  return 'tell';
}
