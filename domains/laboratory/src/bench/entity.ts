import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';

/** How the columns of a body's files stand for results; kept so that the next file is read the same way. */
export const MappingFields = z.object({
  name: field.text('对应名称', { en: 'Name', max: 60 }),
  blindCode: field.text('盲样号列', { en: 'Column of the blind code', max: 100 }),
  item: field.text('检验项目列', { en: 'Column of the item', max: 100 }),
  result: field.text('检验结果列', { en: 'Column of the result', max: 100 }),
  unitColumn: optional(field.text('单位列', { en: 'Column of the unit', max: 100 })),
  uncertaintyColumn: optional(
    field.text('扩展不确定度列', { en: 'Column of the expanded uncertainty (k = 2)', max: 100 }),
  ),
  unit: optional(field.text('统一单位', { en: 'Unit of the whole column', max: 40 })),
  items: field.list(
    '项目名称对应',
    z.object({
      written: field.text('文件写法', { en: 'As written' }),
      item: field.text('检验项目', { en: 'Item' }),
    }),
    { en: 'Names of items', max: 500 },
  ),
  slashDecimal: field.flag('“/”作小数点', { en: '"/" is the decimal point' }),
});
export type Mapping = z.infer<typeof MappingFields>;

/** 检验工作台: a testing body at work: where samples come in, are distributed, and files are read. */
export const Bench = entity(
  'laboratory.bench',
  { zh: '检验工作台', en: 'Bench' },
  {
    fields: {
      organisation: field.identifier('机构编号', { en: 'Organisation' }),
      name: field.text('机构名称', { en: 'Body' }),
      retainedMonths: field.integer('留样月数', { en: 'Months of retention', min: 1, max: 120 }),
      mappings: field.list('导入对应', MappingFields, { en: 'Import mappings', max: 100 }),
    },
    title: (row) => row.name,
    subject: (row) => ({ id: row.organisation, name: row.name }),
    purpose: {
      zh: '检验机构在平台上工作的地方：收受委托、分发样品、导入仪器文件。',
      en: 'Where a testing body works: takes orders, distributes samples, imports instrument files.',
    },
  },
);
export type BenchRow = RecordRow<typeof Bench>;
