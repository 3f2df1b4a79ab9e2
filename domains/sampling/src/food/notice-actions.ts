import { withdrawPublicNotice } from '@hengjian/correspondence';
import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { type FoodNoticeRow, foodContentShape } from './notice-entity.ts';
import { type FoodGround, noticeGrounds } from './objection-entity.ts';
import { foodTerms, lastDay } from './terms.ts';

export const Content = z.strictObject(foodContentShape);

/** As with products: a term that ended before its service was entered waits for an officer. */
export const reached = (row: FoodNoticeRow & { servedOn: string }, act: Act): { to: string } => ({
  to: lastDay(foodTerms.retestRequest, row.servedOn, act.calendar) < act.today ? 'served-late' : 'served',
});

export const NothingReceived = z.strictObject({
  reason: field.longText('核实情况', { en: 'How it was checked', max: 2000 }),
});

const filedOn = optional(
  field.date('收到书面申请日期', {
    en: 'Paper received on',
    help: { zh: '代录纸质申请时填写。', en: 'When a paper application is entered.' },
  }),
);
export const RetestRequest = z.strictObject({
  contested: field.list('申请复检的项目', field.text('检验项目', { en: 'Item' }), { en: 'Items', max: 300 }),
  reasons: field.longText('理由', { en: 'Reasons', max: 4000 }),
  filedOn,
});
export const FoodObjection = z.strictObject({
  ground: field.choice('异议事项', noticeGrounds, { en: 'Ground' }),
  reasons: field.longText('理由', { en: 'Reasons', max: 4000 }),
  filedOn,
});

/** Food operators may ask; the opener of a market and a platform are told, no more. */
export const mayAsk = (row: FoodNoticeRow): true | Refusal =>
  row.addressee.kind === 'sampled' ||
  row.addressee.kind === 'labelled-producer' ||
  refuse(
    'not-entitled',
    '市场开办者和平台提供者不是复检、异议的申请人（第三十条、第三十七条）。',
    'Openers of markets and platforms have no retest or objection to ask for (arts 30, 37).',
  );

/** Within seven working days of receipt; a late request is not taken up (order 15 arts 30, 37(3)). */
function checkFiling(row: FoodNoticeRow, filed: string | null | undefined, act: Act): true | Refusal {
  if (filed && act.actor.organisation !== null)
    return refuse(
      'filed-now',
      '在线提交以提交之日为准，不填写收到日期。',
      'What is filed online counts from now.',
      'filedOn',
    );
  const day = filed ?? act.occurredOn;
  if (day > act.occurredOn || day < row.servedOn!)
    return refuse(
      'filed-on',
      '收到日期应在送达之后、今天之前。',
      'It is filed after service and not in the future.',
      'filedOn',
    );
  const last = lastDay(foodTerms.retestRequest, row.servedOn!, act.calendar);
  return (
    day <= last ||
    refuse(
      'too-late',
      `申请期限至${last}，已经届满，不予受理（第三十条、第三十七条）。`,
      `The term ended on ${last}; the request is not taken up (arts 30, 37).`,
      'filedOn',
    )
  );
}

export function checkRetestRequest(row: FoodNoticeRow, input: z.infer<typeof RetestRequest>, act: Act): true | Refusal {
  const filed = checkFiling(row, input.filedOn, act);
  if (filed !== true) return filed;
  const failed = new Set(row.failedItems.map(({ item }) => item));
  return (
    (input.contested.length > 0 && input.contested.every((item) => failed.has(item))) ||
    refuse(
      'contested-items',
      `请从不合格项目中选择申请复检的项目：${[...failed].join('、')}。`,
      'Choose the items to be retested among those that failed.',
      'contested',
    )
  );
}

export const checkObjection = (row: FoodNoticeRow, input: z.infer<typeof FoodObjection>, act: Act): true | Refusal =>
  checkFiling(row, input.filedOn, act);

/** What both applications take over from the notice. */
const applied = (row: FoodNoticeRow, filed: string | null | undefined, act: Act) => ({
  notice: row.id,
  task: row.task,
  applicant: row.addressee,
  sampleName: row.sampleName,
  filedOn: filed ?? act.occurredOn,
  onPaper: act.actor.organisation === null,
});

/** One retest for one addressee: a second request would only repeat it. */
export const onlyOneRetest = (row: FoodNoticeRow) => [
  {
    key: `sampling.food-retest|${row.id}`,
    refusal: refuse('asked-already', '已经申请过复检。', 'A retest was asked for already.'),
  },
];

export async function requestRetest(
  row: FoodNoticeRow,
  input: z.infer<typeof RetestRequest>,
  act: Act,
): Promise<Partial<FoodNoticeRow>> {
  const { filedOn: filed, ...asked } = input;
  await act.create('sampling.food-retest', 'apply', {
    ...asked,
    ...applied(row, filed, act),
    productName: row.productName,
  });
  await act.perform('sampling.task', row.task, 'dispute', {});
  return {};
}

export async function objectTo(
  row: FoodNoticeRow,
  input: { ground: FoodGround; reasons: string; filedOn?: string | null | undefined },
  act: Act,
): Promise<Partial<FoodNoticeRow>> {
  const { filedOn: filed, ...asked } = input;
  await act.create('sampling.food-objection', 'file', { ...asked, ...applied(row, filed, act) });
  await act.perform('sampling.task', row.task, 'dispute', {});
  return {};
}

/** The notice is settled when the last application on it has its answer. */
export async function settleNotice(notice: string | null | undefined, ending: string, act: Act): Promise<void> {
  if (!notice) return;
  const [open] = await act.sql.query<{ n: number }>(
    `select (select count(*) from sampling.food_retest where notice = $1 and id <> $2 and state not in ('rejected', 'told'))
       + (select count(*) from sampling.food_objection where notice = $1 and id <> $2 and state not in ('rejected', 'decided')) as n`,
    [notice, ending],
  );
  if (Number(open!.n) === 0) await act.perform('sampling.food-notice', notice, 'settle', {});
}

export const Withdrawal = z.strictObject({ reason: field.longText('撤回理由', { en: 'Why', max: 4000 }) });

export const withdraw = (row: FoodNoticeRow, input: z.infer<typeof Withdrawal>, act: Act): Promise<void> =>
  withdrawPublicNotice(row, row.state === 'publicised', input.reason, act);
