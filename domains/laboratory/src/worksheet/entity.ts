import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import type { z } from 'zod';
import { Item } from '../fields.ts';

/** One cell to be filled: an item of a sample, known by its blind code alone. `attempt` counts from 1; a repeat test adds one. */
export const LineFields = Item.extend({
  sample: field.identifier('样品', { en: 'Sample' }),
  blindCode: field.text('盲样号', { en: 'Blind code', max: 20 }),
  attempt: field.integer('次序', { en: 'Attempt', min: 1 }),
  repeatReason: optional(field.text('复测理由', { en: 'Why it is repeated', max: 500 })),
});
export type Line = z.infer<typeof LineFields>;

/** 原始记录: results of several samples on one sheet, with the controls of the run. */
export const Worksheet = entity(
  'laboratory.worksheet',
  { zh: '检验原始记录', en: 'Worksheet' },
  {
    fields: {
      bench: field.reference('工作台', 'laboratory.bench', { en: 'Bench' }),
      organisation: field.identifier('检验机构编号', { en: 'Body (id)' }),
      title: field.text('原始记录名称', { en: 'Title' }),
      lines: field.list('检验项目', LineFields, { en: 'Lines', max: 5_000 }),
      instrument: optional(field.text('仪器', { en: 'Instrument' })),
      remark: optional(field.longText('备注', { en: 'Remark', max: 2000 })),
      reason: optional(field.longText('理由', { en: 'Reason', max: 2000 })),
    },
    title: (row) => row.title,
    words: (row) => [...new Set(row.lines.slice(0, 200).map(({ blindCode }) => blindCode))],
    purpose: {
      zh: '按盲样号录入结果和质控，提交校核；复测保留原结果。',
      en: 'Results by blind code with the controls of the run, submitted for checking; a repeat test keeps the old result.',
    },
  },
);
export type WorksheetRow = RecordRow<typeof Worksheet>;
