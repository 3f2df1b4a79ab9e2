import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { Assignment, assign, checkAssignment } from './assigning.ts';
import { selections, type TaskRow } from './entity.ts';
import { SampleRecord, sampleShape, untilEntered } from './sample-fields.ts';

/** An open task as a ledger of the time before this platform tells it: assigned, or sampled with what its sheet says. */
export const LedgerTask = z.strictObject({
  ...Assignment.shape,
  ...untilEntered(sampleShape),
  selection: optional(field.choice('确定方式', selections, { en: 'How chosen' })),
  importedFrom: field.text('导入来源（台账和行号）', { en: 'Taken from (ledger and row)' }),
});
type LedgerTask = z.infer<typeof LedgerTask>;

/** One task of a scheme at one firm is taken once, however often its ledger comes. */
export const onceFromLedger = (row: TaskRow, { scheme, enterprise, sampleName, batch }: LedgerTask) => [
  {
    key: ['sampling.task', 'ledger', row.office, scheme, enterprise, sampleName ?? '', batch ?? ''].join('|'),
    refusal: refuse('taken-already', '这项任务已经导入过。', 'This task was taken before.', 'enterprise'),
  },
];

/** The same rules as for a task that is assigned today, and a sheet that is whole where a sample was taken. */
export async function checkLedgerTask(row: TaskRow, input: LedgerTask, act: Act): Promise<true | Refusal> {
  const assigned = await checkAssignment(row, input, act);
  if (assigned !== true || !input.sampledOn) return assigned;
  if (input.sampledOn > act.occurredOn)
    return refuse(
      'sampled-in-future',
      '抽样日期不能晚于今天。',
      'It cannot have been sampled in the future.',
      'sampledOn',
    );
  const sheet = SampleRecord.safeParse(
    Object.fromEntries(Object.keys(sampleShape).map((name) => [name, input[name as keyof typeof sampleShape]])),
  );
  const lacking = sheet.success ? undefined : sheet.error.issues[0]?.path[0];
  return (
    lacking === undefined ||
    refuse(
      'sheet-incomplete',
      '已抽样的任务应当有抽样单的全部必填内容。',
      'A task that was sampled needs all that its sheet must say.',
      String(lacking),
    )
  );
}

export async function takeLedgerTask(
  row: TaskRow,
  input: LedgerTask,
  act: Act,
): Promise<Partial<TaskRow> & { to: string }> {
  const assigned = await assign(row, input, act);
  return { ...assigned, selection: input.selection ?? 'random', to: input.sampledOn ? 'sampled' : 'assigned' };
}
