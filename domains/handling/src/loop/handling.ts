import { computeDeadline } from '@hengjian/calendar';
import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { findSuperior } from '@hengjian/people';
import { z } from 'zod';
import { rectificationRule } from '../clocks.ts';
import { bodyShape, summaryOf } from '../fields.ts';
import type { LoopRow } from './entity.ts';

const subjectOf = ({ subjectId, subjectName, subjectCode, productName }: LoopRow) => ({
  subjectId,
  subjectName,
  subjectCode,
  productName,
});

export const Stop = z.strictObject({
  stoppedOn: field.date('停止生产销售日期', { en: 'Stopped on' }),
  stopNote: field.longText('停止生产销售情况', {
    en: 'How it stopped',
    max: 2000,
    help: {
      zh: '库存数量和存放、已售数量、已通知的下家。',
      en: 'Stock and where it lies, what was sold, who was told.',
    },
  }),
});

export const checkStop = (_row: LoopRow, input: z.infer<typeof Stop>, act: Act): true | Refusal =>
  input.stoppedOn <= act.occurredOn ||
  refuse('stopped-in-future', '停止日期不能晚于今天。', 'It cannot have stopped in the future.', 'stoppedOn');

export const OrderIt = z.strictObject({
  address: optional(field.text('送达地址', { en: 'Address', max: 300 })),
  demands: field.longText('改正要求', {
    en: 'What is to be put right',
    max: 4000,
    help: { zh: '期限由系统按六十日计算。', en: 'The term of sixty days is computed.' },
  }),
});

/** 责令改正: an officer's order with its paper and its sixty days; the firm's own duty to stop is told with it, and stays internal. */
export async function orderIt(row: LoopRow, input: z.infer<typeof OrderIt>, act: Act): Promise<Partial<LoopRow>> {
  await act.create('handling.order', 'issueRectification', {
    loop: row.id,
    kind: 'rectification',
    ...subjectOf(row),
    address: input.address,
    ground: `${row.ground}${row.reportNumber ? `（检验报告${row.reportNumber}）` : ''}`,
    demands: input.demands,
    dueOn: computeDeadline(rectificationRule, act.occurredOn, act.calendar).dueOn,
  });
  return { orderedOn: act.occurredOn };
}

export const Rectification = z.strictObject({
  cause: field.longText('不合格原因', { en: 'Cause', max: 4000 }),
  measures: field.longText('整改措施', { en: 'Measures', max: 4000 }),
});

export const rectify = (_row: LoopRow, _input: unknown, act: Act): Partial<LoopRow> => ({
  rectifiedOn: act.occurredOn,
});

export const Refusing = z.strictObject({
  refusal: field.longText('拒不改正或者逾期未改正情况', { en: 'How it was refused', max: 2000 }),
  openly: optional(field.flag('当事人明确拒绝', { en: 'Refused in so many words' })),
});

/** Not rectified: the sixty days are over, or the firm said no. */
export function checkRefusing(row: LoopRow, input: z.infer<typeof Refusing>, act: Act): true | Refusal {
  const due = computeDeadline(rectificationRule, row.orderedOn!, act.calendar).dueOn!;
  return (
    input.openly === true ||
    act.occurredOn > due ||
    refuse(
      'term-runs',
      `改正期限至${due}，尚未届满；当事人明确拒绝的，请注明。`,
      `The term runs until ${due}; say so where the firm refused openly.`,
      'openly',
    )
  );
}

export const RecheckOrder = z.strictObject({
  lab: optional(
    field.object('检验机构', bodyShape, {
      en: 'Laboratory',
      help: { zh: '不填的，由初检机构检验。', en: 'Left out: the first laboratory.' },
    }),
  ),
  otherLabReason: optional(field.longText('另选检验机构的理由', { en: 'Why another laboratory', max: 1000 })),
  address: optional(field.text('送达地址', { en: 'Address', max: 300 })),
});
type RecheckOrder = z.infer<typeof RecheckOrder>;

