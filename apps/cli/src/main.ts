#!/usr/bin/env node
import { run } from './run.ts';

const code = await run(process.argv.slice(2), {
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
  watched: process.stderr.isTTY === true,
  env: process.env,
});
// An installation that failed to open may have left its database running; what was written goes out first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
