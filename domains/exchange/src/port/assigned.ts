import { Problem } from '@hengjian/kernel';
import { type Counterpart, getCounterpart } from '../counterpart/index.ts';
import { writeTable } from '../package/table.ts';

/**
 * Failures that a counterpart assigns to us, as a ledger in the words of our own import (practice M1): it keeps the number there,
 * joins the rows of one report and refuses row by row.
 * @throws Problem when the system assigns nothing
 */
export async function assignedLedger(
  system: string,
  today: string,
  items: readonly Readonly<Record<string, string>>[],
): Promise<Buffer> {
  const { incoming, label }: Counterpart = getCounterpart(system, today);
  if (incoming === undefined)
    throw new Problem(422, 'nothing-assigned', `“${label.zh}”不下发不合格信息。`, `${label.en} assigns no failures.`);
  const columns = Object.entries(incoming.columns);
  const rows = items.map((item) =>
    columns.map(([, place]) => ('value' in place ? place.value : (item[place.from] ?? ''))),
  );
  return writeTable(
    columns.map(([heading]) => heading),
    rows,
    'csv',
  );
}
