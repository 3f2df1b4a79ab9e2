import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from './pglite.ts';

const endless = 'select count(*) from generate_series(1, 1000000) a, generate_series(1, 1000000) b';

describe('the embedded database', () => {
  it('serves the others again after a statement without end, and keeps what was committed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hengjian-'));
    const database = await openEmbedded({ folder, limits: { interactive: 1 } });
    await database.asOwner((tx) => tx.query('create table kept (n integer)'));
    await database.asOwner((tx) => tx.query('insert into kept values (1)'));
    let stray: Promise<unknown> | undefined;
    const lost = database.transaction('hengjian_app', null, async (tx) => {
      await tx.query(endless).catch(() => undefined);
      // Whoever goes on after the restart must not reach the new session, which has neither role nor claim.
      stray = tx.query('select 1');
      await stray;
    });
    const waiting = database.asOwner((tx) => tx.query('select n from kept'));
    await expect(lost).rejects.toThrow('restarted');
    await expect(stray).rejects.toThrow('restarted');
    expect(await waiting).toEqual([{ n: 1 }]);
    const refused = database.transaction('hengjian_app', null, (tx) => tx.query(endless));
    await expect(refused).rejects.toMatchObject({ code: '57014' });
    expect(await database.asOwner((tx) => tx.query('select n from kept'))).toEqual([{ n: 1 }]);
    await database.close();
  });
});
