import type { Database } from '@hengjian/kernel';
import { accountLocked } from './refusals.ts';

const allowed = 5;
const window = 15 * 60 * 1000;
/** Longer than a code is accepted: its own half minute and one on either side. */
const codeLife = 2 * 60 * 1000;

/** Wrong passwords by address, whether or not an account has that address, so that a lock tells nobody which accounts exist. */
export interface Attempts {
  /**
   * Counts an attempt before the password is looked at, so that many at once cannot all pass.
   * @throws Problem 423 `account-locked` after five without success, until a quarter of an hour has passed since the last.
   */
  begin(email: string): Promise<void>;
  /** The password was right. What is older than the lock says nothing any more and goes as well. */
  clear(email: string): Promise<void>;
  /**
   * Spends a one-time code before it is verified: RFC 6238, 5.2 has each accepted once, also when two come at the same time.
   * Returns false when it was tried before.
   */
  spend(email: string, code: string): Promise<boolean>;
}

/** GB/T 22239-2019, 8.1.4.1 b): failed sign-ins are limited. Held in the database, so in force for every process. */
export function createAttempts(database: Database, now: () => Date): Attempts {
  const before = (milliseconds: number): string => new Date(now().getTime() - milliseconds).toISOString();
  return {
    async begin(email) {
      const counted = await database.transaction('hengjian_machine', null, (tx) =>
        tx.query(
          `insert into desk.sign_in_attempt as held (email, attempts, last_at) values ($1, 1, $2)
           on conflict (email) do update set last_at = excluded.last_at, attempts = case when held.last_at < $3 then 1 else held.attempts + 1 end
           where held.attempts < $4 or held.last_at < $3 returning attempts`,
          [email, now().toISOString(), before(window), allowed],
        ),
      );
      if (counted.length === 0) throw accountLocked();
    },
    async clear(email) {
      await database.transaction('hengjian_machine', null, (tx) =>
        tx.query('delete from desk.sign_in_attempt where email = $1 or last_at < $2', [email, before(window)]),
      );
    },
    async spend(email, code) {
      const spent = await database.transaction('hengjian_machine', null, (tx) =>
        tx.query(
          `update desk.sign_in_second_factor f set spent_code = $2, spent_at = $3 from desk.sign_in_user u
           where u.email = $1 and f.user_id = u.id and (f.spent_code is distinct from $2 or f.spent_at < $4) returning 1 as spent`,
          [email, code, now().toISOString(), before(codeLife)],
        ),
      );
      return spent.length > 0;
    },
  };
}
