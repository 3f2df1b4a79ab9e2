import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Actor, Problem } from '@hengjian/kernel';
import { FileStore } from '@tus/file-store';
import { Server as TusServer } from '@tus/server';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Server } from './app.ts';
import { mediaTypeOf, safeName } from './file-kinds.ts';
import { enterUpload } from './uploads.ts';

/** Most bytes of one file: a film of opening a parcel. */
const mostBytes = 200 * 1024 * 1024;
/** So much stays free on the disk: the database and the other files need it. */
const keptFree = 64 * 1024 * 1024;
/** An upload that was begun and not gone on with is forgotten after this. */
const expireAfter = 7 * 86_400_000;
const path = '/api/field/uploads';

const metadata = z.object({
  id: z.uuid(),
  name: z.string().min(1).max(300),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/**
 * Uploads that go on where they broke off (tus 1.0). The sender chooses the id, so that a file sent twice is one file; it is only taken when
 * its bytes hash to what was captured. Whoever is not the sender finds nothing.
 */
export function resumableRoutes(app: FastifyInstance, { platform, actor, limits }: Server): void {
  const directory = join(platform.folder, 'arriving');
  mkdirSync(directory, { recursive: true });
  const sender = new AsyncLocalStorage<Actor>();
  const store = new FileStore({ directory, expirationPeriodInMilliseconds: expireAfter });
  /** Puts a file that has wholly arrived among the sender's uploads, under the id that he chose. */
  const take = async (part: string, { id, name, sha256 }: z.infer<typeof metadata>): Promise<void> => {
    const content = await readFile(join(directory, part));
    const plain = safeName(name);
    const type = mediaTypeOf(plain, content);
    if (type === undefined) throw refusalOf(kindRefused());
    if (createHash('sha256').update(content).digest('hex') !== sha256) throw refusalOf(changedOnTheWay(plain));
    const { size } = await platform.files.put(content);
    await enterUpload(platform, sender.getStore()!, { id, name: plain, type, size, sha256 });
  };
  const tus = new TusServer({
    path,
    datastore: store,
    maxSize: mostBytes,
    relativeLocation: true,
    allowedOrigins: [],
    namingFunction: (_request, told) => `${sender.getStore()!.person}.${read(told).id}`,
    async onUploadCreate(_request, upload) {
      read(upload.metadata);
      const { bavail, bsize } = await statfs(directory);
      if (bavail * bsize < (upload.size ?? 0) + keptFree) throw refusalOf(serverFull());
      return {};
    },
    async onIncomingRequest(_request, id) {
      if (!id.startsWith(`${sender.getStore()!.person}.`)) throw refusalOf(notYours());
    },
    async onUploadFinish(_request, upload) {
      try {
        await take(upload.id, read(upload.metadata));
      } finally {
        // Whether taken or not: a part that stays would look like a file that arrived.
        await store.remove(upload.id);
      }
      return {};
    },
    onResponseError(_request, error) {
      if ('body' in error && error.body.startsWith('{')) return undefined;
      const code = (error as NodeJS.ErrnoException).code;
      // The store says of every failed write the same; on a server it is nearly always the disk.
      const full = code === 'ENOSPC' || code === 'EDQUOT' || ('body' in error && /receiving the file/.test(error.body));
      return full ? refusalOf(serverFull()) : undefined;
    },
  });

  // Bytes of a part stay a stream: the library reads them itself.
  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null));
  for (const url of [path, `${path}/*`])
    app.route({
      method: ['POST', 'PATCH', 'HEAD', 'OPTIONS', 'DELETE'],
      url,
      config: { rateLimit: { ...limits.uploads, max: limits.uploads.max * 10 } },
      exposeHeadRoute: false,
      async handler(request, reply) {
        const who = await actor(request);
        reply.hijack();
        await sender.run(who, () => tus.handle(request.raw, reply.raw));
      },
    });
  const sweep = setInterval(() => void tus.cleanUpExpiredUploads().catch(() => 0), 3_600_000);
  sweep.unref();
  app.addHook('onClose', async () => clearInterval(sweep));
}

function read(told: Record<string, string | null> | undefined): z.infer<typeof metadata> {
  const parsed = metadata.safeParse(told);
  if (parsed.success) return parsed.data;
  throw refusalOf(
    new Problem(
      400,
      'upload-undescribed',
      '上传须写明编号、文件名和 SHA-256。',
      'An upload names its id, its file name and its SHA-256.',
    ),
  );
}

const serverFull = (): Problem =>
  new Problem(
    507,
    'server-full',
    '服务器存储空间已满，文件没有收下。内容仍在您的设备上，空间恢复后会自动续传；请告知管理员。',
    "The server's disk is full; the file was not taken. It is still on your device and will be sent when there is room; tell the administrator.",
  );
const notYours = (): Problem => new Problem(404, 'not-found', '没有这个上传。', 'There is no such upload.');
const kindRefused = (): Problem =>
  new Problem(
    415,
    'file-kind-refused',
    '文件内容与扩展名不一致，或者不是接受的格式。',
    'The content is not what the name says, or not of a kind that is taken.',
  );
const changedOnTheWay = (name: string): Problem =>
  new Problem(
    422,
    'upload-changed',
    `文件“${name}”与采集时的 SHA-256 不符，没有收下：它在设备上或者途中被改动。`,
    `${name} does not have the SHA-256 of its capture and was not taken: it was changed on the device or on the way.`,
  );

/** A refusal as the library passes it on: its body is the problem of RFC 9457. */
function refusalOf({ status, code, zh, en }: Problem): Error & { status_code: number; body: string } {
  const body = { type: `/problems/${code}`, title: en, status, code, detail: zh, detailEn: en };
  return Object.assign(new Error(en), { status_code: status, body: JSON.stringify(body) });
}
