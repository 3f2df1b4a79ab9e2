import { Problem } from '@hengjian/kernel';
import { readable } from './text.ts';

/** What a column of a ledger can hold. Beside the facts: the place in two columns, and the source's own number. */
export type ImportField =
  | 'name'
  | 'creditCode'
  | 'kind'
  | 'region'
  | 'province'
  | 'city'
  | 'address'
  | 'industry'
  | 'registeredCapital'
  | 'registeredOn'
  | 'businessScope'
  | 'legalRepresentative'
  | 'contact'
  | 'status'
  | 'aliases'
  | 'sourceKey';

/**
 * Headings by which a column is known, the first of each as our own template writes it in Chinese and the second in English.
 * Case, blanks, underscores and brackets do not matter.
 */
export const headings: Readonly<Record<ImportField, readonly [string, string, ...string[]]>> = {
  name: [
    '企业名称',
    'Name',
    '名称',
    '主体名称',
    '单位名称',
    '市场主体名称',
    '经营主体名称',
    '字号名称',
    'enterprise name',
    'company name',
  ],
  creditCode: [
    '统一社会信用代码',
    'Unified social credit code',
    '社会信用代码',
    '信用代码',
    '统一代码',
    'credit code',
    'uscc',
    '统一社会信用代码/注册号',
  ],
  kind: ['主体类型', 'Kind', '企业类型', '市场主体类型', '企业（机构）类型', 'type', 'enterprise type'],
  region: ['行政区划代码', 'Region code', '区划代码', '所在地区划代码', 'region', 'gb/t 2260'],
  province: ['所在省份', 'Province', '省份', '省', '省（区、市）'],
  city: ['地区', 'City', '城市', '市', '所在城市', '地市', '市州'],
  address: [
    '地址',
    'Address',
    '注册地址',
    '住所',
    '经营场所',
    '经营地址',
    '生产地址',
    '住所（经营场所）',
    'registered address',
  ],
  industry: ['行业代码', 'Industry code', '行业', '国民经济行业', '所属行业', 'industry', 'gb/t 4754'],
  registeredCapital: ['注册资本', 'Registered capital', '注册资金', '注册资本（金）', 'capital'],
  registeredOn: [
    '成立日期',
    'Registered on',
    '注册日期',
    '登记日期',
    '核准日期',
    'date of registration',
    'established on',
  ],
  businessScope: ['经营范围', 'Business scope', '经营范围及方式', 'scope'],
  legalRepresentative: [
    '法定代表人',
    'Legal representative',
    '负责人',
    '经营者',
    '法定代表人（经营者）',
    '法人代表',
    'operator',
  ],
  contact: ['联系方式', 'Contact', '联系电话', '联系人', '电话', 'phone', 'telephone'],
  status: ['经营状况', 'Status', '经营状态', '登记状态', '状态', '生产状态'],
  aliases: ['曾用名', 'Other names', '别名', 'former names', '曾用名、别名'],
  sourceKey: ['来源编号', 'Number at the source', '编号', '主键', 'source key', 'id'],
};

/** Headings to fields: what a file's own mapping says about its columns; null leaves a column out. */
export type Mapping = Readonly<Record<string, ImportField | null>>;

export interface MappedColumn {
  /** Position in the row, from 0. */
  at: number;
  heading: string;
  field: ImportField;
}

const known: ReadonlyMap<string, ImportField> = new Map(
  Object.entries(headings).flatMap(([field, list]) =>
    list.map((heading): [string, ImportField] => [plain(heading), field as ImportField]),
  ),
);

function plain(heading: string): string {
  return readable(heading)
    .toLowerCase()
    .replaceAll(/[\s_\-()（）]/g, '');
}

export interface MappedHeader {
  columns: MappedColumn[];
  /** Headings that nothing is read from. */
  ignored: string[];
}

/** The columns that a row of headings stands for, or undefined when none of them is the name: then it is no header. */
export function findHeader(cells: readonly string[], mapping: Mapping = {}): MappedHeader | undefined {
  const own = new Map(Object.entries(mapping).map(([heading, field]) => [plain(heading), field]));
  const columns: MappedColumn[] = [];
  const ignored: string[] = [];
  cells.forEach((heading, at) => {
    const key = plain(heading);
    const field = own.has(key) ? own.get(key) : known.get(key);
    if (field && !columns.some((column) => column.field === field))
      columns.push({ at, heading: readable(heading), field });
    else if (key !== '') ignored.push(readable(heading));
  });
  return columns.some(({ field }) => field === 'name') ? { columns, ignored } : undefined;
}

export const headerMissing = (): Problem =>
  new Problem(
    422,
    'header-missing',
    `前10行中没有找到表头：至少要有“${headings.name[0]}”一列。列名不同的，请指明对应关系。`,
    'No header was found in the first ten rows: a column with the name is needed. If it is called otherwise, give a mapping.',
  );
