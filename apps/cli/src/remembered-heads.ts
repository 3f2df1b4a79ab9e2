import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LogKey } from '@hengjian/transparency/verification';
import { z } from 'zod';
import { UsageError } from './failure.ts';

/** What is remembered of a log: its key, and the newest head that was found good. */
export interface Remembered {
  key: LogKey;
  note: string;
}

const remembered = z.record(
  z.string(),
  z.object({ key: z.object({ name: z.string(), publicKey: z.string() }), note: z.string() }),
);
type Environment = Record<string, string | undefined>;

/** Outside the installation on purpose: whoever can rewrite the log should not be able to rewrite the memory of it. */
function pathOf(env: Environment, given: string | undefined): string {
  return (
    given ?? join(env.XDG_STATE_HOME || join(env.HOME ?? homedir(), '.local', 'state'), 'hengjian', 'log-heads.json')
  );
}

function readAll(path: string): Record<string, Remembered> {
  if (!existsSync(path)) return {};
  try {
    return remembered.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw Object.assign(
      new UsageError(`文件 ${path} 不是本命令保存的树头。`, `The file ${path} does not hold remembered heads.`),
      { cause },
    );
  }
}

export function readRemembered(env: Environment, file: string | undefined, source: string): Remembered | null {
  return readAll(pathOf(env, file))[source] ?? null;
}

export function remember(env: Environment, file: string | undefined, source: string, value: Remembered): void {
  const path = pathOf(env, file);
  const all = { ...readAll(path), [source]: value };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
