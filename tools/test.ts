/**
 * The whole suite: what runs in processes of its own and the journeys through one installation, side by side, because the
 * journeys mostly wait and take one after another. With arguments it is `vitest run` and nothing else.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const vitest = new URL('../node_modules/vitest/vitest.mjs', import.meta.url).pathname;

/** Runs vitest; the output of what is not shown is kept and told at the end. */
async function run(options: string[], shown: boolean): Promise<{ code: number; told: Buffer[] }> {
  const child = spawn(process.execPath, [vitest, 'run', ...options], {
    stdio: ['inherit', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
    env: { ...process.env, ...(shown ? {} : { FORCE_COLOR: process.stdout.isTTY ? '1' : '0' }) },
  });
  const told: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => told.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => told.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, told };
}

const given = process.argv.slice(2);
if (given.length > 0) process.exit((await run(given, true)).code);
const journeys = run(['--project', 'journeys'], false);
const units = await run(['--project', 'units'], true);
const { code, told } = await journeys;
process.stdout.write(Buffer.concat(told));
process.exitCode = units.code === 0 ? code : units.code;
