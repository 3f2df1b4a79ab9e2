import { type Actor, dayInChina, type Label } from '@hengjian/kernel';
import { z } from 'zod';
import type { Platform } from '../platform.ts';
import { bodyRoles, reachOf } from './reach.ts';

const names = z
  .string()
  .max(1_000)
  .transform((text) => text.split(',').filter(Boolean));

export const peopleInput = z.object({
  /** Name, pinyin initials, post, organ or body; several words narrow it down. */
  q: z.string().max(80).default(''),
  /** Only these posts. */
  roles: names.optional(),
  /** These posts first. */
  prefer: names.optional(),
  /** Only people of this body. */
  organisation: z.uuid().optional(),
  /** Only these people: how a form finds the names of those whom it names already. */
  people: names.pipe(z.array(z.uuid()).max(200)).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(40),
});
type PeopleInput = z.infer<typeof peopleInput>;

/** Somebody in a post that he holds today. */
export interface Nameable {
  person: string;
  name: string;
  role: string;
  roleLabel: Label;
  place: Label;
  office: string | null;
  organisation: { id: string; name: string } | null;
  /** For whom he stands in. */
  actingFor: string | null;
}

interface Held {
  person: string;
  name: string;
  role: string;
  office: string;
  organisation: string | null;
  organisation_name: string | null;
  acting_for_name: string | null;
}

/**
 * People whom the actor may name, one entry a post: preferred posts first, then his own organ, then by name.
 *
 * Grants lie under row security that opens them to administrators and to their holders; everybody else is given the few
 * columns below through this one read, bounded by his {@link reachOf reach} and by nothing that the request says.
 */
export async function findPeople(platform: Platform, actor: Actor, input: PeopleInput): Promise<Nameable[]> {
  const reach = reachOf(actor, platform.offices);
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => `$${parameters.push(value)}`;
  const today = bind(dayInChina(platform.now()));
  const bodies = `${bind(bodyRoles)}::text[]`;
  const filters = [
    `g.state = 'held' and g.valid_from <= ${today}::date and (g.valid_until is null or g.valid_until >= ${today}::date)`,
    `p.kind = 'person'`,
    `((g.organisation is null and g.office = any(${bind(reach.officers)}::text[]))
      or (g.organisation is not null and g.role = any(${bodies}) and g.office = any(${bind(reach.bodies)}::text[]))
      or (g.organisation is not null and not g.role = any(${bodies}) and g.office = any(${bind(reach.agents)}::text[]))
      or g.organisation = ${bind(reach.organisation)}::uuid)`,
  ];
  if (input.roles !== undefined) filters.push(`g.role = any(${bind(input.roles)}::text[])`);
  if (input.organisation !== undefined) filters.push(`g.organisation = ${bind(input.organisation)}::uuid`);
  if (input.people !== undefined) filters.push(`g.person = any(${bind(input.people)}::uuid[])`);
  for (const word of input.q.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 8))
    filters.push(`(${matches(platform, word, bind)})`);
  const prefer = bind(input.prefer ?? []);
  const rows = await platform.database.transaction('hengjian_machine', null, (tx) =>
    tx.query<Held>(
      `select g.person, p.name, g.role, g.office, g.organisation, g.organisation_name, g.acting_for_name
       from kernel.grant g join kernel.person p on p.id = g.person join kernel.record r on r.id = g.id
       where ${filters.join(' and ')}
       order by array_position(${prefer}::text[], g.role) nulls last, (g.office = ${bind(actor.office)}) is not true,
         p.name, g.person, g.id limit ${bind(input.limit)}`,
      parameters,
    ),
  );
  const held = rows.map((one) => view(platform, one));
  // Somebody without any post yet can be named by the one post that gives posts.
  if (actor.role !== 'system-administrator' || input.organisation !== undefined || input.roles !== undefined)
    return held;
  return [...held, ...(await withoutPost(platform, input))].slice(0, input.limit);
}

const noPost: Label = { zh: '尚无岗位', en: 'no post yet' };

async function withoutPost(platform: Platform, { q, people, limit }: PeopleInput): Promise<Nameable[]> {
  const words = q.trim().split(/\s+/).filter(Boolean);
  const rows = await platform.database.transaction('hengjian_machine', null, (tx) =>
    tx.query<{ id: string; name: string }>(
      `select p.id, p.name from kernel.person p where p.kind = 'person' and not p.demonstration
         and not exists (select from kernel.grant g where g.person = p.id and g.state = 'held')
         and ($1::uuid[] is null or p.id = any($1)) and (select bool_and(p.name ilike '%' || replace(word, '%', '') || '%') from unnest($2::text[]) word) is not false
       order by p.name, p.id limit $3`,
      [people ?? null, words, limit],
    ),
  );
  return rows.map(({ id, name }) => ({
    person: id,
    name,
    role: '',
    roleLabel: noPost,
    place: { zh: '', en: '' },
    office: null,
    organisation: null,
    actingFor: null,
  }));
}

/** One word must be found in the name, as its initials, in the post, the organ or the body. */
function matches(platform: Platform, word: string, bind: (value: unknown) => string): string {
  const named = ({ zh, en }: Label): boolean => zh.includes(word) || en.toLowerCase().includes(word);
  const roles = Object.entries(platform.register.roles).filter(([, label]) => named(label));
  const offices = [...platform.offices.values()].filter(({ label }) => named(label));
  const like = bind(`%${word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`);
  const parts = [
    `p.name ilike ${like}`,
    `g.organisation_name ilike ${like}`,
    `g.role = any(${bind(roles.map(([role]) => role))}::text[])`,
    `(g.organisation is null and g.office = any(${bind(offices.map(({ code }) => code))}::text[]))`,
  ];
  if (/^[a-z]{1,24}$/.test(word)) parts.push(`r.words @@ ${bind(`'~${word}':*`)}::tsquery`);
  return parts.join(' or ');
}

function view(platform: Platform, held: Held): Nameable {
  const known = platform.register.roles[held.role];
  const organisation =
    held.organisation === null ? null : { id: held.organisation, name: held.organisation_name ?? '' };
  const office = platform.offices.get(held.office)?.label ?? { zh: held.office, en: held.office };
  return {
    person: held.person,
    name: held.name,
    role: held.role,
    roleLabel: known === undefined ? { zh: held.role, en: held.role } : { zh: known.zh, en: known.en },
    place: organisation === null ? office : { zh: organisation.name, en: organisation.name },
    office: organisation === null ? held.office : null,
    organisation,
    actingFor: held.acting_for_name,
  };
}
