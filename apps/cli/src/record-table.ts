import type { RecordView } from '@hengjian/reading';

/** Columns of an exported list, as the server's lists have them; Chinese, because the file goes to other offices. */
export const recordHeader = [
  '编号',
  '名称',
  '类别',
  '状态',
  '机关',
  '企业',
  '经办人',
  '期限',
  '登记时间',
  '更新时间',
  '办结时间',
];

export function recordCells(row: RecordView): (string | null)[] {
  return [
    row.number,
    row.title,
    row.entityLabel.zh,
    row.stateLabel.zh,
    row.office.label.zh,
    row.subject?.name ?? null,
    row.handler?.name ?? null,
    row.due,
    row.opened,
    row.updated,
    row.closedAt,
  ];
}
