/** One thing that is wrong, or worth a remark, in a document, an event, an identifier or a query. */
export interface EpcisProblem {
  /** Stable, language-free code such as `event-time-missing`. */
  readonly code: string;
  /** Place: a JSON pointer (`/epcisBody/eventList/0/action`), an XPath (`/EPCISDocument[1]/…`), or empty for the whole. */
  readonly path: string;
  /** A sentence for the person who wrote the document. */
  readonly zh: string;
  readonly en: string;
  /** What stands there, shortened. */
  readonly found?: string;
  /** What could stand there. */
  readonly expected?: string;
  /** Line and column in the text, counted from 1 (XML only). */
  readonly line?: number;
  readonly column?: number;
}

/** A value with remarks, or the full list of what is wrong. */
export type EpcisResult<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly EpcisProblem[] }
  | { readonly ok: false; readonly problems: readonly EpcisProblem[] };

/** Thrown by functions that cannot answer with a list of problems. */
export class EpcisError extends Error {
  override readonly name = 'EpcisError';
  /** Code of the first problem. */
  readonly code: string;
  readonly problems: readonly EpcisProblem[];

  constructor(problems: readonly EpcisProblem[]) {
    super(problems.map((problem) => `${problem.zh} ${problem.en}`).join(' '));
    this.code = problems[0]?.code ?? 'epcis';
    this.problems = problems;
  }
}

/** Shortens a value for a sentence. */
export function brief(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Takes the value out of a result, or throws everything that is wrong. */
export function requireValue<T>(result: EpcisResult<T>): T {
  if (result.ok) return result.value;
  throw new EpcisError(result.problems);
}
