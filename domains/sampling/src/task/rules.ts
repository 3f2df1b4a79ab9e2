import { type Calendar, computeDeadline } from '@hengjian/calendar';
import { type Refusal, refuse } from '@hengjian/kernel';
import { kindRule } from '../plan/index.ts';
import type { TaskRow } from './entity.ts';
import type { Conclusion, FailedItem, Seriousness, TestItem, VerdictRule } from './items.ts';
import type { Channel, LabelledProducer, SampleRecord } from './sample-fields.ts';

/** One item judged, as far as a conclusion needs it. */
export interface JudgedItem {
  item: string;
  verdict: 'conforms' | 'fails' | 'not-judged';
}

/**
 * The conclusion on a batch by the rule of the detailed rules. Items without a limit are shown and decide nothing.
 * A batch with a failed A item is a serious failure.
 */
export function concludeFrom(
  rule: VerdictRule,
  items: readonly Pick<TestItem, 'item' | 'severity'>[],
  judged: readonly JudgedItem[],
): { conclusion: Conclusion; seriousness: Seriousness } {
  const failed = new Set(judged.filter(({ verdict }) => verdict === 'fails').map(({ item }) => item));
  const count = (severity: TestItem['severity']): number =>
    items.filter((item) => item.severity === severity && failed.has(item.item)).length;
  const [a, b, c] = [count('A'), count('B'), count('C')];
  const fails = rule === 'any-item' ? a + b + c > 0 : a > 0 || b >= 2 || b + c >= 3;
  if (!fails) return { conclusion: 'conforms', seriousness: 'none' };
  return { conclusion: 'fails', seriousness: a > 0 ? 'serious' : 'ordinary' };
}

const sixMonthsRule = {
  kind: 'within',
  unit: 'month',
  amount: 6,
  rollForward: 'none',
  basis: '《产品质量监督抽查管理暂行办法》第八条',
} as const;

/** The last day on which a product sampled on a day may not be sampled again by the same authority (order 18 art. 8). */
export function lastDayOfSixMonths(sampledOn: string, calendar: Calendar): string {
  return computeDeadline(sixMonthsRule, sampledOn, calendar).dueOn!;
}

const plain = (text: string): string => text.normalize('NFKC').toUpperCase().replaceAll(/\s+/g, '');

/** What makes a product "the same" (order 18 art. 8(1)): authority, maker, standard, trademark, specification and model. */
interface SameProduct {
  authority: string;
  makerCode: string | null;
  makerName: string;
  standard: string;
  trademark: string;
  model: string;
}

/** The keys under which a sampled product is remembered: by the maker's code and by its name, for labels that bear only one. */
export function sixMonthKeys(product: SameProduct): string[] {
  const rest = [product.standard, product.trademark, product.model].map(plain).join('|');
  const makers = [`name:${plain(product.makerName)}`, ...(product.makerCode ? [`code:${product.makerCode}`] : [])];
  return makers.map((maker) => `sampling.same-product|${product.authority}|${maker}|${rest}`);
}

/** Who made the sample: the firm itself in its own store, else the producer on the label, else nobody that is known. */
export function makerOf(
  task: Pick<TaskRow, 'enterpriseName' | 'enterpriseCode'>,
  sample: { channel: Channel; labelledProducer?: LabelledProducer | null | undefined },
): { name: string; code: string | null } {
  if (sample.labelledProducer)
    return { name: sample.labelledProducer.name, code: sample.labelledProducer.code ?? null };
  const own = sample.channel === 'producer';
  return own
    ? { name: task.enterpriseName, code: task.enterpriseCode ?? null }
    : { name: `无标称生产者（${task.enterpriseName}）`, code: null };
}

/**
 * Whether the six months do not bind: follow-up of a failure or an emergency, with its ground named (order 18 art. 8(3)); monitoring
 * and food, which know no such bar (practice W5, M9).
 */
export function isExemptFromSixMonths(
  task: Pick<TaskRow, 'planKind' | 'regime'>,
  ground: string | null | undefined,
): boolean {
  const { sixMonths } = kindRule(task.regime, task.planKind);
  return sixMonths === 'none' || (sixMonths === 'exempt-with-ground' && Boolean(ground));
}

/** Where order 15 art. 16 lifts the limits of quantity and place. */
export const isFreeOfQuantity = ({ regime, planKind }: Pick<TaskRow, 'regime' | 'planKind'>): boolean =>
  regime === 'food' && (planKind === 'risk-monitoring' || planKind === 'emergency');

