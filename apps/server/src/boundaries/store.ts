import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Boundaries } from './convert.ts';

const pathOf = (folder: string, province: string): string => join(folder, 'boundaries', `${province}.json`);

/** Keeps the boundaries of a province beside the data of the installation; the number of bytes written. */
export async function keepBoundaries(folder: string, boundaries: Boundaries): Promise<number> {
  const text = JSON.stringify(boundaries);
  await mkdir(join(folder, 'boundaries'), { recursive: true });
  await writeFile(pathOf(folder, boundaries.province), text);
  return Buffer.byteLength(text);
}

/** The boundaries of a province as JSON; undefined where the installation has none. */
export async function readBoundaries(folder: string, province: string): Promise<string | undefined> {
  try {
    return await readFile(pathOf(folder, province), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
