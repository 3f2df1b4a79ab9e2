import { computeDeadline } from '@hengjian/calendar';
import { type Actor, dayInChina, type Kernel, type Transaction } from '@hengjian/kernel';
import {
  dayFrom,
  type FileSource,
  holdersOf,
  type LedgerCells,
  type LedgerFault,
  type LedgerFormat,
  type LedgerReport,
  type LedgerShape,
  ledgerReport,
  readEnterprise,
  readLedger,
  requireCells,
  takeEntry,
} from '@hengjian/subjects';
import { selections } from './entity.ts';
import { foodRules } from './food-terms.ts';
import { channels } from './sample-fields.ts';

/** Columns of a ledger of open tasks; the first heading is our own template's. */
const taskColumns = {
  scheme: ['抽查方案', '方案名称', 'scheme'],
  selection: ['确定方式', 'how chosen'],
  enterpriseCode: ['被抽样单位信用代码', '统一社会信用代码', 'credit code of the firm'],
  bodyCode: ['抽样机构信用代码', 'credit code of the sampling body'],
  labCode: ['检验机构信用代码', 'credit code of the laboratory'],
  samplers: ['抽样人员', 'samplers'],
  dueOn: ['完成期限', 'due on'],
  sampledOn: ['抽样日期', 'sampled on'],
  channel: ['抽样渠道', 'where sampled'],
  place: ['抽样地点', 'place'],
  sampleName: ['样品名称', 'sample'],
  trademark: ['商标', 'trademark'],
  model: ['规格型号', 'model'],
  batch: ['生产日期或批号', '批号', 'batch'],
  standard: ['执行标准', 'standard'],
  stock: ['抽样基数', 'stock'],
  unitPrice: ['单价', 'unit price'],
  testQuantity: ['检验样品数量', 'test sample'],
  spareQuantity: ['备用样品数量', 'spare sample'],
  seal: ['封样状态', '封条编号', 'seals'],
} as const;
type TaskColumn = keyof typeof taskColumns;

const sheetColumns = [
  'place',
  'sampleName',
  'trademark',
  'model',
  'batch',
  'standard',
  'stock',
  'unitPrice',
  'testQuantity',
  'spareQuantity',
  'seal',
] as const satisfies readonly TaskColumn[];
const numbers: readonly TaskColumn[] = ['stock', 'testQuantity', 'spareQuantity'];

const shape: LedgerShape<TaskColumn> = {
  columns: taskColumns,
  marks: ['scheme', 'enterpriseCode'],
  required: ['scheme', 'enterpriseCode', 'bodyCode', 'labCode', 'samplers', 'dueOn'],
};

interface Told {
  row: number;
  cells: Record<TaskColumn, string>;
}

const keyOf = <Key extends string>(labels: Readonly<Record<Key, { zh: string; en: string }>>, text: string) =>
  (Object.keys(labels) as Key[]).find((key) => key === text || labels[key].zh.startsWith(text));

function readTold(cells: LedgerCells<TaskColumn>): Told | undefined {
  requireCells(cells, shape);
  if (cells.get('sampledOn') !== '')
    requireCells(cells, { columns: taskColumns, required: ['channel', ...sheetColumns] });
  const words: [TaskColumn, Readonly<Record<string, { zh: string; en: string }>>][] = [
    ['channel', channels],
    ['selection', selections],
  ];
  for (const [column, labels] of words)
    if (cells.get(column) !== '' && keyOf(labels, cells.get(column)) === undefined)
      cells.fault(
        column,
        'word-unknown',
        `应为：${Object.values(labels)
          .map(({ zh }) => zh)
          .join('、')}。`,
        'This word is not known here.',
      );
  const names = Object.keys(taskColumns) as TaskColumn[];
  return {
    row: cells.row,
    cells: Object.fromEntries(names.map((name) => [name, cells.get(name)])) as Told['cells'],
  };
}

interface Known {
  schemes: Map<string, { scheme: string; rules: string; product: string; productName: string; regime: string }>;
  holders: Map<string, { id: string; name: string }[]>;
}

