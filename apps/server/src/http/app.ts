import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import { type Actor, dayInChina, type Label, Problem } from '@hengjian/kernel';
import { portalPlugin } from '@hengjian/portal';
import fastify, { type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import { z } from 'zod';
import { findRegion } from '../../../../data/regions/index.ts';
import type { Configuration } from '../config.ts';
import { exchangeJobs, keepDelivering, readEndpoints } from '../jobs/exchange.ts';
import { checklistImports } from '../jobs/import-checklists.ts';
import { enterpriseImports } from '../jobs/import-enterprises.ts';
import { ledgerImports } from '../jobs/import-ledgers.ts';
import { dutyImports, rosterImports } from '../jobs/import-people.ts';
import { createJobs, type Jobs } from '../jobs/jobs.ts';
import { createOutbox } from '../messages/outbox.ts';
import { createFileProvider } from '../messages/provider.ts';
import { createReminders } from '../messages/reminders.ts';
import type { Platform } from '../platform.ts';
import { practiceBanner } from '../practice.ts';
import type { SignIn } from '../sign-in/index.ts';
import { actionRoutes } from './actions.ts';
import { callerOf, requireActor } from './actor.ts';
import { archiveRoutes } from './archives.ts';
import { choiceRoutes } from './choices.ts';
import { complaintRoutes, createVoice } from './complaints.ts';
import { credentialRoutes } from './credentials.ts';
import { documentRoutes } from './documents.ts';
import { exchangeRoutes } from './exchange.ts';
import { fieldRoutes } from './field.ts';
import { type FrontEndFolders, serveFrontEnds } from './front-ends.ts';
import { createHall } from './hall.ts';
import { importRoutes } from './imports.ts';
import { openApi } from './openapi.ts';
import { operationRoutes } from './operation.ts';
import { peopleRoutes } from './people.ts';
import { installProblems, sendProblem } from './problems.ts';
import { createPublicLog, createPublicReader, publicRoutes } from './public.ts';
import { createReadLog, type ReadLog } from './read-log.ts';
import { parse, recordRoutes } from './records.ts';
import { reportingRoutes } from './reporting.ts';
import { reportRoutes } from './reports.ts';
import { resultFileRoutes } from './result-files.ts';
import { resumableRoutes } from './resumable.ts';
import { testRequestRoutes } from './test-requests.ts';

/** What every route needs. */
export interface Server {
  platform: Platform;
  configuration: Configuration;
  actor: (request: FastifyRequest) => Promise<Actor>;
  readLog: ReadLog;
  jobs: Jobs;
  /** How often a person may do what costs more than a request. */
  limits: Record<'uploads' | 'imports', { max: number; timeWindow: string }>;
  /** Says 'changed' after each action: open consoles look again. */
  changed: EventEmitter;
}

/** Puts console, portal, field app and API on one port. */
export async function createApp(
  platform: Platform,
  configuration: Configuration,
  signIn: SignIn,
  folders: FrontEndFolders,
): Promise<FastifyInstance> {
  const app = fastify({
    logger:
      configuration.log === 'silent'
        ? false
        : { level: configuration.log, redact: ['req.headers.cookie', 'req.headers.authorization'] },
    logController: new LogController({ disableRequestLogging: configuration.log !== 'debug' }),
    bodyLimit: 2 * 1024 * 1024,
    routerOptions: { maxParamLength: 300 },
    trustProxy: configuration.trustProxy,
  });
  installProblems(app);
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'self'"],
        frameSrc: ["'self'", 'blob:'],
        upgradeInsecureRequests: null,
      },
    },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: configuration.baseUrl.startsWith('https:'),
  });
  // A county's line has 10 Mbps (practice M16). Brotli at 5 costs what gzip costs; streams of changes and files already packed stay as they are.
  await app.register(compress, {
    global: true,
    threshold: 1024,
    encodings: ['br', 'gzip'],
    // What comes in is taken as it is: nobody sends a small bomb that unpacks.
    globalDecompression: false,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
    customTypes:
      /^(?:text\/(?!event-stream)|application\/(?:[\w.+-]*json|javascript|xml|wasm|manifest\+json)|image\/svg\+xml)/,
  });
  await app.register(cookie);
  await app.register(multipart, { limits: { fileSize: 200 * 1024 * 1024, files: 1, fields: 20 } });
  // A bureau often comes from one address: whoever is signed in is counted for himself, strangers by their address.
  await app.register(rateLimit, {
    max: configuration.requestsPerMinute,
    timeWindow: '1 minute',
    allowList: (request) => !request.url.startsWith('/api/') && request.method !== 'POST',
    keyGenerator: async (request) => (await signIn.person(request))?.person ?? request.ip,
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header('permissions-policy', 'camera=(self), geolocation=(self), microphone=(), payment=()');
    // What somebody may see is kept by no proxy and by no browser after him.
    if (request.url.startsWith('/api/') && !request.url.startsWith('/api/public/') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'private, no-store');
  });
  app.addHook('onResponse', async (request, reply) => {
    // The address as it was declared, without what was asked: no name, no number of anybody gets into the log.
    const told = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode };
    const line = { ...told, milliseconds: Math.round(reply.elapsedTime) };
    if (reply.statusCode >= 500) request.log.error(line, 'answered');
    else request.log.info(line, 'answered');
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/') || request.method === 'GET' || request.method === 'HEAD') return;
    // A form on another site cannot set this header; together with SameSite cookies that keeps out forged requests.
    if (request.headers['x-hengjian'] !== '1' && !request.url.startsWith('/api/auth/'))
      return sendProblem(
        reply,
        new Problem(403, 'header-missing', '请求缺少 x-hengjian 标头。', 'The request lacks the header x-hengjian: 1.'),
      );
  });
  const me = createMe(platform, configuration, signIn);
  const endpoints = readEndpoints(configuration.exchange);
  await app.register(signIn.plugin, { me });
  const server: Server = {
    platform,
    configuration,
    actor: (request) => requireActor(platform, signIn, request),
    readLog: createReadLog(platform),
    limits: {
      uploads: { max: Math.ceil(configuration.requestsPerMinute / 10), timeWindow: '1 minute' },
      imports: { max: Math.ceil(configuration.requestsPerMinute / 100), timeWindow: '1 minute' },
    },
    jobs: createJobs(platform, {
      'subjects.enterprise': enterpriseImports(platform),
      'inspections.checklist': checklistImports(platform),
      ...ledgerImports(platform),
      'people.duty': dutyImports(platform),
      'kernel.grant': rosterImports(platform),
      ...exchangeJobs(platform, endpoints),
    }),
    changed: new EventEmitter().setMaxListeners(0),
  };
  // No gateway is connected outside a demonstration: what would leave the house is shown as failed, with its reason.
  const carried = createFileProvider(join(platform.folder, 'messages.jsonl'));
  const outbox = createOutbox(
    platform,
    configuration.demonstration || configuration.practice ? { sms: carried, email: carried, chat: carried } : {},
  );
  const reminders = createReminders(platform);
  const delivering = keepDelivering(platform, endpoints, server.jobs);
  app.addHook('onReady', async () => {
    server.jobs.start();
    outbox.start();
    reminders.start();
    delivering.start();
  });
  app.addHook('onClose', async () => {
    await delivering.stop();
    await Promise.all([server.jobs.stop(), outbox.stop(), reminders.stop()]);
    await server.readLog.flush();
  });

  meRoutes(app, server, signIn, me);
  recordRoutes(app, server);
  actionRoutes(app, server);
  streamRoutes(app, server);
  queryRoutes(app, server);
  choiceRoutes(app, server);
  peopleRoutes(app, server, signIn);
  documentRoutes(app, server);
  archiveRoutes(app, server);
  exchangeRoutes(app, server, endpoints);
  complaintRoutes(app, server);
  importRoutes(app, server);
  resultFileRoutes(app, server);
  reportRoutes(app, server);
  testRequestRoutes(app, server);
  reportingRoutes(app, server);
  fieldRoutes(app, server);
  resumableRoutes(app, server);
  publicRoutes(app, server);
  credentialRoutes(app, server);
  await app.register(portalPlugin, {
    reader: createPublicReader(server),
    log: createPublicLog(platform),
    baseUrl: configuration.baseUrl,
    banner: configuration.practice ? practiceBanner : null,
    folder: folders.portal,
    hall: createHall(server),
    voice: createVoice(server),
    regionName: (code) => {
      const region = findRegion(code);
      return region === undefined ? undefined : { zh: region.name, en: region.name };
    },
  });
  app.get('/api/openapi.json', async () => openApi(platform.register));
  operationRoutes(app, server);

  await serveFrontEnds(app, folders);
  return app;
}