/** Same rules and same laboratory unless a reason stands in the record; without a programme there is nothing to test by. */
export function checkRecheck(row: LoopRow, input: RecheckOrder, act: Act): true | Refusal {
  const lab = input.lab ?? row.lab;
  if (!lab) return refuse('laboratory-missing', '请指定检验机构。', 'Name the laboratory.', 'lab');
  if (input.lab && row.lab && input.lab.name !== row.lab.name && !input.otherLabReason)
    return refuse(
      'other-laboratory',
      `复查由初检机构${row.lab.name}检验；另选的请说明理由。`,
      `The first laboratory, ${row.lab.name}, tests again; give the reason for another.`,
      'otherLabReason',
    );
  if (row.suspendedUntil && row.state === 'suspended' && act.occurredOn <= row.suspendedUntil)
    return refuse(
      'suspension-runs',
      `整顿期至${row.suspendedUntil}，期满后复查（产品质量法第十七条）。`,
      `The suspension runs until ${row.suspendedUntil}; it is rechecked afterwards.`,
    );
  return (
    row.items.length > 0 ||
    refuse('no-programme', '没有可以依据的检验项目，不能复查。', 'There is no test programme to recheck by.')
  );
}

const ordinalAfter: Record<string, string> = { announced: 'second', suspended: 'after-suspension' };

export async function orderRecheck(row: LoopRow, input: RecheckOrder, act: Act): Promise<void> {
  await act.create('handling.recheck', 'order', {
    loop: row.id,
    ordinal: ordinalAfter[row.state] ?? 'first',
    ...subjectOf(row),
    items: row.items,
    lab: input.lab ?? row.lab,
    otherLabReason: input.otherLabReason,
  });
}

export const failRecheck = (row: LoopRow): Partial<LoopRow> & { to: string } => ({
  failures: row.failures + 1,
  to:
    ({ rechecking: 'recheck-failed', 'rechecking-again': 'second-failed' } as Record<string, string>)[row.state] ??
    'third-failed',
});

export const Report = z.strictObject({
  summary: field.longText('上报内容', { en: 'Report', max: 4000 }),
});

/** One level up at a time; the province is the last (order 18 art. 47(2)). */
export async function reportUp(row: LoopRow, input: z.infer<typeof Report>, act: Act): Promise<Partial<LoopRow>> {
  const superior = findSuperior(act.offices, row.office);
  const [last] = await act.sql.query<{ failed: LoopRow['failedItems'] }>(
    `select failed_items as failed from handling.recheck where loop = $1 and state = 'failed' order by id desc limit 1`,
    [row.id],
  );
  await act.create(
    'handling.report-up',
    'send',
    {
      loop: row.id,
      fromOffice: row.office,
      origin: row.office,
      organiser: row.organiser,
      ...subjectOf(row),
      model: row.model,
      batch: row.batch,
      ground: row.state === 'refused' ? 'refused' : 'recheck-failed',
      failedItems: last?.failed ?? row.failedItems,
      summary: input.summary,
    },
    { office: superior?.code ?? row.office },
  );
  return { reportedUpOn: act.occurredOn };
}

export const Announced = z.strictObject({ announcedOn: z.iso.date() });
export const ReportReturned = z.strictObject({ reason: z.string().trim().min(1).max(2000) });

export const reportReturned = (row: LoopRow): Partial<LoopRow> & { to: string } => ({
  reportedUpOn: null,
  to: row.refusal ? 'refused' : 'recheck-failed',
});

export const Referring = z.strictObject({
  ground: field.longText('事由', { en: 'Ground', max: 4000 }),
  toOffice: optional(
    field.office('承办机关', { en: 'To', help: { zh: '不填的，由本机关承办。', en: 'Left out: this authority.' } }),
  ),
  recipient: optional(field.text('平台外的承办机关', { en: 'To (outside the platform)' })),
});
type Referring = z.infer<typeof Referring>;

export function checkReferring(_row: LoopRow, input: Referring, act: Act): true | Refusal {
  return (
    !input.toOffice ||
    act.offices.has(input.toOffice) ||
    refuse('unknown-office', '没有这个机关。', 'There is no such office.', 'toOffice')
  );
}

export const refer =
  (kind: string) =>
  async (row: LoopRow, input: Referring, act: Act): Promise<void> => {
    await act.create('handling.referral', 'open', {
      loop: row.id,
      kind,
      ...subjectOf(row),
      ground: `${input.ground}（${summaryOf(row.failedItems)}）`.slice(0, 4000),
      startedOn: act.occurredOn,
      toOffice: input.toOffice === row.office ? null : input.toOffice,
      recipient: input.recipient,
    });
  };

export const Suspended = z.strictObject({ suspendedUntil: z.iso.date() });
