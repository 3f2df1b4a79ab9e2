import { randomUUID } from 'node:crypto';
import { type Actor, actorOf, dayInChina, grantsOf, type Kernel, Problem, type Transaction } from '@hengjian/kernel';

/** A job as whoever works on it sees it. */
export interface Job<Payload = Record<string, unknown>> {
  id: string;
  person: string;
  payload: Payload;
  /** What an earlier attempt had reached, in the words of its kind; empty at first. */
  checkpoint: Record<string, unknown>;
}

/** What a kind of job is given while it works. */
export interface Control {
  /** Aborted with {@link Cancelled} when somebody asked for it, with {@link Interrupted} when this process must let go. */
  signal: AbortSignal;
  progress(done: number, total: number | null, checkpoint?: Record<string, unknown>): void;
}

export interface JobKind {
  /**
   * Does the job, or goes on with what an earlier attempt left: it must be written so that a repetition does nothing twice.
   * A Problem ends the job; any other error is tried again.
   */
  run(job: Job, actor: Actor, control: Control): Promise<{ done: number; total: number; report: unknown }>;
  /** Whose hand the job is under, when it is a machine's: without it, that of the person and grant that entered it. */
  actor?: (job: Job) => Actor;
  /** Cleans up after a job that will not be tried again. */
  abandon(job: Job, actor: Actor): Promise<void>;
}

export class Cancelled extends Problem {
  constructor() {
    super(409, 'cancelled', '已按要求停止。', 'Stopped as asked.');
  }
}
/** This process lets the job go: it stops, or another has taken the job over. Somebody else goes on with it. */
export class Interrupted extends Error {}

export interface Jobs {
  /** Looks for work from now on, and takes up again what a dead process left. */
  start(): void;
  /** Something was entered: look at once. */
  poke(): void;
  /** Works until there is nothing that may be taken; the number of jobs worked on. */
  drain(): Promise<number>;
  /** Lets go of what is under way, so that the next process goes on with it, and waits until that is done. */
  stop(): Promise<void>;
}

interface Held extends Job {
  kind: string;
  attempts: number;
}

const mostAttempts = 5;

/**
 * Works on the jobs of `desk.job`, one at a time. A job belongs to the process that holds its lease; the lease is renewed while the
 * work goes on, and a process that lost it stops. So a job whose process died is taken up by the next one, exactly one at a time.
 */
