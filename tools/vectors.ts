/**
 * Checks the statistics library against a folder of reference vectors:
 *   node tools/vectors.ts DIR
 * Prints per method the cases, failures and worst error |got − want| / max(1, |want|); exits 1 on any failure.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runVectorFile, type VectorFile } from '../libs/statistics/src/vector-runner.ts';
import { statisticsVectors } from '../libs/statistics/src/vectors.ts';

function isVectorFile(content: unknown): content is VectorFile {
  return typeof content === 'object' && content !== null && Array.isArray((content as { cases?: unknown }).cases);
}

function main(directory: string): number {
  let cases = 0;
  let failures = 0;
  let uncoveredCases = 0;
  for (const name of readdirSync(directory).sort()) {
    if (!name.endsWith('.json')) {
      continue;
    }
    const content: unknown = JSON.parse(readFileSync(join(directory, name), 'utf8'));
    if (!isVectorFile(content)) {
      continue;
    }
    const report = runVectorFile(content, statisticsVectors);
    console.log(`\n${name}`);
    for (const method of report.methods) {
      cases += method.cases;
      failures += method.failures;
      const verdict = method.failures === 0 ? 'ok  ' : 'FAIL';
      console.log(
        `  ${verdict} ${method.method.padEnd(36)} ${String(method.cases).padStart(4)} cases ` +
          `${String(method.failures).padStart(4)} failures   worst error ${method.worstError.toExponential(1)}`,
      );
      for (const message of method.messages) {
        console.log(`         ${message}`);
      }
    }
    for (const { method, cases: count } of report.uncovered) {
      uncoveredCases += count;
      console.log(`  --   ${method.padEnd(36)} ${String(count).padStart(4)} cases not computed by this library`);
    }
  }
  console.log(`\n${cases} cases, ${failures} failures, ${uncoveredCases} cases of methods held elsewhere`);
  return failures === 0 && cases > 0 ? 0 : 1;
}

const directory = process.argv[2];
if (directory === undefined) {
  console.error('usage: node tools/vectors.ts DIR');
  process.exitCode = 2;
} else {
  process.exitCode = main(directory);
}
