import { type Act, field, type Refusal, refuse } from '@hengjian/kernel';
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { keptKinds } from '../rules.ts';
import { Portion, receiptShape, refusalGrounds, type SampleRow } from './entity.ts';

export const Receipt = z.strictObject(receiptShape);
type Receipt = z.infer<typeof Receipt>;

const plain = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, '').toUpperCase();

/** Only the sealed sample of the record, carried as it must be, is taken; the rest is refused in writing (order 18 art. 29). */
export function checkReceipt(row: SampleRow, input: Receipt, act: Act): true | Refusal {
  if (input.receivedOn > act.occurredOn || (row.sampledOn && input.receivedOn < row.sampledOn))
    return refuse(
      'received-on',
      '收样日期应在抽样日期之后、今天之前。',
      'It arrives after sampling and not in the future.',
      'receivedOn',
    );
  if (row.seal) {
    if (!input.sealIntact)
      return refuse(
        'seal-broken',
        '封条破损的样品不得接收，请拒收并书面说明理由（令第18号第二十九条）。',
        'A sample with a broken seal is refused in writing (order 18 art. 29).',
        'sealIntact',
      );
    if (plain(input.readSeal ?? '') !== plain(row.seal))
      return refuse(
        'wrong-seal',
        `封条编号“${input.readSeal ?? '（空）'}”与抽样单上的“${row.seal}”不符，请拒收（令第18号第二十九条）。`,
        `The seal ${input.readSeal ?? '(none)'} is not ${row.seal} of the sampling record; refuse the sample (order 18 art. 29).`,
        'readSeal',
      );
  }
  if (plain(input.readName) !== plain(row.sampleName))
    return foreign(`名称“${input.readName}”`, `“${row.sampleName}”`, 'readName');
  if (row.batch && plain(input.readBatch ?? '') !== plain(row.batch))
    return foreign(`批号“${input.readBatch ?? '（空）'}”`, `“${row.batch}”`, 'readBatch');
  const warm = checkTemperature(row, input);
  if (warm !== true) return warm;
  const licensed = checkLicence(row, input);
  if (licensed !== true) return licensed;
  return (
    row.source === 'commissioned' ||
    input.freeOfTies ||
    refuse(
      'ties-not-declared',
      '承检监督抽查须逐项声明：对该企业该产品没有有偿服务（令第39号第七条）。',
      'For supervision the body declares that it does no paid work for this firm on this product (order 39 art. 7).',
      'freeOfTies',
    )
  );
}

/** Before the test of a product the body checks that its maker has the licence that it needs (order 18 art. 30). */
function checkLicence({ source }: SampleRow, { licenceCheck, licenceSource }: Receipt): true | Refusal {
  if (source !== 'product') return true;
  if (!licenceCheck)
    return refuse(
      'licence-unchecked',
      '请核实生产者是否取得许可或者认证（令第18号第三十条）。',
      "Check the producer's licence or certification (order 18 art. 30).",
      'licenceCheck',
    );
  if (licenceCheck === 'missing')
    return refuse(
      'unlicensed',
      '生产者未取得许可或者认证，应当终止检验并立即报告（令第18号第三十条）。',
      'The maker has no licence: stop and report at once (order 18 art. 30).',
      'licenceCheck',
    );
  return (
    licenceCheck !== 'valid' ||
    Boolean(licenceSource) ||
    refuse('licence-source', '请写明在何处核实了许可或者认证。', 'Say where the licence was checked.', 'licenceSource')
  );
}

const foreign = (read: string, expected: string, path: string): Refusal =>
  refuse(
    'foreign-sample',
    `样品标注的${read}与登记的${expected}不符，不是这份样品，请拒收（令第18号第二十九条）。`,
    `The sample says ${read}, the record ${expected}: it is not this sample; refuse it (order 18 art. 29).`,
    path,
  );

function checkTemperature({ temperatureFrom, temperatureTo }: SampleRow, { temperature }: Receipt): true | Refusal {
  if (!temperatureFrom && !temperatureTo) return true;
  if (!temperature)
    return refuse(
      'temperature-missing',
      '该样品规定了运输温度，请记录到样温度。',
      'This sample has a temperature to keep; record what it arrived with.',
      'temperature',
    );
  const measured = new Decimal(temperature);
  const outside =
    (temperatureFrom && measured.lessThan(temperatureFrom)) || (temperatureTo && measured.greaterThan(temperatureTo));
  return outside
    ? refuse(
        'temperature',
        `到样温度 ${temperature} °C 超出规定的 ${temperatureFrom ?? '…'}～${temperatureTo ?? '…'} °C，请拒收（令第39号第十四条第一项）。`,
        `It arrived at ${temperature} °C, outside ${temperatureFrom ?? '…'} to ${temperatureTo ?? '…'} °C; refuse it (order 39 art. 14(1)).`,
        'temperature',
      )
    : true;
}

export const SampleRefusal = z.strictObject({
  refusalGround: field.choice('拒收理由', refusalGrounds, { en: 'Why it is refused' }),
  reason: field.longText('说明', { en: 'What was found', max: 2000 }),
});

export const Partition = z.strictObject({
  portions: field.list('分样', Portion, { en: 'Portions', max: 50 }),
});
type Partition = z.infer<typeof Partition>;

/** The portions are the sample: no more than came in, something to test, and the kind of kept sample that its source has. */
export function checkPartition(row: SampleRow, { portions }: Partition): true | Refusal {
  const sum = portions.reduce((total, { quantity }) => total + quantity, 0);
  if (sum > row.quantity)
    return refuse(
      'more-than-came',
      `分样合计${sum}${row.unit}，多于来样${row.quantity}${row.unit}。`,
      `The portions add up to ${sum} ${row.unit}, more than the ${row.quantity} that came.`,
      'portions',
    );
  if (!portions.some(({ kind }) => kind === 'test'))
    return refuse('nothing-to-test', '没有分出检验用样品。', 'Nothing is left for the test.', 'portions');
  if (row.task && portions.some(({ kind }) => kind === 'spare' || kind === 'backup'))
    return refuse(
      'kept-with-task',
      '备用样品和复检备份样品随抽样任务管理，这里只登记检验用样品和留样。',
      "Spare and back-up samples are kept with the sampling task; here only the test portion and the laboratory's own.",
      'portions',
    );
  const wrong = portions.find(
    ({ kind }) => (kind === 'spare' && row.source !== 'product') || (kind === 'backup' && row.source !== 'food'),
  );
  return (
    wrong === undefined ||
    refuse(
      'kept-kind',
      '备用样品只属于产品监督抽查，复检备份样品只属于食品抽样；其他样品的是留样。',
      'A spare sample belongs to product supervision, a retest back-up to food; other samples are retained ones.',
      'portions',
    )
  );
}

export async function partition(row: SampleRow, { portions }: Partition, act: Act): Promise<void> {
  for (const { kind, quantity, place } of portions)
    if (kind in keptKinds)
      await act.create('laboratory.kept-sample', 'keep', {
        sample: row.id,
        organisation: row.organisation,
        blindCode: row.blindCode,
        kind,
        quantity,
        unit: row.unit,
        place,
        keptSince: act.occurredOn,
      });
}