/** What stands above every page of an installation that is not in earnest. */
function bannerOf({ practice, demonstration }: Configuration): Label | null {
  if (practice) return practiceBanner;
  if (!demonstration) return null;
  return { zh: '演示系统：企业、人员和结果均为虚构', en: 'Demonstration: firms, people and results are invented' };
}

/** Who is signed in, under which grant, and what else he could act as. */
function createMe(
  platform: Platform,
  configuration: Configuration,
  signIn: SignIn,
): (request: FastifyRequest) => Promise<unknown> {
  return async (request) => {
    const caller = await callerOf(platform, signIn, request);
    const [person] = await platform.database.transaction('hengjian_machine', null, (tx) =>
      tx.query<{ name: string }>('select name from kernel.person where id = $1', [caller.person]),
    );
    const view = (grant: NonNullable<typeof caller.grant>) => ({
      id: grant.id,
      role: grant.role,
      roleLabel: platform.register.roles[grant.role] ?? { zh: grant.role, en: grant.role },
      place:
        grant.organisationName === null
          ? (platform.offices.get(grant.office)?.label ?? { zh: grant.office, en: grant.office })
          : { zh: grant.organisationName, en: grant.organisationName },
      office: grant.organisation === null ? grant.office : null,
      organisation: grant.organisation,
      until: grant.validUntil,
      actingFor: grant.actingForName === null ? null : { name: grant.actingForName },
    });
    return {
      person: { id: caller.person, name: person?.name ?? '' },
      grant: caller.grant === null ? null : view(caller.grant),
      grants: caller.grants.map(view),
      demonstration: configuration.demonstration,
      banner: bannerOf(configuration),
    };
  };
}

