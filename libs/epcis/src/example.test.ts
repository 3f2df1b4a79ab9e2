import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { readFixture } from '../fixtures/corpus.ts';

it('runs the example of the README with the output that stands there', () => {
  const example = new URL('../example.ts', import.meta.url).pathname;
  const output = execFileSync(process.execPath, [example], { encoding: 'utf8' });
  const readme = readFixture('../README.md');
  expect(readme).toContain(output.trim());
});
