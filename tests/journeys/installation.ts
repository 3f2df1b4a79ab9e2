import { spawn } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Data folder of the installation under test; `address.ts` reads there how its start has come out. */
    folder: string;
  }
}

const root = new URL('../../', import.meta.url).pathname;

/** Starts the platform as `npm start` does, on a fresh folder. Nobody waits for it here: other tests run while it gets ready. */
export default function setup(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-journeys-'));
  project.provide('folder', folder);
  const child = spawn(process.execPath, [join(root, 'apps/server/src/main.ts')], {
    cwd: root,
    env: { ...process.env, PORT: '0', HENGJIAN_DATA: folder, HENGJIAN_LOG: 'error', DATABASE_URL: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  let said = '';
  let ended = false;
  const tell = (outcome: object): void => {
    writeFileSync(`${folder}.starting`, JSON.stringify(outcome));
    renameSync(`${folder}.starting`, `${folder}.start`);
  };
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    const address = /ready: (http:\S+)/.exec(said)?.[1];
    if (address !== undefined) tell({ address });
  });
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  void exited.then((code) => {
    if (!ended) tell({ failure: `The platform stopped with code ${code}:\n${said}` });
  });
  return async () => {
    ended = true;
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true, force: true });
    rmSync(`${folder}.start`, { force: true });
  };
}
