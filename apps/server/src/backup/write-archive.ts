import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { open, opendir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Database, Problem, type Transaction } from '@hengjian/kernel';
import { logKeyOf } from '@hengjian/transparency/verification';
import { copyLine } from './copy-text.ts';
import { type ArchiveHeader, type ArchiveManifest, archiveFormat, headerName, manifestName } from './manifest.ts';
import { fixTextForms, listSequences, listTables, quoted, readByCursor, requireUnbound, type Table } from './tables.ts';
import { tarEnd, tarHeader, tarPadding } from './tar.ts';

export interface BackupOptions {
  database: Database;
  /** Folder of the installation, where files and the key of the log lie. */
  folder: string;
  /** Name under which tree heads are signed. */
  logName: string;
  /** The archive to write; it must not exist. */
  file: string;
  now?: () => Date;
  onProgress?: (progress: Progress) => void;
}

export interface Progress {
  stage: 'rows' | 'files' | 'checking' | 'log';
  done: number;
  total: number;
}

/** Bytes of rows in one part of the archive; what a reader holds at a time. */
const partBytes = 4 * 1024 * 1024;

/**
 * Writes one archive with everything an installation holds: the rows of every table as one transaction saw them, the files
 * that its papers and uploads name, the names of its migrations, the head of its log. Keys are not in it.
 *
 * The archive appears under its name only when it is complete. Holds one part of four megabytes in memory.
 * @throws Problem 409 `archive-exists`, 422 `owner-bound-by-policies`
 */
