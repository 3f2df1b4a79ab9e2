import type { Database } from '@hengjian/kernel';
import { resealIdentity } from './envelope.ts';
import type { Keyring } from './keyring.ts';

const batch = 200;

/** Seals again, under the current key, what is sealed under another; gives how many. What is sealed meanwhile is left to the next run. */
export async function rotateIdentities(database: Database, keyring: Keyring): Promise<number> {
  for (let count = 0; ; ) {
    const found = await database.transaction(
      'hengjian_machine',
      null,
      (tx) =>
        tx.query<{ record: string; envelope: string }>(
          'select record, envelope from complaints.envelopes_not_under($1, $2)',
          [keyring.current, batch],
        ),
      'jobs',
    );
    if (found.length === 0) return count;
    for (const { record, envelope } of found) {
      const resealed = resealIdentity(keyring, envelope);
      const [done] = await database.transaction(
        'hengjian_machine',
        null,
        (tx) =>
          tx.query('select complaints.put_envelope($1, $2, $3, $4) as done', [
            record,
            envelope,
            resealed,
            keyring.current,
          ]),
        'jobs',
      );
      if (done?.done) count += 1;
    }
  }
}
