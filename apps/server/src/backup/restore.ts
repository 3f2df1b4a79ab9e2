import { createHash, randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Database,
  type MigrationFolder,
  migrate,
  openEmbedded,
  openPostgres,
  Problem,
  type Transaction,
} from '@hengjian/kernel';
import { rootAt, toHex } from '@hengjian/transparency';
import { logKeyOf } from '@hengjian/transparency/verification';
import { createFileStore } from '../files.ts';
import { type OpenedEpoch, openEpoch, readLastHead, requireOwnHead } from './epoch.ts';
import { beginLoading } from './load-rows.ts';
import { type ArchiveHeader, type ArchiveManifest, headerName, manifestName } from './manifest.ts';
import { entriesOf, inspectArchive } from './open-archive.ts';
import { type RecomputedLog, recomputeLog } from './recompute-log.ts';
import { fixTextForms, quoted, requireUnbound } from './tables.ts';
import { wholeBody } from './tar.ts';
import { type Progress, readLogKey } from './write-archive.ts';

export interface RestoreOptions {
  file: string;
  /** Folder of the new installation: new or empty but for its key files (`log.key`, `*.secret`). */
  folder: string;
  /** PostgreSQL to restore into; without it the embedded database in the folder. It must hold no table. */
  databaseUrl?: string | undefined;
  migrations: readonly MigrationFolder[];
  logName: string;
  /** The newest tree head (signed note) known outside, to tell what is lost. */
  lastHead?: string | undefined;
  /** Goes on under a new key when the key of the log is lost. */
  newKey?: boolean;
  now?: () => Date;
  onProgress?: (progress: Progress) => void;
}

export interface Restored {
  rows: number;
  files: number;
  /** Files that were missing or damaged when the backup was made. */
  missingFiles: number;
  log: { size: number; root: string; unsealed: number };
  epoch: OpenedEpoch | null;
}

/**
 * Makes an installation from an archive. The archive is read twice: once to compare all of it with its manifest, once to load
 * it, in one transaction that is committed only when every count agrees and the log computed anew from its leaves has the
 * roots that were signed. What fails leaves the target as empty as it was.
 * @throws Problem 404 `no-such-file`; 409 `target-not-empty`; 422 `archive-damaged`, `archive-unknown-format`,
 *   `unknown-migration`, `archive-does-not-fit`, `log-key-missing`, `log-broken`, `last-head-not-ours`, `last-head-contradicts`
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { file, folder, databaseUrl } = options;
  requireEmptyFolder(folder);
  const { header, manifest } = await inspectArchive(file, options.onProgress);
  const key = await keyFor(manifest, options);
  const lastHead = options.lastHead === undefined ? null : readLastHead(options.lastHead, options.logName, key);
  const known = knownMigrations(header, options.migrations);

  mkdirSync(folder, { recursive: true });
  const database: Database =
    databaseUrl === undefined ? await openEmbedded({ folder }) : await openPostgres({ url: databaseUrl });
  let complete = false;
  let touched = databaseUrl === undefined;
  try {
    await requireEmptyDatabase(database);
    touched = true;
    await migrate(database, known.folders);
    const restored = await database.asOwner(async (tx): Promise<Restored> => {
      await requireUnbound(tx);
      await fixTextForms(tx);
      const rows = await loadArchive(tx, header, manifest, options);
      const log = await recomputeLog(tx, {
        onProgress: (done) => options.onProgress?.({ stage: 'log', done, total: manifest.log.sealed }),
      });
      requireSoundLog(log, manifest, options);
      const epoch = await openEpoch(tx, log, {
        logName: options.logName,
        key,
        lastHead,
        rootAt: (size) => storedRoot(tx, size),
        now: options.now?.() ?? new Date(),
      });
      const { size, root } = log;
      const { files, log: told } = manifest;
      return {
        rows,
        files: files.count,
        missingFiles: files.missing,
        log: { size, root, unsealed: told.unsealed },
        epoch,
      };
    });
    complete = true;
    return restored;
  } finally {
    if (!complete && touched && databaseUrl !== undefined) await removeTables(database).catch(() => undefined);
    await database.close();
    rmSync(known.temporary, { recursive: true, force: true });
    if (!complete) for (const name of ['pg', 'files']) rmSync(join(folder, name), { recursive: true, force: true });
    else if (!existsSync(join(folder, 'log.key')))
      writeFileSync(join(folder, 'log.key'), Buffer.from(key).toString('hex'), { mode: 0o600 });
  }
}

const keyFile = /^(log\.key|[a-z-]+\.secret)$/;

function requireEmptyFolder(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).some((name) => !keyFile.test(name))) throw targetNotEmpty(folder);
}

async function requireEmptyDatabase(database: Database): Promise<void> {
  const found = await database.asOwner((tx) =>
    tx.query<{ place: string }>(
      `select n.nspname || '.' || c.relname as place from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' limit 1`,
    ),
  );
  if (found.length > 0) throw targetNotEmpty(found[0]!.place);
}

function targetNotEmpty(what: string): Problem {
  return new Problem(
    409,
    'target-not-empty',
    `恢复目标不是空的（${what}），不会覆盖已有数据。`,
    `The target is not empty (${what}); nothing is overwritten.`,
  );
}

/**
 * The archive's own migrations, and no later ones, in folders of their own: rows go into the tables they came from, and the
 * next start brings those up to date as it would have done on the old machine.
 */
