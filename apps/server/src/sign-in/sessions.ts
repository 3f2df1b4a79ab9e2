import { type Database, Problem } from '@hengjian/kernel';

/** Milliseconds. A session ends after 12 hours without use, and after seven days however much it is used. */
export const sessionLifetime = 12 * 60 * 60 * 1000;
const longestLifetime = 7 * 24 * 60 * 60 * 1000;
const extendEvery = 15 * 60 * 1000;
const keep = 5_000;
const mostKept = 10_000;

/** Who is signed in: ids of the person, of the session and of the grant chosen in it. */
export interface SignedIn {
  person: string;
  session: string;
  grant: string | null;
}

export interface Sessions {
  /** The session of a token if it is open. One statement at most every five seconds per token. */
  find(token: string): Promise<SignedIn | null>;
  /** @throws Problem 403 `not-your-grant` when the session's person does not hold that grant. */
  choose(session: string, grant: string): Promise<void>;
  /** A session has changed or ended: read it again next time. */
  forget(token: string): void;
  /** Deletes what has expired. */
  sweep(): Promise<void>;
}

/** Sessions as each request needs them: read past better-auth, because every request does, and remembered for five seconds. */
export function createSessions(database: Database, now: () => Date): Sessions {
  const kept = new Map<string, { found: SignedIn; until: number }>();
  // A reading that began before a session was forgotten must not be remembered after it.
  let forgotten = 0;

  const read = async (token: string): Promise<{ found: SignedIn; expires: number } | null> => {
    const moment = now();
    return database.transaction('hengjian_machine', null, async (tx) => {
      const [row] = await tx.query<{
        id: string;
        user_id: string;
        grant_id: string | null;
        created_at: string;
        expires_at: string;
      }>(
        'select id, user_id, grant_id, created_at, expires_at from desk.sign_in_session where token = $1 and expires_at > $2',
        [token, moment.toISOString()],
      );
      if (row === undefined) return null;
      const found = { person: row.user_id, session: row.id, grant: row.grant_id };
      const expires = Date.parse(row.expires_at);
      const extended = Math.min(moment.getTime() + sessionLifetime, Date.parse(row.created_at) + longestLifetime);
      if (extended - expires < extendEvery) return { found, expires };
      await tx.query('update desk.sign_in_session set expires_at = $2, updated_at = $3 where id = $1', [
        row.id,
        new Date(extended).toISOString(),
        moment.toISOString(),
      ]);
      return { found, expires: extended };
    });
  };

  const forget = (token: string): void => {
    forgotten += 1;
    kept.delete(token);
  };

  return {
    async find(token) {
      const entry = kept.get(token);
      const moment = now().getTime();
      if (entry !== undefined && entry.until > moment) return entry.found;
      const before = forgotten;
      const session = await read(token);
      if (session === null) {
        kept.delete(token);
        return null;
      }
      if (before === forgotten) {
        if (kept.size >= mostKept) kept.clear();
        kept.set(token, { found: session.found, until: Math.min(moment + keep, session.expires) });
      }
      return session.found;
    },
    async choose(session, grant) {
      const [row] = await database.transaction('hengjian_machine', null, (tx) =>
        tx.query<{ token: string }>(
          `update desk.sign_in_session s set grant_id = $2, updated_at = $3 where s.id = $1
             and exists (select from kernel.grant g where g.id = $2 and g.person = s.user_id and g.state = 'held') returning s.token`,
          [session, grant, now().toISOString()],
        ),
      );
      if (row === undefined)
        throw new Problem(
          403,
          'not-your-grant',
          '您不担任这个岗位，或者登录已失效。',
          'You do not hold this grant, or your session has ended.',
        );
      forget(row.token);
    },
    forget,
    async sweep() {
      await database.transaction('hengjian_machine', null, (tx) =>
        tx.query('delete from desk.sign_in_session where expires_at < $1', [now().toISOString()]),
      );
    },
  };
}
