import { existsSync, readFileSync } from 'node:fs';
import { inject } from 'vitest';

async function waitForAddress(): Promise<string> {
  const told = `${inject('folder')}.start`;
  while (!existsSync(told)) await new Promise((resolve) => setTimeout(resolve, 100));
  const { address, failure } = JSON.parse(readFileSync(told, 'utf8')) as { address?: string; failure?: string };
  if (address === undefined) throw new Error(failure);
  return address;
}

/** Address of the installation under test, once it serves. */
export const baseUrl = await waitForAddress();