function knownMigrations(
  header: ArchiveHeader,
  folders: readonly MigrationFolder[],
): { folders: MigrationFolder[]; temporary: string } {
  const temporary = mkdtempSync(join(tmpdir(), 'hengjian-restore-'));
  const needed = new Map(header.migrations.map(({ name, sha256 }) => [name, sha256]));
  const own: MigrationFolder[] = [];
  for (const { name: folder, path } of folders) {
    const target = join(temporary, folder);
    mkdirSync(target);
    own.push({ name: folder, path: target });
    for (const file of readdirSync(path)) {
      const sha256 = needed.get(`${folder}/${file}`);
      if (sha256 === undefined) continue;
      if (
        createHash('sha256')
          .update(readFileSync(join(path, file)))
          .digest('hex') !== sha256
      )
        continue;
      copyFileSync(join(path, file), join(target, file));
      needed.delete(`${folder}/${file}`);
    }
  }
  if (needed.size === 0) return { folders: own, temporary };
  rmSync(temporary, { recursive: true });
  const names = [...needed.keys()].join(', ');
  throw new Problem(
    422,
    'unknown-migration',
    `备份来自另一版本，本版本不认识其数据库变更：${names}。请用生成备份的版本或更新的版本恢复。`,
    `The archive comes from another release: this one does not know the migrations ${names}. Restore with the release that wrote it, or a newer one.`,
  );
}

async function keyFor(manifest: ArchiveManifest, options: RestoreOptions): Promise<Uint8Array> {
  const key = await readLogKey(options.folder);
  const { publicKey } = manifest.log;
  if (key !== null) {
    const own = logKeyOf(options.logName, key).publicKey;
    if (publicKey === null || own === publicKey || options.newKey === true) return key;
    throw new Problem(
      422,
      'log-key-differs',
      `目标文件夹中的 log.key 不是签署该日志的密钥（应为 ${publicKey}）。`,
      `The log.key in the target folder is not the key that signed this log (${publicKey}).`,
    );
  }
  if (options.newKey === true || manifest.log.head === null) return randomBytes(32);
  throw new Problem(
    422,
    'log-key-missing',
    '备份不含密钥。请先把原系统的 log.key 放进目标文件夹；密钥已丢失的，加 --new-key，日志将改用新密钥签署。',
    'Keys are not in a backup. Put the log.key of the old installation into the target folder first; if it is lost, use --new-key, and the log goes on under a new key.',
  );
}

