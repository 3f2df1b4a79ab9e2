/**
 * Runs one bench and prints its figures as JSON: `npm run bench -- NAME [--quick] [--save]`. What is measured always runs
 * beside its baseline in the same process, by turns, and the result names the machine. `--save` writes results/NAME.json.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

interface Bench {
  run(options: { quick: boolean }): Promise<Record<string, unknown>>;
}

const folder = import.meta.dirname;
const benches = [
  'actions',
  'complaints',
  'draw',
  'epcis',
  'figures',
  'field',
  'ingest',
  'laboratory',
  'licences',
  'lists',
  'reckoning',
  'search',
  'start',
  'statistics',
  'volume',
];

function readCommit(): string {
  try {
    const commit = execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: folder, encoding: 'utf8' }).trim();
    const changed = execFileSync('git', ['status', '--porcelain'], { cwd: folder, encoding: 'utf8' }).trim() !== '';
    return changed ? `${commit} with changes` : commit;
  } catch {
    return 'unknown';
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, save: { type: 'boolean', default: false } },
});
const [name] = positionals;
if (name === undefined || !benches.includes(name) || !readdirSync(folder).includes(`${name}.ts`)) {
  console.error(`usage: npm run bench -- ${benches.join('|')} [--quick] [--save]`);
  process.exit(2);
}
const { run } = (await import(`./${name}.ts`)) as Bench;
const startedAt = new Date();
const loadBefore = loadavg()[0];
const figures = await run({ quick: values.quick });
const result = {
  bench: name,
  quick: values.quick,
  startedAt: startedAt.toISOString(),
  seconds: Math.round((Date.now() - startedAt.getTime()) / 1000),
  commit: readCommit(),
  machine: {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    loadBefore,
  },
  ...figures,
};
const text = `${JSON.stringify(result, null, 2)}\n`;
if (values.save) {
  mkdirSync(join(folder, 'results'), { recursive: true });
  writeFileSync(join(folder, 'results', `${name}.json`), text);
}
process.stdout.write(text);
