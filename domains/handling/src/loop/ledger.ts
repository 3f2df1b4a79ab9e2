import { computeDeadline } from '@hengjian/calendar';
import { type Actor, dayInChina, type Kernel } from '@hengjian/kernel';
import {
  dayFrom,
  type FileSource,
  type LedgerCells,
  type LedgerFault,
  type LedgerFormat,
  type LedgerReport,
  type LedgerShape,
  ledgerReport,
  readLedger,
  regionFrom,
  requireCells,
  takeEntry,
} from '@hengjian/subjects';
import { foodDisposalRule, leadRule, recheckRule, rectificationRule } from '../clocks.ts';
import { sources } from '../fields.ts';
import { duties } from './entity.ts';

/** Columns of a ledger of open matters; the first heading is our own template's. */
export const matterColumns = {
  source: ['来源', 'source'],
  regime: ['类别', '产品或者食品', 'procedure'],
  duty: ['处理对象', 'duty'],
  organiser: ['组织抽查机关', '移交机关', 'organiser'],
  reportNumber: ['检验报告编号', '报告编号', 'report number'],
  subjectName: ['当事人', '企业名称', '被处理单位', 'subject'],
  subjectCode: ['统一社会信用代码', '信用代码', 'credit code'],
  region: ['所在地', '地址', 'region'],
  productName: ['产品名称', '食品名称', 'product'],
  model: ['规格型号', 'model'],
  batch: ['生产日期或批号', '批号', 'batch'],
  item: ['不合格项目', 'item'],
  limit: ['标准要求', '标准值', 'limit'],
  result: ['检验结果', '实测值', 'result'],
  method: ['检验方法', 'method'],
  lab: ['初检机构', '检验机构', 'laboratory'],
  signedOn: ['签收日期', '收到日期', 'signed for on'],
  orderedOn: ['责令改正日期', 'ordered on'],
  rectifiedOn: ['提交整改日期', '整改报告日期', 'rectified on'],
  deadline: ['办理期限', 'deadline'],
  leadChecked: ['线索已核查', '是否立案核查', 'lead checked'],
} as const;
type MatterColumn = keyof typeof matterColumns;

const shape: LedgerShape<MatterColumn> = {
  columns: matterColumns,
  marks: ['reportNumber', 'subjectName'],
  required: ['reportNumber', 'subjectName', 'productName', 'item', 'limit', 'result', 'signedOn'],
};

interface Matter {
  row: number;
  input: Record<string, unknown> & { reportNumber: string; subjectName: string; signedOn: string };
}

/** The key whose label, Chinese or English, is written there; undefined for another word. */
const keyOf = <Key extends string>(
  text: string,
  labels: Readonly<Record<Key, { zh: string; en: string }>>,
): Key | undefined =>
  (Object.keys(labels) as Key[]).find((key) => key === text || labels[key].zh === text || labels[key].en === text);

const regimes = { product: { zh: '产品', en: 'Product' }, food: { zh: '食品', en: 'Food' } } as const;

