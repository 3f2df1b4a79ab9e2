import type { Label, Lifecycle } from '@hengjian/kernel';
import type { Rule } from './declaration.ts';

/** One sealed event, as the ledger holds it. */
export interface Step {
  id: string;
  record: string;
  entity: string;
  action: string;
  office: string;
  actor: string;
  actorName: string;
  role: string;
  /** Name of the officer for whom a deputy acted. */
  actingFor: string | null;
  /** Null for whoever acts for an office. */
  organisation: string | null;
  hands: { person: string }[];
  /** The days in China on which it took place and was entered. */
  occurredOn: string;
  recordedOn: string;
  /** Instants, in ISO 8601. */
  recordedAt: string;
  input: Record<string, unknown>;
  changes: Record<string, [unknown, unknown]>;
}

/** A kind of paper on a record, and the event that put it there. */
export interface HeldPaper {
  kind: string;
  event: string;
  createdAt: string;
}

/** What a rule found: one fact about one office, and the officer if there is one. */
export interface Finding {
  rule: Rule;
  /** The same fact has the same key however often it is looked at. */
  key: string;
  record: string;
  entity: string;
  office: string;
  event: string | null;
  clock: string | null;
  officer: { id: string; name: string } | null;
  foundOn: string;
  /** The clause that was not kept: of the term where there is one, else of the rule. */
  basis: string;
  facts: Label;
}

/** What is known of a record when one of its steps is looked at. */
export interface Around {
  lifecycle: Lifecycle;
  /** Steps of the same record before this one, in their order. */
  earlier: readonly Step[];
  papers: readonly HeldPaper[];
  /** Working days after the first day up to and including the second; 0 when it is not later. */
  workingDays: (from: string, to: string) => number;
}
