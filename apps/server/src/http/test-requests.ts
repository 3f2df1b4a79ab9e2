import { execute, machineActor, machines, Problem } from '@hengjian/kernel';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Server } from './app.ts';
import { parse } from './records.ts';

const asked = z.strictObject({
  /** The same request sent twice is filed once. */
  id: z.uuid(),
  /** Public entry of the body that was found. */
  entry: z.uuid(),
  kind: z.string().min(1).max(200),
  parameter: z.string().min(1).max(200),
  method: z.string().min(1).max(200),
  sampleName: z.string().min(1).max(200),
  contact: z.string().min(1).max(200),
  wish: z.string().max(2000).nullish(),
  wantedOn: z.iso.date().nullish(),
});

/**
 * A firm asks a testing body for a test. Firms hold no office in which a record could be opened, so the platform files it at the body's
 * bench, for the firm that the visitor acts for.
 */
export function testRequestRoutes(app: FastifyInstance, { platform, actor }: Server): void {
  app.post('/api/test-requests', async (request, reply) => {
    const who = await actor(request);
    const { id, entry, ...input } = parse(asked, request.body);
    const { database } = platform;
    const [client] = await database.transaction('hengjian_machine', null, (tx) =>
      tx.query<{ name: string }>('select organisation_name as name from kernel.grant where id = $1', [who.grant]),
    );
    if (who.organisation === null || who.role !== 'enterprise-agent' || !client)
      throw new Problem(
        403,
        'not-a-client',
        '请以企业经办人的身份提出检验申请。',
        'Ask for a test as the agent of a firm.',
      );
    const [body] = await database.transaction('hengjian_public', null, (tx) =>
      tx.query<{ organisation: string | null; name: string; office: string }>(
        `select body->>'organisation' as organisation, body->>'name' as name, office from public_record.entry
         where id = $1 and kind = 'testing-body' and withdrawn_at is null`,
        [entry],
      ),
    );
    const machine = body && machineActor(platform, machines.flow, body.office);
    const [bench] = machine
      ? await database.transaction('hengjian_app', machine.claim, (tx) =>
          tx.query<{ id: string; office: string }>(
            `select id, office from laboratory.bench where organisation = $1 and state = 'open'`,
            [body.organisation],
          ),
        )
      : [];
    if (!machine || !bench)
      throw new Problem(
        422,
        'no-bench',
        '这家机构没有在本平台受理检验申请，请直接与它联系。',
        'This body takes no requests on this platform; please turn to it directly.',
      );
    const outcome = await execute(platform, machine, {
      id,
      entity: 'laboratory.test-request',
      action: 'file',
      office: bench.office,
      input: {
        ...input,
        bench: bench.id,
        organisation: body.organisation,
        bodyName: body.name,
        client: who.organisation,
        clientName: client.name,
      },
    });
    return reply.code(201).send({ record: outcome.record, state: outcome.state });
  });
}
