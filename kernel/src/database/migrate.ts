import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from './database.ts';

/** A folder of numbered SQL files that belong together: the kernel's, or one domain's. */
export interface MigrationFolder {
  name: string;
  path: string;
}

/**
 * Applies what is missing, in order, each file in its own transaction as the owner. A file that was changed after it was
 * applied is refused: a released migration is history.
 * @throws Error naming the file.
 */
export async function migrate(database: Database, folders: readonly MigrationFolder[]): Promise<string[]> {
  await database.asOwner((tx) =>
    tx.query(
      'create table if not exists public.migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
    ),
  );
  const applied: string[] = [];
  for (const folder of folders) {
    for (const file of readdirSync(folder.path)
      .filter((name) => name.endsWith('.sql'))
      .sort()) {
      const name = `${folder.name}/${file}`;
      const text = readFileSync(join(folder.path, file), 'utf8');
      const sha256 = createHash('sha256').update(text).digest('hex');
      const done = await database.asOwner(async (tx) => {
        const [row] = await tx.query<{ sha256: string }>('select sha256 from public.migration where name = $1', [name]);
        if (row !== undefined) {
          if (row.sha256 !== sha256) throw new Error(`Migration ${name} was changed after it had been applied.`);
          return false;
        }
        await tx.query(`set local lock_timeout = '5s'; ${text}`);
        await tx.query('insert into public.migration (name, sha256) values ($1, $2)', [name, sha256]);
        return true;
      });
      if (done) applied.push(name);
    }
  }
  return applied;
}
