/** What went wrong, in words an inspector understands and with a code a program can test. */
export interface StatisticsErrorDetail {
  /** Stable machine code, for example `sample-larger-than-lot`. */
  readonly code: string;
  /** Name of the argument at fault, as the caller spells it. */
  readonly argument: string;
  /** Clause, standard or paper the requirement comes from. */
  readonly clause: string;
  readonly zh: string;
  readonly en: string;
}

/**
 * Raised by every function of this library when an input is outside what the cited method allows,
 * or when a standard's table has not been imported. Never raised for a legitimate statistical result.
 */
export class StatisticsError extends Error {
  override readonly name = 'StatisticsError';
  readonly code: string;
  readonly argument: string;
  readonly clause: string;
  readonly zh: string;
  readonly en: string;

  constructor(detail: StatisticsErrorDetail) {
    super(`${detail.en} [${detail.code}: ${detail.argument}; ${detail.clause}]`);
    this.code = detail.code;
    this.argument = detail.argument;
    this.clause = detail.clause;
    this.zh = detail.zh;
    this.en = detail.en;
  }
}