/** What stands against taking this sample (order 18 arts 8, 16–19, 22, 26), apart from the six months. */
export function checkSample(
  task: Pick<
    TaskRow,
    | 'samplers'
    | 'testSample'
    | 'spareSample'
    | 'minimumStock'
    | 'sampleUnit'
    | 'planKind'
    | 'regime'
    | 'issuedOn'
    | 'orderedOn'
    | 'parcelReceivedOn'
  >,
  sample: SampleRecord,
  actor: { person: string },
  day: string,
): true | Refusal {
  if (sample.sampledOn > day)
    return refuse(
      'sampled-in-future',
      '抽样日期不能晚于今天。',
      'The sample cannot have been taken in the future.',
      'sampledOn',
    );
  if (sample.sampledOn < (task.issuedOn ?? ''))
    return refuse(
      'before-the-notice',
      '抽样日期早于监督抽查通知书。',
      'It was sampled before the notice was issued.',
      'sampledOn',
    );
  const named = new Set(task.samplers.map(({ person }) => person));
  const present = new Set(sample.present);
  if (present.size < 2)
    return refuse(
      'two-samplers',
      '抽样人员不得少于两人（第十六条）。',
      'At least two samplers must be there (art. 16).',
      'present',
    );
  if (!present.has(actor.person) || ![...present].every((person) => named.has(person)))
    return refuse(
      'not-named',
      '到场的必须是本任务指派的抽样人员，并由到场人员登记。',
      'Only samplers named in the task may be present, and one of them records.',
      'present',
    );
  if (sample.repeatGround && !isExemptFromSixMonths(task, sample.repeatGround))
    return refuse(
      'no-such-exemption',
      '只有跟踪抽查和应急抽查可以在六个月内重复抽查（第八条第三款）。',
      'Only follow-up and emergency sampling may repeat (art. 8(3)).',
      'repeatGround',
    );
  const gained = checkPurchase(task, sample);
  return gained === true ? checkQuantities(task, sample) : gained;
}

/** How the sample was got: bought online step by step, paid for unless the test leaves it unharmed; food is always paid for. */
function checkPurchase(
  task: Pick<TaskRow, 'regime' | 'orderedOn' | 'parcelReceivedOn'>,
  sample: SampleRecord,
): true | Refusal {
  const online = sample.channel === 'online';
  if (online !== Boolean(task.orderedOn))
    return refuse(
      'online-order',
      '网络购样须先登记平台、订单和付款信息，现场抽样不登记（第二十六条）。',
      'An online purchase, and only it, first records platform, order and payment (art. 26).',
      'channel',
    );
  if (online && !task.parcelReceivedOn)
    return refuse(
      'parcel-not-opened',
      '收货并录像记录拆封过程后，才能封样（第二十八条）。',
      'Samples are sealed once the parcel has come and was opened before a camera (art. 28).',
      'channel',
    );
  if (online && sample.sampledOn < task.parcelReceivedOn!)
    return refuse('sealed-before-parcel', '封样日期早于收货日期。', 'Sealed before the parcel came.', 'sampledOn');
  if (sample.purchase === 'not-harmed' && (online || task.regime === 'food'))
    return refuse(
      'sample-is-bought',
      '网络购样和食品样品应当支付样品费用（总局令第15号第十二条、总局令第18号第二十七条）。',
      'What is bought online, and all food, is paid for (order 15 art. 12, order 18 art. 27).',
      'purchase',
    );
  if (task.regime === 'food' && sample.spareKeptAt !== 'laboratory')
    return refuse(
      'kept-by-laboratory',
      '食品样品由承检机构保存（总局令第15号第二十二条）。',
      'Samples of food are kept by the laboratory (order 15 art. 22).',
      'spareKeptAt',
    );
  return true;
}

