import { computeDeadline } from '@hengjian/calendar';
import { type Act, field, optional, type Paper, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf, findSuperior } from '@hengjian/people';
import { z } from 'zod';
import { inspectionSettings } from '../../../../data/inspections/index.ts';
import { findListed } from '../officer/lifecycle.ts';
import { type HazardRow, listShape, severities } from './entity.ts';

export const Listing = z.strictObject(listShape);
export const VisitListing = z.strictObject({
  ...listShape,
  visit: field.reference('发现于', 'inspections.visit', { en: 'Found on' }),
});
export const HandOver = z.strictObject({
  handler: field.text('督办人', { en: 'Officer in charge', max: 60 }),
  deadline: optional(field.date('整改期限', { en: 'Deadline' })),
});
export const Rectification = z.strictObject({
  rectification: field.longText('整改情况', { en: 'What was done', max: 3000 }),
  rectifiedOn: field.date('整改完成日期', { en: 'Rectified on' }),
});
export const Verification = z.strictObject({
  verification: field.longText('复查意见', { en: 'Verification', max: 2000 }),
});
export const Extension = z.strictObject({
  deadline: field.date('新的期限', { en: 'New deadline' }),
  reason: field.longText('延期理由', { en: 'Why', max: 2000 }),
});
export const Supervision = z.strictObject({
  supervision: field.longText('督办意见', { en: 'Instruction', max: 2000 }),
  deadline: field.date('督办期限', { en: 'New deadline' }),
});
export const Reason = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 2000 }) });

const ahead = (day: string, act: Act): true | Refusal =>
  day > act.occurredOn || refuse('due-in-past', '期限应晚于今天。', 'The deadline lies ahead.', 'deadline');

/** Only an officer of the bank lists a hazard: what a firm is held to was seen by somebody entitled to look (practice W11). */
export async function checkListing(_row: HazardRow, input: z.infer<typeof Listing>, act: Act): Promise<true | Refusal> {
  const own = (await findListed(act.sql, [act.actor.person])).get(act.actor.person);
  if (own === undefined || own.until < act.occurredOn)
    return refuse(
      'certificate-needed',
      '只有持有效执法证、在名录库中的检查人员可以列隐患。',
      'Hazards are listed by officers of the bank whose certificate holds.',
    );
  return ahead(input.deadline, act);
}

export const list = (_row: HazardRow, input: z.infer<typeof Listing>, act: Act): Partial<HazardRow> => ({
  listedOn: act.occurredOn,
  dueOn: input.deadline,
  level: 0,
  rectifications: 0,
});

export const checkHandOver = (_row: HazardRow, input: z.infer<typeof HandOver>, act: Act): true | Refusal =>
  input.deadline ? ahead(input.deadline, act) : true;

export const handOver = (row: HazardRow, input: z.infer<typeof HandOver>, act: Act): Partial<HazardRow> => {
  const deadline = input.deadline ?? row.deadline;
  return { deadline, dueOn: deadline, handedOverOn: act.occurredOn };
};

export const checkRectification = (row: HazardRow, input: z.infer<typeof Rectification>, act: Act): true | Refusal =>
  (input.rectifiedOn >= row.listedOn && input.rectifiedOn <= act.occurredOn) ||
  refuse(
    'rectified-on',
    '整改完成日期应在列入清单之后、今天之前。',
    'It is rectified after it was listed and not in the future.',
    'rectifiedOn',
  );

/** A deadline is put off before it has passed, with a signature; what is late already is the superior's to date. */
export const checkExtension = (row: HazardRow, input: z.infer<typeof Extension>, act: Act): true | Refusal => {
  if (row.level > 0)
    return refuse(
      'overdue-not-extended',
      '已逾期升级的隐患不能延期，由上级定期限。',
      'What is late is not extended here; the superior sets the day.',
    );
  return input.deadline > row.dueOn
    ? ahead(input.deadline, act)
    : refuse('not-later', '新的期限应晚于原期限。', 'It is not later.', 'deadline');
};

export const withDeadline = (_row: HazardRow, input: { deadline: string }): Partial<HazardRow> => ({
  dueOn: input.deadline,
});

/** Late: the next authority above supervises; what is still late goes one higher after some working days, until nobody is above. */
export function escalate(row: HazardRow, _input: unknown, act: Act): Partial<HazardRow> {
  const from = row.supervisor ?? authorityOf(act.offices, row.office).code;
  const superior = findSuperior(act.offices, from);
  const { value: amount, basis } = inspectionSettings().escalateAgainWorkingDays;
  const next = computeDeadline(
    { kind: 'within', unit: 'working-day', amount, rollForward: 'none', basis },
    act.occurredOn,
    act.calendar,
  );
  return {
    level: row.level + 1,
    supervisor: superior?.code ?? row.supervisor ?? authorityOf(act.offices, row.office).code,
    dueOn: next.dueOn!,
  };
}

/** Escalated so often: after it the circular (通报) is what is left. */
export const MOST_ESCALATIONS = 3;

export const orderPaper = (row: HazardRow): Paper => ({
  template: 'hazard-order',
  title: '隐患整改交办单',
  content: {
    to: row.enterpriseName,
    paragraphs: ['经检查发现下列隐患，请按期整改，整改完成后报送整改材料，由检查人员复查，合格后销号。'],
    facts: facts(row),
  },
});

export const circularPaper = (row: HazardRow): Paper => ({
  template: 'hazard-circular',
  title: '隐患整改情况通报',
  content: {
    paragraphs: [`下列隐患逾期未整改，已升级督办 ${row.level} 次，现予通报，并抄送同级人民政府和行业主管部门。`],
    facts: [['企业', row.enterpriseName], ...facts(row)],
  },
});

export const signOffPaper = (row: HazardRow): Paper => ({
  template: 'hazard-sign-off',
  title: '隐患销号单',
  content: {
    facts: [
      ['企业', row.enterpriseName],
      ...facts(row),
      ['整改情况', row.rectification ?? ''],
      ['复查意见', row.verification ?? ''],
      ['复查日期', row.verifiedOn ?? ''],
    ],
    signatures: ['复查人员', '销号人'],
  },
});

const facts = (row: HazardRow): [string, string][] => [
  ['隐患情况', row.description],
  ['等级', severities[row.severity].zh],
  ['依据', row.clause ?? '—'],
  ['整改措施', row.measures],
  ['整改期限', row.deadline],
];
