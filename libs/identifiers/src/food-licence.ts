import { modulus1110 } from './check-digits.ts';
import {
  type Checked,
  getValue,
  IdentifierError,
  type IssuerOption,
  type Problem,
  placeFor,
  settle,
} from './result.ts';
import { digits, examineShape, literal, remark, type Subject, upperCase, wrongCheckDigit } from './shape.ts';

/** Food production licence number, 食品生产许可管理办法 article 30: SC and 14 digits. Never changed, never reused. */
export interface FoodProductionLicence {
  readonly number: string;
  /** Three digits: 1 food or 2 additive, then the category. That of the main product when there are several. */
  readonly category: string;
  /** Absent for a category that does not exist, on somebody else's label. */
  readonly categoryName?: string;
  /** Absent when the first digit is neither 1 nor 2. */
  readonly group?: 'food' | 'additive';
  /** GB/T 2260. */
  readonly region: string;
  readonly sequence: string;
  readonly checkDigit: string;
}

/** Food operation licence (JY) or filing of prepackaged food sellers (YB), 食品经营许可和备案管理办法. */
export interface FoodOperationNumber {
  readonly number: string;
  readonly kind: 'licence' | 'filing';
  /** First digit: form of business (JY), or 1 wholesale and 2 retail (YB). */
  readonly form: string;
  readonly formName: string;
  readonly region: string;
  readonly sequence: string;
  readonly checkDigit: string;
}

const PRODUCTION: Subject = {
  code: 'food-production-licence',
  zh: '食品生产许可证编号',
  en: 'food production licence number',
};
const OPERATION: Subject = {
  code: 'food-operation-licence',
  zh: '食品经营许可证编号',
  en: 'food operation licence number',
};
const FILING: Subject = { code: 'food-filing', zh: '仅销售预包装食品备案编号', en: 'prepackaged food filing number' };

// Order of article 11 of the 食品生产许可管理办法 (2020).
const FOODS = (
  '粮食加工品 食用油、油脂及其制品 调味品 肉制品 乳制品 饮料 方便食品 饼干 罐头 冷冻饮品 速冻食品 薯类和膨化食品 糖果制品 ' +
  '茶叶及相关制品 酒类 蔬菜制品 水果制品 炒货食品及坚果制品 蛋制品 可可及焙烤咖啡产品 食糖 水产制品 淀粉及淀粉制品 糕点 ' +
  '豆制品 蜂产品 保健食品 特殊医学用途配方食品 婴幼儿配方食品 特殊膳食食品 其他食品'
).split(' ');
const ADDITIVES = ['食品添加剂', '食品用香精', '复配食品添加剂'];

// Forms of business after the licensing form; kept as a warning when unknown because the regulation names no digits.
const OPERATION_FORMS: Readonly<Record<string, string>> = {
  1: '食品销售经营者',
  2: '餐饮服务经营者',
  3: '集中用餐单位食堂',
};
const FILING_FORMS: Readonly<Record<string, string>> = { 1: '批发', 2: '零售' };

/** The category of a food production licence by its three digits, such as 101 粮食加工品 or 203 复配食品添加剂. */
export function findFoodCategory(category: string): string | undefined {
  if (!/^[12]\d\d$/.test(category)) return undefined;
  return (category.startsWith('1') ? FOODS : ADDITIVES)[Number(category.slice(1)) - 1];
}

/** Reads a food production licence number. Check digit: GB/T 17710 MOD 11,10. */
export function parseFoodProductionLicence(text: string, options: IssuerOption = {}): Checked<FoodProductionLicence> {
  const number = upperCase(text);
  if (/^QS[\d ]/.test(number)) return { ok: false, problems: [oldMark()] };
  const problems = examineShape(PRODUCTION, number, [...literal('SC'), digits(14)]);
  const warnings: Problem[] = [];
  const category = number.slice(2, 5);
  const categoryName = findFoodCategory(category);
  if (problems.length === 0) {
    if (categoryName === undefined) placeFor(options, problems, warnings).push(unknownCategory(category));
    examineCheckDigit(PRODUCTION, number, options, problems, warnings);
  }
  return settle(problems, warnings, () => ({
    number,
    category,
    ...(categoryName === undefined ? {} : { categoryName }),
    ...groupOf(category),
    region: number.slice(5, 11),
    sequence: number.slice(11, 15),
    checkDigit: number[15]!,
  }));
}

function groupOf(category: string): { readonly group?: 'food' | 'additive' } {
  if (category.startsWith('1')) return { group: 'food' };
  return category.startsWith('2') ? { group: 'additive' } : {};
}

