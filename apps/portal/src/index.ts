import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import serveStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readAssets } from './assets.ts';
import { hallRoutes } from './hall/routes.ts';
import { cookiesOf, type View, viewOf } from './language.ts';
import { layout, type Page } from './page.ts';
import { drawsPage } from './pages/draws.ts';
import { enterprisePage } from './pages/enterprise.ts';
import { brokenPage, missingPage } from './pages/failure.ts';
import { homePage } from './pages/home.ts';
import { logPage } from './pages/log.ts';
import { powerPage, powersPage } from './pages/powers.ts';
import { problemPage } from './pages/problem.ts';
import { findHead } from './pages/proof.ts';
import { ratesPage } from './pages/rates.ts';
import { recordPage } from './pages/record.ts';
import { exactAddress, recordsPage } from './pages/records.ts';
import { reportCheckPage } from './pages/report-check.ts';
import { testingPage } from './pages/testing.ts';
import { isChecksum, paperPage, tidyChecksum, verifyPage } from './pages/verify.ts';
import { toolPage, workbenchPage } from './pages/workbench.ts';
import type { PortalOptions } from './public-record.ts';
import { createSite, type Site } from './site.ts';
import { voiceRoutes } from './voice/routes.ts';

export type { HallAct, HallPort, HallRefusal, HallVisitor } from './hall/port.ts';
export type {
  BulletinRate,
  LogHead,
  PortalOptions,
  PublicEntry,
  PublicEntryWithBody,
  PublicLog,
  PublicQuery,
  PublicReader,
} from './public-record.ts';
export type { VoicePort } from './voice/port.ts';

type Parameters = Readonly<Record<string, string>>;
type Show = (page: Page) => FastifyReply;
/** A page, or where the visitor is sent instead. */
type Answer = (view: View, parameters: Parameters) => Promise<Page | string>;

/**
 * The public portal as a Fastify plugin: pages without sign-in, in Chinese and English. Every page reads without
 * JavaScript; the verifiers of draws and log are scripts of their own under /portal/.
 */
export async function portalPlugin(app: FastifyInstance, options: PortalOptions): Promise<void> {
  const folder = options.folder ?? fileURLToPath(new URL('../dist', import.meta.url));
  const assets = readAssets(folder);
  const site = createSite(options);
  const secure = options.baseUrl.startsWith('https:');
  const looking = (request: FastifyRequest): View => viewOf(request.url, request.headers.cookie ?? '');

  const shower =
    (view: View, reply: FastifyReply): Show =>
    (page) => {
      for (const cookie of cookiesOf(view, secure)) reply.header('set-cookie', cookie);
      return reply
        .code(page.status ?? 200)
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-cache')
        .header('vary', 'cookie')
        .send(layout(view, page, assets, options));
    };
  const route = (path: string, answer: Answer): void => {
    app.get(path, async (request, reply) => {
      const view = looking(request);
      const page = await answer(view, request.params as Parameters);
      return typeof page === 'string' ? reply.redirect(page, 303) : shower(view, reply)(page);
    });
  };

  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const view = looking(request);
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'a page of the portal could not be made');
    return shower(view, reply)(status === 404 ? missingPage(view) : brokenPage(view, status, request.id));
  });
  for (const { path, type, content } of [assets.style, assets.workbenchStyle, assets.mark])
    app.get(path, (_request, reply) =>
      reply.type(type).header('cache-control', 'public, max-age=31536000, immutable').send(content),
    );
  if (existsSync(folder))
    await app.register(serveStatic, {
      root: folder,
      prefix: '/portal/',
      immutable: true,
      maxAge: '365d',
      decorateReply: false,
    });

  pages(route, site);
  if (options.hall !== undefined)
    hallRoutes(app, options.hall, {
      baseUrl: options.baseUrl,
      looking,
      show: (view, reply, page) => shower(view, reply)(page),
    });
  if (options.voice !== undefined)
    voiceRoutes(app, options.voice, {
      baseUrl: options.baseUrl,
      looking,
      show: (view, reply, page) => shower(view, reply)(page),
    });
  app.get('/log/head.txt', async (_request, reply) => {
    const head = await findHead(site);
    return head === undefined
      ? reply.callNotFound()
      : reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(head.note);
  });
  app.get('/*', (request, reply) => {
    if (/^\/(api|console|portal)\//.test(request.url)) return reply.callNotFound();
    const view = looking(request);
    return shower(view, reply)(missingPage(view));
  });
}

function pages(route: (path: string, answer: Answer) => void, site: Site): void {
  const entry: Answer = async (view, { id = '' }) => {
    const found = await site.findEntry(id);
    return found === undefined ? missingPage(view) : recordPage(site, view, found);
  };
  route('/', (view) => homePage(site, view));
  route('/records', async (view) => exactAddress(view.query.q) ?? recordsPage(site, view));
  route('/records/:id', entry);
  route('/enterprises/:creditCode', (view, { creditCode = '' }) => enterprisePage(site, view, creditCode.trim()));
  route('/draws', (view) => drawsPage(site, view));
  route('/draws/:id', async (view, { id = '' }) => {
    const stage = await site.findEntry(id);
    if (stage !== undefined) return recordPage(site, view, stage);
    const draw = await site.findDraw(id);
    return draw === undefined ? missingPage(view) : `/draws/${draw.id}`;
  });
  route('/powers', (view) => powersPage(site, view));
  route('/powers/:entity', (view, { entity = '' }) => powerPage(site, view, entity));
  route('/rates', (view) => ratesPage(site, view));
  route('/log', (view) => logPage(site, view));
  route('/verify', async (view) => {
    const typed = view.query.sha256 ?? '';
    const sha256 = tidyChecksum(typed);
    if (isChecksum(sha256)) return `/verify/${sha256}`;
    return typed === '' ? verifyPage(view) : paperPage(site, view, typed);
  });
  route('/verify/:sha256', (view, { sha256 = '' }) => paperPage(site, view, sha256));
  route('/reports', (view) => reportCheckPage(site, view));
  route('/testing', (view) => testingPage(site, view));
  route('/workbench', async (view) => workbenchPage(view));
  route('/workbench/:tool', async (view, { tool = '' }) => toolPage(view, tool) ?? missingPage(view));
  route('/problems/:code', async (view, { code = '' }) => problemPage(view, code));
}