/** Schemes with rules in force and the entities behind the codes, as far as the importer may know them. */
async function lookUp(sql: Transaction, told: readonly Told[]): Promise<Known> {
  const schemes = await sql.query<{
    name: string;
    scheme: string;
    rules: string;
    product: string;
    productName: string;
    regime: string;
  }>(
    `select distinct on (s.name) s.name, s.id as scheme, r.id as rules, s.product, s.product_name as "productName", p.regime
     from sampling.scheme s join sampling.rules r on r.scheme = s.id join sampling.plan p on p.id = s.plan
     where s.name = any($1::text[]) and r.published_on is not null order by s.name, r.version desc`,
    [told.map(({ cells }) => cells.scheme)],
  );
  const codes = told.flatMap(({ cells }) => [cells.enterpriseCode, cells.bodyCode, cells.labCode]);
  const holders = await holdersOf(sql, [...new Set(codes.map((code) => code.toUpperCase()))]);
  return {
    schemes: new Map(schemes.map((found) => [found.name, found])),
    holders: Map.groupBy(holders, ({ creditCode }) => creditCode),
  };
}

/** People who hold the post of a sampler today, by name. */
async function samplersCalled(kernel: Kernel, names: readonly string[]): Promise<Map<string, string[]>> {
  const found = await kernel.database.transaction('hengjian_machine', null, (sql) =>
    sql.query<{ person: string; name: string; organisation: string | null }>(
      `select distinct person, person_name as name, organisation from kernel.grant
       where state = 'held' and role = 'sampler' and person_name = any($1::text[]) and (valid_until is null or valid_until >= $2)`,
      [names, dayInChina(kernel.now())],
    ),
  );
  return new Map(
    [...Map.groupBy(found, ({ name, organisation }) => `${organisation ?? ''}|${name}`)].map(([key, held]) => [
      key,
      [...new Set(held.map(({ person }) => person))],
    ]),
  );
}

interface Entry {
  row: number;
  input: Record<string, unknown>;
  regime: string;
}

/** The input of one row, or what of it is not known here. */
async function resolve(
  told: Told,
  known: Known,
  people: Map<string, string[]>,
  sql: Transaction,
  fileName: string,
): Promise<Entry | LedgerFault[]> {
  const { row, cells } = told;
  const faults: LedgerFault[] = [];
  const fault = (column: TaskColumn, code: string, zh: string, en: string): void => {
    faults.push({ row, column: taskColumns[column][0], code, zh, en, value: cells[column] || null });
  };
  const scheme = known.schemes.get(cells.scheme);
  if (scheme === undefined)
    fault(
      'scheme',
      'scheme-unknown',
      '没有这个名称、细则已公开的方案，请先登记方案。',
      'No scheme of this name has published rules.',
    );
  const held = (column: 'enterpriseCode' | 'bodyCode' | 'labCode'): { id: string; name: string } | undefined => {
    const [one, ...others] = known.holders.get(cells[column].toUpperCase()) ?? [];
    if (one === undefined || others.length > 0)
      fault(
        column,
        'entity-unknown',
        '主体库中没有这个代码，或者有多户，请先登记主体。',
        'The register holds none, or several, of this code.',
      );
    return one;
  };
  const firm = held('enterpriseCode');
  const body = held('bodyCode');
  const lab = held('labCode');
  const samplers = cells.samplers.split(/[、,，;；\s]+/).flatMap((name) => {
    if (name === '' || body === undefined) return [];
    const [person, ...others] = people.get(`${body.id}|${name}`) ?? people.get(`|${name}`) ?? [];
    if (person === undefined || others.length > 0)
      fault(
        'samplers',
        'sampler-unknown',
        `${name}没有抽样岗位，或者有同名的人。`,
        `${name} holds no post of a sampler, or several do.`,
      );
    return person === undefined ? [] : [{ person, name }];
  });
  if (faults.length > 0) return faults;
  const enterprise = await readEnterprise(sql, firm!.id).catch(() => undefined);
  if (enterprise?.region == null) {
    fault(
      'enterpriseCode',
      'region-missing',
      '主体库中没有这户的所在地，或者您无权查看。',
      'The register has no region of it for you.',
    );
    return faults;
  }
  const sheet: Record<string, unknown> = {};
  if (cells.sampledOn !== '') {
    for (const column of sheetColumns) sheet[column] = numbers.includes(column) ? Number(cells[column]) : cells[column];
    Object.assign(sheet, {
      sampledOn: dayFrom(cells.sampledOn),
      channel: keyOf(channels, cells.channel),
      spareKeptAt: 'laboratory',
      present: samplers.map(({ person }) => person),
      signature: 'signed',
    });
  }
  return {
    row,
    regime: scheme!.regime,
    input: {
      scheme: scheme!.scheme,
      rules: scheme!.rules,
      sequence: row,
      stratum: '台账导入',
      isReserve: false,
      enterprise: firm!.id,
      enterpriseName: firm!.name,
      enterpriseCode: cells.enterpriseCode.toUpperCase(),
      enterpriseRegion: enterprise.region,
      product: scheme!.product,
      productName: scheme!.productName,
      samplers,
      samplingBody: { id: body!.id, name: body!.name },
      lab: { id: lab!.id, name: lab!.name },
      dueOn: dayFrom(cells.dueOn),
      ...(cells.selection === '' ? {} : { selection: keyOf(selections, cells.selection) }),
      ...sheet,
      importedFrom: `${fileName} 第${row}行`.slice(-200),
    },
  };
}

