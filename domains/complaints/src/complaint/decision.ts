import { computeDeadline } from '@hengjian/calendar';
import { type Act, field, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { identityShape } from '../fields.ts';
import { refusalChoices } from '../grounds.ts';
import { keepIdentity, refuseStranger, refuseUnsealed, tellFollow, withName } from '../person.ts';
import { Complaint, type ComplaintRow } from './entity.ts';
import { refuseMixed } from './intake.ts';

export const Asking = z.strictObject({ identityUntil: field.date('提供期限', { en: 'By' }) });
export const Shown = z.strictObject({
  identityChecked: field.flag('核验无误', { en: 'Verified' }),
  ...identityShape,
});
export const Refusing = z.strictObject({
  ground: field.choice('法定情形', refusalChoices, { en: 'Ground' }),
  factors: Complaint.shape.factors,
  reason: field.longText('理由', { en: 'Reasons', max: 4000 }),
});
export const Opening = z.strictObject({
  why: field.text('查看理由', { en: 'Why it is opened', max: 300 }),
});

export const checkAsking = (_row: ComplaintRow, input: z.infer<typeof Asking>, act: Act) =>
  input.identityUntil > act.occurredOn ||
  refuse('no-time-left', '应当给出合理的期限。', 'There must be time to answer.', 'identityUntil');

export const takeInHand = (row: ComplaintRow, _input: unknown, act: Act): Partial<ComplaintRow> => ({
  handlers: withName(row.handlers, act),
});

export const askIdentity = async (
  row: ComplaintRow,
  input: z.infer<typeof Asking>,
  act: Act,
): Promise<Partial<ComplaintRow>> => {
  await tellFollow(row.id, 'identityAsked', `请于 ${input.identityUntil} 前提供身份证明材料。`, act);
  return { identityAsked: true, handlers: withName(row.handlers, act) };
};

export const checkShown = (_row: ComplaintRow, input: z.infer<typeof Shown>) => refuseUnsealed(input.identity);
export const showIdentity = async (row: ComplaintRow, input: z.infer<typeof Shown>, act: Act): Promise<undefined> => {
  await keepIdentity(row, input.identity, act);
  await tellFollow(row.id, 'distributed', null, act);
};

/** Without a person there is nobody to mediate for (art. 10(1)). */
export async function checkAccept(row: ComplaintRow, _input: unknown, act: Act) {
  const mixed = refuseMixed(row);
  if (mixed !== true) return mixed;
  const [held] = await act.sql.query('select 1 from complaints.identity where record = $1', [row.id]);
  return (
    held !== undefined ||
    refuse(
      'no-identity',
      '没有投诉人的真实身份信息，不能受理；请先要求提供。',
      'There is no identity of the person; ask for it first.',
    )
  );
}

export const accept = async (row: ComplaintRow, _input: unknown, act: Act): Promise<Partial<ComplaintRow>> => {
  await tellFollow(row.id, 'accepted', '您的投诉已受理，本机关将组织调解。', act);
  return { acceptedOn: act.occurredOn, decidedOn: act.occurredOn, handlers: withName(row.handlers, act) };
};

/** Three years from the day on which the person knew (art. 16(4)). */
export function outOfTime(
  row: Pick<ComplaintRow, 'knownOn' | 'happenedOn' | 'receivedOn'>,
  act: Pick<Act, 'calendar'>,
) {
  const from = row.knownOn ?? row.happenedOn;
  if (!from) return false;
  const rule = { kind: 'within', unit: 'month', amount: 36, rollForward: 'none', basis: '第十六条第四项' } as const;
  return row.receivedOn > computeDeadline(rule, from, act.calendar).dueOn!;
}

export function checkRefuse(row: ComplaintRow, input: z.infer<typeof Refusing>, act: Act) {
  const mixed = refuseMixed(row);
  if (mixed !== true) return mixed;
  if (input.ground === '16-3' && !input.factors?.length)
    return refuse(
      'factors-missing',
      '以第十六条第三项不予受理的，应当写明第十七条的判断因素。',
      'Where it is not for living consumption, name the factors of art. 17.',
      'factors',
    );
  if (input.ground !== '16-3' && input.factors?.length)
    return refuse('factors-stray', '判断因素只用于第十六条第三项。', 'Factors belong to art. 16(3) alone.', 'factors');
  if (input.ground === '16-4' && !outOfTime(row, act))
    return refuse(
      'not-out-of-time',
      '自知道权益受到侵害之日起没有超过三年，或者没有登记该日期。',
      'Three years have not passed since the person knew, or that day is not entered.',
      'ground',
    );
  return true;
}

export const refuseIt = async (
  row: ComplaintRow,
  input: z.infer<typeof Refusing>,
  act: Act,
): Promise<Partial<ComplaintRow>> => {
  await tellFollow(row.id, 'refused', `${refusalChoices[input.ground]!.zh}。理由：${input.reason}`, act);
  return { decidedOn: act.occurredOn, handlers: withName(row.handlers, act) };
};

export const checkOpening = (row: ComplaintRow, _input: unknown, act: Act) => refuseStranger(row.handlers, act);
