import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { retentionClasses } from './kinds.ts';

export const arrangeShape = {
  target: field.identifier('归档的事项', { en: 'Matter' }),
  title: optional(
    field.text('案卷题名', {
      en: 'Title of the file',
      max: 300,
      help: { zh: '不填的，用事项的标题。', en: "The matter's own when empty." },
    }),
  ),
  retention: optional(
    field.choice('保管期限', retentionClasses, {
      en: 'Retention',
      help: {
        zh: '不填的，按事项种类；不得短于规定的最低年限。',
        en: 'By the kind of matter when empty; never below what a rule asks for.',
      },
    }),
  ),
};

/** 案卷: one file per matter, with volumes, index and page numbers, for as long as it must be kept. */
export const File = entity(
  'archives.file',
  { zh: '案卷', en: 'Archive file' },
  {
    fields: {
      target: arrangeShape.target,
      matter: field.text('事项种类', { en: 'Kind of matter' }),
      title: field.text('案卷题名', { en: 'Title of the file', max: 300 }),
      year: field.integer('年度', { en: 'Year' }),
      archivalNumber: field.text('档号', { en: 'Archival number' }),
      retention: field.choice('保管期限', retentionClasses, { en: 'Retention' }),
      keptUntil: optional(field.date('保管至', { en: 'Kept until' })),
      closedOn: field.date('办结日期', { en: 'Matter closed on' }),
      volumes: field.json('卷内目录', { en: 'Volumes' }),
      pages: field.integer('总页数', { en: 'Pages' }),
      filedOn: optional(field.date('归档日期', { en: 'Filed on' })),
      transferredOn: optional(field.date('移交日期', { en: 'Transferred on' })),
      reason: optional(field.text('重新整理理由', { en: 'Why it was taken apart', max: 500 })),
    },
    title: (row) => `${row.archivalNumber} ${row.title}`,
    words: (row) => [row.archivalNumber],
    purpose: {
      zh: '办结的事项一案一卷：卷内目录、页码、保管期限；归档后可以借阅和移交档案馆。',
      en: 'One file per closed matter with index, pages and retention; filed, it may be borrowed and transferred.',
    },
  },
);
export type FileRow = RecordRow<typeof File>;
