import { type Act, dayInChina, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { grounds } from '../objection/entity.ts';
import { ways } from './addressee.ts';
import { contentShape, type NoticeRow } from './entity.ts';
import { checkService, lastDayToObject, servedByPublicNotice, stateOnceServed } from './rules.ts';

export const Content = z.strictObject(contentShape);

const { 'public-notice': _publicNotice, ...usualWays } = ways;

export const Service = z.strictObject({
  way: field.choice('送达方式', usualWays, { en: 'Way of service' }),
  servedOn: field.date('送达日期', {
    en: 'Served on',
    help: { zh: '送达回证或者回执上注明的日期。', en: 'The day on the receipt.' },
  }),
  receivedBy: optional(field.text('签收人', { en: 'Signed for by' })),
  witness: optional(field.text('见证人', { en: 'Witness' })),
  waybill: optional(field.text('邮件号', { en: 'Mail number' })),
  addressConfirmedOn: optional(field.date('送达地址确认书日期', { en: 'Address confirmed on' })),
});

async function preparedOn(row: NoticeRow, act: Act): Promise<string> {
  const [register] = await act.sql.query<{ opened: string }>(
    'select opened_at as opened from kernel.record where id = $1',
    [row.id],
  );
  return dayInChina(register!.opened);
}

export async function checkServe(row: NoticeRow, input: z.infer<typeof Service>, act: Act): Promise<true | Refusal> {
  return checkService(input, await preparedOn(row, act), act.occurredOn);
}

export const serve = (_row: NoticeRow, input: z.infer<typeof Service>, act: Act): { to: string } => ({
  to: stateOnceServed(input.servedOn, act.today, act.calendar),
});

export const Return = z.strictObject({
  returnedOn: field.date('退回日期', { en: 'Returned on' }),
  returnReason: field.text('退回原因', { en: 'Why it was returned', max: 500 }),
  waybill: field.text('邮件号', { en: 'Mail number' }),
  addressConfirmedOn: optional(
    field.date('送达地址确认书日期', {
      en: 'Address confirmed on',
      help: { zh: '当事人书面确认过该地址的填写。', en: 'Where the addressee confirmed this address.' },
    }),
  ),
});

export async function checkReturn(row: NoticeRow, input: z.infer<typeof Return>, act: Act): Promise<true | Refusal> {
  if (input.returnedOn > act.occurredOn || input.returnedOn < (await preparedOn(row, act)))
    return refuse(
      'returned-on',
      '退回日期应在制作之后、今天之前。',
      'It came back after it was written and not in the future.',
      'returnedOn',
    );
  return true;
}

/** Mail that comes back from an address the addressee confirmed counts as served on the day it comes back (order 2 art. 83). */
export function returnMail(
  _row: NoticeRow,
  input: z.infer<typeof Return>,
  act: Act,
): Partial<NoticeRow> & { to: string } {
  if (!input.addressConfirmedOn) return { to: 'returned' };
  return { to: stateOnceServed(input.returnedOn, act.today, act.calendar), way: 'mail', servedOn: input.returnedOn };
}

export const PublicNotice = z.strictObject({
  publicReason: field.longText('公告送达的原因和经过', {
    en: 'Why by public notice',
    max: 2000,
    help: {
      zh: '受送达人下落不明，或者其他方式无法送达。',
      en: 'The addressee is missing, or no other way was possible.',
    },
  }),
});

/** The notice in the public record says that papers wait to be fetched; it does not say what they conclude (practice W4). */
export async function publicise(row: NoticeRow, _input: unknown, act: Act): Promise<Partial<NoticeRow>> {
  const office = authorityOf(act.offices, row.office);
  const entry = await act.publish({
    kind: 'service-by-notice',
    title: { zh: `送达公告：${row.addressee.name}`, en: `Service by notice: ${row.addressee.name}` },
    region: office.region,
    subjects: row.addressee.code ? [row.addressee.code] : [],
    body: {
      addressee: row.addressee.name,
      paper: '产品质量监督抽查检验结果告知书',
      fetchAt: office.label.zh,
      publicisedOn: act.occurredOn,
      servedOn: servedByPublicNotice(act.occurredOn, act.calendar),
    },
    words: [row.addressee.name],
  });
  return { entry, publicisedOn: act.occurredOn, way: 'public-notice' };
}

/** The date of service is the day the thirty days ended, whenever the machine gets to it. */
export function servePublicly(row: NoticeRow, _input: unknown, act: Act): Partial<NoticeRow> & { to: string } {
  const servedOn = servedByPublicNotice(row.publicisedOn!, act.calendar);
  return { servedOn, to: stateOnceServed(servedOn, act.today, act.calendar) };
}

export const NothingReceived = z.strictObject({
  reason: field.longText('核实情况', {
    en: 'How it was checked',
    max: 2000,
    help: {
      zh: '异议期内收文、邮件和窗口均未收到异议材料的核实情况。',
      en: 'That no application came in by post, mail or at the window within the term.',
    },
  }),
});

const objectionShape = {
  kind: field.choice(
    '申请事项',
    {
      objection: { zh: '异议处理', en: 'Objection' },
      retest: { zh: '复检', en: 'Retest' },
      both: { zh: '异议处理和复检', en: 'Objection and retest' },
    },
    { en: 'What is asked' },
  ),
  ground: optional(field.choice('异议事由', grounds, { en: 'Ground of the objection' })),
  reasons: field.longText('理由', { en: 'Reasons', max: 4000 }),
  contested: optional(
    field.list('申请复检的项目', field.text('检验项目', { en: 'Item' }), { en: 'Items to be retested', max: 300 }),
  ),
};

export const Objection = z.strictObject({
  ...objectionShape,
  filedOn: optional(
    field.date('收到书面申请日期', {
      en: 'Paper received on',
      help: { zh: '代录纸质申请时填写。', en: 'When a paper application is entered.' },
    }),
  ),
});
type Objection = z.infer<typeof Objection>;

/** In time, by somebody entitled, with reasons; a retest names failed items (order 18 arts 36, 37). */
export function checkObjection(row: NoticeRow, input: Objection, act: Act): true | Refusal {
  const filedOn = input.filedOn ?? act.occurredOn;
  if (input.filedOn && act.actor.organisation !== null)
    return refuse(
      'filed-now',
      '在线提交以提交之日为准，不填写收到日期。',
      'What is filed online counts from now.',
      'filedOn',
    );
  if (filedOn > act.occurredOn || filedOn < row.servedOn!)
    return refuse(
      'filed-on',
      '收到日期应在送达之后、今天之前。',
      'It is filed after service and not in the future.',
      'filedOn',
    );
  const last = lastDayToObject(row.servedOn!, act.calendar);
  if (filedOn > last)
    return refuse(
      'too-late',
      `异议期至${last}，已经届满（第三十六条）。`,
      `The term ended on ${last} (art. 36).`,
      'filedOn',
    );
  if (input.kind !== 'retest' && !input.ground)
    return refuse(
      'ground-missing',
      '请写明对抽样过程、样品真实性还是对生产者有异议。',
      'Say what the objection is to.',
      'ground',
    );
  return input.kind === 'objection' || checkRetest(row, input);
}

function checkRetest(row: NoticeRow, input: Objection): true | Refusal {
  if (row.conclusion !== 'fails')
    return refuse(
      'nothing-to-retest',
      '检验结论为未发现不合格，没有需要复检的项目。',
      'Nothing failed, so there is nothing to retest.',
      'kind',
    );
  const failed = new Set(row.failedItems.map(({ item }) => item));
  if (!input.contested || input.contested.length === 0 || !input.contested.every((item) => failed.has(item)))
    return refuse(
      'contested-items',
      `请从不合格项目中选择申请复检的项目：${[...failed].join('、')}。`,
      'Choose the items to be retested among those that failed.',
      'contested',
    );
  return true;
}

/** Opens the objection and tells the task; all of it or none. */
export async function object(row: NoticeRow, input: Objection, act: Act): Promise<Partial<NoticeRow>> {
  const { filedOn, ...asked } = input;
  await act.create('sampling.objection', 'apply', {
    ...asked,
    notice: row.id,
    task: row.task,
    applicant: row.addressee,
    sampleName: row.sampleName,
    filedOn: filedOn ?? act.occurredOn,
    onPaper: act.actor.organisation === null,
  });
  await act.perform('sampling.task', row.task, 'dispute', {});
  return {};
}

export const Withdrawal = z.strictObject({
  reason: field.longText('撤回理由', { en: 'Why it is withdrawn', max: 4000 }),
});
