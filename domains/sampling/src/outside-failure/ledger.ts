import { dayFrom, type LedgerCells, type LedgerShape, regionFrom, requireCells } from '@hengjian/subjects';
import { sources } from './entity.ts';

/** Columns of a ledger of failures, and the headings by which each is known; the first is our own template's. */
export const ledgerColumns = {
  source: ['来源', '抽查级别', '任务类型', 'source'],
  organiser: ['组织抽查机关', '抽查组织单位', '任务来源', '组织单位', 'organiser'],
  foreignNumber: ['抽样单编号', '样品编号', '对方编号', 'sample number'],
  reportNumber: ['检验报告编号', '报告编号', '报告号', 'report number'],
  receivedOn: ['收到日期', '接收日期', 'received on'],
  finalOn: ['结论生效日期', '异议期满日期', 'final on'],
  productName: ['产品名称', '食品名称', '样品名称', 'product'],
  model: ['规格型号', '规格', 'model'],
  batch: ['生产日期或批号', '生产日期/批号', '生产日期', '批号', 'batch'],
  item: ['不合格项目', '检验项目', 'item'],
  limit: ['标准要求', '标准值', '技术要求', 'limit'],
  result: ['检验结果', '检验值', '实测值', 'result'],
  unit: ['单位', '计量单位', 'unit'],
  firmName: ['被抽样单位', '被抽样单位名称', 'sampled firm'],
  firmCode: ['被抽样单位信用代码', '被抽样单位统一社会信用代码', 'credit code of the firm'],
  firmRegion: ['被抽样单位所在地', '被抽样单位地址', 'region of the firm'],
  producerName: ['标称生产者', '标称生产企业名称', '生产企业', 'producer'],
  producerCode: ['标称生产者信用代码', '生产企业统一社会信用代码', 'credit code of the producer'],
  producerRegion: ['标称生产者所在地', '标称生产企业地址', 'region of the producer'],
} as const;
type LedgerColumn = keyof typeof ledgerColumns;

export const ledgerShape: LedgerShape<LedgerColumn> = {
  columns: ledgerColumns,
  marks: ['reportNumber', 'firmName'],
  required: ['organiser', 'reportNumber', 'productName', 'item', 'limit', 'result', 'firmName', 'firmRegion'],
};

/** One failure of a ledger, ready to be registered; several rows of one report are its failed items. */
export interface LedgerEntry {
  row: number;
  input: Record<string, unknown> & { reportNumber: string; organiser: string };
}

const sourceOf = (text: string, usual: keyof typeof sources | undefined): string | undefined =>
  text === ''
    ? usual
    : Object.entries(sources).find(([key, { zh }]) => key === text || zh === text || zh.startsWith(text))?.[0];

/** Reads one row, or says what is wrong with which column. */
export function readRow(
  cells: LedgerCells<LedgerColumn>,
  usual: { source?: keyof typeof sources; today: string },
): LedgerEntry | undefined {
  const { row, get, fault } = cells;
  requireCells(cells, ledgerShape);
  const source = sourceOf(get('source'), usual.source);
  if (source === undefined)
    fault('source', 'source-unknown', '来源应为国家、外省、食品、市级或者县级。', 'The source is not known.');
  const place = (column: 'firmRegion' | 'producerRegion'): string | undefined => {
    const found = regionFrom(get(column));
    if (found === undefined && get(column) !== '')
      fault(column, 'region-unknown', '看不出所在地，请填写行政区划代码。', 'No region is found; give its code.');
    return found;
  };
  const firm = { name: get('firmName'), region: place('firmRegion'), ...codeOf(get('firmCode')) };
  const producerRegion = place('producerRegion');
  const producer = get('producerName');
  if (producer !== '' && producer !== firm.name && get('producerRegion') === '')
    fault('producerRegion', 'cell-empty', '没有填写标称生产者所在地。', "The producer's region is missing.");
  if (cells.faulty()) return undefined;
  const input = {
    source,
    organiser: get('organiser'),
    ...(get('foreignNumber') === '' ? {} : { foreignNumber: get('foreignNumber') }),
    reportNumber: get('reportNumber'),
    receivedOn: get('receivedOn') === '' ? usual.today : dayFrom(get('receivedOn')),
    ...(get('finalOn') === '' ? {} : { finalOn: dayFrom(get('finalOn')) }),
    productName: get('productName'),
    ...(get('model') === '' ? {} : { model: get('model') }),
    ...(get('batch') === '' ? {} : { batch: get('batch') }),
    failedItems: [
      {
        item: get('item'),
        limit: get('limit'),
        result: get('result'),
        ...(get('unit') === '' ? {} : { unit: get('unit') }),
        severity: 'A',
      },
    ],
    firm,
    ...(producer === '' || producer === firm.name
      ? {}
      : { producer: { name: producer, region: producerRegion, ...codeOf(get('producerCode')) } }),
    ledgerRow: row,
  };
  return { row, input };
}

const codeOf = (text: string): { code?: string } => (text === '' ? {} : { code: text.toUpperCase() });
