import { dayInChina, Problem } from '@hengjian/kernel';
import type { PublicLicence } from '@hengjian/licensing';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { licenceCredential, purposes, statusListCredential } from '../credentials/credential.ts';
import { localSeal } from '../credentials/seal.ts';
import { verifyLicence } from '../credentials/verify.ts';
import type { Server } from './app.ts';
import { everybody } from './public.ts';
import { parse } from './records.ts';

const licenceParameter = z.object({ id: z.uuid() });

/** Electronic certificates: JSON, credential and status lists from the same public row, the published key, and a check of them. */
export function credentialRoutes(app: FastifyInstance, { platform, configuration }: Server): void {
  const seal = localSeal(platform.folder);
  const { baseUrl } = configuration;
  const ask = <T>(name: string, input: Record<string, unknown>): Promise<T> =>
    platform.database.transaction('hengjian_public', null, (sql) =>
      platform.register.queries
        .get(name)!
        .answer(input, { actor: everybody, sql, kernel: platform, today: dayInChina(platform.now()) }),
    ) as Promise<T>;
  const find = async (id: string): Promise<PublicLicence> => {
    const [licence] = await ask<PublicLicence[]>('licensing.history', { licence: id });
    if (licence === undefined) throw new Problem(404, 'not-found', '没有这张许可证。', 'There is no such licence.');
    return licence;
  };
  app.get('/api/public/licences/:id', async (request) => ({
    ...(await find(parse(licenceParameter, request.params).id)),
    demonstration: seal.demonstration,
  }));
  app.get('/api/public/licences/:id/credential', async (request, reply) => {
    const licence = await find(parse(licenceParameter, request.params).id);
    const signed = await seal.sign(licenceCredential(licence, baseUrl, seal.demonstration));
    return reply.type('application/vc+jwt').send(signed);
  });
  app.get('/api/public/licences/status/:purpose/:list', async (request, reply) => {
    const { purpose, list } = parse(
      z.object({ purpose: z.enum(purposes), list: z.coerce.number().int().min(0).max(1000) }),
      request.params,
    );
    const statuses = await ask<{ index: number; status: string }[]>('licensing.statuses', {});
    const claims = statusListCredential(statuses, purpose, list, platform.now(), baseUrl, seal.demonstration);
    return reply.type('application/vc+jwt').send(await seal.sign(claims));
  });
  app.get('/api/public/licences/keys', async () => ({ keys: [seal.publicKey], demonstration: seal.demonstration }));
  app.post('/api/public/licences/verify', async (request) => {
    const { credential, lists } = parse(
      z.object({ credential: z.string().max(20_000), lists: z.array(z.string().max(400_000)).max(4) }),
      request.body,
    );
    return verifyLicence(credential, lists, seal.publicKey, platform.now());
  });
}
