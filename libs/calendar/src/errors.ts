/** Stable codes of everything this library refuses. */
export type CalendarErrorCode =
  | 'impossible-date'
  | 'impossible-instant'
  | 'out-of-range'
  | 'not-offered'
  | 'amount-not-whole'
  | 'negative-amount'
  | 'end-before-start'
  | 'window-without-end'
  | 'window-ends-before-it-opens'
  | 'before-limit-does-not-roll'
  | 'before-limit-does-not-stop'
  | 'hours-do-not-roll'
  | 'unit-mismatch'
  | 'duplicate-year'
  | 'conflicting-notices'
  | 'notice-date-outside-year';

/** What an officer is told: `code` is for programs, `zh` and `en` are whole sentences for people. */
export class CalendarError extends Error {
  override readonly name = 'CalendarError';
  readonly code: CalendarErrorCode;
  readonly zh: string;
  readonly en: string;

  constructor(code: CalendarErrorCode, zh: string, en: string) {
    super(`${zh} ${en}`);
    this.code = code;
    this.zh = zh;
    this.en = en;
  }
}
