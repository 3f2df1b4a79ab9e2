import { type ClockRule, computeDeadline } from '@hengjian/calendar';
import { type Actor, dayInChina, type Kernel } from '@hengjian/kernel';
import {
  type FileSource,
  type LedgerFault,
  type LedgerFormat,
  type LedgerReport,
  ledgerReport,
  readLedger,
  takeEntry,
} from '@hengjian/subjects';
import type { sources } from './entity.ts';
import { type LedgerEntry, ledgerColumns, ledgerShape, readRow } from './ledger.ts';

export interface LedgerOptions {
  format: LedgerFormat;
  fileName: string;
  /** Where every failure of the file comes from, when the file has no such column. */
  source?: keyof typeof sources;
  /** Looks at every row and takes none. */
  preview?: boolean;
}

/**
 * Takes a ledger of failures that others found (practice M1). Each report becomes one failure in the same loop as our own, with the file
 * as its document; a bad row stops no other, and a file that comes again registers nothing twice.
 * @throws Problem when the file cannot be read or has no header
 */
export async function importOutsideFailures(
  kernel: Kernel,
  actor: Actor,
  source: FileSource,
  content: Uint8Array,
  options: LedgerOptions,
): Promise<LedgerReport> {
  const today = dayInChina(kernel.now());
  const usual = { today, ...(options.source ? { source: options.source } : {}) };
  const read = await readLedger(source, options.format, ledgerShape, (cells) => readRow(cells, usual));
  const entries = joined(read.entries);
  const stored = { ...(await kernel.files.put(content)), ...options };
  const how = { entity: 'sampling.outside-failure', action: 'registerFromLedger', preview: options.preview === true };
  let good = 0;
  const faults = [...read.faults];
  const over: LedgerFault[] = [];
  for (const entry of entries) {
    const wrong = await takeEntry(kernel, actor, stored, entry, how);
    faults.push(...wrong);
    if (wrong.length > 0) continue;
    good += 1;
    over.push(...runOut(kernel, entry));
  }
  return ledgerReport(good, faults, over);
}

/** Several rows of one report are its failed items. */
function joined(rows: readonly LedgerEntry[]): LedgerEntry[] {
  const entries = new Map<string, LedgerEntry>();
  for (const entry of rows) {
    const key = `${entry.input.organiser}|${entry.input.reportNumber}`;
    const known = entries.get(key);
    if (known === undefined) entries.set(key, entry);
    else (known.input.failedItems as unknown[]).push(...(entry.input.failedItems as unknown[]));
  }
  return [...entries.values()];
}

/** Fifteen working days from the day a failure came in (order 2 art. 18): the lead that it opens counts from there. */
const leadRule: ClockRule = {
  kind: 'within',
  unit: 'working-day',
  amount: 15,
  basis: '《市场监督管理行政处罚程序规定》第十八条',
};

/** The clocks of what a ledger brings start at its days; one that has run out is said at once, and not found later. */
function runOut(kernel: Kernel, { row, input }: LedgerEntry): LedgerFault[] {
  const receivedOn = input.receivedOn as string;
  const { dueOn } = computeDeadline(leadRule, receivedOn, kernel.calendar);
  if (dueOn === null || dueOn >= dayInChina(kernel.now())) return [];
  return [
    {
      row,
      column: ledgerColumns.receivedOn[0],
      code: 'term-over',
      zh: `自收到之日（${receivedOn}）起十五个工作日的核查期限已于 ${dueOn} 届满。`,
      en: `The term of fifteen working days from ${receivedOn} ended on ${dueOn}.`,
      value: receivedOn,
    },
  ];
}