/** Terms that had run out when the task came in: said at once, and not found later. */
function termsOver({ row, input, regime }: Entry, kernel: Kernel): LedgerFault[] {
  const today = dayInChina(kernel.now());
  const dueOn = input.dueOn as string;
  const over: [string, string, string][] = dueOn < today ? [['任务期限', 'The task', dueOn]] : [];
  if (regime === 'food' && input.sampledOn) {
    const delivery = computeDeadline(foodRules.delivery, input.sampledOn as string, kernel.calendar).dueOn;
    if (delivery !== null && delivery < today) over.push(['送样期限', 'Delivery', delivery]);
  }
  return over.map(([zh, en, day]) => ({
    row,
    column: null,
    code: 'term-over',
    zh: `${zh}已于 ${day} 届满。`,
    en: `${en} was due on ${day}.`,
    value: day,
  }));
}

/**
 * Takes a ledger of open sampling tasks (practice M14): assigned, or sampled and not yet delivered, with the terms counted from their own
 * days. Schemes, firms, bodies and samplers must be known here first; a bad row stops no other, and nothing is taken twice.
 * @throws Problem when the file cannot be read or has no header
 */
export async function importOpenTasks(
  kernel: Kernel,
  actor: Actor,
  source: FileSource,
  content: Uint8Array,
  options: { format: LedgerFormat; fileName: string; preview?: boolean },
): Promise<LedgerReport> {
  const { entries: told, faults } = await readLedger(source, options.format, shape, readTold);
  const people = await samplersCalled(
    kernel,
    told.flatMap(({ cells }) => cells.samplers.split(/[、,，;；\s]+/)),
  );
  const resolved = await kernel.database.transaction('hengjian_app', actor.claim, async (sql) => {
    const known = await lookUp(sql, told);
    const found: (Entry | LedgerFault[])[] = [];
    for (const one of told) found.push(await resolve(one, known, people, sql, options.fileName));
    return found;
  });
  const file = { ...(await kernel.files.put(content)), ...options };
  const how = { entity: 'sampling.task', action: 'takeFromLedger', preview: options.preview === true };
  const over: LedgerFault[] = [];
  let good = 0;
  for (const entry of resolved) {
    const wrong = Array.isArray(entry) ? entry : await takeEntry(kernel, actor, file, entry, how);
    faults.push(...wrong);
    if (Array.isArray(entry) || wrong.length > 0) continue;
    good += 1;
    over.push(...termsOver(entry, kernel));
  }
  return ledgerReport(good, faults, over);
}
