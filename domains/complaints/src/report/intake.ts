import { type Act, field, optional, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { Moving, Returning, Secret, Unit } from '../complaint/intake.ts';
import { followShape, identityShape, intakeShape, subjectShape } from '../fields.ts';
import { isCompetent, passOn, refuseDesignation, refuseJoining, refuseUnit } from '../moving.ts';
import { copyIdentity, keepIdentity, moveAlong, openFollow, refuseUnsealed, tellFollow } from '../person.ts';
import { type Addition, type ReportRow, tipShape } from './entity.ts';

export { Moving, Returning, Secret, Unit };

const intake = { ...intakeShape, ...subjectShape, ...tipShape };
const carried = Object.keys(intake) as (keyof typeof intake)[];
export const Registering = z.strictObject({
  ...intake,
  mixed: field.flag('同时含投诉内容', { en: 'Holds a complaint as well' }),
  ...identityShape,
});
type Registering = z.infer<typeof Registering>;
export const Lodging = z.strictObject({ ...Registering.shape, ...followShape });
export const Separating = z.strictObject({
  ...intakeShape,
  ...subjectShape,
  facts: tipShape.facts,
  complaint: field.reference('分出的投诉', 'complaints.complaint', { en: 'Split from' }),
});
type Separating = z.infer<typeof Separating>;
export const Arriving = z.strictObject({
  ...intake,
  mixed: Registering.shape.mixed,
  source: optional(field.text('来源', { en: 'Source' })),
  cameFrom: field.reference('转来的举报', 'complaints.report', { en: 'Came from' }),
  moves: field.integer('指定次数', { en: 'Times designated' }),
});
type Arriving = z.infer<typeof Arriving>;
export const Redirecting = z.strictObject({
  toldWhere: field.text('告知其向哪个机关提出', {
    en: 'To which authority the reporter is told to turn',
    max: 300,
  }),
});
export const Merging = z.strictObject({
  mergedInto: field.reference('并入先前的举报', 'complaints.report', { en: 'Into the earlier report' }),
});
export const Repeating = z.strictObject({
  mergedInto: field.reference('先前的举报', 'complaints.report', { en: 'The earlier report' }),
  reason: field.longText('为何是同一事实', { en: 'Why it is the same fact', max: 2000 }),
});

export function checkIntake(_row: ReportRow, input: Registering, act: Act) {
  if (input.receivedOn > act.occurredOn)
    return refuse(
      'received-ahead',
      '收到日期不能晚于今天。',
      'It cannot have been received in the future.',
      'receivedOn',
    );
  if (Boolean(input.foreignNumber) !== Boolean(input.foreignSystem))
    return refuse(
      'foreign-number-half',
      '平台编号和来源平台应当一并填写。',
      'Platform and its number are given together.',
      'foreignNumber',
    );
  if (input.anonymous && input.identity)
    return refuse(
      'anonymous-with-identity',
      '匿名举报不登记身份。',
      'An anonymous report keeps no identity.',
      'identity',
    );
  return refuseUnsealed(input.identity);
}

const begun = (input: { receivedOn: string }): Partial<ReportRow> => ({
  verifiers: [],
  moves: 0,
  lastReceivedOn: input.receivedOn,
});

export async function register(row: ReportRow, input: Registering, act: Act): Promise<Partial<ReportRow>> {
  await keepIdentity(row, input.identity, act);
  return begun(input);
}

export async function lodge(row: ReportRow, input: z.infer<typeof Lodging>, act: Act): Promise<Partial<ReportRow>> {
  const kept = await register(row, input, act);
  await openFollow(row, 'report', input, { on: input.receivedOn, state: 'received' }, act);
  return kept;
}

export const issueSecret = async (row: ReportRow, input: z.infer<typeof Secret>, act: Act): Promise<undefined> => {
  await openFollow(row, 'report', input, { on: row.receivedOn, state: 'received' }, act);
};

export async function separate(row: ReportRow, input: Separating, act: Act): Promise<Partial<ReportRow>> {
  await copyIdentity(input.complaint, row.id, act);
  return { ...begun(input), anonymous: false, insider: false, wantsReward: false, mixed: false, source: '由投诉分出' };
}

export const arrive = async (row: ReportRow, input: Arriving, act: Act): Promise<Partial<ReportRow>> => {
  await moveAlong(input.cameFrom, row.id, row.office, act);
  return { verifiers: [], lastReceivedOn: input.receivedOn };
};

export const checkUnit = (row: ReportRow, input: z.infer<typeof Unit>, act: Act) => refuseUnit(row, input.unit, act);
export const checkDesignation = (row: ReportRow, input: z.infer<typeof Moving>, act: Act) =>
  refuseDesignation(row, input.to, act);

/** A report is never passed sideways: without competence the reporter is told where to turn (order 121 art. 34). */
export const checkRedirect = (row: ReportRow, _input: unknown, act: Act) =>
  !isCompetent(act.offices, row.office, row) ||
  refuse(
    'competent-here',
    '本机关对行为发生地有处理权限，应当处理。',
    'This authority is competent for the place of the act and handles it.',
  );

export const redirect = async (row: ReportRow, input: z.infer<typeof Redirecting>, act: Act): Promise<undefined> => {
  await tellFollow(row.id, 'redirected', `本机关没有处理权限，请向${input.toldWhere}提出。`, act);
};

export const pass = (row: ReportRow, input: z.infer<typeof Moving>, act: Act): Promise<Partial<ReportRow>> =>
  passOn('complaints.report', carried, row, input.to, act);

/** Only the same reporter's report of the same firm is joined to an earlier one (order 121 art. 35(2)). */
export const checkSame = (row: ReportRow, input: { mergedInto: string }, act: Act) =>
  refuseJoining('report', row, input.mergedInto, act, {
    trader: ['被举报人不同，不能合并。', 'It is about another firm and is not merged.'],
    person: [
      '不是同一举报人，或者匿名无法确认，应当分别处理。',
      'Another reporter, or anonymous and unknown: each is handled by itself.',
    ],
  });

export async function merge(row: ReportRow, input: z.infer<typeof Merging>, act: Act): Promise<undefined> {
  await act.perform('complaints.report', input.mergedInto, 'addFacts', { on: row.receivedOn, facts: row.facts });
  await tellFollow(row.id, 'received', '与您先前的举报合并处理。', act);
}

export const repeat = async (row: ReportRow, _input: unknown, act: Act): Promise<undefined> => {
  await tellFollow(row.id, 'received', '与您先前的举报为同一事实，不再另行处理。', act);
};

/** New facts of the same reporter: the time counts again from the last report (order 121 art. 35(2)). */
export const addFacts = (row: ReportRow, input: z.infer<typeof Addition>): Partial<ReportRow> => ({
  additions: [...(row.additions ?? []), input],
  lastReceivedOn: input.on,
  extended: false,
});

export const refuseMixed = (row: Pick<ReportRow, 'mixed'>) =>
  !row.mixed ||
  refuse(
    'split-first',
    '同时含投诉和举报内容的，应当先分开、分别处理：请为其投诉内容另行登记投诉。',
    'It holds a complaint and a report: enter the complaint by itself first.',
  );
