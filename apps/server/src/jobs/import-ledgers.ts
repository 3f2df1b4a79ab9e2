import { importOpenMatters } from '@hengjian/handling';
import type { Actor, Kernel } from '@hengjian/kernel';
import { importOpenTasks, importOutsideFailures } from '@hengjian/sampling';
import type { LedgerReport } from '@hengjian/subjects';
import type { JobKind } from './jobs.ts';
import { storedFile } from './stored-file.ts';

/** Takes a ledger, or with `preview` only looks at each of its rows. */
export type TakeLedger = (
  kernel: Kernel,
  actor: Actor,
  source: Uint8Array,
  content: Uint8Array,
  options: { format: 'csv' | 'xlsx'; fileName: string; preview?: boolean },
) => Promise<LedgerReport>;

/** Ledgers of former days by the records that they become. */
export const ledgers: Readonly<Record<string, TakeLedger>> = {
  'sampling.outside-failure': importOutsideFailures,
  'sampling.task': importOpenTasks,
  'handling.loop': importOpenMatters,
};

/** Ledgers as jobs. Taken again, each takes nothing twice, so an attempt simply begins anew. */
export const ledgerImports = (kernel: Kernel): Record<string, JobKind> =>
  Object.fromEntries(
    Object.entries(ledgers).map(([kind, take]): [string, JobKind] => [
      kind,
      {
        async run(job, actor, { signal }) {
          signal.throwIfAborted();
          const { content, format, name } = await storedFile(kernel, job.payload);
          const preview = (job.payload as { preview?: boolean }).preview === true;
          const report = await take(kernel, actor, content, content, { format, fileName: name, preview });
          return {
            done: report.good,
            total: report.total,
            report: { ...report, preview, rows: report.rows.slice(0, 5_000) },
          };
        },
        abandon: async () => undefined,
      },
    ]),
  );
