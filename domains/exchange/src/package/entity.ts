import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { systemChoices } from '../connection/entity.ts';

/** One dispatch as it lies in a package. */
export const PackedLine = z.object({
  key: field.text('报送编号', { en: 'Key', max: 60 }),
  dispatch: field.identifier('交换件', { en: 'Dispatch' }),
  matter: field.text('事项', { en: 'Matter', max: 500 }),
  hash: field.text('内容校验值', { en: 'Hash', max: 64 }),
  values: field.json('内容', { en: 'Content' }),
});
export type PackedLine = z.infer<typeof PackedLine>;

const ControlTotal = z.object({
  field: field.text('对方字段', { en: 'Field there', max: 80 }),
  label: field.text('字段名称', { en: 'In words', max: 80 }),
  total: field.decimal('合计', { en: 'Total' }),
});

/** 报送包: dispatches of one kind in one file, with control totals; the counterpart's receipt file is imported into it. */
export const Package = entity(
  'exchange.package',
  { zh: '报送包', en: 'Package' },
  {
    fields: {
      system: field.choice('对方系统', systemChoices, { en: 'National system' }),
      message: field.text('报文代码', { en: 'Message', max: 40 }),
      messageLabel: field.text('报文', { en: 'What is reported', max: 80 }),
      mapping: field.text('映射版本', { en: 'Mapping', max: 20 }),
      packedOn: field.date('生成日期', { en: 'Packed on' }),
      total: field.integer('条数', { en: 'Items' }),
      accepted: field.integer('对方接收', { en: 'Accepted' }),
      rejected: field.integer('对方退回', { en: 'Rejected' }),
      control: field.list('控制合计', ControlTotal, { en: 'Control totals', max: 100 }),
      digest: field.text('内容校验值', { en: 'Digest', max: 64 }),
      lines: field.list('内容', PackedLine, { en: 'Lines', max: 500 }),
      reason: optional(field.longText('作废理由', { en: 'Why it was voided', max: 1000 })),
    },
    title: (row) => `${systemChoices[row.system]!.zh} · ${row.messageLabel} · ${row.total}条`,
    purpose: {
      zh: '按对方格式生成的文件包，带条数、合计和校验值；上传到对方系统后，把回执文件导入这里，逐条对上。',
      en: 'A file in the counterpart’s form with count, totals and digest; its receipt file is imported here, item by item.',
    },
  },
);
export type PackageRow = RecordRow<typeof Package>;