function checkQuantities(
  task: Pick<TaskRow, 'testSample' | 'spareSample' | 'minimumStock' | 'sampleUnit' | 'regime' | 'planKind'>,
  sample: SampleRecord,
): true | Refusal {
  const { testSample, spareSample, sampleUnit } = task;
  const online = sample.channel === 'online';
  if (online !== (sample.signature === 'online'))
    return refuse(
      'online-signature',
      '签字方式与抽样渠道不符。',
      'The signature does not suit the way of sampling.',
      'signature',
    );
  if (sample.signature === 'refused' && !sample.witness)
    return refuse(
      'refusal-unexplained',
      '被抽样单位拒绝签字的，须注明情况或者见证人（第十九条）。',
      'A refusal to sign must be explained or witnessed (art. 19).',
      'witness',
    );
  if (online && sample.spareKeptAt === 'firm')
    return refuse(
      'spare-online',
      '网络购买的备用样品由检验机构存放。',
      'A spare sample bought online stays with the laboratory.',
      'spareKeptAt',
    );
  if (isFreeOfQuantity(task)) return true;
  const least = task.minimumStock ?? testSample + spareSample;
  if (!online && sample.stock < least)
    return refuse(
      'stock-too-small',
      `待销产品不足 ${least} ${sampleUnit}，不得抽样（第十八条），请改为登记未抽到样。`,
      `Fewer than ${least} wait for sale: no sample may be taken (art. 18); record that none was.`,
      'stock',
    );
  if (sample.testQuantity < testSample)
    return refuse(
      'test-sample-too-small',
      `检验样品不得少于 ${testSample} ${sampleUnit}。`,
      `The test sample needs at least ${testSample}.`,
      'testQuantity',
    );
  if (sample.spareQuantity < spareSample)
    return refuse(
      'spare-sample-too-small',
      `备用样品不得少于 ${spareSample} ${sampleUnit}。`,
      `The spare sample needs at least ${spareSample}.`,
      'spareQuantity',
    );
  if (!online && sample.testQuantity + sample.spareQuantity > sample.stock)
    return refuse('more-than-stock', '抽取数量大于抽样基数。', 'More was taken than was there.', 'testQuantity');
  return true;
}

/** Somebody who must be told the conclusion, and why. */
export interface Addressee {
  kind: 'sampled' | 'labelled-producer' | 'platform' | 'market';
  id: string | null;
  name: string;
  code: string | null;
  address: string | null;
}

/**
 * Those to be told in writing (order 18 art. 35): the sampled firm; the labelled producer of what was found at a seller or
 * bought online, unless it proved that the goods are not its own; the platform of an online purchase; for food also the opener of the
 * market (order 15 art. 29).
 */
export function addresseesOf(task: TaskRow): Addressee[] {
  const { labelledProducer: producer, onlineOrder: order, marketOpener: market } = task;
  const firm: Addressee = {
    kind: 'sampled',
    id: task.enterprise,
    name: task.enterpriseName,
    code: task.enterpriseCode ?? null,
    address: task.place ?? null,
  };
  const addressees = [firm];
  const elsewhere = task.channel === 'seller' || task.channel === 'online';
  const isFirmItself = producer && ((producer.code && producer.code === firm.code) || producer.name === firm.name);
  if (producer && elsewhere && !isFirmItself && task.denial !== 'proved')
    addressees.push({
      kind: 'labelled-producer',
      id: producer.enterprise ?? null,
      name: producer.name,
      code: producer.code ?? null,
      address: producer.address ?? null,
    });
  if (order)
    addressees.push({
      kind: 'platform',
      id: order.platformEnterprise ?? null,
      name: order.platform,
      code: null,
      address: order.platformAddress ?? null,
    });
  if (task.regime === 'food' && market)
    addressees.push({
      kind: 'market',
      id: market.enterprise ?? null,
      name: market.name,
      code: null,
      address: market.address ?? null,
    });
  return addressees;
}

/** What the objections on a task came to, as far as the final conclusion depends on it. */
export interface ObjectionOutcome {
  outcome: 'stands' | 'overturned' | 'void' | 'seller-only' | null;
  failedItems: FailedItem[] | null;
}

/** The final conclusion: the first one, unless an objection undid the sampling or a retest changed the result (order 18 arts 37, 40, 42). */
export function finalConclusionOf(
  task: Pick<TaskRow, 'conclusion' | 'seriousness' | 'failedItems'>,
  objections: readonly ObjectionOutcome[],
): Pick<TaskRow, 'finalConclusion' | 'seriousness' | 'failedItems' | 'overturned'> {
  if (objections.some(({ outcome }) => outcome === 'void'))
    return { finalConclusion: 'void', seriousness: 'none', failedItems: [], overturned: true };
  if (objections.some(({ outcome }) => outcome === 'overturned'))
    return { finalConclusion: 'conforms', seriousness: 'none', failedItems: [], overturned: true };
  const retested = objections.find(({ failedItems }) => failedItems !== null)?.failedItems ?? null;
  const failedItems = retested ?? task.failedItems ?? [];
  const serious = failedItems.some(({ severity }) => severity === 'A');
  const seriousness = task.conclusion === 'conforms' ? 'none' : serious ? 'serious' : 'ordinary';
  return { finalConclusion: task.conclusion!, seriousness, failedItems, overturned: false };
}
