import { timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { Problem } from '@hengjian/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { metricsText, notReady, readGauges } from '../monitoring.ts';
import type { Server } from './app.ts';

/** What whoever runs the installation asks: does it live, is it ready, how far are the machines behind. No personal data. */
export function operationRoutes(app: FastifyInstance, { platform, configuration }: Server): void {
  const gauges = () => readGauges(platform.database, platform.now());

  app.get('/health', async () => {
    const { unsealed, parked } = await gauges();
    return { ok: true, database: platform.database.kind, unsealed, parked };
  });
  app.get('/health/ready', async (_request, reply) => {
    const reasons = await gauges().then(notReady, () => ['database-unreachable']);
    return reply.code(reasons.length === 0 ? 200 : 503).send({ ready: reasons.length === 0, reasons });
  });
  app.get('/metrics', async (request, reply) => {
    if (!mayAsk(request, configuration.metricsToken))
      throw new Problem(
        403,
        'metrics-closed',
        '运行指标只供本机或持有 HENGJIAN_METRICS_TOKEN 者读取。',
        'Metrics are for this machine, or for the bearer of HENGJIAN_METRICS_TOKEN.',
      );
    const memory = process.memoryUsage();
    const more = {
      hengjian_process_uptime_seconds: Math.round(process.uptime()),
      hengjian_process_resident_bytes: memory.rss,
      hengjian_process_heap_bytes: memory.heapUsed,
    };
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(metricsText(await gauges(), more));
  });
}

function mayAsk(request: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined) return request.ip === '::1' || (isIP(request.ip) === 4 && request.ip.startsWith('127.'));
  const sent = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return sent.length === wanted.length && timingSafeEqual(sent, wanted);
}
