import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { authorityOf } from '../authority.ts';
import { plainOffences, type TaskRow, unsampledReasons } from './entity.ts';
import { checkSample, isExemptFromSixMonths, lastDayOfSixMonths, makerOf, sixMonthKeys } from './rules.ts';
import { carriageShape, forgotten, receiptShape, type SampleRecord, sampleShape } from './sample-fields.ts';

function keysOf(row: TaskRow, sample: SampleRecord, act: Act): string[] {
  const maker = makerOf(row, sample);
  const { standard, trademark, model } = sample;
  const authority = authorityOf(act.offices, row.office).code;
  return sixMonthKeys({ authority, makerCode: maker.code, makerName: maker.name, standard, trademark, model });
}

const sampledAlready = refuse(
  'sampled-within-six-months',
  '本机关六个月内已抽查过同一生产者、同一标准、同一商标、同一规格型号的产品（第八条），不得重复抽样，请改为登记未抽到样。',
  'This authority sampled the same product within six months (art. 8): take none, and record that none was taken.',
);

/** What stands against the sample; the six months are looked up here by the day of sampling and taken in {@link reserveSixMonths}. */
export async function checkSampling(row: TaskRow, sample: SampleRecord, act: Act): Promise<true | Refusal> {
  const verdict = checkSample(row, sample, act.actor, act.occurredOn);
  if (verdict !== true || isExemptFromSixMonths(row, sample.repeatGround)) return verdict;
  const [held] = await act.sql.query<{ taken: boolean }>('select kernel.is_reserved($1, $2) as taken', [
    keysOf(row, sample, act),
    sample.sampledOn,
  ]);
  return !held!.taken || sampledAlready;
}

/** Takes the six months of order 18 art. 8 in the same transaction: two samplers cannot both be first. */
export function reserveSixMonths(row: TaskRow, sample: SampleRecord, act: Act) {
  if (isExemptFromSixMonths(row, sample.repeatGround)) return [];
  const until = lastDayOfSixMonths(sample.sampledOn, act.calendar);
  return keysOf(row, sample, act).map((key) => ({ key, until, refusal: sampledAlready }));
}

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
export function checkUnsampled(_row: TaskRow, input: z.infer<typeof Unsampled>): true | Refusal {
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
  await act.sql.query(`select kernel.release_reservations($1, 'sampling.same-product')`, [row.id]);
  return { ...forgotten(sampleShape, carriageShape, receiptShape), refusals: row.refusals + 1 };
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
