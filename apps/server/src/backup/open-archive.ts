import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { Problem } from '@hengjian/kernel';
import type { z } from 'zod';
import {
  type ArchiveHeader,
  type ArchiveManifest,
  archiveHeader,
  archiveManifest,
  headerName,
  manifestName,
} from './manifest.ts';
import { readTar, type TarEntry, wholeBody } from './tar.ts';
import type { Progress } from './write-archive.ts';

/** The entries of an archive file, decompressed as they are asked for. */
export async function* entriesOf(file: string): AsyncGenerator<TarEntry> {
  const compressed = createReadStream(file);
  const plain = createGunzip();
  compressed.on('error', (error) => plain.destroy(error));
  compressed.pipe(plain);
  try {
    yield* readTar(plain);
  } finally {
    compressed.destroy();
    plain.destroy();
  }
}

/**
 * Reads an archive from end to end and compares every byte of it with its manifest; nothing else is done with it.
 * @throws Problem 404 `no-such-file`, 422 `archive-damaged` or `archive-unknown-format`
 */
export async function inspectArchive(
  file: string,
  onProgress?: (progress: Progress) => void,
): Promise<{ header: ArchiveHeader; manifest: ArchiveManifest }> {
  if (!existsSync(file)) throw new Problem(404, 'no-such-file', `没有文件 ${file}。`, `There is no file ${file}.`);
  const parts: ArchiveManifest['parts'] = [];
  const files = { count: 0, bytes: 0, digest: createHash('sha256') };
  let header: ArchiveHeader | undefined;
  let manifest: ArchiveManifest | undefined;
  try {
    for await (const entry of entriesOf(file)) {
      if (manifest !== undefined) throw damaged(`${entry.name} follows the manifest`);
      if (header === undefined && entry.name !== headerName) throw unknownFormat();
      if (entry.name === manifestName) {
        manifest = parseEntry(archiveManifest, await wholeBody(entry), entry.name);
        continue;
      }
      const hash = createHash('sha256');
      if (entry.name === headerName) {
        const content = await wholeBody(entry);
        header = parseEntry(archiveHeader, content, entry.name);
        hash.update(content);
      } else for await (const chunk of entry.body) hash.update(chunk);
      const sha256 = hash.digest('hex');
      if (!entry.name.startsWith('files/')) parts.push({ name: entry.name, bytes: entry.size, sha256 });
      else {
        if (entry.name !== `files/${sha256}`) throw damaged(entry.name);
        files.count += 1;
        files.bytes += entry.size;
        files.digest.update(`${sha256}\n`);
      }
      onProgress?.({ stage: 'checking', done: parts.length + files.count, total: parts.length + files.count });
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw Object.assign(damaged((error as Error).message), { cause: error });
  }
  if (header === undefined || manifest === undefined) throw damaged('the manifest is missing');
  for (const [index, stated] of manifest.parts.entries()) {
    const found = parts[index];
    if (found?.name !== stated.name || found.bytes !== stated.bytes || found.sha256 !== stated.sha256)
      throw damaged(stated.name);
  }
  if (parts.length !== manifest.parts.length) throw damaged('there are parts that the manifest does not name');
  if (manifest.files.count !== files.count || manifest.files.digest !== files.digest.digest('hex'))
    throw damaged('files are missing');
  return { header, manifest };
}

function parseEntry<Schema extends z.ZodType>(schema: Schema, content: Buffer, name: string): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(content.toString('utf8'));
  } catch {
    throw damaged(name);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw name === headerName ? unknownFormat() : damaged(name);
}

function damaged(what: string): Problem {
  return new Problem(
    422,
    'archive-damaged',
    `备份文件已损坏，不予恢复（${what}）。`,
    `The archive is damaged and is not restored (${what}).`,
  );
}

function unknownFormat(): Problem {
  return new Problem(
    422,
    'archive-unknown-format',
    '这不是衡鉴的备份文件，或者由更新的版本生成。',
    'This is not an archive of Hengjian, or a newer version wrote it.',
  );
}
