import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from '@hengjian/kernel';

/** Files by their content, under two levels of folders; a name given by a visitor never becomes a path. */
export function createFileStore(folder: string): FileStore {
  const pathOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('A file is named by its SHA-256 in lower-case hexadecimal.');
    return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  };
  return {
    async put(content) {
      const sha256 = createHash('sha256').update(content).digest('hex');
      const path = pathOf(sha256);
      const known = await stat(path).catch(() => null);
      if (known === null) {
        await mkdir(dirname(path), { recursive: true });
        const waiting = `${path}.${randomUUID()}`;
        try {
          await writeFile(waiting, content, { flush: true });
          await rename(waiting, path);
        } catch (error) {
          // What was half written on a full disk would only keep it full.
          await rm(waiting, { force: true });
          throw error;
        }
      }
      return { sha256, size: content.byteLength };
    },
    async get(sha256) {
      const content = await readFile(pathOf(sha256));
      if (createHash('sha256').update(content).digest('hex') !== sha256)
        throw new Error(`The file ${sha256} is damaged.`);
      return content;
    },
  };
}