export async function writeBackup(options: BackupOptions): Promise<ArchiveManifest> {
  const { database, file, now = () => new Date() } = options;
  if (existsSync(file))
    throw new Problem(
      409,
      'archive-exists',
      `文件 ${file} 已存在，不会覆盖。`,
      `The file ${file} exists and is not overwritten.`,
    );
  const unfinished = join(dirname(file), `.${randomUUID()}.unfinished`);
  try {
    const manifest = await database.asOwner(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only');
      await requireUnbound(tx);
      await fixTextForms(tx);
      let written: ArchiveManifest | undefined;
      const entries = archiveOf(tx, { ...options, now }, (result) => {
        written = result;
      });
      await pipeline(
        Readable.from(entries),
        createGzip({ level: 4 }),
        createWriteStream(unfinished, { flags: 'wx', mode: 0o600 }),
      );
      return written!;
    });
    const handle = await open(unfinished, 'r');
    await handle.sync();
    await handle.close();
    await rename(unfinished, file);
    return manifest;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function* archiveOf(
  tx: Transaction,
  options: BackupOptions & { now: () => Date },
  done: (manifest: ArchiveManifest) => void,
): AsyncGenerator<Buffer> {
  const createdAt = options.now();
  const seconds = createdAt.getTime() / 1000;
  const tables = await listTables(tx);
  const header = await headerOf(tx, options.database.kind, tables, createdAt);
  const parts: ArchiveManifest['parts'] = [];
  const rows: ArchiveManifest['rows'] = {};
  const entry = function* (name: string, content: Buffer): Generator<Buffer> {
    yield tarHeader(name, content.length, seconds);
    yield content;
    yield tarPadding(content.length);
  };
  const part = function* (name: string, content: Buffer): Generator<Buffer> {
    parts.push({ name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
    yield* entry(name, content);
  };
  yield* part(headerName, Buffer.from(JSON.stringify(header, null, 1)));

  let total = 0;
  for (const { name } of tables) {
    const [counted] = await tx.query<{ n: number }>(`select count(*) as n from ${quoted(name)}`);
    rows[name] = Number(counted!.n);
    total += rows[name];
  }
  let told = 0;
  for (const table of tables)
    for await (const { name, content, count } of partsOf(tx, table)) {
      yield* part(name, content);
      told += count;
      options.onProgress?.({ stage: 'rows', done: told, total });
    }

  const files = { count: 0, bytes: 0, digest: createHash('sha256'), damaged: [] as string[] };
  const store = join(options.folder, 'files');
  for await (const { sha256, path } of filesOf(store)) {
    // An entry cannot be taken back, so the content is looked at before it is written.
    if ((await hashOf(path)) !== sha256) {
      files.damaged.push(sha256);
      continue;
    }
    const { size } = await stat(path);
    yield tarHeader(`files/${sha256}`, size, seconds);
    yield* createReadStream(path);
    yield tarPadding(size);
    files.count += 1;
    files.bytes += size;
    files.digest.update(`${sha256}\n`);
    options.onProgress?.({ stage: 'files', done: files.count, total: files.count });
  }
  const manifest: ArchiveManifest = {
    parts,
    rows,
    files: { ...files, digest: files.digest.digest('hex'), missing: await countMissing(tx, store, files.damaged) },
    log: await logOf(tx, options),
  };
  yield* entry(manifestName, Buffer.from(JSON.stringify(manifest, null, 1)));
  yield tarEnd;
  done(manifest);
}

async function headerOf(
  tx: Transaction,
  kind: Database['kind'],
  tables: Table[],
  createdAt: Date,
): Promise<ArchiveHeader> {
  const [server] = await tx.query<{ version: string }>(`select current_setting('server_version') as version`);
  return {
    format: archiveFormat,
    createdAt: createdAt.toISOString(),
    database: { kind, version: server!.version },
    migrations: await tx.query('select name, sha256 from public.migration order by applied_at, name'),
    tables,
    sequences: await listSequences(tx),
  };
}

async function* partsOf(
  tx: Transaction,
  table: Table,
): AsyncGenerator<{ name: string; content: Buffer; count: number }> {
  const names = table.columns.map((_, index) => `c${index}`);
  const list = table.columns.map(({ name }, index) => `${quoted(name)}::text as ${names[index]}`).join(', ');
  const read = readByCursor<Record<string, string | null>>(tx, `select ${list} from ${quoted(table.name)}`, (row) =>
    names.reduce((sum, name) => sum + (row[name]?.length ?? 0) + 1, 0),
  );
  let lines: string[] = [];
  let length = 0;
  let serial = 0;
  const take = (): { name: string; content: Buffer; count: number } => {
    serial += 1;
    const name = `tables/${table.name}/${String(serial).padStart(6, '0')}.copy`;
    const taken = { name, content: Buffer.from(lines.join('')), count: lines.length };
    lines = [];
    length = 0;
    return taken;
  };
  for await (const rows of read)
    for (const row of rows) {
      const line = copyLine(names.map((name) => row[name] ?? null));
      lines.push(line);
      length += line.length;
      if (length >= partBytes) yield take();
    }
  if (lines.length > 0) yield take();
}

async function* filesOf(store: string): AsyncGenerator<{ sha256: string; path: string }> {
  if (!existsSync(store)) return;
  for await (const { name, parentPath } of await opendir(store, { recursive: true }))
    if (/^[0-9a-f]{64}$/.test(name)) yield { sha256: name, path: join(parentPath, name) };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** How many files are named by a paper or an upload and are not there, or no longer what they were. */
async function countMissing(tx: Transaction, store: string, damaged: readonly string[]): Promise<number> {
  const gone = new Set(damaged);
  let missing = 0;
  const named = `select sha256 from kernel.document where template is null union select sha256 from desk.upload
    union select payload->>'sha256' from desk.job where state in ('queued', 'running') and payload ? 'sha256'`;
  for await (const rows of readByCursor<{ sha256: string }>(tx, named))
    for (const { sha256 } of rows)
      if (gone.has(sha256) || !existsSync(join(store, sha256.slice(0, 2), sha256.slice(2, 4), sha256))) missing += 1;
  return missing;
}

async function logOf(tx: Transaction, { folder, logName }: BackupOptions): Promise<ArchiveManifest['log']> {
  const [head] = await tx.query<{ epoch: number; size: number; root: string; note: string }>(
    'select epoch, size, root, note from kernel.log_head order by epoch desc, size desc limit 1',
  );
  const [counts] = await tx.query<{ sealed: number; unsealed: number }>(
    'select count(number) as sealed, count(*) - count(number) as unsealed from kernel.event',
  );
  const key = await readLogKey(folder);
  return {
    name: logName,
    publicKey: key === null ? null : logKeyOf(logName, key).publicKey,
    sealed: Number(counts!.sealed),
    unsealed: Number(counts!.unsealed),
    head: head === undefined ? null : { ...head, size: Number(head.size) },
  };
}

/** The secret key of the log beside the data, or null when it is not there. */
export async function readLogKey(folder: string): Promise<Uint8Array | null> {
  const path = join(folder, 'log.key');
  return existsSync(path) ? Buffer.from((await readFile(path, 'utf8')).trim(), 'hex') : null;
}
