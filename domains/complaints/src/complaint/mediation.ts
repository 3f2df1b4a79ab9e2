import { type Act, field, optional, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { terminationChoices } from '../grounds.ts';
import { tellFollow, withName } from '../person.ts';
import { Complaint, type ComplaintRow, Meeting, modes } from './entity.ts';

const { shape } = Complaint;
export const Arranging = z.strictObject({
  respondentConsents: field.flag('被投诉人同意调解', { en: 'Trader agrees to mediation' }),
  mode: field.choice('调解方式', modes, { en: 'Mode' }),
  mediationOn: field.date('调解日期', { en: 'On' }),
  place: shape.place,
  mediator: field.text('调解人员', { en: 'Mediator' }),
  entrustedTo: shape.entrustedTo,
});
type Arranging = z.infer<typeof Arranging>;
export const Recusing = z.strictObject({
  recusal: field.longText('申请人和理由', { en: 'Who asks, and why', max: 2000 }),
});
export const RecusalDecision = z.strictObject({
  upheld: field.flag('应当回避', { en: 'Upheld' }),
  mediator: optional(field.text('更换后的调解人员', { en: 'New mediator' })),
  recusal: field.longText('决定理由', { en: 'Reasons', max: 2000 }),
});
export const Appraising = z.strictObject({
  appraiser: field.text('鉴定、检测机构', { en: 'Appraiser or laboratory' }),
  appraisedItem: field.text('鉴定、检测事项', { en: 'What is appraised', max: 500 }),
  appraisalPayer: field.text('费用承担（双方协商）', { en: 'Who pays, as agreed', max: 300 }),
});
export const Appraised = z.strictObject({
  appraisalResult: field.longText('结论', { en: 'Result', max: 2000 }),
});
export const Agreeing = z.strictObject({
  agreement: field.longText('协议内容', { en: 'Agreement', max: 4000 }),
  agreementAmount: shape.agreementAmount,
});
export const AgreeingWithoutPaper = Agreeing.extend({
  why: field.choice(
    '不制作调解书的理由',
    {
      performed: { zh: '协议已经即时履行', en: 'Performed at once' },
      waived: { zh: '双方同意不制作', en: 'Both agree to none' },
      'off-site': { zh: '非现场调解', en: 'Not mediated on site' },
    },
    { en: 'Why there is no agreement paper' },
  ),
});
export const Settling = z.strictObject({
  how: field.choice(
    '方式',
    {
      withdrawn: { zh: '投诉人撤回', en: 'Withdrawn' },
      reconciled: { zh: '双方自行和解', en: 'Settled between the parties' },
    },
    { en: 'How' },
  ),
});
export const Terminating = z.strictObject({
  endGround: field.choice('法定情形', terminationChoices, { en: 'Ground' }),
  reason: field.longText('情况', { en: 'What happened', max: 4000 }),
});
export const Telling = z.strictObject({
  endedBy: field.text('告知双方的方式', { en: 'How both were told', max: 300 }),
});
export const Clue = z.strictObject({ clue: field.longText('线索', { en: 'Clue', max: 4000 }) });
export { Meeting };

/** Mediation needs the consent of both (art. 18); entrusting it needs the complainant's own (art. 19). */
export function checkArranging(row: ComplaintRow, input: Arranging, act: Act) {
  if (!row.consentMediation || !input.respondentConsents)
    return refuse(
      'no-consent',
      '调解须经双方同意；一方明确拒绝的，终止调解（第二十三条第一款第二项）。',
      'Both must agree to mediation; where one declines, mediation ends (art. 23(1)(2)).',
      'respondentConsents',
    );
  if (input.entrustedTo && !row.consentEntrust)
    return refuse(
      'no-consent-to-entrust',
      '投诉人没有同意委托调解。',
      'The complainant has not agreed to entrusted mediation.',
      'entrustedTo',
    );
  if (input.mode === 'on-site' && !input.place)
    return refuse('place-missing', '现场调解应当告知地点。', 'Say where it takes place.', 'place');
  return (
    input.mediationOn >= act.occurredOn ||
    refuse('day-past', '应当提前告知调解时间。', 'The parties are told in advance.', 'mediationOn')
  );
}

export const arrange = async (row: ComplaintRow, input: Arranging, act: Act): Promise<Partial<ComplaintRow>> => {
  await tellFollow(row.id, 'mediating', `${input.mediationOn} ${modes[input.mode].zh}。`, act);
  return { meetings: row.meetings ?? [], handlers: withName(row.handlers, act) };
};

export const addMeeting = (row: ComplaintRow, input: z.infer<typeof Meeting>): Partial<ComplaintRow> => ({
  meetings: [...(row.meetings ?? []), input],
});
export const mostMeetings = (row: ComplaintRow) =>
  (row.meetings?.length ?? 0) < 20 || refuse('too-many-meetings', '调解记录已满。', 'The record of mediation is full.');

export const checkRecusal = (_row: ComplaintRow, input: z.infer<typeof RecusalDecision>) =>
  !input.upheld ||
  Boolean(input.mediator) ||
  refuse('mediator-missing', '决定回避的，应当另行确定调解人员。', 'Name another mediator.', 'mediator');
export const decideRecusal = (row: ComplaintRow, input: z.infer<typeof RecusalDecision>): Partial<ComplaintRow> => ({
  mediator: input.upheld ? input.mediator! : (row.mediator ?? null),
  recusal: `${row.recusal ?? ''}\n${input.upheld ? '决定回避' : '不予回避'}：${input.recusal}`.trim(),
});

export const metOnce = (row: ComplaintRow) =>
  (row.meetings?.length ?? 0) > 0 || refuse('no-meeting', '先登记调解记录。', 'Enter the record of mediation first.');

export const agree = async (row: ComplaintRow, _input: unknown, act: Act): Promise<Partial<ComplaintRow>> => {
  await tellFollow(row.id, 'agreed', '已达成调解协议。', act);
  return { agreedOn: act.occurredOn, handlers: row.handlers };
};

/** On site an agreement paper is made, unless it was performed at once or both want none (art. 24(1)). */
export const checkWithoutPaper = (row: ComplaintRow, input: z.infer<typeof AgreeingWithoutPaper>) =>
  !(row.mode === 'on-site' && input.why === 'off-site') ||
  refuse(
    'paper-needed',
    '现场调解达成协议的，应当制作调解书；即时履行或者双方同意不制作的除外。',
    'Agreed on site, an agreement paper is made unless it was performed at once or both want none.',
    'why',
  );

export const settle = async (
  row: ComplaintRow,
  { how }: z.infer<typeof Settling>,
  act: Act,
): Promise<Partial<ComplaintRow>> => {
  const told = how === 'withdrawn' ? '您已撤回投诉。' : '双方自行和解。';
  await tellFollow(row.id, 'settled', told, act);
  return { endGround: '23-1', endedOn: act.occurredOn };
};

/** Sixty days end mediation only when they are over, pauses not counted. */
export async function checkTerminating(row: ComplaintRow, input: z.infer<typeof Terminating>, act: Act) {
  if (input.endGround === '23-1')
    return refuse('settle-instead', '撤回或者和解的，请用“撤回或者和解”。', 'Use the step for that.', 'endGround');
  if (input.endGround !== '23-5') return true;
  const [clock] = await act.sql.query<{ status: string; due: string | null }>(
    `select status, to_char(due_on, 'YYYY-MM-DD') as due from kernel.clock where record = $1 and name = 'mediation' order by started_on desc limit 1`,
    [row.id],
  );
  const over = clock?.status === 'running' && clock.due !== null && clock.due < act.occurredOn;
  return (
    over ||
    refuse(
      'sixty-days-not-over',
      `自受理之日起六十日没有届满（鉴定、检测时间不计算在内），期限至 ${clock?.due ?? '暂停中'}。`,
      `Sixty days from acceptance are not over, appraisal not counted; they end on ${clock?.due ?? 'a day that waits'}.`,
      'endGround',
    )
  );
}

export const terminate = async (
  row: ComplaintRow,
  input: z.infer<typeof Terminating>,
  act: Act,
): Promise<Partial<ComplaintRow>> => {
  await tellFollow(row.id, 'terminated', `${terminationChoices[input.endGround]!.zh}。${input.reason}`, act);
  return { endedOn: act.occurredOn };
};

export const close = async (row: ComplaintRow, _input: unknown, act: Act): Promise<undefined> => {
  await act.sql.query(`update complaints.follow set state = 'closed', told_on = $2 where record = $1`, [
    row.id,
    act.occurredOn,
  ]);
};

/** What looks unlawful goes to those who file cases, from the day it was found (art. 27). */
export async function noteClue(
  row: ComplaintRow,
  { clue }: z.infer<typeof Clue>,
  act: Act,
): Promise<Partial<ComplaintRow>> {
  const { subjectId, subjectName, subjectCode, region, productName } = row;
  await act.create('complaints.referral', 'open', {
    kind: 'clue',
    complaint: row.id,
    ...{ subjectId, subjectName, subjectCode, region, productName },
    facts: clue,
    foundOn: act.occurredOn,
  });
  return { clueFoundOn: act.occurredOn };
}
