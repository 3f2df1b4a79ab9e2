import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { subjectShape } from '../fields.ts';

/** The three sources of the public block list, and no other (practice W13). A firm's own stop duty is not among them. */
export const blockSources = {
  'stop-sale-order': { zh: '责令停止销售的决定', en: 'Ordered stop of sale' },
  'published-conclusion': { zh: '已公开的检验结论', en: 'Published conclusion' },
  'published-recall': { zh: '已公开的召回', en: 'Published recall' },
} as const;

export const openingShape = {
  task: optional(field.identifier('抽样任务', { en: 'Task' })),
  loop: optional(field.identifier('结果处理', { en: 'Loop' })),
  source: field.choice('依据种类', blockSources, { en: 'Source', public: true }),
  citedEntry: optional(field.identifier('所引公开条目', { en: 'Public entry cited', public: true })),
  citedOrder: optional(field.identifier('所引责令文书', { en: 'Order cited' })),
  ...subjectShape,
  region: optional(field.region('所在地', { en: 'Region', public: true })),
  batches: field.text('品牌、型号和批号', { en: 'Brand, model, batch', public: true, max: 500 }),
  ground: field.longText('提示内容', { en: 'What it says', public: true, max: 2000 }),
};

/** 不合格产品公开提示: a batch that should not be on sale, with the document that says so. */
export const BlockEntry = entity(
  'handling.block-entry',
  { zh: '公开提示', en: 'Block entry' },
  {
    fields: {
      ...openingShape,
      citation: optional(field.text('所引文件', { en: 'Document cited', public: true, max: 300 })),
      listedOn: optional(field.date('公开日期', { en: 'Listed on', public: true })),
      entry: optional(field.identifier('公开条目', { en: 'Public entry' })),
      reason: optional(field.longText('移出或者撤销理由', { en: 'Why it left the list', max: 2000 })),
    },
    title: (row) => `${row.subjectName} · ${row.productName}`,
    subject: (row) => (row.subjectId ? { id: row.subjectId, name: row.subjectName } : null),
    words: (row) => [row.subjectCode, row.batches],
    purpose: {
      zh: '公开的不合格产品提示清单：只有三种来源，每条都引用其文件。',
      en: 'The public list of goods not to be sold: three sources only, each entry citing its document.',
    },
  },
);
export type BlockEntryRow = RecordRow<typeof BlockEntry>;
