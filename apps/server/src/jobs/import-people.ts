import type { Kernel } from '@hengjian/kernel';
import { applyDuties, dutyHeadings } from '../organisation/duties.ts';
import { applyRoster, rosterHeadings } from '../organisation/roster.ts';
import { readTable } from '../organisation/table.ts';
import type { JobKind } from './jobs.ts';
import { storedFile } from './stored-file.ts';

/** A duty roster from a spreadsheet. Taken again, it plans nothing twice, so an attempt simply begins anew. */
export function dutyImports(kernel: Kernel): JobKind {
  return {
    async run(job, actor, { signal }) {
      const { content, format } = await storedFile(kernel, job.payload);
      const report = await applyDuties(kernel, actor, await readTable(content, dutyHeadings, format), signal);
      return { done: report.good, total: report.total, report: { ...report, rows: report.rows.slice(0, 5_000) } };
    },
    abandon: async () => undefined,
  };
}

/** A roster of posts from a spreadsheet; a line that says what holds already changes nothing. */
export function rosterImports(kernel: Kernel): JobKind {
  return {
    async run(job, actor, { signal }) {
      signal.throwIfAborted();
      const { content, format } = await storedFile(kernel, job.payload);
      const lines = await readTable(content, rosterHeadings, format);
      const { faults } = await applyRoster(kernel, actor, lines);
      const good = lines.length - faults.length;
      const rows = faults.map(({ line, field, code, zh, en }) => ({
        ...{ row: line, column: field || null, code, zh, en },
        value: null,
        level: 'error' as const,
      }));
      return { done: good, total: lines.length, report: { total: lines.length, good, bad: faults.length, rows } };
    },
    abandon: async () => undefined,
  };
}
