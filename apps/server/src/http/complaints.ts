import { randomUUID } from 'node:crypto';
import { fingerprintOf, openIdentity } from '@hengjian/complaints';
import { execute, machineActor, Problem } from '@hengjian/kernel';
import type { VoicePort } from '@hengjian/portal';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Incoming, takeIn } from '../complaints/take-in.ts';
import { takeTickets } from '../complaints/tickets.ts';
import { visitor } from '../complaints/visitor.ts';
import type { Server } from './app.ts';
import { everybody } from './public.ts';
import { parse } from './records.ts';

const mostBytes = 20 * 1024 * 1024;

/** What a generic form cannot do for complaints: take a call with everything at once, open a sealed identity, read tickets of a platform. */
export function complaintRoutes(app: FastifyInstance, server: Server): void {
  const { platform, actor, changed } = server;
  app.post('/api/complaints/calls', async (request, reply) => {
    const who = await actor(request);
    if (who.role !== 'complaint-desk')
      throw new Problem(403, 'not-your-role', '来电由 12315 接收岗位登记。', 'Calls are entered by the 12315 desk.');
    const taken = await takeIn(platform, who, parse(Incoming, request.body));
    changed.emit('changed');
    return reply.code(201).send({ taken });
  });

  /** One opening is one act with its reason; what it opens is answered once and kept nowhere. */
  app.post('/api/complaints/:kind/:record/identity', async (request) => {
    const who = await actor(request);
    const { kind, record } = parse(
      z.object({ kind: z.enum(['complaint', 'report']), record: z.uuid() }),
      request.params,
    );
    const { why } = parse(z.object({ why: z.string().trim().min(2).max(300) }), request.body);
    const command = {
      id: randomUUID(),
      entity: `complaints.${kind}`,
      action: 'openIdentity',
      record,
      input: { why },
      note: why,
    };
    const { event } = await execute(platform, who, command);
    const [row] = await platform.database.transaction('hengjian_app', who.claim, (sql) =>
      sql.query<{ envelope: string | null }>('select complaints.open_envelope($1) as envelope', [event]),
    );
    return { event, identity: row?.envelope ? openIdentity(platform.identities, row.envelope) : null };
  });

  app.post('/api/complaints/tickets/:system', { bodyLimit: mostBytes }, async (request) => {
    const who = await actor(request);
    if (who.role !== 'complaint-desk')
      throw new Problem(
        403,
        'not-your-role',
        '平台工单由 12315 接收岗位导入。',
        'Tickets are taken in by the 12315 desk.',
      );
    const { system } = parse(z.object({ system: z.enum(['consumer-12315', 'hotline-12345']) }), request.params);
    const file = await request.file({ limits: { fileSize: mostBytes, files: 1 } });
    if (file === undefined) throw new Problem(400, 'no-file', '没有收到文件。', 'No file arrived.');
    const report = await takeTickets(platform, who, system, file.filename, new Uint8Array(await file.toBuffer()));
    changed.emit('changed');
    return report;
  });
}

/** The portal's way in for those who do not sign in: what they send, and what they follow by number and secret. */
export function createVoice({ platform, changed }: Server): VoicePort {
  const ask = <T>(name: string, input: Record<string, unknown>): Promise<T> => {
    const query = platform.register.queries.get(name)!;
    const today = platform.now().toISOString().slice(0, 10);
    return platform.database.transaction('hengjian_public', null, (sql) =>
      query.answer(parse(query.input, input) as Record<string, unknown>, {
        actor: everybody,
        sql,
        kernel: platform,
        today,
      }),
    ) as Promise<T>;
  };
  const held = async (number: string, secret: string) => {
    const [row] = await platform.database.transaction('hengjian_public', null, (sql) =>
      sql.query<{ record: string; office: string; kind: string }>(
        'select record, office, kind from complaints.follow_of($1, $2)',
        [number, fingerprintOf(number, secret)],
      ),
    );
    if (row?.kind !== 'complaint')
      throw new Problem(422, 'token-wrong', '编号或者密码不对。', 'The number or the secret is wrong.');
    return { record: row.record, actor: machineActor(platform, visitor, row.office) };
  };
  return {
    categories: () => ask('complaints.categories', {}),
    places: () =>
      [...platform.offices.values()]
        .filter(({ kind, closedOn, code }) => kind === 'bureau' && closedOn === null && /^\d{6}$/.test(code))
        .map(({ parent, region, label }) => ({
          code: region,
          label,
          within: parent === null ? null : (platform.offices.get(parent)?.label ?? null),
        })),
    async lodge(values) {
      const taken = await takeIn(platform, null, parse(Incoming, { ...values, channel: 'web' }));
      changed.emit('changed');
      return taken.map(({ kind, number, follow }) => ({ kind, number, follow }));
    },
    follow: (number, secret) => ask('complaints.follow', { number, secret }),
    async withdraw(number, secret) {
      const { record, actor } = await held(number, secret);
      const input = { how: 'withdrawn' };
      await execute(platform, actor, {
        id: randomUUID(),
        entity: 'complaints.complaint',
        action: 'settle',
        record,
        input,
      });
    },
    async rate(number, secret, { stars, remark }) {
      const { record, actor } = await held(number, secret);
      const input = { complaint: record, stars, remark: remark || null };
      await execute(platform, actor, { id: randomUUID(), entity: 'complaints.feedback', action: 'give', input });
    },
    refusalOf: (error) =>
      error instanceof Problem
        ? { code: error.code, zh: error.zh, en: error.en, places: error.errors.map(({ path }) => path) }
        : undefined,
  };
}
