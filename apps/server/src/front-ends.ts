import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = new URL('../../../', import.meta.url).pathname;
const require = createRequire(import.meta.url);

/** Where the built front ends lie. */
export const frontEndFolders = {
  console: join(root, 'apps/console/dist'),
  portal: join(root, 'apps/portal/dist'),
  field: join(root, 'apps/field/dist'),
};

/** Builds what has no build of its present sources yet; all at once, each in a process of its own. */
export async function buildFrontEnds(say: (line: string) => void): Promise<void> {
  await Promise.all(
    (['console', 'portal', 'field'] as const).map(async (name) => {
      const app = join(root, 'apps', name);
      const stamp = join(app, 'dist', '.sources');
      const sources = digestOf(
        join(app, 'src'),
        join(app, 'vite.config.ts'),
        ...(name === 'field' ? [join(app, 'public'), join(root, 'apps/console/src/kit')] : []),
        join(root, 'libs'),
        join(root, 'data/holidays'),
      );
      if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
      say(`building the ${name} …`);
      await build(app);
      mkdirSync(join(app, 'dist'), { recursive: true });
      writeFileSync(stamp, sources);
    }),
  );
}

function build(app: string): Promise<void> {
  const vite = join(dirname(require.resolve('vite/package.json')), 'bin/vite.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], {
      cwd: app,
      // A test runner says NODE_ENV=test, and React would be built as for development: slower, with every effect run twice.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The front end in ${app} could not be built (code ${code}).`)),
    );
  });
}

function digestOf(...places: string[]): string {
  const hash = createHash('sha256');
  const visit = (path: string): void => {
    if (!existsSync(path)) return;
    const entries = readdirSync(path, { withFileTypes: true, recursive: false });
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      if (
        entry.name === 'node_modules' ||
        entry.name === 'dist' ||
        entry.name === 'fixtures' ||
        entry.name.endsWith('.test.ts')
      )
        continue;
      const inside = join(path, entry.name);
      if (entry.isDirectory()) visit(inside);
      else hash.update(inside.slice(root.length)).update(readFileSync(inside));
    }
  };
  for (const place of places) {
    if (place.endsWith('.ts')) hash.update(existsSync(place) ? readFileSync(place) : '');
    else visit(place);
  }
  return hash.digest('hex');
}
