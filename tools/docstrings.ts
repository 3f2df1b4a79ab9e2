/** Which exported names of the libraries have no docstring. Reads the sources as text, so that it costs next to nothing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Undocumented {
  readonly file: string;
  readonly name: string;
}

const reexports = /^export\s+(?:type\s+)?(\*|\{[^}]*\})\s+from\s+'(\.[^']+)';/gm;
const declarations =
  /^(?<before>.*)\n^export\s+(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\*?|const|let|class|interface|type|enum)\s+(?<name>\w+)/gm;

/** The names that an entry file offers, by the file that declares each; `null` stands for all of a file. */
function offered(entry: string, found = new Map<string, Set<string> | null>()): Map<string, Set<string> | null> {
  for (const [, what = '', from = ''] of readFileSync(entry, 'utf8').matchAll(reexports)) {
    const file = join(dirname(entry), from);
    if (what === '*') {
      found.set(file, null);
      offered(file, found);
      continue;
    }
    const names = what
      .slice(1, -1)
      .split(',')
      .map(
        (part) =>
          part
            .trim()
            .replace(/^type\s+/, '')
            .split(/\s+as\s+/)[0]!,
      )
      .filter((name) => name !== '');
    const known = found.get(file);
    if (known !== null) found.set(file, new Set([...(known ?? []), ...names]));
  }
  return found;
}

/** Every name that a library exports without saying what it is. */
export function undocumentedExports(root: string): Undocumented[] {
  return readdirSync(join(root, 'libs')).flatMap((library) => {
    const entries = ['index.ts', 'verification.ts'].map((name) => join(root, 'libs', library, 'src', name));
    return entries.filter(existsSync).flatMap((entry) => {
      return [...offered(entry)].flatMap(([file, names]) => {
        const text = `\n${readFileSync(file, 'utf8')}`;
        return [...text.matchAll(declarations)]
          .map(({ groups }) => ({ before: groups?.before ?? '', name: groups?.name ?? '' }))
          .filter(({ before, name }) => (names === null || names.has(name)) && !/\*\/\s*$/.test(before))
          .map(({ name }) => ({ file: file.slice(root.length).replace(/^\//, ''), name }));
      });
    });
  });
}
