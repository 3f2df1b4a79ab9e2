/**
 * `npm run libraries [-- FOLDER]`: builds each library as it would be published alone: JavaScript with type declarations,
 * README, licence, and a package.json whose exports name them. Default folder: dist/libraries.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Manifest {
  exports: Record<string, string>;
  [field: string]: unknown;
}

/** The path of a source as the published package has it. */
function built(source: string, extension: 'js' | 'd.ts'): string {
  return source.replace('./src/', './').replace(/\.ts$/, `.${extension}`);
}

function publishedManifest(source: Manifest): Record<string, unknown> {
  const { exports, files: _files, types: _types, ...kept } = source;
  const places = Object.entries(exports).map(([name, path]) => [
    name,
    { types: built(path, 'd.ts'), default: built(path, 'js') },
  ]);
  return { ...kept, types: built(exports['.']!, 'd.ts'), exports: Object.fromEntries(places) };
}

/** Compiles every library into `folder` at once, one sub-folder each, ready for `npm publish`. Answers their names. */
export function buildLibraries(folder: string): string[] {
  const names = readdirSync(join(root, 'libs'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  rmSync(folder, { recursive: true, force: true });
  const compiled = join(folder, '.compiled');
  mkdirSync(compiled, { recursive: true });
  const configuration = join(compiled, 'tsconfig.json');
  const sources = names.map((name) => join(root, 'libs', name, 'src'));
  writeFileSync(
    configuration,
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        rewriteRelativeImportExtensions: true,
        rootDir: join(root, 'libs'),
        outDir: compiled,
        // The browser's names and none of Node's: what compiles here runs in both.
        lib: ['es2024', 'esnext.disposable', 'dom', 'dom.iterable'],
        types: [],
      },
      include: sources,
      exclude: sources.map((source) => `${source}/**/*.test.ts`),
    }),
  );
  execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', configuration], { stdio: 'inherit' });
  for (const name of names) {
    const [from, to] = [join(root, 'libs', name), join(folder, name)];
    cpSync(join(compiled, name, 'src'), to, { recursive: true });
    const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as Manifest;
    writeFileSync(join(to, 'package.json'), `${JSON.stringify(publishedManifest(manifest), null, 2)}\n`);
    for (const paper of ['README.md', 'DRAW.md'])
      if (existsSync(join(from, paper))) copyFileSync(join(from, paper), join(to, paper));
    for (const paper of ['LICENSE', 'NOTICE']) copyFileSync(join(root, paper), join(to, paper));
  }
  rmSync(compiled, { recursive: true });
  return names;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? join(root, 'dist/libraries');
  console.log(`${folder}: ${buildLibraries(folder).join(', ')}`);
}
