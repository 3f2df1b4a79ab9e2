import type { ClockRule } from '@hengjian/calendar';
import { type Refusal, refuse } from '@hengjian/kernel';
import { type LetterKind, type LetterKindName, letterKinds } from './kinds.ts';

export const kindOf = (kind: LetterKindName): LetterKind => letterKinds[kind];

/** Fifteen working days from the day the request arrived (order 2 art. 45). */
export const assistanceRule: ClockRule = {
  kind: 'within',
  unit: 'working-day',
  amount: 15,
  basis: '《市场监督管理行政处罚程序规定》第四十五条第二款',
};

export const namedDayRule: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 0,
  rollForward: 'none',
  basis: '文书载明的期限',
};

export interface Addressing {
  toOffice?: string | null | undefined;
  toSubject?: string | null | undefined;
  toName?: string | null | undefined;
  deadline?: string | null | undefined;
  meetingOn?: string | null | undefined;
}

/** What stands against a letter as it is written: one addressee of a sort that the kind allows, the days that it needs. */
export function refuseLetter(
  name: LetterKindName,
  letter: Addressing,
  known: { office: string; today: string },
): true | Refusal {
  const kind = kindOf(name);
  const given = [
    letter.toOffice ? 'office' : null,
    letter.toSubject ? 'subject' : null,
    !letter.toOffice && !letter.toSubject && letter.toName ? 'named' : null,
  ].filter((sort) => sort !== null);
  if (given.length !== 1)
    return refuse('one-addressee', '请写明一个收文机关或者单位。', 'Name one addressee.', 'toOffice');
  if (!(kind.to as readonly string[]).includes(given[0]!))
    return refuse(
      'wrong-addressee',
      `${kind.paper.zh}不发给这类对象。`,
      `A ${kind.paper.en.toLowerCase()} does not go to such an addressee.`,
      given[0] === 'office' ? 'toOffice' : 'toName',
    );
  if (letter.toOffice === known.office)
    return refuse('own-office', '不能发给本机关自己。', 'An authority does not write to itself.', 'toOffice');
  if (kind.answer === 'named-day' && !letter.deadline)
    return refuse('deadline-missing', '请写明回复期限。', 'Say by when it is to be answered.', 'deadline');
  if (letter.deadline && letter.deadline <= known.today)
    return refuse('due-in-past', '回复期限应晚于今天。', 'The deadline must lie ahead.', 'deadline');
  if (kind.meeting && !letter.meetingOn)
    return refuse('meeting-day-missing', '请写明日期。', 'Say on which day.', 'meetingOn');
  if (letter.meetingOn && letter.meetingOn < known.today)
    return refuse('meeting-in-past', '日期不能早于今天。', 'The day lies in the past.', 'meetingOn');
  return true;
}

export const answersDue = (row: { kind: LetterKindName }): true | Refusal =>
  kindOf(row.kind).answer !== 'none' ||
  refuse('no-answer-asked', '这类文书不要求回复。', 'No answer is asked of this kind.');

export const meets = (row: { kind: LetterKindName }): true | Refusal =>
  kindOf(row.kind).meeting !== null ||
  refuse('no-meeting', '这类文书没有会议或者约谈。', 'There is no meeting of this kind.');

export const asksNothing = (row: { kind: LetterKindName }): true | Refusal =>
  (kindOf(row.kind).answer === 'none' && kindOf(row.kind).meeting === null) ||
  refuse('answer-awaited', '尚待回复或者召开。', 'An answer or a meeting is still awaited.');
