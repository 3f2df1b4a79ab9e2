import type { OpenFile } from './file.ts';

/** One row of a file. `broken`: its quotation marks do not match, so its cells cannot be trusted. */
export interface SheetRow {
  /** Number of the row in the file, from 1. */
  row: number;
  cells: string[];
  broken: boolean;
}

interface Line {
  row: number;
  text: string;
}

/** More lines than an address or scope ever has: a quotation mark that is open for longer was never closed. */
const longestCell = 100;

/**
 * Reads the rows of a CSV file. A quotation mark that is not closed spoils its own row and no other.
 * @param width tells how many cells a row should have once the header is known (0 before)
 */
export async function* csvRows(file: OpenFile, width: () => number): AsyncGenerator<SheetRow> {
  const lines = linesOf(file);
  const held: Line[] = [];
  const has = async (count: number): Promise<boolean> => {
    while (held.length < count) {
      const next = await lines.next();
      if (next.done) return false;
      held.push(next.value);
    }
    return true;
  };
  let delimiter: string | undefined;
  while (await has(1)) {
    const first = held[0]!;
    delimiter ??= first.text.trim() === '' ? undefined : delimiterOf(first.text);
    let text = first.text;
    let used = 1;
    while (isOpen(text) && used < longestCell && (await has(used + 1))) {
      text += `\n${held[used]!.text}`;
      used += 1;
    }
    const cells = isOpen(text) ? null : split(text, delimiter ?? ',');
    const whole = cells !== null && (used === 1 || width() === 0 || cells.length === width());
    held.splice(0, whole ? used : 1);
    if (first.text.trim() === '') continue;
    yield whole
      ? { row: first.row, cells: cells!, broken: false }
      : { row: first.row, cells: first.text.split(delimiter ?? ','), broken: true };
  }
}

const isOpen = (text: string): boolean => text.includes('"') && text.split('"').length % 2 === 0;

/** Cells of one record, RFC 4180; a quotation mark in the middle of a cell stands for itself. */
function split(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]!;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += letter;
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && cell === '') quoted = true;
    else if (letter === delimiter) {
      cells.push(cell);
      cell = '';
    } else cell += letter;
  }
  return [...cells, cell];
}

function delimiterOf(header: string): string {
  const count = (mark: string): number => header.split(mark).length;
  return [',', '\t', ';', '，'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

async function* linesOf(file: OpenFile): AsyncGenerator<Line> {
  const decoder = new TextDecoder(file.encoding);
  let rest = '';
  let row = 0;
  for await (const chunk of file.read()) {
    const texts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = texts.pop()!;
    for (const text of texts) yield { row: ++row, text: text.endsWith('\r') ? text.slice(0, -1) : text };
  }
  rest += decoder.decode();
  if (rest !== '') yield { row: row + 1, text: rest };
}
