import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the installation under test. */
    baseUrl: string;
    /** Its data folder. */
    folder: string;
  }
}

const root = new URL('../../', import.meta.url).pathname;

/** Starts the platform as `npm start` does, on a fresh folder, and waits until it says that it is ready. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-journeys-'));
  const child = spawn(process.execPath, [join(root, 'apps/server/src/main.ts')], {
    cwd: root,
    env: { ...process.env, PORT: '0', HENGJIAN_DATA: folder, HENGJIAN_LOG: 'error', DATABASE_URL: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  let said = '';
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /ready: (http:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    exited.then((code) => reject(new Error(`The platform stopped with code ${code}:\n${said}`)));
  });
  const baseUrl = await ready;
  project.provide('baseUrl', baseUrl);
  project.provide('folder', folder);
  return async () => {
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
}
