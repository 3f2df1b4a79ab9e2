import { type ReturnWithConfirmation, refuseReturn, withdrawPublicNotice } from '@hengjian/correspondence';
import { type Act, dayInChina, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { grounds } from '../objection/entity.ts';
import { contentShape, type NoticeRow } from './entity.ts';
import { lastDayToObject, stateOnceServed } from './rules.ts';

export const Content = z.strictObject(contentShape);

/** The day a notice was made, as the register has it. */
export async function preparedOn(row: { id: string }, act: Act): Promise<string> {
  const [register] = await act.sql.query<{ opened: string }>(
    'select opened_at as opened from kernel.record where id = $1',
    [row.id],
  );
  return dayInChina(register!.opened);
}

/** A notice whose term had ended before its service was entered waits for an officer. */
export const reached = (row: NoticeRow & { servedOn: string }, act: Act): { to: string } => ({
  to: stateOnceServed(row.servedOn, act.today, act.calendar),
});

type Return = z.infer<typeof ReturnWithConfirmation>;

export const checkReturn = async (row: NoticeRow, input: Return, act: Act): Promise<true | Refusal> =>
  refuseReturn(input.returnedOn, { issuedOn: await preparedOn(row, act), today: act.occurredOn });

/** Mail that comes back from an address the addressee confirmed counts as served on the day it comes back (order 2 art. 83). */
export function returnMail(row: NoticeRow, input: Return, act: Act): Partial<NoticeRow> & { to: string } {
  if (!input.addressConfirmedOn) return { to: 'returned' };
  const day = { way: 'mail' as const, servedOn: input.returnedOn };
  return { ...reached({ ...row, ...day }, act), ...day };
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

/** What the public was told to fetch is taken back with it. */
export const withdraw = (row: NoticeRow, input: z.infer<typeof Withdrawal>, act: Act): Promise<void> =>
  withdrawPublicNotice(row, row.state === 'publicised', input.reason, act);
