import { createInterface } from 'node:readline/promises';
import { UsageError } from './failure.ts';
import type { Terminal } from './terminal.ts';

/** A new password from HENGJIAN_NEW_PASSWORD or one line of standard input; where a person types it, the terminal does not show it. */
export async function readPassword(terminal: Terminal): Promise<string> {
  if (terminal.env.HENGJIAN_NEW_PASSWORD !== undefined) return terminal.env.HENGJIAN_NEW_PASSWORD;
  const typed = process.stdin.isTTY === true;
  if (typed) terminal.err(terminal.say('密码：', 'Password: '));
  const reader = createInterface({ input: process.stdin, terminal: typed });
  const line = await reader[Symbol.asyncIterator]().next();
  reader.close();
  if (typed) terminal.err('\n');
  if (line.done || line.value === '') throw new UsageError('没有给出密码。', 'No password was given.');
  return line.value;
}
