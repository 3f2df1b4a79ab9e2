import { composeOrganisationCode, organisationCheckDigit } from './organisation-code.ts';
import { type Checked, IdentifierError, type IssuerOption, type Problem, placeFor, settle } from './result.ts';
import { digits, examineShape, type Piece, remark, type Subject, upperCase } from './shape.ts';

/** Unified social credit code (统一社会信用代码), GB 32100-2015. */
export interface CreditCode {
  /** 18 characters, upper case. */
  readonly code: string;
  /** Registration department, first character; names are absent for a character that is not allotted. */
  readonly department: NamedCharacter;
  /** Kind of entity within the department, second character. */
  readonly category: NamedCharacter;
  /** Region of the FIRST registering authority, GB/T 2260. Never the present place of business. */
  readonly registrationRegion: string;
  /** Inner organisation code, `XXXXXXXX-C`. */
  readonly organisationCode: string;
  readonly checkCharacter: string;
}

/** A code character with its meaning, when it has one. */
export interface NamedCharacter {
  readonly code: string;
  readonly zh?: string;
  readonly en?: string;
}

type Meanings = Readonly<Record<string, readonly [zh: string, en: string]>>;

const SUBJECT: Subject = { code: 'credit-code', zh: '统一社会信用代码', en: 'unified social credit code' };
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

const DEPARTMENTS: Meanings = {
  1: ['机构编制', 'public institution establishment'],
  2: ['外交', 'foreign affairs'],
  3: ['司法行政', 'justice administration'],
  4: ['文化', 'culture'],
  5: ['民政', 'civil affairs'],
  6: ['旅游', 'tourism'],
  7: ['宗教', 'religious affairs'],
  8: ['工会', 'trade unions'],
  9: ['市场监督管理', 'market regulation'],
  A: ['军队编制', 'military establishment'],
  N: ['农业农村', 'agriculture'],
  Y: ['其他', 'other'],
};

const CATEGORIES: Readonly<Record<string, Meanings>> = {
  1: {
    1: ['机关', 'government organ'],
    2: ['事业单位', 'public institution'],
    3: ['群众团体', 'mass organisation'],
    9: ['其他', 'other'],
  },
  5: {
    1: ['社会团体', 'social organisation'],
    2: ['民办非企业单位', 'private non-enterprise unit'],
    3: ['基金会', 'foundation'],
    9: ['其他', 'other'],
  },
  9: {
    1: ['企业', 'enterprise'],
    2: ['个体工商户', 'individual business'],
    3: ['农民专业合作社', 'farmers’ cooperative'],
  },
};

// Weights 3^(i-1) mod 31 of GB 32100.
const CREDIT_WEIGHTS = Uint8Array.of(1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28);
const ORGANISATION_WEIGHTS = Uint8Array.of(3, 7, 9, 10, 5, 8, 4, 2);

// Value of each ASCII character in the two alphabets; -1 marks a character outside. Lower case counts as upper case.
const CREDIT_VALUES = new Int8Array(128).fill(-1);
const ORGANISATION_VALUES = new Int8Array(128).fill(-1);
for (const [value, character] of Array.from(ALPHABET).entries()) {
  for (const form of [character, character.toLowerCase()]) {
    CREDIT_VALUES[form.charCodeAt(0)] = value;
    ORGANISATION_VALUES[form.charCodeAt(0)] = Number.parseInt(character, 36);
  }
}

const letters = (length: number): Piece => ({
  length,
  accepts: (character) => ALPHABET.includes(character),
  expected: ALPHABET,
  zh: '数字或大写字母（不含I、O、S、V、Z）',
  en: 'a digit or a capital letter other than I, O, S, V, Z',
});

/** Check character for 17 characters known to lie in the alphabet of GB 32100 (modulus 31). */
function checkCharacterOf(body17: string): string {
  let sum = 0;
  for (let index = 0; index < 17; index++) sum += ALPHABET.indexOf(body17[index]!) * CREDIT_WEIGHTS[index]!;
  return ALPHABET[(31 - (sum % 31)) % 31]!;
}

/**
 * Reads a unified social credit code. Two codes tell the two check failures apart: `credit-code-check-character`
 * (18th character, GB 32100) and `credit-code-organisation-digit` (17th character, GB 11714). Lower case is accepted,
 * spaces are not.
 */
export function parseCreditCode(text: string, options: IssuerOption = {}): Checked<CreditCode> {
  const code = upperCase(text);
  const problems = examineShape(SUBJECT, code, [letters(2), digits(6), letters(10)]);
  const warnings: Problem[] = [];
  if (problems.length === 0) {
    placeFor(options, problems, warnings).push(...checkFailures(code));
    warnings.push(...unknownMeanings(code));
  }
  return settle(problems, warnings, () => ({
    code,
    department: named(code[0]!, DEPARTMENTS),
    category: named(code[1]!, CATEGORIES[code[0]!] ?? {}),
    registrationRegion: code.slice(2, 8),
    organisationCode: `${code.slice(8, 16)}-${code[16]}`,
    checkCharacter: code[17]!,
  }));
}

