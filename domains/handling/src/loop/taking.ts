import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import type { LoopRow } from './entity.ts';
import { Loop } from './entity.ts';
import { openLead } from './opening.ts';

const { shape } = Loop;

/** An open matter as a ledger of the time before this platform tells it: its own days, from which its terms are counted. */
export const LedgerMatter = z.strictObject({
  source: shape.source,
  regime: shape.regime,
  duty: shape.duty,
  organiser: shape.organiser,
  subjectId: shape.subjectId,
  subjectName: shape.subjectName,
  subjectCode: shape.subjectCode,
  productName: shape.productName,
  region: shape.region,
  model: shape.model,
  batch: shape.batch,
  reportNumber: field.text('检验报告编号', { en: 'Report number' }),
  failedItems: shape.failedItems,
  items: shape.items,
  lab: shape.lab,
  ground: shape.ground,
  deadline: shape.deadline,
  signedOn: field.date('签收日期', { en: 'Signed for on' }),
  stoppedOn: shape.stoppedOn,
  orderedOn: shape.orderedOn,
  rectifiedOn: shape.rectifiedOn,
  leadChecked: optional(field.flag('案件线索已核查', { en: 'Lead was checked' })),
  importedFrom: field.text('导入来源（台账和行号）', { en: 'Taken from (ledger and row)' }),
});
type LedgerMatter = z.infer<typeof LedgerMatter>;

/** The same report against the same firm is one matter at one authority, however often its ledger comes. */
export const onceOnly = (row: LoopRow, { reportNumber, subjectName, duty }: LedgerMatter) => [
  {
    key: `handling.loop|ledger|${row.office}|${reportNumber}|${subjectName}|${duty}`,
    refusal: refuse('taken-already', '这一事项已经导入过。', 'This matter was taken before.', 'reportNumber'),
  },
];

/** The days of a matter follow one another, and food knows no order with sixty days. */
export function checkMatter(_row: LoopRow, input: LedgerMatter, act: Act): true | Refusal {
  if (input.failedItems.length === 0)
    return refuse('nothing-failed', '没有不合格项目。', 'No item failed.', 'failedItems');
  if (input.regime === 'food' && (input.orderedOn || input.rectifiedOn))
    return refuse(
      'food-procedure',
      '食品不合格按核查处置程序办理，没有责令改正和整改的期限。',
      'Food is handled by order 15: there is no order with its term.',
      'orderedOn',
    );
  if (input.rectifiedOn && !input.orderedOn)
    return refuse(
      'order-missing',
      '有整改日期的，应当有责令改正日期。',
      'What was rectified was ordered.',
      'orderedOn',
    );
  const days = [
    ['signedOn', input.signedOn],
    ['orderedOn', input.orderedOn],
    ['rectifiedOn', input.rectifiedOn],
    ['today', act.occurredOn],
  ].filter((pair): pair is [string, string] => Boolean(pair[1]));
  const wrong = days.findIndex(([, day], index) => index > 0 && day < days[index - 1]![1]);
  if (wrong < 0) return true;
  const path = days[wrong]![0] === 'today' ? days[wrong - 1]![0] : days[wrong]![0];
  return refuse(
    'days-backwards',
    '签收、责令改正、整改的日期应当先后相接，且不晚于今天。',
    'Signed for, ordered, rectified: each day follows the one before, and none lies ahead.',
    path,
  );
}

/** In the state that its days tell. A lead that nobody has checked counts from the day on which the matter came in. */
export async function takeMatter(
  row: LoopRow,
  input: LedgerMatter,
  act: Act,
): Promise<Partial<LoopRow> & { to: string }> {
  if (input.leadChecked !== true) await openLead({ ...row, ...input } as LoopRow, input.signedOn, act);
  return { failures: 0, to: input.rectifiedOn ? 'rectified' : input.orderedOn ? 'ordered' : 'in-hand' };
}
