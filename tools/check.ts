/** Types, lint, boundaries, dead code, docstrings and file lengths, side by side; exits 1 when one of them finds something. */
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { undocumentedExports } from './docstrings.ts';

const root = new URL('..', import.meta.url).pathname;
const longest = 400;

function run(
  name: string,
  command: string,
  args: string[],
): Promise<{ name: string; ok: boolean; output: string; seconds: number }> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ name, ok: false, output: error.message, seconds: 0 }));
    child.on('exit', (code) =>
      resolve({ name, ok: code === 0, output, seconds: (performance.now() - started) / 1000 }),
    );
  });
}

function longFiles(): { name: string; ok: boolean; output: string; seconds: number } {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx'], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n');
  const long = files
    .map((file) => ({ file, lines: readFileSync(`${root}/${file}`, 'utf8').split('\n').length }))
    .filter(({ file, lines }) => lines > longest + 1 && !file.endsWith('.d.ts'));
  return {
    name: 'lengths',
    ok: long.length === 0,
    output: long.map(({ file, lines }) => `${file}: ${lines} lines (at most ${longest})`).join('\n'),
    seconds: 0,
  };
}

function docstrings(): { name: string; ok: boolean; output: string; seconds: number } {
  const started = performance.now();
  const missing = undocumentedExports(root);
  return {
    name: 'docstrings of the libraries',
    ok: missing.length === 0,
    output: missing.map(({ file, name }) => `${file}: ${name} says nothing of itself`).join('\n'),
    seconds: (performance.now() - started) / 1000,
  };
}

/** The kernel stays small: 3,500 lines that are neither blank nor comment, 40 exported names that are not types. */
function kernelSize(): { name: string; ok: boolean; output: string; seconds: number } {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'kernel/src/*.ts'], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .filter((file) => !/\.test\.ts$|-fixture\.ts$|\/testing\//.test(file));
  const plain = files
    .flatMap((file) => readFileSync(`${root}/${file}`, 'utf8').split('\n'))
    .filter((line) => !/^\s*(?:\/\/|\/?\*|$)/.test(line)).length;
  const index = readFileSync(`${root}/kernel/src/index.ts`, 'utf8');
  const names = [...index.matchAll(/export \{([^}]*)\}/g)]
    .flatMap(([, list]) => list!.split(','))
    .filter((name) => name.trim() !== '' && !name.trim().startsWith('type ')).length;
  return {
    name: 'size of the kernel',
    ok: plain <= 3_500 && names <= 40,
    output: `The kernel has ${plain} plain lines (at most 3500) and exports ${names} names (at most 40).`,
    seconds: 0,
  };
}

const bin = (name: string): string => `${root}/node_modules/.bin/${name}`;
const results = [
  longFiles(),
  docstrings(),
  kernelSize(),
  ...(await Promise.all([
    run('types', bin('tsc'), ['-p', 'tsconfig.json', '--noEmit']),
    run('types of the console', bin('tsc'), ['-p', 'apps/console/tsconfig.json', '--noEmit']),
    run('types of the field app', bin('tsc'), ['-p', 'apps/field/tsconfig.json', '--noEmit']),
    run('types of its worker', bin('tsc'), ['-p', 'apps/field/tsconfig.worker.json', '--noEmit']),
    run('types of the portal', bin('tsc'), ['-p', 'apps/portal/tsconfig.json', '--noEmit']),
    run('lint and format', bin('biome'), ['check', '.', '--max-diagnostics=60']),
    run('boundaries', bin('depcruise'), [
      '--config',
      '.dependency-cruiser.json',
      'libs',
      'kernel',
      'reading',
      'domains',
      'flows',
      'apps',
      'data',
    ]),
    run('dead code', bin('knip'), []),
  ])),
];
for (const { name, ok, output, seconds } of results) {
  console.log(`${ok ? '✓' : '✗'} ${name}${seconds > 0 ? ` (${seconds.toFixed(1)} s)` : ''}`);
  if (!ok)
    console.log(
      output
        .trim()
        .split('\n')
        .slice(0, 80)
        .map((line) => `    ${line}`)
        .join('\n'),
    );
}
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
