import { parseCreditCode } from '@hengjian/identifiers';
import { findRegion } from '../../../../data/regions/index.ts';
import {
  type EnterpriseKind,
  type EnterpriseStatus,
  type Facts,
  factsOf,
  kinds,
  statuses,
} from '../enterprise/entity.ts';
import { hasControls, isPlaceholder, readCapital, readDay, withoutControls } from '../enterprise/written.ts';
import { locate } from '../place/find-region.ts';
import { examine, type Finding, finding } from '../quality/rules.ts';
import type { ImportField, MappedHeader } from './columns.ts';
import type { SheetRow } from './csv.ts';

/** Why a row was not taken. */
export interface RowError {
  field: ImportField | null;
  code: string;
  zh: string;
  en: string;
  value: string | null;
}

/** A row of the file as an enterprise. */
export interface ReadRow {
  facts: Facts;
  sourceKey: string | null;
  /** Facts that the file says something about; the others are none of its business. */
  given: (keyof Facts)[];
  findings: Finding[];
}

/** Longest texts, as the register declares them. */
const longest: Partial<Record<ImportField, number>> = {
  name: 200,
  creditCode: 40,
  address: 400,
  businessScope: 10_000,
};
const personal: readonly ImportField[] = ['legalRepresentative', 'contact'];

/** Reads one row; a row that cannot be taken says why for each cell concerned. `asOf` is the day of the file. */
export function readRow(sheet: SheetRow, header: MappedHeader, width: number, asOf: string): ReadRow | RowError[] {
  const misshapen = checkShape(sheet, width);
  if (misshapen !== undefined) return [misshapen];
  const findings: Finding[] = [];
  const errors: RowError[] = [];
  const text = Object.fromEntries(
    header.columns.map(({ at, field }) => [field, cleaned(sheet.cells[at] ?? '', field, findings, errors)]),
  ) as Partial<Record<ImportField, string | null>>;
  if (!text.name && errors.length === 0)
    errors.push({ field: 'name', code: 'name-missing', zh: '没有名称。', en: 'The name is missing.', value: null });
  const status = readStatus(text.status ?? null, errors);
  if (errors.length > 0) return errors;
  const capital = text.registeredCapital ? readCapital(text.registeredCapital) : undefined;
  const facts = factsOf({
    name: text.name!,
    creditCode: readCode(text.creditCode ?? null, findings),
    kind: readKind(text.kind ?? null, text.name!, text.creditCode ?? null),
    region: readRegion(text, findings),
    address: text.address,
    industry: text.industry?.toUpperCase().replace(/^([A-T])(?=\d)/, '') ?? null,
    registeredCapital: text.registeredCapital,
    capitalAmount: capital?.amount,
    capitalCurrency: capital?.currency,
    registeredOn: readDate(text.registeredOn ?? null, findings),
    businessScope: text.businessScope,
    legalRepresentative: text.legalRepresentative,
    contact: text.contact,
    status,
    aliases: text.aliases
      ? text.aliases
          .split(/[;；|]/)
          .map((name) => name.trim())
          .filter((name) => name !== '')
      : null,
  });
  const given = (Object.keys(facts) as (keyof Facts)[]).filter((name) => isGiven(name, facts, text));
  return {
    facts,
    sourceKey: text.sourceKey ?? null,
    given,
    findings: [
      ...findings,
      ...examine(facts, asOf).filter(
        ({ rule }) => !(rule === 'region-not-found' && findings.some((one) => one.rule === 'region-unknown')),
      ),
    ],
  };
}

/** A row with too many or too few cells is not guessed at: a thousands comma or a line break without quotation marks shifts them all. */
function checkShape({ cells, broken }: SheetRow, width: number): RowError | undefined {
  if (cells.length === width) return undefined;
  const value = cells[0] ?? null;
  if (broken)
    return {
      field: null,
      code: 'quote-not-closed',
      zh: '这一行的引号没有成对，无法分列。',
      en: 'A quotation mark in this row is not closed.',
      value,
    };
  return {
    field: null,
    code: 'cells-mismatch',
    value,
    zh: `这一行有${cells.length}列，表头有${width}列；内容中的逗号和换行要放在引号里，末尾的空列要保留。`,
    en: `The row has ${cells.length} cells, the header ${width}. Commas and line breaks inside a cell need quotation marks; empty cells at the end must stay.`,
  };
}

