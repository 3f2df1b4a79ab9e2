import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import serveStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Where the built front ends lie. */
export interface FrontEndFolders {
  console: string;
  portal: string;
  field: string;
}

/** What may run on the pages of the field app: besides its own scripts, the decoder of barcodes, which is WebAssembly. */
const fieldPolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "frame-src 'self' blob:",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

/** Console and field app: one page each, whose assets bear their hash in their name and are kept for ever. */
export async function serveFrontEnds(app: FastifyInstance, folders: FrontEndFolders): Promise<void> {
  const asset = { immutable: true, maxAge: '365d' } as const;
  await app.register(serveStatic, {
    root: join(folders.console, 'assets'),
    prefix: '/console/assets/',
    ...asset,
  });
  const shell = readFileSync(join(folders.console, 'index.html'), 'utf8');
  for (const path of ['/console', '/console/*'])
    app.get(path, (_request, reply) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(shell),
    );

  await app.register(serveStatic, {
    root: folders.field,
    prefix: '/field/',
    decorateReply: false,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const page = readFileSync(join(folders.field, 'index.html'), 'utf8');
  app.get('/field', (_request, reply) => reply.redirect('/field/'));
  app.get('/field/*', (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-security-policy', fieldPolicy)
      .send(page),
  );
}