function readMatter(cells: LedgerCells<MatterColumn>, kernel: Kernel, own: string, file: string): Matter | undefined {
  const { row, get, fault } = cells;
  requireCells(cells, shape);
  const chosen = <Key extends string>(
    column: MatterColumn,
    labels: Readonly<Record<Key, { zh: string; en: string }>>,
    usual: Key,
  ): Key => {
    const text = get(column);
    const key = text === '' ? usual : keyOf(text, labels);
    const known = Object.values<{ zh: string }>(labels).map(({ zh }) => zh);
    if (key === undefined) fault(column, 'word-unknown', `应为：${known.join('、')}。`, 'This word is not known here.');
    return key ?? usual;
  };
  const organiser = get('organiser');
  const office =
    organiser === ''
      ? own
      : [...kernel.offices.values()].find(({ code, label }) => code === organiser || label.zh === organiser)?.code;
  if (office === undefined)
    fault(
      'organiser',
      'office-unknown',
      '平台上没有这个机关，请填机关代码；平台外的留空。',
      'There is no such office here.',
    );
  const region = get('region') === '' ? undefined : regionFrom(get('region'));
  if (get('region') !== '' && region === undefined)
    fault('region', 'region-unknown', '看不出所在地，请填写行政区划代码。', 'No region is found; give its code.');
  const source = chosen('source', sources, 'own');
  const duty = chosen('duty', duties, 'producer');
  const regime = chosen('regime', regimes, 'product');
  if (cells.faulty()) return undefined;
  const given = (name: string, value: string): Record<string, string> => (value === '' ? {} : { [name]: value });
  const days = (['signedOn', 'orderedOn', 'rectifiedOn', 'deadline'] as const).map((column) =>
    given(column, dayFrom(get(column))),
  );
  const [item, limit, result, method] = (['item', 'limit', 'result', 'method'] as const).map(get);
  return {
    row,
    input: {
      ...{ source, regime, duty, organiser: office },
      reportNumber: get('reportNumber'),
      subjectName: get('subjectName'),
      productName: get('productName'),
      ...given('subjectCode', get('subjectCode').toUpperCase()),
      ...given('region', region ?? ''),
      ...given('model', get('model')),
      ...given('batch', get('batch')),
      failedItems: [{ item, limit, result }],
      items: [{ item, limit, method: method || '按原检验报告', judge: 'full' }],
      ...(get('lab') === '' ? {} : { lab: { name: get('lab') } }),
      ground: `${sources[source].zh}不合格（台账导入）`,
      ...Object.assign({ signedOn: '' }, ...days),
      ...(/^(是|已核查|yes|y|1|√)$/i.test(get('leadChecked')) ? { leadChecked: true } : {}),
      importedFrom: `${file} 第${row}行`.slice(-200),
    },
  };
}

/** Terms that had run out when the matter came in: said at once, and not found later. */
function termsOver({ row, input }: Matter, kernel: Kernel): LedgerFault[] {
  const { regime, signedOn, orderedOn, rectifiedOn, leadChecked } = input as Matter['input'] & Record<string, string>;
  const terms = [
    leadChecked ? null : (['线索核查', 'the check of the lead', leadRule, signedOn] as const),
    regime === 'food' ? (['核查处置', 'the disposal', foodDisposalRule, signedOn] as const) : null,
    orderedOn && !rectifiedOn ? (['改正', 'the rectification', rectificationRule, orderedOn] as const) : null,
    orderedOn ? (['组织复查', 'the recheck', recheckRule, orderedOn] as const) : null,
  ].filter((term) => term !== null);
  return terms.flatMap(([zh, en, rule, from]) => {
    const { dueOn } = computeDeadline(rule, from, kernel.calendar);
    if (dueOn === null || dueOn >= dayInChina(kernel.now())) return [];
    return [
      {
        row,
        column: null,
        code: 'term-over',
        zh: `${zh}期限自 ${from} 起算，已于 ${dueOn} 届满。`,
        en: `The term of ${en} counts from ${from} and ended on ${dueOn}.`,
        value: from,
      },
    ];
  });
}

/**
 * Takes a ledger of open matters of result handling (practice M14): each in the state that its days tell, its clocks running from those
 * days. Rows of one report and firm are one matter; a bad row stops no other, and a ledger that comes again takes nothing twice.
 * @throws Problem when the file cannot be read or has no header
 */
export async function importOpenMatters(
  kernel: Kernel,
  actor: Actor,
  source: FileSource,
  content: Uint8Array,
  options: { format: LedgerFormat; fileName: string; preview?: boolean },
): Promise<LedgerReport> {
  const own = actor.office ?? '';
  const read = await readLedger(source, options.format, shape, (cells) =>
    readMatter(cells, kernel, own, options.fileName),
  );
  const matters = new Map<string, Matter>();
  for (const matter of read.entries) {
    const key = [matter.input.reportNumber, matter.input.subjectName, matter.input.duty].join('|');
    const known = matters.get(key);
    if (known === undefined) matters.set(key, matter);
    else
      for (const list of ['failedItems', 'items'])
        (known.input[list] as unknown[]).push(...(matter.input[list] as unknown[]));
  }
  const file = { ...(await kernel.files.put(content)), ...options };
  const how = { entity: 'handling.loop', action: 'takeFromLedger', preview: options.preview === true };
  const faults = [...read.faults];
  const over: LedgerFault[] = [];
  let good = 0;
  for (const matter of matters.values()) {
    const wrong = await takeEntry(kernel, actor, file, matter, how);
    faults.push(...wrong);
    if (wrong.length > 0) continue;
    good += 1;
    over.push(...termsOver(matter, kernel));
  }
  return ledgerReport(good, faults, over);
}
