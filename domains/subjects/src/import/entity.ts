import { entity, field, optional, type RecordRow } from '@hengjian/kernel';

export const Import = entity(
  'subjects.import',
  { zh: '主体资料导入', en: 'Import of entities' },
  {
    fields: {
      source: field.text('资料来源', { en: 'Source' }),
      fileName: optional(field.text('文件名', { en: 'File', max: 300 })),
      contentHash: field.text('文件校验值（SHA-256）', { en: 'SHA-256 of the file', max: 64 }),
      asOf: field.date('资料日期', { en: 'As of' }),
      total: optional(field.integer('总行数', { en: 'Rows', unit: '行' })),
      added: optional(field.integer('新增', { en: 'Added', unit: '户' })),
      amended: optional(field.integer('变更', { en: 'Amended', unit: '户' })),
      unchanged: optional(field.integer('未变', { en: 'Unchanged', unit: '户' })),
      rejected: optional(field.integer('未导入', { en: 'Rejected', unit: '行' })),
      issues: optional(field.integer('资料质量问题', { en: 'Quality issues', unit: '个' })),
      counts: optional(field.json('各类情况', { en: 'Counts by kind' })),
      rows: optional(field.json('逐行情况', { en: 'Row by row' })),
    },
    title: (row) => `${row.source}（${row.asOf}）${row.fileName ?? ''}`,
    purpose: {
      zh: '每次导入的来源、文件、结果和逐行情况。',
      en: 'Source, file, result and row report of every import.',
    },
  },
);
export type ImportRow = RecordRow<typeof Import>;
