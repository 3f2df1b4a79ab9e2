/** What the queries of result handling and of sampling answer. */
import type { Instant, IsoDate, Label } from '../api.ts';

export type Evidence = {
  id: string;
  kind: string;
  title: string;
  number: string | null;
  createdAt: Instant;
  sha256: string;
};

export type ClockSight = {
  name: string;
  label: Label;
  basis: string;
  startedOn: IsoDate;
  opensOn: IsoDate | null;
  dueOn: IsoDate | null;
  status: 'running' | 'met' | 'late' | 'expired' | 'suspended' | 'cancelled';
  daysLeft: number | null;
  unit: Label;
};

export type RecordSight = {
  id: string;
  entity: string;
  entityLabel: Label;
  title: string;
  number: string | null;
  state: string;
  stateLabel: Label;
  closed: boolean;
  office: { code: string; label: Label };
  handler: string | null;
  openedAt: Instant;
  due: IsoDate | null;
  overdue: boolean;
  clocks: ClockSight[];
  evidence: Evidence[];
  missing: Label[];
  next: Label[];
};

export type LoopSight = {
  id: string;
  duty: Label;
  subject: string;
  closing: string | null;
  upstream: string | null;
  blocks: Label[];
  loop: RecordSight;
  records: RecordSight[];
};

/** handling.failure-loops */
export type FailureLoops = {
  failure: { task: string | null; outsideFailure: string | null; product: string; source: string } | null;
  loops: LoopSight[];
  open: number;
};

type Held = { id: string; state: string; stateLabel?: Label };

/** sampling.failure-loop */
export type SamplingSide = {
  task: { id: string; number: string | null; enterpriseName: string; productName: string };
  steps: { name: string; label: Label; on: IsoDate | null }[];
  notices: (Held & { addressee: string; kind: string; servedOn: IsoDate | null })[];
  objections: (Held & { kind: string; filedOn: IsoDate | null })[];
  reversals: (Held & { change: string; effectiveOn: IsoDate | null })[];
  followUps: (Held & { kind: string; subject: string; startedOn: IsoDate; due: IsoDate | null })[];
  bulletins: (Held & { name: string; publishedOn: IsoDate | null })[];
} | null;

export type Tally = { total: number; open: number; overdue: number; unsigned: number; closed: number };

export type LoopRow = {
  duty: Label;
  subject: string;
  product: string;
  source: Label;
  unsigned: boolean;
  urged: { id: string; deadline: IsoDate } | null;
  record: RecordSight;
};

/** handling.open-loops */
export type OpenLoops = Tally & {
  today: IsoDate;
  annulments: number;
  offices: (Tally & { code: string; label: Label })[];
  rows: LoopRow[];
  more: number;
};

/** handling.ledger */
export type Ledger = (Tally & { source: string; label: Label })[];

/** The clock that ends first among those that run. */
export function nearestClock(record: RecordSight): ClockSight | undefined {
  return record.clocks
    .filter((clock) => clock.status === 'running' && clock.dueOn !== null)
    .sort((a, b) => (a.dueOn ?? '').localeCompare(b.dueOn ?? ''))[0];
}

/** All papers of several records in the order in which they came. */
export function chainOf(records: RecordSight[]): (Evidence & { record: RecordSight })[] {
  return records
    .flatMap((record) => record.evidence.map((paper) => ({ ...paper, record })))
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt));
}

/** Share closed of all, 0–1; null when there is nothing to close. */
export function closureRate({ closed, total }: Pick<Tally, 'closed' | 'total'>): number | null {
  return total === 0 ? null : closed / total;
}
