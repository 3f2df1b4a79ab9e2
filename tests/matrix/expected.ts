import type { Lifecycle } from '@hengjian/kernel';
import { type Matrix, officerRoles, type Post, type Row } from './installation.ts';

/** A record with everything that decides who may see it, read from the raw tables. */
export interface Fact {
  id: string;
  entity: string;
  office: string;
  state: string;
  title: string;
  number: string | null;
  row: Row;
  /** Tokens that the declaration opens it to. */
  parties: string[];
  /** Offices that an unfinished hand-over opens it to. */
  doors: string[];
}

/** Who administers the platform is nobody to whom an office's business is addressed. */
const administrators = new Set(['system-administrator', 'security-administrator', 'audit-administrator']);

/** What an applicant has not handed in is no office's to read. */
const unsubmitted = new Set(['licensing.application.draft', 'licensing.application.discarded']);

/** What is there, and who may see it by the rules of the declarations; written without the kernel's own predicates. */
export interface Truth {
  facts: Map<string, Fact>;
  maySee(post: Post, id: string): boolean;
  seen(post: Post): Set<string>;
  tokens(post: Post): Set<string>;
  offices(post: Post): Set<string>;
  /** Fields that a party sees; null when the whole record is open to the post's office. */
  fieldsOf(post: Post, id: string): string[] | null;
  lifecycle(entity: string): Lifecycle;
}

export async function readTruth(matrix: Matrix): Promise<Truth> {
  const { lifecycles } = matrix.platform.register;
  const lifecycle = (entity: string): Lifecycle => lifecycles.get(entity)!;
  const parents = new Map(
    (await matrix.rows<{ code: string; parent: string | null }>('select code, parent from kernel.office')).map(
      ({ code, parent }) => [code, parent],
    ),
  );
  const isBelow = (code: string, top: string): boolean => {
    for (let at: string | null | undefined = code; at; at = parents.get(at)) if (at === top) return true;
    return false;
  };
  const doors = await matrix.rows<{ target: string; to_office: string }>(
    `select target, to_office from kernel.handover where state not in ('returned', 'ended')`,
  );
  const registers = new Map(
    (
      await matrix.rows<{ id: string; entity: string; title: string; number: string | null }>(
        'select id, entity, title, number from kernel.record',
      )
    ).map((register) => [register.id, register]),
  );
  const facts = new Map<string, Fact>();
  for (const declared of lifecycles.values()) {
    const { entity, states, parties } = declared;
    for (const columns of await matrix.rows(`select * from ${entity.table}`)) {
      const row: Row = { id: columns.id, office: columns.office, state: columns.state };
      for (const { name, column } of entity.fields) row[name] = columns[column] ?? null;
      const id = columns.id as string;
      const order = states[columns.state as string]!.order;
      const { title, number } = registers.get(id)!;
      facts.set(id, {
        id,
        entity: entity.name,
        office: columns.office as string,
        state: columns.state as string,
        title,
        number,
        row,
        parties: Object.values(parties)
          .filter((party) => states[party.from]!.order <= order)
          .flatMap((party) => party.of(row as never))
          .filter((token): token is string => typeof token === 'string' && token !== ''),
        doors: doors.filter(({ target }) => target === id).map((door) => `office:${door.to_office}`),
      });
    }
  }
  if (facts.size !== registers.size) throw new Error('The register and the tables of the entities do not agree.');

  const offices = (post: Post): Set<string> =>
    new Set(post.organisation === null ? [...parents.keys()].filter((code) => isBelow(code, post.office)) : []);
  const tokens = (post: Post): Set<string> =>
    new Set([
      `person:${post.person}`,
      ...(post.organisation === null
        ? [
            `role:${post.role}@${post.office}`,
            ...(administrators.has(post.role) ? [] : [...offices(post)].map((code) => `office:${code}`)),
          ]
        : [`org:${post.organisation}`, `org:${post.organisation}#${post.role}`]),
    ]);
  const kept = new Map<string, { offices: Set<string>; tokens: Set<string> }>();
  const claimOf = (post: Post) => {
    const known = kept.get(post.id) ?? { offices: offices(post), tokens: tokens(post) };
    kept.set(post.id, known);
    return known;
  };
  const byOffice = (post: Post, fact: Fact): boolean =>
    officerRoles.includes(post.role) &&
    !unsubmitted.has(`${fact.entity}.${fact.state}`) &&
    claimOf(post).offices.has(fact.office) &&
    lifecycle(fact.entity).readers.includes(post.role);
  const answers = new Map<string, Set<string>>();
  const seen = (post: Post): Set<string> => {
    const known = answers.get(post.id);
    if (known !== undefined) return known;
    const held = claimOf(post).tokens;
    const open = [...facts.values()].filter(
      (fact) => byOffice(post, fact) || [...fact.parties, ...fact.doors].some((token) => held.has(token)),
    );
    const ids = new Set(open.map(({ id }) => id));
    answers.set(post.id, ids);
    return ids;
  };
  return {
    facts,
    maySee: (post, id) => seen(post).has(id),
    seen,
    tokens: (post) => claimOf(post).tokens,
    offices: (post) => claimOf(post).offices,
    lifecycle,
    fieldsOf(post, id) {
      const fact = facts.get(id)!;
      const held = claimOf(post).tokens;
      if (byOffice(post, fact) || fact.doors.some((token) => held.has(token))) return null;
      const { entity, parties, states } = lifecycle(fact.entity);
      const open = new Set<string>();
      for (const party of Object.values(parties)) {
        if (states[party.from]!.order > states[fact.state]!.order) continue;
        if (!party.of(fact.row as never).some((token) => typeof token === 'string' && held.has(token))) continue;
        for (const name of party.sees === 'all' ? entity.fields.map((field) => field.name) : party.sees) open.add(name);
      }
      return [...open];
    },
  };
}
