import { type Checked, IdentifierError, type IssuerOption, type Problem, settle } from './result.ts';
import { capitalsOrDigits, examineShape, oneOf, type Subject, upperCase, wrongCheckDigit } from './shape.ts';

/** Organisation code, GB 11714-1997. Survives as characters 9–17 of the unified social credit code. */
export interface OrganisationCode {
  /** Shown form, `D2143569-X`. */
  readonly code: string;
  readonly body: string;
  readonly checkDigit: string;
}

const SUBJECT: Subject = { code: 'organisation-code', zh: '组织机构代码', en: 'organisation code' };
const BODY_SUBJECT: Subject = { ...SUBJECT, zh: '组织机构代码本体代码', en: 'organisation code body' };
const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_DIGITS = '0123456789X';

function characterValue(character: string): number {
  const unit = character.charCodeAt(0);
  return unit <= 57 ? unit - 48 : unit - 55;
}

/** Check digit of an 8-character body that is known to consist of 0–9 and A–Z. GB 11714: weights 3 7 9 10 5 8 4 2, modulus 11. */
export function organisationCheckDigit(body: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * characterValue(body[index] ?? '0'), 0);
  return CHECK_DIGITS[(11 - (sum % 11)) % 11]!;
}

/** Reads `XXXXXXXX-C` or `XXXXXXXXC`. */
export function parseOrganisationCode(text: string, options: IssuerOption = {}): Checked<OrganisationCode> {
  const written = upperCase(text);
  const hyphen = written[8] === '-' ? 1 : 0;
  const compact = hyphen === 1 ? written.slice(0, 8) + written.slice(9) : written;
  const problems = examineShape(SUBJECT, compact, [capitalsOrDigits(8), oneOf(CHECK_DIGITS)]).map((problem) =>
    hyphen === 1 && (problem.position ?? 0) > 8 ? { ...problem, position: problem.position! + hyphen } : problem,
  );
  const warnings: Problem[] = [];
  const body = compact.slice(0, 8);
  const checkDigit = compact.slice(8);
  if (problems.length === 0) {
    const expected = organisationCheckDigit(body);
    if (expected !== checkDigit) {
      const target = options.issuedBy === 'others' ? warnings : problems;
      target.push(wrongCheckDigit(SUBJECT, 9 + hyphen, checkDigit, expected));
    }
  }
  return settle(problems, warnings, () => ({ code: `${body}-${checkDigit}`, body, checkDigit }));
}

/**
 * Adds the check digit: `D2143569` gives `D2143569-X`. For demonstrations and imports; nobody but the
 * registration authority gives out real codes.
 * @throws IdentifierError when the body is not 8 digits or letters
 */
export function composeOrganisationCode(body8: string): string {
  const body = upperCase(body8);
  const problems = examineShape(BODY_SUBJECT, body, [capitalsOrDigits(8)]);
  if (problems.length > 0) throw new IdentifierError(problems);
  return `${body}-${organisationCheckDigit(body)}`;
}
