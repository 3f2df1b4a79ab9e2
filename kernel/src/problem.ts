/** A refusal that an officer can read: a stable code, a sentence in both languages, where in the input it lies. */
export interface ProblemDetail {
  path: string;
  code: string;
  zh: string;
  en: string;
}

/**
 * Thrown whenever something is refused; nothing has been written when it reaches the caller.
 * `status` is the HTTP status it answers with (RFC 9457).
 */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly errors: ProblemDetail[];
  readonly more: Record<string, unknown>;

  constructor(
    status: number,
    code: string,
    zh: string,
    en: string,
    errors: ProblemDetail[] = [],
    more: Record<string, unknown> = {},
  ) {
    super(`${code}: ${en}`);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.zh = zh;
    this.en = en;
    this.errors = errors;
    this.more = more;
  }
}

/** A sentence that says why not; what `when` and `check` return instead of true. */
export interface Refusal {
  code: string;
  zh: string;
  en: string;
  /** Field of the input it concerns. */
  path?: string;
}

/** Short form for rules: `refuse('too-few', '……', '…')`. */
export function refuse(code: string, zh: string, en: string, path?: string): Refusal {
  return path === undefined ? { code, zh, en } : { code, zh, en, path };
}

export const notFound = (): Problem =>
  new Problem(404, 'not-found', '没有这条记录，或者您无权查看。', 'There is no such record, or you may not see it.');

/** A value that passed the form and that no column can hold: a data exception of the database (SQLSTATE class 22). */
export const valueRefused = (): Problem =>
  new Problem(
    422,
    'value-refused',
    '内容中有系统不能接受的数值、日期或字符。',
    'The content holds a number, date or character that the system cannot take.',
  );

export const notYourOffice = (): Problem =>
  new Problem(
    403,
    'not-your-office',
    '您不能在这个机关登记或更改记录。',
    'You may not enter or change records at this office.',
  );
