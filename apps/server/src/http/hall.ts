import { type Actor, dayInChina, execute, Problem } from '@hengjian/kernel';
import type { HallPort } from '@hengjian/portal';
import type { FastifyRequest } from 'fastify';
import { v7 as uuid } from 'uuid';
import type { Server } from './app.ts';
import { everybody } from './public.ts';
import { parse } from './records.ts';
import { keepUpload } from './uploads.ts';

/** The service hall's way into the platform: every read and every act under the grant of whoever is signed in. */
export function createHall(server: Server): HallPort {
  const { platform } = server;
  const signedIn = async (request: FastifyRequest): Promise<Actor | null> => {
    try {
      return await server.actor(request);
    } catch (error) {
      if (error instanceof Problem && (error.status === 401 || error.code === 'no-grant')) return null;
      throw error;
    }
  };
  return {
    async who(request) {
      const actor = await signedIn(request);
      if (actor === null) return null;
      const office = actor.office === null ? undefined : platform.offices.get(actor.office);
      const place = office?.label ?? { zh: actor.name, en: actor.name };
      const applies = platform.register.queries.get('licensing.hall')!.roles.includes(actor.role);
      return { name: actor.name, organisation: applies ? actor.organisation : null, place };
    },
    async ask<T>(request: FastifyRequest | null, name: string, input: Record<string, unknown>) {
      const query = platform.register.queries.get(name)!;
      const actor = request === null ? everybody : await server.actor(request);
      if (!query.roles.includes(actor.role))
        throw new Problem(
          403,
          'not-your-role',
          '您的岗位不能使用办事大厅的这一部分。',
          'Your post does not use this part of the hall.',
        );
      const parsed = parse(query.input, input) as Record<string, unknown>;
      return platform.database.transaction(
        request === null ? 'hengjian_public' : 'hengjian_app',
        request === null ? null : actor.claim,
        (sql) => query.answer(parsed, { actor, sql, kernel: platform, today: dayInChina(platform.now()) }),
      ) as Promise<T>;
    },
    async act(request, { documents = [], ...command }) {
      const actor = await server.actor(request);
      const { record, created } = await execute(platform, actor, { id: uuid(), ...command, documents });
      server.changed.emit('changed');
      return { record, created };
    },
    async upload(request, name, content) {
      return (await keepUpload(server, await server.actor(request), name, content)).id;
    },
    refusalOf: (error) =>
      error instanceof Problem ? { code: error.code, zh: told(error, 'zh'), en: told(error, 'en') } : undefined,
  };
}

/** The sentence of a refusal with that of each field, because the hall shows them together. */
function told(problem: Problem, language: 'zh' | 'en'): string {
  const details = problem.errors.map((detail) => `${detail.path.replace(/^input\./, '')}: ${detail[language]}`);
  return problem.code === 'invalid-input' && details.length > 0
    ? `${problem[language]} ${details.join('; ')}`
    : problem[language];
}
