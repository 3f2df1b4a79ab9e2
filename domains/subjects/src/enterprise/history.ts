import type { Transaction } from '@hengjian/kernel';
import { type Facts, factNames } from './entity.ts';

/** What was true from a day on until before another, as far as it was known. */
export interface Version {
  id: number;
  /** First day. */
  from: string;
  /** First day on which it was no longer true; null while it is. */
  until: string | null;
  fields: Facts;
}

/** What a change does to the versions known so far. */
export interface Plan {
  superseded: number[];
  added: Omit<Version, 'id'>[];
  /** What is true now. */
  now: Omit<Version, 'id'>;
}

/** Two values of a fact are the same when they are written the same; missing is null. */
export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

const areSame = (one: Facts, other: Facts): boolean => factNames.every((name) => isSame(one[name], other[name]));

/**
 * A change that was true from a day on. Each changed fact holds from that day until the next change of the same fact that is
 * already known, so a change that is learned of late does not undo a later one. A day before everything known moves the
 * beginning of the first version there.
 * @param versions what is known now, oldest first, without gaps
 */
export function planAmendment(versions: readonly Version[], on: string, changes: Partial<Facts>): Plan {
  const parts: { version: Version; from: string; until: string | null }[] = [];
  const first = versions[0]!;
  for (const version of versions) {
    const from = version === first && on < version.from ? on : version.from;
    const cut = from < on && (version.until === null || on < version.until);
    if (cut) parts.push({ version, from, until: on }, { version, from: on, until: version.until });
    else parts.push({ version, from, until: version.until });
  }
  const start = parts.findIndex(({ from }) => from >= on);
  const before = parts[start]!.version.fields;
  const fields = parts.map(({ version }) => ({ ...version.fields }));
  for (const name of factNames) {
    if (!Object.hasOwn(changes, name) || isSame(changes[name], before[name])) continue;
    for (let at = start; at < parts.length && isSame(parts[at]!.version.fields[name], before[name]); at += 1)
      Object.assign(fields[at]!, { [name]: changes[name] ?? null });
  }
  return planOf(
    versions,
    parts.map(({ from, until }, at) => ({ from, until, fields: fields[at]! })),
  );
}

/** A fact that was entered wrongly: it never was so. The right value stands wherever the wrong one stood up to now. */
export function planCorrection(versions: readonly Version[], changes: Partial<Facts>): Plan {
  const fields = versions.map((version) => ({ ...version.fields }));
  const wrong = versions.at(-1)!.fields;
  for (const name of factNames) {
    if (!Object.hasOwn(changes, name)) continue;
    for (let at = versions.length - 1; at >= 0 && isSame(versions[at]!.fields[name], wrong[name]); at -= 1)
      Object.assign(fields[at]!, { [name]: changes[name] ?? null });
  }
  return planOf(
    versions,
    versions.map(({ from, until }, at) => ({ from, until, fields: fields[at]! })),
  );
}

function planOf(known: readonly Version[], wanted: Omit<Version, 'id'>[]): Plan {
  const joined: Omit<Version, 'id'>[] = [];
  for (const part of wanted) {
    const last = joined.at(-1);
    if (last !== undefined && areSame(last.fields, part.fields)) last.until = part.until;
    else joined.push({ ...part });
  }
  const equal = (one: Omit<Version, 'id'>, other: Omit<Version, 'id'>): boolean =>
    one.from === other.from && one.until === other.until && areSame(one.fields, other.fields);
  return {
    superseded: known.filter((version) => !joined.some((part) => equal(part, version))).map(({ id }) => id),
    added: joined.filter((part) => !known.some((version) => equal(part, version))),
    now: joined.at(-1)!,
  };
}

const columns = 'id, valid_from as "from", valid_until as "until", fields';

/** What is known now of an enterprise, oldest first. */
export function knownVersions(sql: Transaction, enterprise: string): Promise<Version[]> {
  return sql.query<Version>(
    `select ${columns} from subjects.enterprise_version where enterprise = $1 and superseded_on is null order by valid_from, id`,
    [enterprise],
  );
}

/** Writes a plan; whatever it replaces stays readable as it was known until then. */
export async function writePlan(
  sql: Transaction,
  record: { id: string; office: string },
  plan: Plan,
  change: { on: string; action: string; reason: string },
): Promise<void> {
  await sql.query('update subjects.enterprise_version set superseded_on = $2::date where id = any($1::bigint[])', [
    plan.superseded,
    change.on,
  ]);
  for (const { from, until, fields } of plan.added)
    await sql.query(
      `insert into subjects.enterprise_version (enterprise, office, valid_from, valid_until, recorded_on, change, action, reason, fields)
       select r.id, $2::text, $3::date, $4::date, $5::date, r.version + 1, $6::text, $7::text, $8::jsonb from kernel.record r where r.id = $1`,
      [record.id, record.office, from, until, change.on, change.action, change.reason, JSON.stringify(fields)],
    );
}

/** An enterprise as it was on a day. */
export interface AsOf {
  from: string;
  until: string | null;
  fields: Facts;
}

/**
 * The enterprise as it was on a day, by what is known now, or by what was known at the end of another day.
 * Undefined for a day before the register knows anything of it. Reads under the claim of the transaction.
 */
export async function enterpriseAsOf(
  sql: Transaction,
  enterprise: string,
  on: string,
  knownOn?: string,
): Promise<AsOf | undefined> {
  const known =
    knownOn === undefined
      ? 'superseded_on is null'
      : 'recorded_on <= $3 and (superseded_on is null or superseded_on > $3)';
  const [version] = await sql.query<Version>(
    `select ${columns} from subjects.enterprise_version
     where enterprise = $1 and valid_from <= $2 and (valid_until is null or valid_until > $2) and ${known} order by id desc limit 1`,
    knownOn === undefined ? [enterprise, on] : [enterprise, on, knownOn],
  );
  return version === undefined ? undefined : { from: version.from, until: version.until, fields: version.fields };
}