export function createJobs(
  kernel: Kernel,
  kinds: Record<string, JobKind>,
  { leaseSeconds = 30, everyMilliseconds = 2_000 } = {},
): Jobs {
  const holder = randomUUID();
  const { database } = kernel;
  const asMachine = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
    database.transaction('hengjian_machine', null, work, 'jobs');
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<number> | undefined;
  let current: AbortController | undefined;
  // The embedded database is opened by one process at a time: leases of another are leases of the dead.
  let cleared = database.kind !== 'pglite';

  async function take(): Promise<Held | undefined> {
    if (!cleared) {
      await asMachine((tx) => tx.query(`update desk.job set lease_until = null where state = 'running'`));
      cleared = true;
    }
    const [job] = await asMachine((tx) =>
      tx.query<Held>(
        `update desk.job set state = 'running', holder = $1, attempts = attempts + 1, lease_until = now() + make_interval(secs => $2)
         where id = (select j.id from desk.job j where state in ('queued', 'running') and kind = any($3) and (lease_until is null or lease_until < now())
             and not exists (select from desk.job o where o.kind = j.kind and o.id <> j.id and o.state = 'running' and o.lease_until >= now())
           order by state = 'queued', created_at, id limit 1 for update skip locked)
         returning id, kind, person, payload, checkpoint, attempts`,
        [holder, leaseSeconds, Object.keys(kinds)],
      ),
    );
    return job;
  }

  /** Renews the lease; says whether the job is still ours and whether somebody asked to stop it. */
  const renew = async (job: Held): Promise<{ ours: boolean; cancelled: boolean }> => {
    const [row] = await asMachine((tx) =>
      tx.query<{ cancelled: boolean }>(
        `update desk.job set lease_until = now() + make_interval(secs => $3) where id = $1 and holder = $2 and state = 'running'
         returning cancel_asked_at is not null as cancelled`,
        [job.id, holder, leaseSeconds],
      ),
    );
    return { ours: row !== undefined, cancelled: row?.cancelled === true };
  };

  const write = (job: Held, columns: Record<string, unknown>): Promise<unknown> => {
    const names = Object.keys(columns);
    return asMachine((tx) =>
      tx.query(
        `update desk.job set ${names.map((name, index) => `${name} = $${index + 3}`).join(', ')} where id = $1 and holder = $2`,
        [job.id, holder, ...Object.values(columns)],
      ),
    );
  };
  const end = (job: Held, state: 'done' | 'failed' | 'cancelled', report: unknown, more = {}): Promise<unknown> =>
    write(job, {
      state,
      report: JSON.stringify(report),
      finished_at: kernel.now().toISOString(),
      lease_until: null,
      ...more,
    });

  async function actorFor(job: Held): Promise<Actor> {
    const grants = await grantsOf(database, job.person, dayInChina(kernel.now()));
    const grant = grants.find(({ id }) => id === job.payload.grant);
    if (grant === undefined)
      throw new Problem(
        403,
        'no-grant',
        '提交这项任务的岗位已经终止，任务没有继续。',
        'The post under which this job was entered has ended; it was not carried on.',
      );
    return actorOf(kernel, grant);
  }

  async function workOn(job: Held): Promise<void> {
    const kind = kinds[job.kind]!;
    const abort = new AbortController();
    current = abort;
    const beat = async (): Promise<void> => {
      const { ours, cancelled } = await renew(job);
      if (!ours) abort.abort(new Interrupted('Another process has taken the job over.'));
      else if (cancelled) abort.abort(new Cancelled());
    };
    const pulse = setInterval(() => void beat().catch(() => undefined), (leaseSeconds * 1000) / 3);
    let told: Promise<unknown> = Promise.resolve();
    const control: Control = {
      signal: abort.signal,
      progress: (done, total, checkpoint) => {
        const columns = { done, total, ...(checkpoint ? { checkpoint: JSON.stringify(checkpoint) } : {}) };
        told = told
          .then(() => write(job, columns))
          .then(beat)
          .catch(() => undefined);
      },
    };
    let actor: Actor | undefined;
    try {
      actor = kind.actor?.(job) ?? (await actorFor(job));
      await beat();
      const { done, total, report } = await kind.run(job, actor, control);
      await told;
      await end(job, 'done', report, { done, total });
    } catch (error) {
      await told;
      await settleFailure(job, kind, actor, error);
    } finally {
      clearInterval(pulse);
      current = undefined;
    }
  }

  async function settleFailure(job: Held, kind: JobKind, actor: Actor | undefined, error: unknown): Promise<void> {
    if (error instanceof Interrupted) {
      // Left as it is, and free at once for whoever comes next; an interruption is no failed attempt.
      await write(job, { lease_until: null, attempts: job.attempts - 1 });
      return;
    }
    const isFinal = error instanceof Problem || job.attempts >= mostAttempts;
    if (!isFinal) {
      await write(job, { lease_until: new Date(Date.now() + 1000 * 2 ** job.attempts).toISOString() });
      process.emitWarning(`The job ${job.id} stumbled and will be tried again: ${(error as Error).message}`);
      return;
    }
    if (actor !== undefined) await kind.abandon(job, actor).catch(() => undefined);
    const problem =
      error instanceof Problem
        ? error
        : new Problem(
            500,
            'unexpected',
            '任务多次中断，没有完成；已写入的部分有效。',
            'The job broke off several times and was not finished; what had been written stands.',
          );
    if (!(error instanceof Problem)) process.emitWarning(`The job ${job.id} failed: ${(error as Error).message}`);
    const { code, zh, en } = problem;
    await end(job, error instanceof Cancelled ? 'cancelled' : 'failed', { code, zh, en });
  }

  async function drain(): Promise<number> {
    for (let count = 0; ; count += 1) {
      const job = stopped ? undefined : await take();
      if (job === undefined) return count;
      await workOn(job);
    }
  }
  const look = (): Promise<number> => {
    working ??= drain().finally(() => {
      working = undefined;
    });
    return working;
  };
  const later = (): void => {
    if (!stopped) timer = setTimeout(tick, everyMilliseconds);
  };
  const tick = (): void => {
    look()
      .catch((error: unknown) => {
        if (!stopped) process.emitWarning(`Jobs cannot be looked for: ${(error as Error).message}`);
      })
      .finally(later);
  };

  return {
    start: tick,
    poke: () => void look().catch(() => undefined),
    drain: look,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      current?.abort(new Interrupted('The process stops.'));
      await working?.catch(() => undefined);
    },
  };
}
