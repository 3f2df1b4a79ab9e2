import { importForm } from '@hengjian/inspections';
import type { Kernel } from '@hengjian/kernel';
import type { JobKind } from './jobs.ts';
import { storedFile } from './stored-file.ts';

/** An XLSForm that becomes the draft of a checklist; taken again it is the same draft. */
export function checklistImports(kernel: Kernel): JobKind {
  return {
    async run(job, actor, { signal }) {
      signal.throwIfAborted();
      const { content, name } = await storedFile(kernel, job.payload);
      const report = await importForm(kernel, actor, content, name);
      return { done: report.good, total: report.total, report: { ...report } };
    },
    abandon: async () => undefined,
  };
}
