import type { Kernel } from '@hengjian/kernel';
import { abandonImport, importEnterprises } from '@hengjian/subjects';
import { z } from 'zod';
import type { JobKind } from './jobs.ts';

const payload = z.object({
  name: z.string(),
  format: z.enum(['csv', 'xlsx']),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  grant: z.uuid(),
});

/** A file of enterprises from the store; an attempt after the first goes on with the same import and counts what the first had written. */
export function enterpriseImports(kernel: Kernel, options: { rowsAtOnce?: number } = {}): JobKind {
  return {
    async run(job, actor, { signal, progress }) {
      const { name, format, sha256 } = payload.parse(job.payload);
      const content = await kernel.files.get(sha256);
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