/** Reads a food operation licence (JY) or filing (YB) number: letters, 14 digits, check digit as for SC. */
export function parseFoodOperationNumber(text: string, options: IssuerOption = {}): Checked<FoodOperationNumber> {
  const number = upperCase(text);
  const filing = number.startsWith('YB');
  const subject = filing ? FILING : OPERATION;
  const forms = filing ? FILING_FORMS : OPERATION_FORMS;
  const problems = examineShape(subject, number, [...literal(filing ? 'YB' : 'JY'), digits(14)]);
  const warnings: Problem[] = [];
  const form = number[2] ?? '';
  if (problems.length === 0) {
    if (forms[form] === undefined) {
      const place = filing ? placeFor(options, problems, warnings) : warnings;
      place.push(unknownForm(subject, form, forms));
    }
    examineCheckDigit(subject, number, options, problems, warnings);
  }
  return settle(problems, warnings, () => ({
    number,
    kind: filing ? 'filing' : 'licence',
    form,
    formName: forms[form] ?? '',
    region: number.slice(3, 9),
    sequence: number.slice(9, 15),
    checkDigit: number[15]!,
  }));
}

/**
 * Numbers a new food production licence.
 * @param category three digits, see {@link findFoodCategory}
 * @param region six digits, GB/T 2260
 * @param sequence 1–9999 within category and region
 * @throws IdentifierError when a part does not fit
 */
export function composeFoodProductionLicence(category: string, region: string, sequence: number): string {
  return compose(PRODUCTION, 'SC', category + region, sequence, 4, parseFoodProductionLicence);
}

/**
 * Numbers a new food operation licence (`JY`) or filing (`YB`).
 * @param form first digit: form of business, or 1 wholesale and 2 retail
 * @param sequence 1–999999 within form and region
 * @throws IdentifierError when a part does not fit
 */
export function composeFoodOperationNumber(
  prefix: 'JY' | 'YB',
  form: string,
  region: string,
  sequence: number,
): string {
  const subject = prefix === 'YB' ? FILING : OPERATION;
  return compose(subject, prefix, form + region, sequence, 6, parseFoodOperationNumber);
}

function compose(
  subject: Subject,
  prefix: string,
  head: string,
  sequence: number,
  width: number,
  parse: (text: string) => Checked<unknown>,
): string {
  const limit = 10 ** width - 1;
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > limit) {
    const zh = `${subject.zh}的顺序号应为1至${limit}之间的整数。`;
    const en = `The sequence of the ${subject.en} must be a whole number from 1 to ${limit}.`;
    const place = { found: String(sequence), expected: `1-${limit}` };
    throw new IdentifierError([remark(subject, 'sequence', place, zh, en)]);
  }
  const body = head + String(sequence).padStart(width, '0');
  const number = prefix + body + modulus1110(body);
  getValue(parse(number));
  return number;
}

function examineCheckDigit(
  subject: Subject,
  number: string,
  options: IssuerOption,
  problems: Problem[],
  warnings: Problem[],
): void {
  const expected = modulus1110(number.slice(2, 15));
  if (expected === number[15]) return;
  placeFor(options, problems, warnings).push(wrongCheckDigit(subject, 16, number[15]!, expected));
}

function oldMark(): Problem {
  return remark(
    PRODUCTION,
    'old-mark',
    { position: 1, found: 'QS', expected: 'SC' },
    '“QS”编号为旧版食品生产许可编号，食品自2018年10月1日起应使用“SC”编号。',
    'QS is the old mark; food has had to carry an SC number since 1 October 2018.',
  );
}

function unknownCategory(category: string): Problem {
  return remark(
    PRODUCTION,
    'category',
    { position: 3, found: category, expected: '101-131, 201-203' },
    `食品生产许可证编号第3至5位“${category}”不是食品类别（101至131）或食品添加剂类别（201至203）编码。`,
    `Characters 3–5 of the food production licence number, “${category}”, name no category (101–131 food, 201–203 additives).`,
  );
}

function unknownForm(subject: Subject, form: string, forms: Readonly<Record<string, string>>): Problem {
  const expected = Object.keys(forms).join('');
  return remark(
    subject,
    'form',
    { position: 3, found: form, expected },
    `${subject.zh}第3位“${form}”不是已知的类型代码（${expected}）。`,
    `Character 3 of the ${subject.en}, “${form}”, is no known form (${expected}).`,
  );
}
