import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads a JSON file of the reference data. The type is a promise made by the file's author and kept by the tests
 * beside it; nothing is checked here, because these files ship with the program.
 */
export function readJson<T>(directory: string, file: string): T {
  return JSON.parse(readFileSync(join(directory, file), 'utf8')) as T;
}

/**
 * Reads a CSV file of the reference data: UTF-8, a header, no quotes and no commas inside a cell. Cells come in the
 * order of the header.
 * @throws Error when a row has another number of cells than the header, naming file and line
 */
export function readRows(directory: string, file: string): string[][] {
  const [header, ...lines] = readFileSync(join(directory, file), 'utf8').trimEnd().split('\n');
  const width = header?.split(',').length ?? 0;
  return lines.map((line, index) => {
    const cells = line.split(',');
    if (cells.length !== width) throw new Error(`${file}:${index + 2} has ${cells.length} cells instead of ${width}`);
    return cells;
  });
}

/** Remembers the result of the first call, so that a file is read once per process and only when somebody asks. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
