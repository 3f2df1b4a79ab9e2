import { type Actor, dayInChina } from '@hengjian/kernel';
import type { Context } from './context.ts';
import { parseParameters, unknownQuery } from './local-workplace.ts';
import { createRemote } from './remote-workplace.ts';

/** Nobody in particular: sees the public record and nothing else. */
const everybody: Actor = {
  person: '',
  name: '',
  kind: 'person',
  grant: null,
  role: 'public',
  office: null,
  organisation: null,
  actingFor: null,
  claim: { person: '', offices: [], entities: [], parties: [], writes: [] },
};

/** Asks a public query without signing in, in the database role that sees the public record alone. */
export async function askPublic(
  { installation }: Context,
  server: string | undefined,
  name: string,
  given: Record<string, string>,
): Promise<unknown> {
  if (server !== undefined) return createRemote(server).get(`/api/public/queries/${encodeURIComponent(name)}`, given);
  const platform = await installation.open();
  try {
    const query = platform.register.queries.get(name);
    if (query?.roles.includes('public') !== true) throw unknownQuery();
    const input = parseParameters(query, given);
    return await platform.database.transaction('hengjian_public', null, (sql) =>
      query.answer(input, { actor: everybody, sql, kernel: platform, today: dayInChina(platform.now()) }),
    );
  } finally {
    await platform.stop();
  }
}
