import { type Database, dayInChina } from '@hengjian/kernel';

/** How far the machines are behind, in numbers that name nobody. */
export interface Gauges {
  /** Events without a number in the log, and seconds since the oldest of them. */
  unsealed: number;
  unsealedSeconds: number;
  /** Consequences that wait for somebody. */
  parked: number;
  /** Clocks that ran out and whose action is not taken, and seconds since the first of them ran out. */
  overdueClocks: number;
  clockLagSeconds: number;
  /** Jobs that wait or are worked on, seconds since the oldest waiting one was entered, jobs whose holder is gone. */
  jobsQueued: number;
  jobsRunning: number;
  queueSeconds: number;
  jobsLeft: number;
}

const chinaMidnight = 8 * 3_600_000;

/** Reads the gauges in the machine's role. */
export async function readGauges(database: Database, now: Date): Promise<Gauges> {
  const [row] = await database.transaction('hengjian_machine', null, (tx) =>
    tx.query<Record<string, string | number | null>>(
      `select u.n as unsealed, u.oldest, p.n as parked, c.n as overdue, c.due_on, c.due_at, j.*
       from (select count(*) as n, min(recorded_at) as oldest from kernel.event where number is null) u,
         (select count(*) as n from kernel.parked where resolved_at is null) p,
         (select count(*) as n, min(due_on) as due_on, min(due_at) as due_at from kernel.clock
            where status = 'running' and on_expiry is not null and (due_on < $1 or due_at < $2)) c,
         (select count(*) filter (where state = 'queued') as queued, count(*) filter (where state = 'running') as running,
            min(created_at) filter (where state = 'queued') as first,
            count(*) filter (where state = 'running' and lease_until < now() - interval '2 minutes') as abandoned
          from desk.job where state in ('queued', 'running')) j`,
      [dayInChina(now), now.toISOString()],
    ),
  );
  const { unsealed, oldest, parked, overdue, due_on, due_at, queued, running, first, abandoned } = row!;
  const since = (instant: string | number | null | undefined): number =>
    instant ? Math.max(0, Math.round((now.getTime() - new Date(instant).getTime()) / 1000)) : 0;
  const dayEnded = due_on
    ? new Date(Date.parse(`${due_on}T00:00:00Z`) + 86_400_000 - chinaMidnight).toISOString()
    : null;
  return {
    unsealed: Number(unsealed),
    unsealedSeconds: since(oldest),
    parked: Number(parked),
    overdueClocks: Number(overdue),
    clockLagSeconds: Math.max(since(due_at), since(dayEnded)),
    jobsQueued: Number(queued),
    jobsRunning: Number(running),
    queueSeconds: since(first),
    jobsLeft: Number(abandoned),
  };
}

const names: [keyof Gauges, string, string][] = [
  ['unsealed', 'hengjian_unsealed_events', 'Events without a number in the log'],
  ['unsealedSeconds', 'hengjian_unsealed_lag_seconds', 'Age of the oldest event without a number'],
  ['parked', 'hengjian_parked_consequences', 'Consequences that wait for somebody'],
  ['overdueClocks', 'hengjian_overdue_clocks', 'Clocks that ran out and whose action is not taken'],
  ['clockLagSeconds', 'hengjian_clock_lag_seconds', 'Seconds since the first of them ran out'],
  ['jobsQueued', 'hengjian_jobs_queued', 'Jobs that wait'],
  ['jobsRunning', 'hengjian_jobs_running', 'Jobs that are worked on'],
  ['queueSeconds', 'hengjian_job_queue_age_seconds', 'Age of the oldest job that waits'],
  ['jobsLeft', 'hengjian_jobs_left', 'Jobs whose holder is gone and that nobody took up'],
];

/** The gauges in the text format of Prometheus. */
export function metricsText(gauges: Gauges, more: Record<string, number>): string {
  const lines = names.flatMap(([key, name, help]) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    `${name} ${gauges[key]}`,
  ]);
  for (const [name, value] of Object.entries(more)) lines.push(`# TYPE ${name} gauge`, `${name} ${value}`);
  return `${lines.join('\n')}\n`;
}

/** Why the installation should be given no work, as short codes; empty when it is ready. */
export function notReady({ unsealedSeconds, clockLagSeconds }: Gauges): string[] {
  return [
    ...(unsealedSeconds > 120 ? ['sealing-behind'] : []),
    // A term that ran out is acted upon within the hour, or something is wrong.
    ...(clockLagSeconds > 3_600 ? ['clocks-behind'] : []),
  ];
}
