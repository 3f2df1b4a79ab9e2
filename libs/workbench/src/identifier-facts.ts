import { applicationIdentifiers } from '@hengjian/identifiers';
import type { Fact } from './answer.ts';
import { both, type Label, type Text } from './label.ts';

const names: Readonly<Record<string, Label>> = {
  allotment: both('分配范围', 'Allotment'),
  ancestors: both('上级区划', 'Regions above'),
  attributes: both('属性', 'Attributes'),
  authority: both('发证机关代码', 'Authority'),
  authorityName: both('发证机关', 'Name of the authority'),
  birthDate: both('出生日期', 'Date of birth'),
  body: both('本体代码', 'Body'),
  canonical: both('规范写法', 'Canonical form'),
  catalogue: both('目录代码', 'Catalogue code'),
  category: both('类别', 'Category'),
  categoryName: both('类别名称', 'Name of the category'),
  checkCharacter: both('校验码', 'Check character'),
  checkDigit: both('校验码', 'Check digit'),
  city: both('市（州）字母', 'City letter'),
  code: both('代码', 'Code'),
  department: both('登记管理部门', 'Registration department'),
  elements: both('各单元', 'Elements'),
  enterprise: both('企业序号', 'Enterprise'),
  equipmentClass: both('设备种类', 'Class of equipment'),
  expiryYear: both('有效期至', 'Year of expiry'),
  field: both('领域代码', 'Field'),
  fieldName: both('领域', 'Name of the field'),
  form: both('类型代码', 'Form'),
  formName: both('类型', 'Name of the form'),
  group: both('食品或添加剂', 'Food or additive'),
  gtin: both('条码', 'GTIN'),
  gtin14: both('14 位形式', 'GTIN-14'),
  indicator: both('包装层级', 'Packaging level'),
  industry: both('行业代码', 'Industry'),
  key: both('主标识', 'Primary key'),
  kind: both('种类', 'Kind'),
  length: both('位数', 'Length'),
  level: both('层级', 'Level'),
  licenceClass: both('许可类别', 'Class of licence'),
  manufacturer: both('制造单位代码', 'Manufacturer'),
  ministry: both('行业主管部门', 'Ministry'),
  month: both('登记年月', 'Month of registration'),
  name: both('名称', 'Name'),
  nature: both('性质', 'Nature'),
  number: both('编号', 'Number'),
  ordinal: both('带“第”字', 'With 第'),
  organ: both('发文机关代字', 'Organ'),
  organisationCode: both('组织机构代码', 'Organisation code'),
  otherParameters: both('其他参数', 'Other parameters'),
  owner: both('团体或企业代号', 'Owner'),
  prefix: both('前缀', 'Prefix'),
  printed: both('证上写法', 'As printed'),
  product: both('产品代码', 'Product'),
  productClass: both('产品类别', 'Product class'),
  province: both('省份', 'Province'),
  qualifiers: both('限定符', 'Qualifiers'),
  region: both('行政区划', 'Region'),
  registrationRegion: both('首次登记机关区划', 'Region of the first registering authority'),
  revision: both('局部修订年份', 'Year of partial revision'),
  selfDeclared: both('自我声明', 'Self-declared'),
  sequence: both('顺序号', 'Sequence'),
  serial: both('流水号', 'Serial'),
  series: both('标准系列', 'Series'),
  sex: both('性别', 'Sex'),
  stem: both('网址', 'Address'),
  text: both('文号', 'Number'),
  year: both('年份', 'Year'),
};

const words: Readonly<Record<string, Label>> = {
  additive: both('食品添加剂', 'additive'),
  china: both('中国', 'China'),
  county: both('县级', 'county'),
  division: both('行政区划', 'division'),
  elsewhere: both('境外', 'elsewhere'),
  enterprise: both('企业标准', 'enterprise standard'),
  false: both('否', 'no'),
  filing: both('备案', 'filing'),
  food: both('食品', 'food'),
  group: both('团体标准', 'group standard'),
  guidance: both('指导性', 'guidance'),
  industry: both('行业标准', 'industry standard'),
  licence: both('许可', 'licence'),
  local: both('地方标准', 'local standard'),
  mandatory: both('强制性', 'mandatory'),
  metrology: both('计量技术规范', 'metrology'),
  nation: both('全国', 'nation'),
  national: both('国家标准', 'national standard'),
  own: both('企业自行执行', 'the enterprise’s own'),
  prefecture: both('市级', 'prefecture'),
  province: both('省级', 'province'),
  recommended: both('推荐性', 'recommended'),
  restricted: both('店内或企业内部', 'inside one company'),
  safety: both('安全技术规范', 'safety technical code'),
  'statistical-zone': both('统计用区划，非行政区划', 'statistical zone, no division'),
  technical: both('技术规范', 'technical'),
  true: both('是', 'yes'),
};

/** What a parsed identifier says, one fact for each part that says something. */
export function factsOf(value: object, personal: boolean): Fact[] {
  if (personal) return [];
  return Object.entries(value).flatMap(([key, part]) => factOf(key, part));
}

function nameOf(key: string): Label {
  return Object.hasOwn(names, key) ? names[key]! : both(key, key);
}

function factOf(key: string, part: unknown): Fact[] {
  if (Array.isArray(part)) return part.length === 0 ? [] : listed(key, part);
  if (isElement(part)) return [elementFact(part)];
  const value = textOf(part);
  return value === undefined ? [] : [{ name: nameOf(key), value }];
}

function listed(key: string, parts: readonly unknown[]): Fact[] {
  const elements = parts.filter(isElement);
  // In a Digital Link the elements repeat key, qualifiers and attributes.
  if (elements.length > 0) return elements.map(elementFact);
  return [{ name: nameOf(key), value: parts.map(String).join(', ') }];
}

function isElement(part: unknown): part is { identifier: string; value: string } {
  return typeof part === 'object' && part !== null && 'identifier' in part && 'value' in part;
}

function elementFact({ identifier, value }: { identifier: string; value: string }): Fact {
  const known = applicationIdentifiers.get(identifier);
  return {
    name: both(`（${identifier}）${known?.zh ?? ''}`, `(${identifier}) ${known?.title ?? ''}`),
    value,
  };
}

function textOf(part: unknown): Text | undefined {
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string' || typeof part === 'boolean') {
    const word = String(part);
    return Object.hasOwn(words, word) ? words[word] : word;
  }
  if (typeof part !== 'object' || part === null) return undefined;
  const { code, zh, en } = part as { code?: string; zh?: string; en?: string };
  if (code === undefined) return undefined;
  return zh === undefined ? code : both(`${code} ${zh}`, `${code} ${en ?? zh}`);
}
