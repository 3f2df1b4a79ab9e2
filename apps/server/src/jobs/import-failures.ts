import type { Kernel } from '@hengjian/kernel';
import { importOutsideFailures } from '@hengjian/sampling';
import type { JobKind } from './jobs.ts';
import { storedFile } from './stored-file.ts';

/** A ledger of failures that others found. Taken again, it registers nothing twice, so an attempt simply begins anew. */
export function failureImports(kernel: Kernel): JobKind {
  return {
    async run(job, actor, { signal }) {
      signal.throwIfAborted();
      const { content, format, name } = await storedFile(kernel, job.payload);
      const report = await importOutsideFailures(kernel, actor, content, content, { format, fileName: name });
      return { done: report.good, total: report.total, report: { ...report, rows: report.rows.slice(0, 5_000) } };
    },
    abandon: async () => undefined,
  };
}
