import type { Act, Refusal } from '@hengjian/kernel';
import { refuse } from '@hengjian/kernel';
import { isEnvelope, partsOf } from './vault/envelope.ts';

/** Only an envelope comes this far: whoever takes a name in seals it before it becomes a command. */
export const refuseUnsealed = (identity: string | null | undefined): true | Refusal =>
  !identity ||
  isEnvelope(identity) ||
  refuse(
    'identity-not-sealed',
    '身份信息没有封存，不能登记。',
    'The identity was not sealed and cannot be entered.',
    'identity',
  );

interface At {
  id: string;
  office: string;
  /** Empty while the record is being created: nothing is kept beside it then. */
  state: string;
}

/** Keeps an envelope beside its record, where no list, search or event reaches. */
export async function keepIdentity(row: At, identity: string | null | undefined, act: Act): Promise<void> {
  if (!identity) return;
  const { key, tag } = partsOf(identity);
  const kept = [row.id, identity, key, tag, act.occurredAt];
  const held =
    row.state === ''
      ? []
      : await act.sql.query(
          'update complaints.identity set envelope = $2, key = $3, tag = $4, sealed_at = $5 where record = $1 returning record',
          kept,
        );
  if (held.length === 0)
    await act.sql.query(
      'insert into complaints.identity (record, envelope, key, tag, sealed_at) values ($1, $2, $3, $4, $5)',
      kept,
    );
}

/** The same person beside another record. */
export async function copyIdentity(from: string, to: string, act: Act): Promise<void> {
  await act.sql.query('select complaints.copy_identity($1, $2, $3)', [from, to, act.occurredAt]);
}

/** Gives identity and query number of a record to the one that goes on with it at another office. */
export async function moveAlong(from: string, to: string, office: string, act: Act): Promise<void> {
  await act.sql.query('select complaints.move_along($1, $2, $3)', [from, to, office]);
}

/** Whether two records come from the same person; null where one has no sealed identity. */
export async function samePerson(one: string, other: string, sql: Act['sql']): Promise<boolean | null> {
  const rows = await sql.query<{ tag: string }>('select tag from complaints.identity where record in ($1, $2)', [
    one,
    other,
  ]);
  return rows.length < 2 ? null : rows[0]!.tag === rows[1]!.tag;
}

export interface Followed {
  followNumber: string;
  followFingerprint: string;
}

/** Opens a matter to whoever holds number and secret; a former secret is then no longer good. */
export async function openFollow(
  row: At,
  kind: 'complaint' | 'report',
  { followNumber, followFingerprint }: Followed,
  received: { on: string; state: string },
  act: Act,
): Promise<void> {
  const held =
    row.state === ''
      ? []
      : await act.sql.query(
          'update complaints.follow set number = $2, fingerprint = $3 where record = $1 returning record',
          [row.id, followNumber, followFingerprint],
        );
  if (held.length === 0)
    await act.sql.query(
      `insert into complaints.follow (record, number, fingerprint, kind, received_on, state, told_on, office) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [row.id, followNumber, followFingerprint, kind, received.on, received.state, act.occurredOn, row.office],
    );
}

/** Says how a matter stands, and why, to whoever holds number and secret. */
export async function tellFollow(record: string, state: string, told: string | null, act: Act): Promise<void> {
  await act.sql.query('update complaints.follow set state = $2, told = $3, told_on = $4 where record = $1', [
    record,
    state,
    told,
    act.occurredOn,
  ]);
}

/** Only whoever is named as a handler opens an identity (order 121 art. 37). */
export const refuseStranger = (named: readonly string[], act: Act): true | Refusal =>
  named.includes(act.actor.person) ||
  refuse(
    'not-named-handler',
    '只有列名的承办人可以查看本人身份；请先签收承办。',
    'Only a named handler opens the identity; take the matter in hand first.',
  );

/** The list with one more name on it. */
export const withName = (named: readonly string[] | null | undefined, act: Act): string[] =>
  act.actor.kind === 'person' ? [...new Set([...(named ?? []), act.actor.person])] : [...(named ?? [])];
