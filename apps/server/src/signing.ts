import { mkdirSync } from 'node:fs';
import { createLocalSigningPort, createRemoteSigningPort, type SigningPort } from '@hengjian/laboratory';
import type { Configuration } from './config.ts';
import { secretOf } from './platform.ts';

/** Who seals the reports of this installation: its provider, or in a demonstration a key of its own that is marked so. */
export function signingOf({ signing, demonstration, folder }: Configuration): SigningPort | undefined {
  if (signing !== undefined) return createRemoteSigningPort(signing);
  if (!demonstration) return undefined;
  mkdirSync(folder, { recursive: true });
  return createLocalSigningPort(Buffer.from(secretOf(folder, 'report-seal'), 'hex'));
}
