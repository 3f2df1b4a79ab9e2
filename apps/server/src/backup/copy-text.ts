/** Rows in the text format of COPY: one line per row, tabs between columns, \N for null, backslash escapes. */

const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const meanings: Record<string, string> = { n: '\n', r: '\r', t: '\t', '\\': '\\' };

export function copyLine(values: readonly (string | null)[]): string {
  return `${values.map((value) => (value === null ? '\\N' : value.replaceAll(/[\\\n\r\t]/g, (sign) => escapes[sign]!))).join('\t')}\n`;
}

/**
 * The values of one line.
 * @throws Error when the line has another number of columns or an escape that {@link copyLine} never writes.
 */
export function readCopyLine(line: string, columns: number): (string | null)[] {
  const values = line.split('\t');
  if (values.length !== columns) throw new Error(`A row has ${values.length} columns instead of ${columns}.`);
  return values.map((value) => {
    if (value === '\\N') return null;
    if (!value.includes('\\')) return value;
    return value.replaceAll(/\\(.?)/gs, (_whole, sign: string) => {
      const meaning = meanings[sign];
      if (meaning === undefined) throw new Error('A row has an unknown escape.');
      return meaning;
    });
  });
}
