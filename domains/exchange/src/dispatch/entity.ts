import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { ports, systemChoices } from '../connection/entity.ts';

/** A line of a payload as it lies frozen. */
export const PayloadLine = z.object({
  field: field.text('对方字段', { en: 'Field there', max: 80 }),
  label: field.text('字段名称', { en: 'In words', max: 80 }),
  value: field.longText('报送值', { en: 'Value', max: 10_000 }),
});

export const Fault = z.object({
  field: field.text('对方字段', { en: 'Field there', max: 80 }),
  code: field.text('问题代码', { en: 'Code', max: 40 }),
  zh: field.text('问题', { en: 'In Chinese', max: 400 }),
  en: field.text('问题（英文）', { en: 'In English', max: 400 }),
});

/** One version that was sent, or replaced before it was, with what came of it. */
export const Version = z.object({
  version: field.integer('版次', { en: 'Version', min: 1 }),
  mapping: field.text('映射版本', { en: 'Mapping', max: 20 }),
  hash: field.text('内容校验值', { en: 'Hash', max: 64 }),
  builtOn: field.date('取数日期', { en: 'Drawn on' }),
  sentOn: optional(field.date('报送日期', { en: 'Sent on' })),
  code: optional(field.text('对方错误代码', { en: 'Their code', max: 80 })),
  reason: optional(field.longText('退回原因', { en: 'Why it came back', max: 2000 })),
  payload: field.json('内容', { en: 'Payload' }),
});

/** 交换件: one fact of ours on its way to a national system, with its frozen payload. */
export const Dispatch = entity(
  'exchange.dispatch',
  { zh: '交换件', en: 'Dispatch' },
  {
    fields: {
      system: field.choice('对方系统', systemChoices, { en: 'National system' }),
      message: field.text('报文代码', { en: 'Message', max: 40 }),
      messageLabel: field.text('报文', { en: 'What is reported', max: 80 }),
      foreignNumber: optional(field.text('国家系统编号', { en: 'Number there', max: 100 })),
      code: optional(field.text('对方错误代码', { en: 'Their code', max: 80 })),
      reason: optional(field.longText('退回原因或者撤销理由', { en: 'Why it came back or was cancelled', max: 2000 })),
      correction: optional(field.longText('更正说明', { en: 'What was corrected', max: 1000 })),
      faults: field.list('不能报送的原因', Fault, { en: 'What keeps it from being sent', max: 100 }),
      source: field.identifier('来源记录', { en: 'Record of ours' }),
      sourceEntity: field.text('来源类别', { en: 'Kind of record', max: 80 }),
      sourceNumber: optional(field.text('本省编号', { en: 'Our number', max: 100 })),
      sourceTitle: field.text('事项', { en: 'Matter', max: 500 }),
      subject: optional(field.identifier('当事人', { en: 'Whom it concerns' })),
      subjectName: optional(field.text('当事人名称', { en: 'Whom it concerns', max: 200 })),
      factOn: field.date('事项发生日期', { en: 'Happened on' }),
      termFrom: optional(field.date('期限起算日', { en: 'Term counts from' })),
      sentOn: optional(field.date('报送日期', { en: 'Sent on' })),
      via: optional(field.choice('报送方式', ports, { en: 'Sent by' })),
      package: optional(field.reference('报送包', 'exchange.package', { en: 'Package' })),
      answeredOn: optional(field.date('对方处理日期', { en: 'Answered on' })),
      version: field.integer('版次', { en: 'Version', min: 1 }),
      mapping: field.text('映射版本', { en: 'Mapping', max: 20 }),
      hash: field.text('内容校验值', { en: 'Hash of the content', max: 64 }),
      builtOn: field.date('取数日期', { en: 'Drawn on' }),
      payload: field.list('报送内容', PayloadLine, { en: 'Payload', max: 300 }),
      earlier: field.list('以前的版次', Version, { en: 'Earlier versions', max: 200 }),
      previous: optional(field.reference('上一交换件', 'exchange.dispatch', { en: 'Dispatch before this' })),
    },
    title: (row) => `${row.messageLabel} · ${row.sourceTitle}`.slice(0, 500),
    subject: (row) => (row.subject ? { id: row.subject, name: row.subjectName ?? '' } : null),
    words: (row) => [row.sourceNumber, row.foreignNumber],
    purpose: {
      zh: '业务办理中自动产生的报送事项：内容冻结、有校验值；对方接收的记下国家系统编号，退回的写明原因，更正后重报。',
      en: 'What is to be reported, made by what happened: frozen content with its hash, the number there, or why it came back.',
    },
  },
);
export type DispatchRow = RecordRow<typeof Dispatch>;
