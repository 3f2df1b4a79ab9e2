/** What an analyst has typed into the grid and not yet handed in: edits by line, with a history to go back through. */
import type { Label } from '../api.ts';

export type GridCell = {
  attempt: number;
  revision: number;
  value: string;
  unit: string | null;
  verdict: 'conforms' | 'fails' | 'not-judged';
  reason: Label;
  testerName: string;
};

export type GridLine = {
  line: number;
  blindCode: string;
  item: string;
  method: string;
  limit: string;
  unit: string | null;
  clause: string;
  quantification: string | null;
  quantificationUnit: string | null;
  /** How uncertainty enters the verdict; nothing where it is left out. */
  decision?: 'simple' | 'guarded-acceptance' | 'guarded-rejection' | 'non-binary' | null;
  guardRatio?: string | null;
  attempt: number;
  repeatReason: string | null;
  now: GridCell | null;
  earlier: GridCell[];
};

/** `seen`: revision of the cell that the edit was made upon; another one by now is a conflict. */
export type Edit = { result: string; unit: string; seen: number };
export type Edits = ReadonlyMap<number, Edit>;
export type Column = 'result' | 'unit';
export type Grid = { edits: Edits; past: readonly Edits[] };

export const emptyGrid: Grid = { edits: new Map(), past: [] };
const longestPast = 200;

/** A figure with its unit, unless it is a pure number or carries the unit already. */
export const withUnit = (text: string, unit: string | null): string =>
  unit === null || unit === '' || unit === '1' || text.includes(unit) ? text : `${text} ${unit}`;

/** The text in a cell: what was typed, else what is held. */
export function textOf(line: GridLine, edits: Edits, column: Column): string {
  const edit = edits.get(line.line);
  if (edit) return edit[column];
  return column === 'result' ? (line.now?.value ?? '') : (line.now?.unit ?? line.unit ?? '');
}

function edited(edits: Edits, line: GridLine, change: Partial<Record<Column, string>>): Map<number, Edit> {
  const next = new Map(edits);
  const before = edits.get(line.line);
  const edit = {
    result: change.result ?? textOf(line, edits, 'result'),
    unit: change.unit ?? textOf(line, edits, 'unit'),
    seen: before?.seen ?? line.now?.revision ?? 0,
  };
  const bare = { result: textOf(line, new Map(), 'result'), unit: textOf(line, new Map(), 'unit') };
  // What stands as it stood is no edit, unless somebody changed the cell meanwhile
  if (edit.result === bare.result && edit.unit === bare.unit && edit.seen === (line.now?.revision ?? 0))
    next.delete(line.line);
  else next.set(line.line, edit);
  return next;
}

const moved = (grid: Grid, edits: Edits): Grid => ({ edits, past: [...grid.past, grid.edits].slice(-longestPast) });

export function write(grid: Grid, line: GridLine, column: Column, text: string): Grid {
  return moved(grid, edited(grid.edits, line, { [column]: text }));
}

/** Fills cells from tab-separated text as a spreadsheet copies it, from one cell to the right and down, as one step to undo. */
export function paste(
  grid: Grid,
  lines: readonly GridLine[],
  from: number,
  column: Column,
  text: string,
): { grid: Grid; filled: number; beyond: number } {
  const rows = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  let edits: Edits = grid.edits;
  let filled = 0;
  for (const [at, row] of rows.entries()) {
    const line = lines[from + at];
    if (line === undefined) break;
    const [first = '', second] = row.split('\t').map((cell) => cell.trim());
    const change = column === 'unit' ? { unit: first } : second ? { result: first, unit: second } : { result: first };
    edits = edited(edits, line, change);
    filled += 1;
  }
  return { grid: moved(grid, edits), filled, beyond: rows.length - filled };
}

export function undo(grid: Grid): Grid {
  const edits = grid.past.at(-1);
  return edits === undefined ? grid : { edits, past: grid.past.slice(0, -1) };
}

/** Lines whose held value changed since the edit began. */
export const conflicts = (lines: readonly GridLine[], edits: Edits): GridLine[] =>
  lines.filter((line) => {
    const edit = edits.get(line.line);
    return edit !== undefined && edit.seen !== (line.now?.revision ?? 0);
  });

/** Settles a conflict: the edit is made upon the value of now, or given up for it. */
export function settle(grid: Grid, line: GridLine, keep: 'mine' | 'theirs'): Grid {
  const next = new Map(grid.edits);
  const edit = next.get(line.line);
  if (edit === undefined) return grid;
  if (keep === 'theirs') next.delete(line.line);
  else next.set(line.line, { ...edit, seen: line.now?.revision ?? 0 });
  return moved(grid, next);
}

/** What is handed in, in the order of the sheet; empty cells stay with the analyst. */
export function entries(lines: readonly GridLine[], edits: Edits) {
  return lines.flatMap((line) => {
    const edit = edits.get(line.line);
    if (edit === undefined || edit.result.trim() === '') return [];
    const { blindCode, item } = line;
    return [
      {
        line: line.line,
        entry: { blindCode, item, result: edit.result.trim(), unit: edit.unit.trim() || null, seen: edit.seen },
      },
    ];
  });
}