function checkFailures(code: string): Problem[] {
  const failures: Problem[] = [];
  const [innerFound, found] = [code[16]!, code[17]!];
  const inner = organisationCheckDigit(code.slice(8, 16));
  if (inner !== innerFound) {
    failures.push(
      remark(
        SUBJECT,
        'organisation-digit',
        { position: 17, found: innerFound, expected: inner },
        `统一社会信用代码第17位（组织机构代码校验码）为“${innerFound}”，按第9至16位计算应为“${inner}”，请核对。`,
        `Character 17 of the unified social credit code (check digit of the organisation code) is “${innerFound}”; characters 9–16 require “${inner}”.`,
      ),
    );
  }
  const expected = checkCharacterOf(code);
  if (expected !== found) {
    failures.push(
      remark(
        SUBJECT,
        'check-character',
        { position: 18, found, expected },
        `统一社会信用代码第18位校验码为“${found}”，按前17位计算应为“${expected}”，请核对有无抄错。`,
        `Character 18 of the unified social credit code is “${found}”; the first 17 require “${expected}”.`,
      ),
    );
  }
  return failures;
}

function unknownMeanings(code: string): Problem[] {
  const [department, category] = [code[0]!, code[1]!];
  if (DEPARTMENTS[department] === undefined) {
    return [
      remark(
        SUBJECT,
        'department',
        { position: 1, found: department, expected: Object.keys(DEPARTMENTS).join('') },
        `统一社会信用代码第1位“${department}”不是已知的登记管理部门代码。`,
        `Character 1 of the unified social credit code, “${department}”, is not a known registration department.`,
      ),
    ];
  }
  const categories = CATEGORIES[department];
  if (categories === undefined || categories[category] !== undefined) return [];
  return [
    remark(
      SUBJECT,
      'category',
      { position: 2, found: category, expected: Object.keys(categories).join('') },
      `统一社会信用代码第2位“${category}”不是该登记管理部门已知的机构类别。`,
      `Character 2 of the unified social credit code, “${category}”, is not a known category of that department.`,
    ),
  ];
}

function named(code: string, meanings: Meanings): NamedCharacter {
  const meaning = meanings[code];
  return meaning === undefined ? { code } : { code, zh: meaning[0], en: meaning[1] };
}

/**
 * Bulk check of shape and both check digits; equal to `parseCreditCode(code).ok`, without building an explanation.
 * Meant for imports of millions of rows.
 */
export function isCreditCode(code: string): boolean {
  if (code.length !== 18) return false;
  let sum = 0;
  let innerSum = 0;
  for (let index = 0; index < 17; index++) {
    const unit = code.charCodeAt(index);
    const value = unit < 128 ? CREDIT_VALUES[unit]! : -1;
    if (value < 0 || (index >= 2 && index < 8 && value > 9)) return false;
    sum += value * CREDIT_WEIGHTS[index]!;
    if (index >= 8 && index < 16) innerSum += ORGANISATION_VALUES[unit]! * ORGANISATION_WEIGHTS[index - 8]!;
  }
  const last = code.charCodeAt(17);
  if (last >= 128 || CREDIT_VALUES[last] !== (31 - (sum % 31)) % 31) return false;
  const inner = (11 - (innerSum % 11)) % 11;
  return ORGANISATION_VALUES[code.charCodeAt(16)] === (inner === 10 ? 33 : inner);
}

/**
 * Builds a code with both check characters, for demonstrations and tests; real codes come from the registration
 * authority alone.
 * @param department first character, such as `9`
 * @param category second character, such as `1`
 * @param region six digits, GB/T 2260
 * @param body8 organisation code body, 8 characters without I, O, S, V, Z
 * @throws IdentifierError naming the wrong character of the assembled code
 */
export function composeCreditCode(department: string, category: string, region: string, body8: string): string {
  const problems = [
    ...examineShape(part('department', '登记管理部门代码', 'department character'), upperCase(department), [
      letters(1),
    ]),
    ...examineShape(part('category', '机构类别代码', 'category character'), upperCase(category), [letters(1)]),
    ...examineShape(part('region', '登记管理机关行政区划码', 'region code'), region, [digits(6)]),
    ...examineShape(part('body', '主体标识码本体', 'organisation code body'), upperCase(body8), [letters(8)]),
  ];
  if (problems.length > 0) throw new IdentifierError(problems);
  const body17 = upperCase(department + category + region) + composeOrganisationCode(body8).replace('-', '');
  return body17 + checkCharacterOf(body17);
}

function part(suffix: string, zh: string, en: string): Subject {
  return { code: `credit-code-${suffix}`, zh, en };
}
