/**
 * Checks the libraries of statistics and transparency against a folder of reference vectors:
 *   node tools/vectors.ts DIR
 * Prints per method the cases, failures and worst error |got − want| / max(1, |want|); exits 1 on any failure. A method that no
 * library computes, and a JSON file that cannot be read or holds no cases, count as failures.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runVectorFile, type VectorFile } from '../libs/statistics/src/vector-runner.ts';
import { statisticsVectors } from '../libs/statistics/src/vectors.ts';
import { drawVectors } from '../libs/transparency/src/vectors.ts';

const registry = { ...statisticsVectors, ...drawVectors };

function isVectorFile(content: unknown): content is VectorFile {
  return typeof content === 'object' && content !== null && Array.isArray((content as { cases?: unknown }).cases);
}

interface Tally {
  cases: number;
  failures: number;
  worst: number;
}

/** What a file holds; undefined when it is no JSON, which fails like a file without cases and lets the others run. */
function contentOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function runFile(path: string): Tally {
  const content = contentOf(path);
  if (!isVectorFile(content) || content.cases.length === 0) {
    console.log(`  FAIL ${content === undefined ? 'not JSON' : 'no cases'}`);
    return { cases: 0, failures: 1, worst: 0 };
  }
  const tally: Tally = { cases: 0, failures: 0, worst: 0 };
  for (const method of runVectorFile(content, registry)) {
    tally.cases += method.cases;
    tally.failures += method.failures;
    tally.worst = Math.max(tally.worst, method.worstError);
    const verdict = method.failures === 0 ? 'ok  ' : 'FAIL';
    console.log(
      `  ${verdict} ${method.method.padEnd(36)} ${String(method.cases).padStart(4)} cases ` +
        `${String(method.failures).padStart(4)} failures   worst error ${method.worstError.toExponential(1)}`,
    );
    for (const message of method.messages) {
      console.log(`         ${message}`);
    }
  }
  return tally;
}

function main(directory: string): number {
  const total: Tally = { cases: 0, failures: 0, worst: 0 };
  const names = readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort();
  for (const name of names) {
    console.log(`\n${name}`);
    const { cases, failures, worst } = runFile(join(directory, name));
    console.log(`  ${cases} cases, ${failures} failures, worst error ${worst.toExponential(1)}`);
    total.cases += cases;
    total.failures += failures;
  }
  console.log(`\n${names.length} files, ${total.cases} cases, ${total.failures} failures`);
  return total.failures === 0 && total.cases > 0 ? 0 : 1;
}

const directory = process.argv[2];
if (directory === undefined) {
  console.error('usage: node tools/vectors.ts DIR');
  process.exitCode = 2;
} else {
  process.exitCode = main(directory);
}
