import { entity, field, lifecycle, on, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { bytesOf, checkKey, hashOf, type Report } from './content.ts';

/** Kind of the public entry by which a report is checked. */
export const REPORT_ENTRY = 'test-report-check';

/** 已出报告: one revision of a report as it went out. Nothing of it is ever changed; a later one takes its place. */
const IssuedReport = entity(
  'laboratory.issued-report',
  { zh: '已出报告', en: 'Issued report' },
  {
    fields: {
      sample: field.reference('样品', 'laboratory.sample', { en: 'Sample' }),
      organisation: field.identifier('检验机构编号', { en: 'Body (id)' }),
      reportNumber: field.text('报告编号', { en: 'Report number', max: 60 }),
      revision: field.integer('报告版次', { en: 'Revision' }),
      content: field.json('报告内容', { en: 'Content' }),
      contentHash: field.text('报告校验值', { en: 'Hash of the report', max: 64 }),
      reason: optional(field.longText('收回理由', { en: 'Why it was taken back', max: 2000 })),
      entry: optional(field.identifier('核验条目', { en: 'Entry for checking' })),
    },
    title: (row) => `${row.reportNumber} 第${row.revision}版`,
    words: (row) => [row.reportNumber],
    purpose: {
      zh: '签发出去的每一版报告，供核验和追溯，保存不少于六年。',
      en: 'Every revision of a report that went out, for checking and tracing; kept six years at least.',
    },
  },
);
type IssuedReportRow = RecordRow<typeof IssuedReport>;

const basis = '《检验检测机构监督管理办法》（令第39号，2025修订）第十二条、第十三条';

export const issuedReportLifecycle = lifecycle(IssuedReport, {
  editions: [{ name: 'O39-2025', basis, inForce: '2000-01-01' }],
  states: { valid: { zh: '有效', en: 'Valid' }, withdrawn: { zh: '已收回', en: 'Taken back', closed: true } },
  readers: ['auditor'],
  columns: ['revision'],
  parties: {
    staff: {
      label: { zh: '机构人员', en: "Body's staff" },
      of: (row) =>
        ['laboratory-signatory', 'laboratory-quality', 'laboratory-receiver'].map(
          (role) => `org:${row.organisation}#${role}`,
        ),
      sees: 'all',
      from: 'valid',
    },
  },
  actions: {
    issue: on({
      label: { zh: '签发', en: 'Issue' },
      from: null,
      to: 'valid',
      by: ['system'],
      basis,
      input: z.strictObject({
        sample: z.uuid(),
        organisation: z.uuid(),
        content: z.json(),
        replaces: z.uuid().nullable(),
      }),
      run: async (row: IssuedReportRow, input, act) => {
        const report = input.content as unknown as Report;
        const contentHash = hashOf(bytesOf(report));
        const entry = await act.publish({
          kind: REPORT_ENTRY,
          title: { zh: '检验报告核验', en: 'Check of a test report' },
          region: act.offices.get(row.office)!.region,
          subjects: [],
          words: [],
          body: { key: checkKey(report.number, report.checkCode), sha256: contentHash, revision: report.revision },
          ...(input.replaces === null ? {} : { replaces: input.replaces }),
        });
        return { reportNumber: report.number, revision: report.revision, contentHash, entry };
      },
    }),
    withdraw: on({
      label: { zh: '收回', en: 'Take back' },
      from: 'valid',
      to: 'withdrawn',
      by: ['system'],
      aside: true,
      basis,
      input: z.strictObject({ reason: z.string() }),
      run: (row: IssuedReportRow, { reason }, act) => act.withdraw(row.entry!, reason),
    }),
  },
});
