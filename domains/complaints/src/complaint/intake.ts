import { type Act, field, optional, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { followShape, identityShape, intakeShape, subjectShape } from '../fields.ts';
import { passOn, refuseDesignation, refuseJoining, refuseTransfer, refuseUnit } from '../moving.ts';
import { keepIdentity, moveAlong, openFollow, refuseUnsealed, tellFollow, withName } from '../person.ts';
import { type ComplaintRow, claimShape } from './entity.ts';

const intake = { ...intakeShape, ...subjectShape, ...claimShape };
const carried = Object.keys(intake) as (keyof typeof intake)[];
export const Registering = z.strictObject({
  ...intake,
  mixed: field.flag('同时含举报内容', { en: 'Holds a report as well' }),
  report: optional(field.reference('从哪件举报分出', 'complaints.report', { en: 'Split from the report' })),
  ...identityShape,
});
type Registering = z.infer<typeof Registering>;
export const Lodging = z.strictObject({ ...Registering.shape, ...followShape });
type Lodging = z.infer<typeof Lodging>;
export const Arriving = z.strictObject({
  ...intake,
  mixed: Registering.shape.mixed,
  report: Registering.shape.report,
  source: optional(field.text('来源', { en: 'Source' })),
  cameFrom: field.reference('转来的投诉', 'complaints.complaint', { en: 'Came from' }),
  moves: field.integer('转送次数', { en: 'Times passed on' }),
});
type Arriving = z.infer<typeof Arriving>;
export const Secret = z.strictObject(followShape);

const reason = field.longText('理由', { en: 'Reason', max: 2000 });
export const Unit = z.strictObject({ unit: field.office('承办机构', { en: 'Unit' }) });
export const Returning = z.strictObject({ returnReason: reason });
export const Moving = z.strictObject({
  to: field.office('转往机关', { en: 'To the authority' }),
  returnReason: reason,
});
type Moving = z.infer<typeof Moving>;
export const Merging = z.strictObject({
  mergedInto: field.reference('并入哪件投诉', 'complaints.complaint', { en: 'Into' }),
  reason,
});
export const Splitting = z.strictObject({
  facts: field.longText('举报的线索和事实', { en: 'Facts of the report', max: 8000 }),
});

export function checkIntake(_row: ComplaintRow, input: Registering, act: Act) {
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
  return refuseUnsealed(input.identity);
}

/** A matter of a platform is entered once, however often it is sent. */
export const foreignKey = (input: { foreignSystem?: string | null; foreignNumber?: string | null }) =>
  input.foreignNumber
    ? [
        {
          key: `complaints|${input.foreignSystem}|${input.foreignNumber}`,
          refusal: refuse(
            'ticket-known',
            '这个平台编号已经登记过。',
            'This number of the platform was entered before.',
          ),
        },
      ]
    : [];

export async function register(row: ComplaintRow, input: Registering, act: Act): Promise<Partial<ComplaintRow>> {
  await keepIdentity(row, input.identity, act);
  let source: string | null = null;
  if (input.report) {
    await act.perform('complaints.report', input.report, 'noteSplit', {});
    source = '由举报分出';
  }
  return { handlers: withName([], act), moves: 0, source };
}

export async function lodge(row: ComplaintRow, input: Lodging, act: Act): Promise<Partial<ComplaintRow>> {
  const kept = await register(row, input, act);
  await openFollow(row, 'complaint', input, { on: input.receivedOn, state: 'registered' }, act);
  return kept;
}

export const issueSecret = async (row: ComplaintRow, input: z.infer<typeof Secret>, act: Act): Promise<undefined> => {
  await openFollow(row, 'complaint', input, { on: row.receivedOn, state: row.state }, act);
};

export const arrive = async (row: ComplaintRow, input: Arriving, act: Act): Promise<Partial<ComplaintRow>> => {
  await moveAlong(input.cameFrom, row.id, row.office, act);
  return { handlers: [] };
};

export const checkUnit = (row: ComplaintRow, input: z.infer<typeof Unit>, act: Act) => refuseUnit(row, input.unit, act);
export const checkTransfer = (row: ComplaintRow, input: Moving, act: Act) => refuseTransfer(row, input.to, act);
export const checkDesignation = (row: ComplaintRow, input: Moving, act: Act) => refuseDesignation(row, input.to, act);

/** Identity and query number go along. */
export const pass = (row: ComplaintRow, input: Moving, act: Act): Promise<Partial<ComplaintRow>> =>
  passOn('complaints.complaint', carried, row, input.to, act, { report: row.report ?? null });

/** 分别处理: the report begins as a record of its own, with the same person sealed beside it (order 121 art. 9). */
export async function split(
  row: ComplaintRow,
  { facts }: z.infer<typeof Splitting>,
  act: Act,
): Promise<Partial<ComplaintRow>> {
  const { channel, receivedOn, productName, category } = row;
  const { subjectId, subjectName, subjectCode, subjectKind, region, platformRegion, address } = row;
  const { id } = await act.create(
    'complaints.report',
    'separate',
    {
      ...{ channel, receivedOn, productName, category },
      ...{ subjectId, subjectName, subjectCode, subjectKind, region, platformRegion, address },
      facts,
      complaint: row.id,
    },
    { office: row.office },
  );
  return { mixed: false, report: id };
}

export const checkMerge = (row: ComplaintRow, input: z.infer<typeof Merging>, act: Act) =>
  refuseJoining('complaint', row, input.mergedInto, act, {
    trader: [
      '只有同一投诉人对同一经营者的同一争议可以合并。',
      'Only the same person’s same dispute with the same trader is merged.',
    ],
    person: [
      '两件投诉不是同一投诉人，不能合并；共同投诉须经投诉人同意另行办理。',
      'The two come from different people and are not merged.',
    ],
  });

export const merge = async (row: ComplaintRow, _input: unknown, act: Act): Promise<undefined> => {
  await tellFollow(row.id, 'merged', '与您先前的投诉合并办理。', act);
};

/** A matter that holds a complaint and a report is split first; each goes its own way (order 121 art. 9). */
export const refuseMixed = (row: Pick<ComplaintRow, 'mixed'>) =>
  !row.mixed ||
  refuse(
    'split-first',
    '同时含投诉和举报内容的，应当先分开、分别处理。',
    'It holds a complaint and a report: split it first, each is handled by its own procedure.',
  );
