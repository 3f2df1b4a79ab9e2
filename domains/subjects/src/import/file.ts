import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TextDecoder } from 'node:util';
import { Problem } from '@hengjian/kernel';

/** A path, the bytes themselves, or a stream of them. */
export type FileSource = string | Uint8Array | AsyncIterable<Uint8Array>;
export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le';

/** A file that can be read more than once. */
export interface OpenFile {
  contentHash: string;
  encoding: Encoding;
  /** A ZIP archive by its first bytes, as every XLSX workbook is. */
  zipped: boolean;
  /** Number of lines; what progress is measured against. */
  lines: number;
  read: () => AsyncIterable<Uint8Array>;
  close: () => Promise<void>;
}

/**
 * Opens a file, hashes it and finds its encoding: UTF-16 by its mark, UTF-8 when every byte fits, else GB 18030, which spreadsheets
 * in China still save CSV in. A stream is kept in a temporary file until `close`.
 */
export async function openFile(source: FileSource): Promise<OpenFile> {
  if (source instanceof Uint8Array)
    return examine(
      () => Readable.from([source]),
      async () => undefined,
    );
  if (typeof source === 'string')
    return examine(
      () => createReadStream(source),
      async () => undefined,
    );
  const folder = await mkdtemp(join(tmpdir(), 'hengjian-import-'));
  const path = join(folder, 'file');
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await pipeline(source, createWriteStream(path, { mode: 0o600 }));
    return await examine(() => createReadStream(path), close);
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Opens a ledger of the format that it is said to have.
 * @throws Problem when the content is of another
 */
export async function openLedger(source: FileSource, format: 'csv' | 'xlsx'): Promise<OpenFile> {
  const file = await openFile(source);
  if (file.zipped === (format === 'xlsx')) return file;
  await file.close();
  throw new Problem(
    422,
    'not-this-format',
    '文件内容与格式不符：XLSX请用Excel 2007以上版本另存，CSV请存为逗号分隔的文本。',
    'The file is not of the format that it claims: save a workbook as XLSX, text as CSV.',
  );
}

async function examine(read: () => AsyncIterable<Uint8Array>, close: () => Promise<void>): Promise<OpenFile> {
  const hash = createHash('sha256');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let fits = true;
  let lines = 0;
  let mark: string | undefined;
  for await (const chunk of read()) {
    hash.update(chunk);
    mark ??= Buffer.from(chunk.subarray(0, 2)).toString('hex');
    for (const byte of chunk) if (byte === 10) lines += 1;
    if (fits) fits = isFitting(utf8, chunk, true);
  }
  if (fits) fits = isFitting(utf8, new Uint8Array(), false);
  const encoding = mark === 'fffe' ? 'utf-16le' : fits ? 'utf-8' : 'gb18030';
  return { contentHash: hash.digest('hex'), encoding, zipped: mark === '504b', lines, read, close };
}

function isFitting(decoder: TextDecoder, chunk: Uint8Array, stream: boolean): boolean {
  try {
    decoder.decode(chunk, { stream });
    return true;
  } catch {
    return false;
  }
}
