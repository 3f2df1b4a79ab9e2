import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { plainOffences, type TaskRow, unsampledReasons } from './entity.ts';
import { checkSample } from './rules.ts';
import {
  carriageShape,
  forgotten,
  orderShape,
  parcelShape,
  receiptShape,
  type SampleRecord,
  sampleShape,
  shopPapersShape,
} from './sample-fields.ts';
import { checkSixMonths, forgetSixMonths, keysFor } from './six-months.ts';

/** What stands against the sample, the six months included. */
export async function checkSampling(row: TaskRow, sample: SampleRecord, act: Act): Promise<true | Refusal> {
  const verdict = checkSample(row, sample, act.actor, act.occurredOn);
  return verdict === true ? checkSixMonths(row, sample, act) : verdict;
}

export const reserveSixMonths = (row: TaskRow, sample: SampleRecord, act: Act) => keysFor(row, sample, act);

export const Unsampled = z.strictObject({
  unsampledReason: field.choice('未抽到样原因', unsampledReasons, { en: 'Why no sample' }),
  unsampledNote: field.longText('现场情况', { en: 'What was found', max: 2000 }),
  instantReport: optional(
    field.longText('立即报告内容', {
      en: 'Report made at once',
      max: 2000,
      help: {
        zh: '阻碍、拒绝抽样的，须立即报告组织机关和所在地县级局。',
        en: 'A refusal is reported at once to the organiser and the county.',
      },
    }),
  ),
});

/** A refusal is reported at once to the organiser and to the county of the firm (order 18 art. 21). */
export function checkUnsampled(row: TaskRow, input: z.infer<typeof Unsampled>): true | Refusal {
  if (row.regime === 'food' && (input.unsampledReason === 'six-months' || input.unsampledReason === 'superior-sampled'))
    return refuse(
      'no-such-bar',
      '食品抽检没有六个月不得重复抽查的规定，不能以此为由不抽样。',
      'Food sampling knows no six months; that is no reason to take none.',
      'unsampledReason',
    );
  if (input.unsampledReason === 'not-delivered' && row.state !== 'ordered')
    return refuse('nothing-ordered', '没有网购订单。', 'Nothing was ordered.', 'unsampledReason');
  if (input.unsampledReason === 'refused' && !input.instantReport)
    return refuse(
      'report-missing',
      '阻碍、拒绝抽样的，须填写立即报告的内容（第二十一条）。',
      'A refusal must be reported at once (art. 21).',
      'instantReport',
    );
  return true;
}

export const Termination = z.strictObject({
  offence: field.choice('涉嫌违法情形', plainOffences, { en: 'Offence' }),
  instantReport: field.longText('立即报告内容', { en: 'Report made at once', max: 2000 }),
});

export const Carriage = z.strictObject(carriageShape);

export function checkCarriage(row: TaskRow, input: z.infer<typeof Carriage>, act: Act): true | Refusal {
  if (input.carriage === 'mailed' && !input.waybill)
    return refuse(
      'waybill-missing',
      '寄递送样须填写运单号。',
      'A sample sent by carrier needs its waybill.',
      'waybill',
    );
  if (input.sentOn > act.occurredOn || input.sentOn < row.sampledOn!)
    return refuse(
      'sent-on',
      '送出日期应在抽样日期之后、今天之前。',
      'It is sent after sampling and not in the future.',
      'sentOn',
    );
  return true;
}

export const Receipt = z.strictObject(receiptShape);

export const isDelivered = (row: TaskRow): true | Refusal =>
  Boolean(row.sentOn) || refuse('not-sent', '抽样人员还没有登记送样。', 'The samplers have not recorded the dispatch.');

/** Only a sealed sample that matches its sheet is taken, and only when the maker's licence is in order (order 18 arts 29, 30). */
export function checkReceipt(row: TaskRow, input: z.infer<typeof Receipt>, act: Act): true | Refusal {
  if (!input.sealIntact)
    return refuse(
      'seal-broken',
      '封条破损的样品不得接收，请拒收并书面说明理由（第二十九条）。',
      'A sample with broken seals is refused in writing (art. 29).',
      'sealIntact',
    );
  if (!input.matchesSheet)
    return refuse(
      'not-the-sample',
      '样品与抽样单不符，请拒收并书面说明理由（第二十九条）。',
      'It does not match the sampling record; refuse it in writing (art. 29).',
      'matchesSheet',
    );
  if (input.licenceCheck === 'missing')
    return refuse(
      'unlicensed',
      '生产者未取得许可或者认证，应当终止检验并立即报告（第三十条）。',
      'The maker has no licence: stop and report at once (art. 30).',
      'licenceCheck',
    );
  if (input.licenceCheck === 'valid' && !input.licenceSource)
    return refuse(
      'licence-source',
      '请写明在何处核实了许可或者认证。',
      'Say where the licence was checked.',
      'licenceSource',
    );
  if (input.receivedOn > act.occurredOn || input.receivedOn < row.sentOn!)
    return refuse(
      'received-on',
      '收样日期应在送出日期之后、今天之前。',
      'It arrives after dispatch and not in the future.',
      'receivedOn',
    );
  return true;
}

export const SampleRefusal = z.strictObject({
  refusedReason: field.longText('拒收理由', { en: 'Why it is refused', max: 2000 }),
});

/** A refused sample was never lawfully taken: the task waits for sampling again and the six months are given back. */
export async function refuseSample(row: TaskRow, _input: unknown, act: Act): Promise<Partial<TaskRow>> {
  await forgetSixMonths(row.id, act);
  const again = forgotten(orderShape, parcelShape, sampleShape, shopPapersShape, carriageShape, receiptShape);
  return { ...again, corrections: null, refusals: row.refusals + 1 };
}

export const Stop = z.strictObject({
  offence: field.choice(
    '终止原因',
    {
      ...plainOffences,
      impossible: { zh: '样品失效等无法检验（第三十一条）', en: 'Sample spoiled or test impossible (art. 31)' },
    },
    { en: 'Why the test stops' },
  ),
  instantReport: field.longText('报告内容', { en: 'Report', max: 2000 }),
});
