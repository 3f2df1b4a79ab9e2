import { field, optional, query } from '@hengjian/kernel';
import { z } from 'zod';
import { shippedAliases, shippedCategories } from '../../../data/limits/index.ts';
import { createLibrary } from './limits/library.ts';
import { readLimits } from './limits/lifecycle.ts';
import { checkKey, type Report, replayReport } from './report/content.ts';
import { REPORT_ENTRY } from './report/issued.ts';
import type { Line } from './worksheet/entity.ts';

const staff = [
  'laboratory-receiver',
  'laboratory-tester',
  'laboratory-checker',
  'laboratory-signatory',
  'laboratory-quality',
] as const;

interface Cell {
  line: number;
  attempt: number;
  revision: number;
  value: string;
  unit: string | null;
  verdict: string;
  reason: { zh: string; en: string };
  testerName: string;
}

/** laboratory.worksheet-grid: the lines of a worksheet by blind code, each with limit, clause and limit of quantification, and what is entered. */
export const worksheetGrid = query({
  name: 'laboratory.worksheet-grid',
  label: { zh: '结果录入', en: 'Entry grid' },
  roles: staff,
  input: z.object({ worksheet: field.reference('原始记录', 'laboratory.worksheet', { en: 'Worksheet' }) }),
  answer: async ({ worksheet }, { sql }) => {
    const [sheet] = await sql.query<{
      title: string;
      state: string;
      lines: Line[];
      version: number;
      mappings: string[];
    }>(
      `select w.title, w.state, w.lines, r.version, coalesce((select jsonb_agg(m->>'name') from jsonb_array_elements(b.mappings) m), '[]') as mappings
       from laboratory.worksheet w join kernel.record r on r.id = w.id left join laboratory.bench b on b.id = w.bench where w.id = $1`,
      [worksheet],
    );
    if (sheet === undefined) return null;
    const cells = await sql.query<Cell>(
      `select line, attempt, revision, value, unit, verdict, judgement->'reason' as reason, tester_name as "testerName"
       from laboratory.result where record = $1 order by line, attempt`,
      [worksheet],
    );
    const controls = await sql.query<Record<string, unknown>>(
      `select position, kind, parameter, accepted, zh, en from laboratory.control where record = $1 order by position`,
      [worksheet],
    );
    const byLine = Map.groupBy(cells, ({ line }) => line);
    return {
      ...sheet,
      controls,
      lines: sheet.lines.map(({ sample: _sample, ...line }, at) => {
        const all = byLine.get(at) ?? [];
        const now = all.find(({ attempt }) => attempt === line.attempt) ?? null;
        return { ...line, line: at, now, earlier: all.filter(({ attempt }) => attempt < line.attempt) };
      }),
    };
  },
});

/** laboratory.report: the report as data; `altered` names items whose verdict does not come out again from its stored input. */
export const reportQuery = query({
  name: 'laboratory.report',
  label: { zh: '检验报告', en: 'Test report' },
  roles: [...staff, 'organiser', 'result-handler', 'enterprise-agent', 'auditor'],
  input: z.object({ sample: field.reference('样品', 'laboratory.sample', { en: 'Sample' }) }),
  answer: async ({ sample }, { sql }) => {
    const [found] = await sql.query<{ report: Report | null; hash: string | null; signature: unknown; state: string }>(
      'select report, report_hash as hash, signature, state from laboratory.sample where id = $1',
      [sample],
    );
    if (!found?.report) return null;
    return { ...found, current: found.state === 'reported', altered: replayReport(found.report) };
  },
});

interface ReportCheck {
  sha256: string;
  revision: number;
  issuedAt: string;
  /** `valid`, `corrected` by a later revision, or `withdrawn`. */
  status: 'valid' | 'corrected' | 'withdrawn';
  reason: string | null;
}

/**
 * laboratory.check-report: whether a report is genuine and still holds, by its number with the check code printed on it, or by the hash of its JSON file.
 * From the public record alone, which holds hashes and nothing else of the report.
 */
export const checkReport = query({
  name: 'laboratory.check-report',
  label: { zh: '检验报告核验', en: 'Check a test report' },
  roles: ['public', ...staff, 'organiser', 'enterprise-agent'],
  input: z.object({
    number: optional(field.text('报告编号', { en: 'Report number', max: 60 })),
    checkCode: optional(field.text('核验码', { en: 'Check code', max: 20 })),
    sha256: optional(field.text('报告文件（JSON）的SHA-256', { en: 'SHA-256 of the JSON file', max: 64 })),
  }),
  answer: async ({ number, checkCode, sha256 }, { sql }): Promise<ReportCheck[]> => {
    const by = sha256
      ? ['sha256', sha256.toLowerCase()]
      : number && checkCode
        ? ['key', checkKey(number, checkCode)]
        : null;
    if (by === null) return [];
    const entries = await sql.query<{
      sha256: string;
      revision: number;
      issuedAt: string;
      withdrawnAt: string | null;
      reason: string | null;
      later: boolean;
    }>(
      `select e.body->>'sha256' as sha256, (e.body->>'revision')::int as revision, e.published_at as "issuedAt",
         e.withdrawn_at as "withdrawnAt", e.reason, exists (select from public_record.entry l where l.replaces = e.id) as later
       from public_record.entry e where e.kind = '${REPORT_ENTRY}' and e.body->>$1 = $2 order by revision desc`,
      by,
    );
    return entries.map(({ withdrawnAt, later, ...entry }) => ({
      ...entry,
      status: later ? 'corrected' : withdrawnAt === null ? 'valid' : 'withdrawn',
    }));
  },
});

/** laboratory.find-limit: the limit in force for a category and parameter, with the way through the classification, or why there is none. */
export const findLimit = query({
  name: 'laboratory.find-limit',
  label: { zh: '查限量', en: 'Find a limit' },
  roles: [...staff, 'test-expert', 'planner', 'organiser'],
  input: z.object({
    category: field.text('类别', { en: 'Category' }),
    parameter: field.text('项目', { en: 'Parameter' }),
    producedOn: optional(field.date('生产日期', { en: 'Produced on' })),
    sampledOn: optional(field.date('抽样日期', { en: 'Sampled on' })),
  }),
  answer: async ({ category, parameter, producedOn, sampledOn }, { sql }) => {
    const library = createLibrary(await readLimits(sql, null), shippedCategories(), shippedAliases());
    return library.find({ category, parameter, producedOn: producedOn ?? null, sampledOn: sampledOn ?? null });
  },
});