async function loadArchive(
  tx: Transaction,
  header: ArchiveHeader,
  manifest: ArchiveManifest,
  options: RestoreOptions,
): Promise<number> {
  const loading = await beginLoading(tx, header.tables);
  const store = createFileStore(join(options.folder, 'files'));
  const hashes = new Map(manifest.parts.map(({ name, sha256 }) => [name, sha256]));
  const total = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
  let rows = 0;
  let files = 0;
  for await (const entry of entriesOf(options.file)) {
    if (entry.name === headerName || entry.name === manifestName) continue;
    const content = await wholeBody(entry);
    const sha256 = createHash('sha256').update(content).digest('hex');
    if (entry.name.startsWith('files/')) {
      if (entry.name !== `files/${sha256}`) throw changedMeanwhile();
      await store.put(content);
      files += 1;
      options.onProgress?.({ stage: 'files', done: files, total: manifest.files.count });
    } else {
      if (hashes.get(entry.name) !== sha256) throw changedMeanwhile();
      rows += await loading.load(entry.name.split('/')[1]!, content);
      options.onProgress?.({ stage: 'rows', done: rows, total });
    }
  }
  for (const { name, last } of header.sequences)
    if (last !== null) await tx.query('select setval($1::regclass, $2::bigint)', [quoted(name), last]);
  for (const { name } of header.tables) {
    const [counted] = await tx.query<{ n: number }>(`select count(*) as n from ${quoted(name)}`);
    if (Number(counted!.n) !== manifest.rows[name])
      throw new Problem(
        422,
        'archive-damaged',
        `表 ${name} 恢复出 ${counted!.n} 行，应为 ${manifest.rows[name]} 行。`,
        `The table ${name} has ${counted!.n} rows after loading; the archive states ${manifest.rows[name]}.`,
      );
  }
  await loading.finish();
  return rows;
}

function changedMeanwhile(): Problem {
  return new Problem(
    422,
    'archive-damaged',
    '备份文件在恢复过程中被改动。',
    'The archive changed while it was being restored.',
  );
}

function requireSoundLog(log: RecomputedLog, manifest: ArchiveManifest, options: RestoreOptions): void {
  const fault = log.faults[0];
  if (fault !== undefined || log.size !== manifest.log.sealed)
    throw new Problem(
      422,
      'log-broken',
      `备份中的日志不成立：${fault?.zh ?? '条数与清单不符。'}`,
      `The log in the archive does not hold: ${fault?.en ?? 'its number of entries is not what the manifest states.'}`,
    );
  const { publicKey, head } = manifest.log;
  if (log.newest !== null && publicKey !== null) requireOwnHead(log.newest, options.logName, publicKey);
  if ((log.newest?.root ?? null) !== (head?.root ?? null)) throw changedMeanwhile();
}

async function storedRoot(tx: Transaction, size: number): Promise<string> {
  const root = await rootAt(size, async (level, index) => {
    const [row] = await tx.query<{ hash: Uint8Array }>(
      'select hash from kernel.log_node where level = $1 and index = $2',
      [level, index],
    );
    if (row === undefined) throw new Error(`The log has no node ${index} on level ${level}.`);
    return new Uint8Array(row.hash);
  });
  return toHex(root);
}

/** The database had no table before, so whatever schema is there now came from this restore. */
async function removeTables(database: Database): Promise<void> {
  await database.asOwner(async (tx) => {
    const schemas = await tx.query<{ name: string }>(
      `select nspname as name from pg_namespace where nspname not like 'pg\\_%' and nspname not in ('information_schema', 'public')
         and exists (select from pg_class c where c.relnamespace = pg_namespace.oid and c.relkind = 'r')`,
    );
    for (const { name } of schemas) await tx.query(`drop schema ${quoted(name)} cascade`);
    await tx.query('drop table if exists public.migration');
  });
}
