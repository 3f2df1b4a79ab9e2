import { createCalendar } from '@hengjian/calendar';
import { Problem } from '@hengjian/kernel';
import {
  type Answer,
  type Block,
  type FieldProblem,
  findTool,
  type Text,
  type Tool,
  type Written,
  wayOf,
  work,
} from '@hengjian/workbench';
import { holidayYears } from '../../../../data/holidays/index.ts';
import { regionTable } from '../../../../data/regions/index.ts';
import { UsageError } from '../failure.ts';
import { formatTable, type Terminal } from '../terminal.ts';

/** Codes of what was written wrongly; everything else is a refusal of the method itself. */
const wronglyWritten = new Set([
  'missing',
  'not-whole',
  'not-number',
  'not-offered',
  'too-long',
  'too-large',
  'uncertainty-missing',
  'suspension-unreadable',
  'extension-unreadable',
]);

/** A question to the workbench, and how the command line calls its fields. */
export interface Reckoning {
  readonly tool: Tool['name'];
  readonly by: string;
  readonly written: Written;
  /** Option or argument of the command for each field. */
  readonly options: Readonly<Record<string, string>>;
  readonly json: boolean;
}

/** Asks the workbench what its pages ask, and tells the answer as text or as JSON. */
export function reckon(terminal: Terminal, { tool: name, by, written, options, json }: Reckoning): void {
  const way = wayOf(findTool(name)!, by);
  const outcome = work(way, written, { calendar: createCalendar(holidayYears), regions: regionTable() });
  if (outcome.state === 'refused') throw refusal(outcome.problems[0]!, options);
  if (outcome.state === 'empty')
    throw refusal({ field: null, code: 'missing', zh: '没有给出条件。', en: 'Nothing is asked.' }, {});
  if (json) terminal.out(`${JSON.stringify(outcome.answer.found)}\n`);
  else tell(terminal, outcome.answer);
}

function refusal({ field, code, zh, en }: FieldProblem, options: Readonly<Record<string, string>>): Error {
  if (!wronglyWritten.has(code)) return new Problem(422, code, zh, en);
  const option = field === null ? undefined : (options[field] ?? field);
  return option === undefined ? new UsageError(zh, en) : new UsageError(`${option}：${zh}`, `${option}: ${en}`);
}

function tell(terminal: Terminal, answer: Answer): void {
  for (const block of answer.blocks) tellBlock(terminal, block);
  terminal.out(`${terminal.label(answer.headline)}\n`);
}

function tellBlock(terminal: Terminal, block: Block): void {
  const text = (words: Text): string => (typeof words === 'string' ? words : terminal.label(words));
  switch (block.kind) {
    case 'facts':
      for (const { name, value } of block.rows) terminal.out(`${terminal.label(name)}  ${text(value)}\n`);
      return;
    case 'steps':
      for (const { when, text: words } of block.steps)
        terminal.out(`${when === undefined ? '' : `${when}  `}${text(words)}\n`);
      return;
    case 'table':
    case 'curve': {
      const table = block.kind === 'table' ? block : block.table;
      const header = table.columns.map(({ name }) => terminal.label(name));
      terminal.out(
        `\n${formatTable(
          header,
          table.rows.map((cells) => cells.map(text)),
        )}\n`,
      );
      return;
    }
    case 'notice':
      terminal.err(`${terminal.label(block.text)}\n`);
      return;
    case 'marked':
      terminal.out(`${block.text}\n`);
  }
}
