/** A list's state lives in its address, so that it can be sent to a colleague and bookmarked. */

export const textFilters = ['q', 'state', 'office', 'subject', 'parent'] as const;
export const switchFilters = ['mine', 'open', 'overdue'] as const;
export type FilterName = (typeof textFilters)[number] | (typeof switchFilters)[number];

export type ListState = {
  filters: Partial<Record<FilterName, string>>;
  /** A sort key, descending with a leading minus. */
  sort: string;
  /** Where the shown part begins; empty for the beginning. */
  cursor: string;
  /** Columns by name in order; empty for the declared ones. */
  columns: string[];
};

export const defaultSort = '-updated';

/** Reads the state from an address; unknown parameters are ignored. */
export function readAddress(search: URLSearchParams): ListState {
  const filters: ListState['filters'] = {};
  for (const name of textFilters) {
    const value = search.get(name);
    if (value) filters[name] = value;
  }
  for (const name of switchFilters) if (search.get(name) === '1') filters[name] = '1';
  return {
    filters,
    sort: /^-?[a-zA-Z]+$/.test(search.get('sort') ?? '') ? (search.get('sort') ?? '') : defaultSort,
    cursor: search.get('cursor') ?? '',
    columns: (search.get('columns') ?? '').split(',').filter(Boolean),
  };
}

/** Writes the state as an address; what equals the default leaves no trace. */
export function writeAddress(state: ListState): URLSearchParams {
  const search = new URLSearchParams();
  for (const name of [...textFilters, ...switchFilters]) {
    const value = state.filters[name];
    if (value) search.set(name, value);
  }
  if (state.sort !== defaultSort) search.set('sort', state.sort);
  if (state.cursor) search.set('cursor', state.cursor);
  if (state.columns.length > 0) search.set('columns', state.columns.join(','));
  return search;
}

/** The sort after pressing a column's heading: upward, then downward, then the usual order again. */
export function nextSort(sort: string, key: string): string {
  if (sort === key) return `-${key}`;
  return sort === `-${key}` ? defaultSort : key;
}

/** The server's question for a list: filters, sort and the declared fields to carry, without what only concerns the screen. */
export function recordsQuestion(
  entity: string | undefined,
  state: ListState,
  fields: readonly string[],
): Record<string, string> {
  const question: Record<string, string> = { ...state.filters, sort: state.sort };
  if (entity) question.entity = entity;
  if (entity && fields.length > 0) question.fields = fields.join(',');
  return question;
}

/** Tab-separated text as spreadsheets paste it: tabs and line breaks inside a cell become spaces. */
export function tabSeparated(table: string[][]): string {
  return table.map((row) => row.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
}

/** The rows that must be drawn for a scrolled window of equal row heights, with some to spare on both sides. */
export function visibleRange(
  scrolled: number,
  height: number,
  rowHeight: number,
  total: number,
  spare = 12,
): { first: number; last: number } {
  const first = Math.max(0, Math.floor(scrolled / rowHeight) - spare);
  const last = Math.min(total, Math.ceil((scrolled + height) / rowHeight) + spare);
  return { first: Math.min(first, total), last };
}