function meRoutes(
  app: FastifyInstance,
  { platform }: Server,
  signIn: SignIn,
  me: (request: FastifyRequest) => Promise<unknown>,
): void {
  app.get('/api/me', me);
  app.post('/api/me/grant', async (request) => {
    const caller = await callerOf(platform, signIn, request);
    const { grant } = parse(z.object({ grant: z.uuid() }), request.body);
    if (!caller.grants.some(({ id }) => id === grant))
      throw new Problem(403, 'not-your-grant', '您没有这个岗位。', 'You do not hold this post.');
    await signIn.choose(caller.session, grant);
    return me(request);
  });
}

/** A stream of hints: something changed, look at your inbox again. It carries no content, so it leaks none. */
function streamRoutes(app: FastifyInstance, { actor, changed }: Server): void {
  app.get('/api/events/stream', async (request, reply) => {
    await actor(request);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', connection: 'keep-alive' });
    raw.write(': open\n\n');
    let waiting: NodeJS.Timeout | undefined;
    const tell = (): void => {
      waiting ??= setTimeout(() => {
        waiting = undefined;
        raw.write('event: inbox\ndata: {}\n\n');
      }, 500);
    };
    const pulse = setInterval(() => raw.write(': still here\n\n'), 25_000);
    changed.on('changed', tell);
    const end = (): void => {
      clearInterval(pulse);
      clearTimeout(waiting);
      changed.off('changed', tell);
      raw.end();
    };
    request.raw.on('close', end);
    changed.once('closing', end);
  });
  app.addHook('preClose', async () => {
    changed.emit('closing');
  });
}

function queryRoutes(app: FastifyInstance, { platform, actor }: Server): void {
  app.get('/api/queries', async (request) => {
    const who = await actor(request);
    return {
      queries: [...platform.register.queries.values()]
        .filter(({ roles }) => roles.includes(who.role))
        .map(({ name, label }) => ({ name, label })),
    };
  });
  app.get('/api/queries/:name', async (request) => {
    const who = await actor(request);
    const { name } = parse(z.object({ name: z.string().max(80) }), request.params);
    const query = platform.register.queries.get(name);
    if (query === undefined || !query.roles.includes(who.role))
      throw new Problem(
        404,
        'unknown-query',
        '没有这个查询，或者您的岗位不能使用。',
        'There is no such query, or your post may not use it.',
      );
    const input = parse(query.input, request.query) as Record<string, unknown>;
    return platform.database.transaction('hengjian_app', who.claim, (sql) =>
      query.answer(input, { actor: who, sql, kernel: platform, today: dayInChina(platform.now()) }),
    );
  });
}
