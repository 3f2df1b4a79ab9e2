import type { Kernel } from '@hengjian/kernel';
import { abandonImport, importEnterprises } from '@hengjian/subjects';
import type { JobKind } from './jobs.ts';
import { storedFile } from './stored-file.ts';

/** A file of enterprises from the store; an attempt after the first goes on with the same import and counts what the first had written. */
export function enterpriseImports(kernel: Kernel, options: { rowsAtOnce?: number } = {}): JobKind {
  return {
    async run(job, actor, { signal, progress }) {
      const { content, name, format } = await storedFile(kernel, job.payload);
      const result = await importEnterprises(kernel, actor, content, {
        format,
        fileName: name,
        ...options,
        job: { id: job.id, written: job.checkpoint },
        signal,
        onProgress: (done, total, written) => progress(done, total, { ...written }),
      });
      const report = { ...result, rows: result.rows.slice(0, 5_000) };
      return { done: result.good, total: result.good + result.bad, report };
    },
    abandon: (job, actor) => abandonImport(kernel, actor, job.id),
  };
}
