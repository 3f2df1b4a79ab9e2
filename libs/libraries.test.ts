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

/** What `npm pack` would put into each package, by name of the library. */
let packed: ReadonlyMap<string, readonly string[]>;
/** Everything that the packages offer, bundled for a browser at once. */
let bundle: Rolldown.OutputChunk[];

beforeAll(async () => {
  buildLibraries(folder);
  packed = pack();
  bundle = await bundled();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pack(): ReadonlyMap<string, readonly string[]> {
  const printed = execFileSync('npm', ['pack', '--dry-run', '--json', ...names.map((name) => `./${name}`)], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const packages = Object.values(JSON.parse(printed) as Record<string, { name: string; files: { path: string }[] }>);
  return new Map(packages.map(({ name, files }) => [name.replace('@hengjian/', ''), files.map(({ path }) => path)]));
}

async function bundled(): Promise<Rolldown.OutputChunk[]> {
  const entry = Object.fromEntries(
    names.flatMap((name) =>
      Object.entries(manifestOf(name).exports).map(([path, { default: code }]) => [
        `${name}${path.slice(1)}`,
        join(folder, name, code),
      ]),
    ),
  );
  const result = (await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry, formats: ['es'] } },
  })) as Rolldown.RolldownOutput[];
  return result[0]!.output.filter((part) => part.type === 'chunk');
}

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
const manifestOf = (name: string): Manifest => JSON.parse(read(join(folder, name, 'package.json'))) as Manifest;

describe.each(names)('the library %s', (name) => {
  it('can be published alone: complete, licensed, typed, and free of the platform', () => {
    const manifest = manifestOf(name);
    expect(manifest).toMatchObject({ license: 'Apache-2.0', type: 'module', sideEffects: false });
    expect(manifest.private).toBeUndefined();
    for (const { types, default: code } of Object.values(manifest.exports))
      for (const file of [types, code]) expect(existsSync(join(folder, name, file)), file).toBe(true);
    const own = Object.keys(manifest.dependencies ?? {}).filter((dependency) => dependency.startsWith('@hengjian/'));
    for (const dependency of own) expect(names).toContain(dependency.slice('@hengjian/'.length));
  });

  it('packs its code and papers, and no test', () => {
    const files = packed.get(name) ?? [];
    expect(files).toEqual(
      expect.arrayContaining(['package.json', 'README.md', 'LICENSE', 'NOTICE', 'index.js', 'index.d.ts']),
    );
    expect(files.filter((path) => /\.test\.|(?<!\.d)\.ts$|fixtures/.test(path))).toEqual([]);
  });

  it('runs in a browser: no module of Node is asked for', () => {
    const chunks = bundle.map(({ fileName }) => fileName);
    expect(bundle.filter(({ isEntry }) => isEntry).map(({ name: entry }) => entry)).toContain(name);
    for (const { code, imports } of bundle) {
      expect(imports.filter((path) => !chunks.includes(path))).toEqual([]);
      expect(code).not.toMatch(/__vite-browser-external|\bfrom "node:|\brequire\("node:/);
    }
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
