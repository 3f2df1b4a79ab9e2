import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  assignedLedger,
  deliver,
  type Endpoint,
  findCounterpart,
  openEndpoint,
  reconcileDay,
  systems,
} from '@hengjian/exchange';
import { dayInChina, type Kernel, machineActor, machines, Problem, type Transaction } from '@hengjian/kernel';
import { importOutsideFailures } from '@hengjian/sampling';
import { z } from 'zod';
import type { JobKind, Jobs } from './jobs.ts';

const configured = z.record(
  z.string(),
  z.strictObject({
    url: z.url({ protocol: /^https?$/ }),
    token: z.string().min(1),
    timeoutSeconds: z.number().int().min(1).max(300).default(20),
  }),
);

/** The national systems that this installation reaches by API. */
export type Endpoints = ReadonlyMap<string, Endpoint>;

/**
 * Reads addresses and credentials from the file that HENGJIAN_EXCHANGE names; without one there is no API port.
 * @throws Error naming what is wrong in it
 */
export function readEndpoints(path: string | undefined): Endpoints {
  if (path === undefined) return new Map();
  const parsed = configured.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success)
    throw new Error(
      `HENGJIAN_EXCHANGE is wrong:\n${parsed.error.issues.map(({ path: at, message }) => `  ${at.join('.')}: ${message}`).join('\n')}`,
    );
  const unknown = Object.keys(parsed.data).filter((system) => !systems.includes(system));
  if (unknown.length > 0) throw new Error(`HENGJIAN_EXCHANGE names systems that there are not: ${unknown.join(', ')}`);
  return new Map(
    Object.entries(parsed.data).map(([system, { url, token, timeoutSeconds }]) => [
      system,
      openEndpoint({ url, token, timeoutMilliseconds: timeoutSeconds * 1000 }),
    ]),
  );
}

const delivery = z.object({ connection: z.uuid(), office: z.string(), system: z.string() });
const collection = z.object({ system: z.string() });
const kindOf = (work: 'deliver' | 'collect', system: string): string => `exchange.${work}.${system}`;

function endpointOf(endpoints: Endpoints, system: string): Endpoint {
  const endpoint = endpoints.get(system);
  if (endpoint !== undefined) return endpoint;
  throw new Problem(
    422,
    'no-endpoint',
    '安装配置中没有这个系统的接口地址和凭据。',
    'The configuration has no address and credentials for this system.',
  );
}

/**
 * Jobs of the exchange desk, one kind for each system, so that one that does not answer holds up no other. What runs to and fro is the
 * machine's; what is entered into our own books is the officer's who asked for it.
 */
export function exchangeJobs(kernel: Kernel, endpoints: Endpoints): Record<string, JobKind> {
  const deliverOne: JobKind = {
    actor: ({ payload }) => machineActor(kernel, machines.flow, delivery.parse(payload).office),
    async run({ payload }, actor, { signal, progress }) {
      const place = delivery.parse(payload);
      const endpoint = endpointOf(endpoints, place.system);
      const counts = await deliver(kernel, actor, place, endpoint, { signal, progress });
      const yesterday = dayInChina(new Date(kernel.now().getTime() - 86_400_000));
      const reconciled = await reconcileDay(kernel, actor, place, endpoint, yesterday, signal);
      const done = counts.sent + counts.accepted + counts.rejected;
      return { done, total: done, report: { ...counts, reconciled } };
    },
    abandon: async () => undefined,
  };
  const collectOne: JobKind = {
    async run({ payload }, actor, { signal }) {
      const { system } = collection.parse(payload);
      const today = dayInChina(kernel.now());
      const items = await endpointOf(endpoints, system).assigned(signal);
      if (items.length === 0) return { done: 0, total: 0, report: { good: 0, bad: 0, known: 0, rows: [] } };
      const ledger = await assignedLedger(system, today, items);
      const name = `${findCounterpart(system, today)!.label.zh} ${today}.csv`;
      const report = await importOutsideFailures(kernel, actor, ledger, ledger, { format: 'csv', fileName: name });
      // What is held already is no fault here: the counterpart lists everything that it assigned.
      const rows = report.rows.filter(({ code }) => code !== 'registered-already');
      const known = report.rows.length - rows.length;
      return { done: report.good, total: report.total, report: { ...report, bad: report.bad - known, known, rows } };
    },
    abandon: async () => undefined,
  };
  return Object.fromEntries(
    systems.flatMap((system) => [
      [kindOf('deliver', system), deliverOne],
      [kindOf('collect', system), collectOne],
    ]),
  );
}

