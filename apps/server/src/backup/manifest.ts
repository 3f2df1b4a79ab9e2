import { z } from 'zod';

/** Name and version of the archive's format; docs/operations-backup.md describes it. */
export const archiveFormat = 'hengjian-backup/1';
export const headerName = 'hengjian-backup.json';
export const manifestName = 'manifest.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

/** First entry of an archive: what a reader must know before it reads a row. */
export const archiveHeader = z.strictObject({
  format: z.literal(archiveFormat),
  createdAt: z.iso.datetime(),
  database: z.strictObject({ kind: z.enum(['pglite', 'postgresql']), version: z.string() }),
  migrations: z.array(z.strictObject({ name: z.string().regex(/^[a-z0-9-]+\/[A-Za-z0-9._-]+\.sql$/), sha256 })),
  tables: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/),
      columns: z.array(z.strictObject({ name: z.string(), type: z.string() })),
    }),
  ),
  sequences: z.array(
    z.strictObject({
      name: z.string(),
      last: z
        .string()
        .regex(/^-?\d+$/)
        .nullable(),
    }),
  ),
});
export type ArchiveHeader = z.infer<typeof archiveHeader>;

/** Last entry of an archive: what must have been read by then. */
export const archiveManifest = z.strictObject({
  /** Every entry before this one except the files, in order. */
  parts: z.array(z.strictObject({ name: z.string(), bytes: count, sha256 })),
  rows: z.record(z.string(), count),
  files: z.strictObject({
    count,
    bytes: count,
    /** SHA-256 over the names of the files, each with a line feed, in the order of the archive. A name is its file's hash. */
    digest: sha256,
    /** Files in the folder whose content is no longer what their name says; they were left out. */
    damaged: z.array(sha256),
    /** Files that a paper or an upload names and the folder does not have. */
    missing: count,
  }),
  log: z.strictObject({
    name: z.string(),
    /** Ed25519 key under which heads are signed, 32 bytes in hexadecimal; null when the key was not beside the data. */
    publicKey: sha256.nullable(),
    /** Events that have a number, and events that wait for one. */
    sealed: count,
    unsealed: count,
    /** Newest signed tree head, null for an empty log. */
    head: z.strictObject({ epoch: count, size: count, root: sha256, note: z.string() }).nullable(),
  }),
});
export type ArchiveManifest = z.infer<typeof archiveManifest>;
