/** One thing that is wrong, or merely worth a remark, in an identifier. */
export interface Problem {
  /** Stable, language-free code such as `credit-code-check-character`. */
  readonly code: string;
  /** Where, counted in characters from 1. For a text that is too short: the first missing character. */
  readonly position?: number;
  /** What stands there (or, for a wrong length, how many characters there are). */
  readonly found?: string;
  /** What should stand there: a character, a range such as `0-9`, or a number of characters. */
  readonly expected?: string;
  /** A sentence for an officer. */
  readonly zh: string;
  readonly en: string;
}

/** The answer of every parser here: a value with remarks, or the full list of what is wrong. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Who gave the number out. What is wrong in a number of our own is an error; on somebody else's label it is only a warning,
 * because such numbers are often mistyped and must still be recordable as printed: a failing check digit, an impossible year
 * or date, a category or authority that does not exist. A text that has not the shape of the number cannot be read as one and
 * stays an error.
 */
export interface IssuerOption {
  /** Default `us`. */
  readonly issuedBy?: 'us' | 'others';
}

/** Thrown by the functions that compose identifiers when the parts given to them cannot form one. */
export class IdentifierError extends Error {
  override readonly name = 'IdentifierError';
  /** Code of the first problem. */
  readonly code: string;
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => `${problem.zh} ${problem.en}`).join(' '));
    this.code = problems[0]?.code ?? 'identifier';
    this.problems = problems;
  }
}

/** Where a problem goes that leaves the number readable: among the warnings on somebody else's label. */
export function placeFor(options: IssuerOption, problems: Problem[], warnings: Problem[]): Problem[] {
  return options.issuedBy === 'others' ? warnings : problems;
}

/** Turns collected problems into the answer; `value` is only built when there are none. */
export function settle<T>(problems: readonly Problem[], warnings: readonly Problem[], value: () => T): Checked<T> {
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: value(), warnings };
}

/**
 * Takes the value out of a checked result.
 * @throws IdentifierError carrying every problem, when there is no value.
 */
export function getValue<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value;
  throw new IdentifierError(checked.problems);
}