/** Enters a job of the exchange desk; the caller's role in the database decides under whose hand. */
export async function enterExchangeJob(
  sql: Transaction,
  work: 'deliver' | 'collect',
  job: { system: string; person: string; at: Date; today: string; payload: Record<string, unknown> },
): Promise<string> {
  const label = findCounterpart(job.system, job.today)?.label ?? { zh: job.system, en: job.system };
  const id = randomUUID();
  const [zh, en] =
    work === 'deliver'
      ? [`向${label.zh}报送`, `Sending to ${label.en}`]
      : [`从${label.zh}接收不合格信息`, `Failures assigned by ${label.en}`];
  await sql.query(
    `insert into desk.job (id, kind, person, label_zh, label_en, state, payload, created_at) values ($1, $2, $3, $4, $5, 'queued', $6, $7)`,
    [id, kindOf(work, job.system), job.person, zh, en, JSON.stringify(job.payload), job.at.toISOString()],
  );
  return id;
}

interface Connected {
  id: string;
  office: string;
  system: string;
}

/** A round that failed for good is tried again after this long; one that found nothing, too. */
const pauseSeconds = 600;

/** Looks for connections by API with something to send, to ask after or to reconcile, and enters one job for each. */
export function keepDelivering(
  kernel: Kernel,
  endpoints: Endpoints,
  jobs: Pick<Jobs, 'poke'>,
  everyMilliseconds = 5_000,
): { start(): void; look(): Promise<number>; stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let looking: Promise<number> = Promise.resolve(0);
  async function look(): Promise<number> {
    const connected = await kernel.database.transaction(
      'hengjian_machine',
      null,
      (sql) =>
        sql.query<Connected>(
          `select id, office, system from exchange.connection where state = 'connected' and port = 'api' and system = any($1)`,
          [[...endpoints.keys()]],
        ),
      'jobs',
    );
    let entered = 0;
    for (const connection of connected) if (await enter(kernel, connection)) entered += 1;
    if (entered > 0) jobs.poke();
    return entered;
  }
  const tick = (): void => {
    looking = look().catch((error: unknown) => {
      if (!stopped) process.emitWarning(`The exchange desk cannot look for work: ${(error as Error).message}`);
      return 0;
    });
    void looking.finally(() => {
      if (!stopped) timer = setTimeout(tick, everyMilliseconds);
    });
  };
  return {
    start: () => {
      if (endpoints.size > 0) tick();
    },
    look,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

async function enter(kernel: Kernel, { id, office, system }: Connected): Promise<boolean> {
  const { claim } = machineActor(kernel, machines.flow, office);
  const [waiting] = await kernel.database.transaction(
    'hengjian_app',
    claim,
    (sql) =>
      sql.query<{ queued: boolean; sent: boolean }>(
        `select exists (select from exchange.dispatch where office = $1 and system = $2 and state = 'queued') as queued,
           exists (select from exchange.dispatch where office = $1 and system = $2 and state = 'sent' and via = 'api')
             or not exists (select from exchange.reconciliation where office = $1 and system = $2 and until = $3) as sent`,
        [office, system, dayInChina(new Date(kernel.now().getTime() - 86_400_000))],
      ),
    'jobs',
  );
  if (!waiting?.queued && !waiting?.sent) return false;
  return kernel.database.transaction(
    'hengjian_machine',
    null,
    async (sql) => {
      // New matters go at once; after a failure, and for asking after what is out, there is a pause. Time is the machine's own.
      const [busy] = await sql.query(
        `select 1 from desk.job where kind = $1 and payload ->> 'connection' = $2 and (state in ('queued', 'running')
           or ((state <> 'done' or not $3) and finished_at > $4::timestamptz - make_interval(secs => $5)))`,
        [kindOf('deliver', system), id, waiting.queued, kernel.now().toISOString(), pauseSeconds],
      );
      if (busy !== undefined) return false;
      const payload = { connection: id, office, system };
      const at = kernel.now();
      await enterExchangeJob(sql, 'deliver', { system, person: machines.flow.id, at, today: dayInChina(at), payload });
      return true;
    },
    'jobs',
  );
}
