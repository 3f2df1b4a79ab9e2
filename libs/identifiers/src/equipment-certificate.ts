import { findProvinceByAbbreviation, provinceAbbreviations } from './provinces.ts';
import { type Checked, type IssuerOption, type Problem, placeFor, settle } from './result.ts';
import {
  capitalsOrDigits,
  digits,
  examineShape,
  halfWidth,
  isCapital,
  isDigit,
  literal,
  oneOf,
  remark,
  type Subject,
  upperCase,
} from './shape.ts';

/** Use-registration certificate number (使用登记证编号) such as 梯11闽E3622(16). */
export interface UseRegistration {
  /** As printed; store this, as the pattern may change with the next technical code. */
  readonly printed: string;
  readonly number: string;
  /** 锅 容 瓶 管 梯 起 索 游 车. */
  readonly kind: string;
  /** Second and third character of the catalogue code, when given. */
  readonly catalogue?: string;
  /** GB/T 2260 province code. */
  readonly province: string;
  /** City letter as on number plates. */
  readonly city: string;
  readonly sequence: string;
  /** Two-digit year of registration. */
  readonly year: string;
}

/** Manufacturing licence of special equipment, `TS2210890-2015`. */
export interface EquipmentManufacturingLicence {
  readonly number: string;
  /** Two digits of the licence class. */
  readonly licenceClass: string;
  /** Region of the authority and sequence; equals the manufacturer in an equipment code (10890). */
  readonly manufacturer: string;
  readonly expiryYear: number;
}

const USE: Subject = { code: 'use-registration', zh: '特种设备使用登记证编号', en: 'use-registration number' };
const MANUFACTURING: Subject = {
  code: 'equipment-licence',
  zh: '特种设备制造许可证编号',
  en: 'equipment manufacturing licence number',
};
const KINDS = '锅容瓶管梯起索游车';
const HUNAN_CITIES = 'ABCDEFGHJKLMNU';

/**
 * Reads a use-registration number after TSG 08-2017.
 * @param options.pattern a replacement for the built-in pattern, with the named groups kind, catalogue (optional),
 *   province, city, sequence and year; for the numbering of a later technical code
 */
export function parseUseRegistration(
  text: string,
  options: { readonly pattern?: RegExp } = {},
): Checked<UseRegistration> {
  const number = upperCase(halfWidth(text));
  if (options.pattern !== undefined) return parseByPattern(text, number, options.pattern);
  const characters = Array.from(number);
  const catalogueLength = isDigit(characters[1] ?? '') ? 2 : 0;
  const opening = characters.indexOf('(');
  const end = opening < 0 ? Math.max(characters.length - 4, 0) : opening;
  const sequenceStart = 3 + catalogueLength;
  const sequenceLength = Math.min(Math.max(end - sequenceStart, 4), 6);
  const problems = examineShape(USE, number, [
    oneOf(KINDS),
    digits(catalogueLength),
    { ...oneOf(provinceAbbreviations), zh: '省、自治区、直辖市简称', en: 'a province abbreviation' },
    { length: 1, accepts: isCapital, expected: 'A-Z', zh: '市（州）字母A-Z', en: 'the city letter A–Z' },
    capitalsOrDigits(1),
    digits(sequenceLength - 1),
    ...literal('('),
    digits(2),
    ...literal(')'),
  ]);
  const [province, city] = [characters[1 + catalogueLength]!, characters[2 + catalogueLength]!];
  const warnings: Problem[] = [];
  if (problems.length === 0 && province === '湘' && !HUNAN_CITIES.includes(city)) {
    warnings.push(unknownCity(3 + catalogueLength, city));
  }
  return settle(problems, warnings, () => ({
    printed: text,
    number,
    kind: characters[0]!,
    ...(catalogueLength === 0 ? {} : { catalogue: number.slice(1, 3) }),
    province: findProvinceByAbbreviation(province)!.code,
    city,
    sequence: characters.slice(sequenceStart, sequenceStart + sequenceLength).join(''),
    year: number.slice(-3, -1),
  }));
}

function parseByPattern(printed: string, number: string, pattern: RegExp): Checked<UseRegistration> {
  const groups = pattern.exec(number)?.groups;
  const province = findProvinceByAbbreviation(groups?.province ?? '');
  if (groups === undefined || province === undefined) {
    return {
      ok: false,
      problems: [
        remark(
          USE,
          'pattern',
          { position: 1, found: printed, expected: pattern.source },
          '特种设备使用登记证编号不符合当前配置的编号规则。',
          'The use-registration number does not follow the configured pattern.',
        ),
      ],
    };
  }
  const { kind = '', catalogue, city = '', sequence = '', year = '' } = groups;
  const found = { printed, number, kind, province: province.code, city, sequence, year };
  return { ok: true, value: catalogue === undefined ? found : { ...found, catalogue }, warnings: [] };
}

/** Reads a manufacturing licence number: TS, two digits each of class and region with item between, sequence, expiry year. */
export function parseEquipmentManufacturingLicence(
  text: string,
  options: IssuerOption = {},
): Checked<EquipmentManufacturingLicence> {
  const number = upperCase(text);
  const problems = examineShape(MANUFACTURING, number, [
    ...literal('TS'),
    digits(4),
    capitalsOrDigits(3),
    ...literal('-'),
    digits(4),
  ]);
  const warnings: Problem[] = [];
  const year = number.slice(-4);
  if (problems.length === 0 && !year.startsWith('20')) {
    placeFor(options, problems, warnings).push(
      remark(
        MANUFACTURING,
        'year',
        { position: 11, found: year, expected: '2000-2099' },
        `特种设备制造许可证编号的有效期年份“${year}”有误。`,
        `The expiry year “${year}” of the equipment manufacturing licence is not plausible.`,
      ),
    );
  }
  return settle(problems, warnings, () => ({
    number,
    licenceClass: number.slice(2, 4),
    manufacturer: number.slice(4, 9),
    expiryYear: Number(year),
  }));
}

function unknownCity(position: number, city: string): Problem {
  return remark(
    USE,
    'city',
    { position, found: city, expected: HUNAN_CITIES },
    `使用登记证编号第${position}位“${city}”不是湖南省市（州）字母。`,
    `Character ${position} of the use-registration number, “${city}”, is no city letter of Hunan.`,
  );
}
