import type { Counterpart } from '../counterpart/index.ts';
import type { FileFault } from '../package/file.ts';
import { columnsOf, type Format, readTable } from '../package/table.ts';
import type { Item } from './rules.ts';

/**
 * Reads the list of what a counterpart holds. Columns that bear the name of a field of the message are its values.
 * With any fault there is no list.
 * @throws Problem when the file cannot be read at all
 */
export async function readList(
  content: Uint8Array,
  format: Format,
  counterpart: Counterpart,
): Promise<{ list: Item[]; faults: FileFault[] }> {
  const { headings, rows } = await readTable(content, format);
  const { columns } = counterpart.list;
  const at = columnsOf(headings, columns);
  const missing = (['key', 'foreignNumber'] as const).filter((name) => at[name] < 0);
  const faults: FileFault[] = missing.map((name) => ({
    row: null,
    column: columns[name][0]!,
    code: 'column-missing',
    zh: `清单缺少“${columns[name][0]}”一列。`,
    en: `The list has no column ${columns[name].at(-1)}.`,
    value: null,
  }));
  if (faults.length > 0) return { list: [], faults };
  const known = new Set(counterpart.messages.flatMap(({ fields }) => fields.map(({ name }) => name)));
  const valued = headings.flatMap((name, index) => (known.has(name) ? [{ name, index }] : []));
  const list: Item[] = [];
  for (const { row, cells } of rows) {
    const key = cells[at.key] ?? '';
    if (key === '' || key.length > 100)
      faults.push({
        row,
        column: columns.key[0]!,
        code: 'key-missing',
        zh: '没有报送编号。',
        en: 'The row bears no key.',
        value: key.slice(0, 100) || null,
      });
    list.push({
      key,
      message: cells[at.message]?.slice(0, 40) || '—',
      foreignNumber: cells[at.foreignNumber]?.slice(0, 100) || null,
      values: Object.fromEntries(
        valued.flatMap(({ name, index }) => (cells[index] ? [[name, cells[index]] as const] : [])),
      ),
    });
  }
  return { list: faults.length > 0 ? [] : list, faults };
}
