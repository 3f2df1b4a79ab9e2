import { type Checked, type IssuerOption, type Problem, placeFor, settle } from './result.ts';
import {
  capitalsOrDigits,
  digits,
  examineShape,
  type Piece,
  remark,
  type Subject,
  upperCase,
  wrongLength,
} from './shape.ts';

/** Class of the special equipment catalogue (特种设备目录, 2014 no. 114), first character of the catalogue code. */
export interface EquipmentClass {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** Equipment code (设备代码): given by the manufacturer for the life of the equipment. */
export interface EquipmentCode {
  readonly code: string;
  /** Four characters of the catalogue, such as 2150. */
  readonly catalogue: string;
  readonly equipmentClass: EquipmentClass;
  /** Region of the licensing authority (10 = national) and licence sequence: 10890. */
  readonly manufacturer: string;
  readonly year: number;
  /** Five characters; from 100000 on the first is a letter (A0000). Four in older codes of 17 characters. */
  readonly sequence: string;
}

/** Registration code (注册代码) of older records: 20 characters. */
export interface EquipmentRegistrationCode {
  readonly code: string;
  readonly catalogue: string;
  readonly equipmentClass: EquipmentClass;
  readonly region: string;
  /** Month of registration, `YYYY-MM`. */
  readonly month: string;
  readonly sequence: string;
}

const CODE: Subject = { code: 'equipment-code', zh: '特种设备代码', en: 'equipment code' };
const REGISTRATION: Subject = {
  code: 'equipment-registration',
  zh: '特种设备注册代码',
  en: 'equipment registration code',
};

const CLASSES: readonly EquipmentClass[] = [
  { code: '1', zh: '锅炉', en: 'boiler' },
  { code: '2', zh: '压力容器', en: 'pressure vessel' },
  { code: '3', zh: '电梯', en: 'lift' },
  { code: '4', zh: '起重机械', en: 'lifting appliance' },
  { code: '5', zh: '场（厂）内专用机动车辆', en: 'works vehicle' },
  { code: '6', zh: '大型游乐设施', en: 'large amusement device' },
  { code: '7', zh: '压力管道元件', en: 'pressure piping component' },
  { code: '8', zh: '压力管道', en: 'pressure piping' },
  { code: '9', zh: '客运索道', en: 'passenger ropeway' },
  { code: 'F', zh: '安全附件', en: 'safety accessory' },
];

const catalogueClass: Piece = {
  length: 1,
  accepts: (character) => findEquipmentClass(character) !== undefined,
  expected: '1-9F',
  zh: '特种设备目录的种类代码（1至9或F）',
  en: 'a class of the special equipment catalogue (1–9 or F)',
};

/** Class of a catalogue code: `findEquipmentClass('3110')` is the lift. */
export function findEquipmentClass(catalogue: string): EquipmentClass | undefined {
  return CLASSES.find((equipmentClass) => equipmentClass.code === catalogue[0]);
}

/** Reads an equipment code of 18 characters; 17 (four-digit sequence of older technical codes) give a warning. */
export function parseEquipmentCode(text: string, options: IssuerOption = {}): Checked<EquipmentCode> {
  const code = upperCase(text);
  const size = Array.from(code).length;
  const older = size === 17;
  const pieces = [catalogueClass, capitalsOrDigits(3), digits(9), capitalsOrDigits(1), digits(older ? 3 : 4)];
  const problems = examineShape(CODE, code, pieces).filter((problem) => problem.code !== `${CODE.code}-length`);
  if (size !== 17 && size !== 18) problems.unshift(wrongLength(CODE, size, [18]));
  const year = code.slice(9, 13);
  const warnings: Problem[] = older ? [olderForm()] : [];
  if (/^\d{4}$/.test(year)) placeFor(options, problems, warnings).push(...examineYear(CODE, year, 10));
  return settle(problems, warnings, () => ({
    code,
    catalogue: code.slice(0, 4),
    equipmentClass: findEquipmentClass(code)!,
    manufacturer: code.slice(4, 9),
    year: Number(year),
    sequence: code.slice(13),
  }));
}

/** Reads a registration code: catalogue code, region, month of registration, sequence (A001 follows 9999). */
export function parseEquipmentRegistrationCode(
  text: string,
  options: IssuerOption = {},
): Checked<EquipmentRegistrationCode> {
  const code = upperCase(text);
  const pieces = [catalogueClass, capitalsOrDigits(3), digits(12), capitalsOrDigits(1), digits(3)];
  const problems = examineShape(REGISTRATION, code, pieces);
  const [year, month] = [code.slice(10, 14), code.slice(14, 16)];
  const warnings: Problem[] = [];
  if (problems.length === 0) {
    const readable = placeFor(options, problems, warnings);
    readable.push(...examineYear(REGISTRATION, year, 11));
    if (Number(month) < 1 || Number(month) > 12) readable.push(wrongMonth(month));
  }
  return settle(problems, warnings, () => ({
    code,
    catalogue: code.slice(0, 4),
    equipmentClass: findEquipmentClass(code)!,
    region: code.slice(4, 10),
    month: `${year}-${month}`,
    sequence: code.slice(16),
  }));
}

function examineYear(subject: Subject, year: string, position: number): Problem[] {
  if (/^(?:19[5-9]|20\d)\d$/.test(year)) return [];
  return [
    remark(
      subject,
      'year',
      { position, found: year, expected: '1950-2099' },
      `${subject.zh}第${position}至${position + 3}位“${year}”不是合理的年份。`,
      `Characters ${position}–${position + 3} of the ${subject.en}, “${year}”, are no plausible year.`,
    ),
  ];
}

function wrongMonth(month: string): Problem {
  return remark(
    REGISTRATION,
    'month',
    { position: 15, found: month, expected: '01-12' },
    `特种设备注册代码第15、16位“${month}”不是月份。`,
    `Characters 15–16 of the equipment registration code, “${month}”, are no month.`,
  );
}

function olderForm(): Problem {
  return remark(
    CODE,
    'older-form',
    { position: 14, found: '17', expected: '18' },
    '特种设备代码为17位，属早期4位顺序号的写法，请与铭牌核对。',
    'The equipment code has 17 characters: an older form with a sequence of four digits; compare it with the nameplate.',
  );
}
