import { parseDate } from './days.ts';
import type { Step } from './explain.ts';
import { type StepKind, stepText } from './step-text.ts';

/** Neighbouring steps that say the same, as one line; `from` and `to` are equal for a single day. */
export interface SummaryLine {
  readonly from: string;
  readonly to: string;
  /** The instant, for clocks in hours; else null. */
  readonly at: string | null;
  readonly kind: StepKind;
  readonly zh: string;
  readonly en: string;
}

const MERGED: ReadonlySet<StepKind> = new Set([
  'counted',
  'make-up',
  'weekend',
  'holiday',
  'suspended',
  'travel',
  'rolled',
]);

function continues(previous: Step, next: Step): boolean {
  return (
    MERGED.has(next.kind) &&
    next.at === null &&
    previous.kind === next.kind &&
    previous.unit === next.unit &&
    previous.provisional === next.provisional &&
    previous.reason?.zh === next.reason?.zh &&
    Math.abs(parseDate(next.date) - parseDate(previous.date)) === 1
  );
}

function lineOf(first: Step, last: Step): SummaryLine {
  const [from, to] = first.date <= last.date ? [first.date, last.date] : [last.date, first.date];
  const counts = first.count === null || last.count === null ? null : ([first.count, last.count] as const);
  const { kind, unit, reason, provisional } = first;
  return { from, to, at: first.at, kind, ...stepText({ kind, unit, counts, reason, provisional }) };
}

/** The steps of `explainDeadline` with runs of equal days joined: 'days 1 to 5', 'Spring Festival, not counted'. */
export function summarise(steps: readonly Step[]): SummaryLine[] {
  const lines: SummaryLine[] = [];
  let first: Step | undefined;
  let last: Step | undefined;
  for (const step of steps) {
    if (first !== undefined && last !== undefined && continues(last, step)) {
      last = step;
      continue;
    }
    if (first !== undefined && last !== undefined) lines.push(lineOf(first, last));
    first = step;
    last = step;
  }
  if (first !== undefined && last !== undefined) lines.push(lineOf(first, last));
  return lines;
}