/** The text of a cell as it is kept, or null for nothing; what was put right on the way is found. */
function cleaned(raw: string, field: ImportField, findings: Finding[], errors: RowError[]): string | null {
  const property = factOf(field);
  const shown = personal.includes(field) ? null : raw;
  if (raw.includes('\ufffd'))
    errors.push({
      field,
      code: 'unreadable-characters',
      zh: '含有无法识别的字符，可能是文件编码不对。',
      en: 'There are unreadable characters; the encoding of the file may be wrong.',
      value: shown,
    });
  const text = withoutControls(raw.normalize('NFC')).replace(/^'(?=[=+\-@])/, '');
  if (hasControls(raw))
    findings.push(
      finding(
        'control-characters',
        property,
        shown,
        '已去除换行、制表符或不可见字符。',
        'Line breaks, tabs or invisible characters were removed.',
        true,
      ),
    );
  if (text === '') return null;
  if (isPlaceholder(text)) {
    findings.push(
      finding('placeholder-text', property, text, `“${text}”按没有填写处理。`, `"${text}" was read as nothing.`, true),
    );
    return null;
  }
  if (personal.includes(field) && /[*＊]/.test(text)) {
    findings.push(
      finding(
        'masked-value',
        property,
        null,
        '内容已经脱敏，没有导入。',
        'The value is masked and was not taken.',
        true,
      ),
    );
    return null;
  }
  const most = longest[field] ?? 200;
  if (Array.from(text).length > most)
    errors.push({
      field,
      code: 'too-long',
      zh: `超过${most}个字。`,
      en: `Longer than ${most} characters.`,
      value: shown,
    });
  return text;
}

const factOf = (field: ImportField): keyof Facts | null =>
  field === 'province' || field === 'city' ? 'region' : field === 'sourceKey' ? null : field;

function isGiven(name: keyof Facts, facts: Facts, text: Partial<Record<ImportField, string | null>>): boolean {
  if (name === 'capitalAmount' || name === 'capitalCurrency' || facts[name] === null) return false;
  if (name === 'region') return true;
  return text[name] !== null && text[name] !== undefined;
}

function readCode(text: string | null, findings: Finding[]): string | null {
  if (text === null) return null;
  const code = text.normalize('NFKC').replaceAll(/\s/g, '');
  const upper = code.toUpperCase();
  if (upper !== code && parseCreditCode(upper).ok)
    findings.push(
      finding(
        'credit-code-lower-case',
        'creditCode',
        code,
        '信用代码中的小写字母已改为大写。',
        'Lower-case letters of the code were put into capitals.',
        true,
      ),
    );
  return upper;
}

function readDate(text: string | null, findings: Finding[]): string | null {
  if (text === null) return null;
  const day = readDay(text);
  if (day === undefined)
    findings.push(
      finding(
        'date-unreadable',
        'registeredOn',
        text,
        `成立日期“${text}”无法识别，没有导入。`,
        `The date "${text}" cannot be read and was not taken.`,
      ),
    );
  else if (day !== text)
    findings.push(
      finding('date-format', 'registeredOn', text, `“${text}”已写成${day}。`, `"${text}" was written as ${day}.`, true),
    );
  return day ?? null;
}

function readRegion(text: Partial<Record<ImportField, string | null>>, findings: Finding[]): string | null {
  const listed = text.region;
  if (listed && /^\d{6}(?:\d{3})?$/.test(listed) && findRegion(listed) !== undefined) return listed.slice(0, 6);
  if (listed)
    findings.push(
      finding(
        'region-unknown',
        'region',
        listed,
        `行政区划代码表中没有“${listed}”。`,
        `There is no region ${listed} in GB/T 2260.`,
      ),
    );
  const found = locate(text.address ?? null, { province: text.province ?? null, city: text.city ?? null });
  if (found?.contradicts)
    findings.push(
      finding(
        'region-contradicts',
        'region',
        `${text.province ?? ''}${text.city ?? ''} / ${text.address ?? ''}`,
        `所列地区是“${text.province ?? ''}${text.city ?? ''}”，地址却在${findRegion(found.code)!.name}；按地址登记，请核实。`,
        `The listed place is "${text.province ?? ''}${text.city ?? ''}", the address is in ${findRegion(found.code)!.name}; the address was taken.`,
      ),
    );
  return found?.code ?? null;
}

const KIND_WORDS: readonly [RegExp, EnterpriseKind][] = [
  [/个体/, 'individual-business'],
  [/合作社|合作经济组织/, 'cooperative'],
  [/分支机构|分公司|非法人|营业部|经营单位|事业单位营业/, 'branch'],
  [/代表机构|来料加工|机关|社会团体/, 'other'],
  [/公司|有限|股份|企业|集体|国有|全民|独资|合伙|联营|私营|外资|合资/, 'company'],
];
const BRANCH_NAME = /(?:分公司|支公司|分行|支行|营业部|门市部?|分店|经营部|办事处|分社|购销站|供应站)$/;

/** Kind of an entity: as listed, else by the code's second character (GB 32100) and the ending of the name. */
function readKind(text: string | null, name: string, code: string | null): EnterpriseKind {
  if (text !== null) {
    for (const [kind, { zh, en }] of Object.entries(kinds))
      if ([kind, zh, en.toLowerCase()].includes(text.toLowerCase()) || text === zh) return kind as EnterpriseKind;
    const worded = KIND_WORDS.find(([words]) => words.test(text));
    if (worded !== undefined) return worded[1];
  }
  const category = code?.startsWith('9') ? code[1] : undefined;
  if (category === '2' || name.endsWith('（个体工商户）')) return 'individual-business';
  if (category === '3' || /专业合作社$/.test(name)) return 'cooperative';
  if (/代表处$/.test(name)) return 'other';
  if (BRANCH_NAME.test(name)) return 'branch';
  return category === '1' || /公司$/.test(name) ? 'company' : 'other';
}

const STATUS_WORDS: readonly [RegExp, EnterpriseStatus][] = [
  [/注销/, 'cancelled'],
  [/吊销|撤销|关闭|倒闭|歇业|破产/, 'closed'],
  [/停业|停产|暂停/, 'suspended'],
  [/迁出|搬迁|迁移|失联|查无/, 'moved'],
  [/存续|在营|开业|在业|在产|正常|登记成立|在册/, 'operating'],
];

function readStatus(text: string | null, errors: RowError[]): EnterpriseStatus {
  if (text === null) return 'operating';
  for (const [status, { zh, en }] of Object.entries(statuses))
    if ([status, zh, en.toLowerCase()].includes(text.toLowerCase())) return status as EnterpriseStatus;
  const worded = STATUS_WORDS.find(([words]) => words.test(text));
  if (worded !== undefined) return worded[1];
  errors.push({
    field: 'status',
    code: 'status-unknown',
    zh: `不认识经营状况“${text}”。`,
    en: `The status "${text}" is not known.`,
    value: text,
  });
  return 'operating';
}
