import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLibraries } from '../tools/libraries.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
// Inside the project, so that the libraries' own dependencies are found as an installed package finds them.
const folder = join(root, 'dist', `libraries-under-test-${process.pid}`);
const names = readdirSync(join(root, 'libs'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

beforeAll(() => buildLibraries(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Manifest {
  name: string;
  version: string;
  license: string;
  type: string;
  sideEffects: boolean;
  types: string;
  exports: Record<string, { types: string; default: string }>;
  dependencies?: Record<string, string>;
  private?: boolean;
}

const read = (path: string): string => readFileSync(path, 'utf8');

describe.each(names)('the library %s', (name) => {
  const manifestOf = (): Manifest => JSON.parse(read(join(folder, name, 'package.json'))) as Manifest;

  it('can be published alone: complete, licensed, typed, and free of the platform', () => {
    const manifest = manifestOf();
    expect(manifest).toMatchObject({ license: 'Apache-2.0', type: 'module', sideEffects: false });
    expect(manifest.private).toBeUndefined();
    for (const { types, default: code } of Object.values(manifest.exports))
      for (const file of [types, code]) expect(existsSync(join(folder, name, file)), file).toBe(true);
    const own = Object.keys(manifest.dependencies ?? {}).filter((dependency) => dependency.startsWith('@hengjian/'));
    for (const dependency of own) expect(names).toContain(dependency.slice('@hengjian/'.length));
  });

  it('packs its code and papers, and no test', () => {
    const packed = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json'], {
        cwd: join(folder, name),
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ) as { files: { path: string }[] }[] | Record<string, { files: { path: string }[] }>;
    const files = Object.values(packed)[0]!.files.map(({ path }) => path);
    expect(files).toEqual(expect.arrayContaining(['package.json', 'README.md', 'NOTICE', 'index.js', 'index.d.ts']));
    expect(files.filter((path) => /\.test\.|(?<!\.d)\.ts$|fixtures/.test(path))).toEqual([]);
  });

  it('runs in a browser: no module of Node is asked for', async () => {
    const result = (await build({
      configFile: false,
      logLevel: 'silent',
      build: {
        write: false,
        minify: false,
        lib: { entry: join(folder, name, manifestOf().exports['.']!.default), formats: ['es'] },
      },
    })) as Rolldown.RolldownOutput[];
    const [{ output }] = result as [Rolldown.RolldownOutput];
    const [{ code, imports }] = output;
    expect(imports).toEqual([]);
    expect(code).not.toMatch(/__vite-browser-external|\bfrom "node:|\brequire\("node:/);
  });

  it('has an example that runs, in its README with what it prints unless it is long', () => {
    const directory = join(root, 'libs', name);
    const source = read(join(directory, 'example.ts'))
      .trimEnd()
      .replaceAll("'./src/index.ts'", `'@hengjian/${name}'`)
      .replaceAll("'./src/verification.ts'", `'@hengjian/${name}/verification'`);
    const printed = execFileSync(process.execPath, [join(directory, 'example.ts')], { encoding: 'utf8' }).trimEnd();
    const readme = read(join(directory, 'README.md'));
    // A long example stays a file that the README names; a test beside it checks what it says.
    if (readme.includes('`example.ts`')) {
      expect(printed).not.toBe('');
      return;
    }
    expect(readme).toContain(`\`\`\`ts\n${source}\n\`\`\``);
    expect(readme).toContain(`\`\`\`\n${printed}\n\`\`\``);
  });
});
