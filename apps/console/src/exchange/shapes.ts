/** exchange.desk: what each national system still lacks of ours, what came back and why, what does not agree. */
import type { IsoDate, Label } from '../api.ts';

export type Placed = { code: string; label: Label };

export type MappedField = {
  name: string;
  label: Label;
  from: string;
  required: boolean;
  max: number | null;
  form: string;
};

export type Difference = {
  ordinal: number;
  kind: 'only-ours' | 'only-theirs' | 'differing';
  key: string;
  matter: string | null;
  dispatch: string | null;
  foreignNumber: string | null;
  fields: { field: string; ours: string; theirs: string }[];
};

export type ReconciliationSight = {
  id: string;
  state: 'open' | 'settled';
  since: IsoDate;
  until: IsoDate;
  ours: number;
  theirs: number;
  matched: number;
  onlyOurs: number;
  onlyTheirs: number;
  differing: number;
  open: number;
  differences: Difference[];
};

export type PackageSight = {
  id: string;
  number: string | null;
  messageLabel: string;
  packedOn: IsoDate;
  total: number;
  accepted: number;
  rejected: number;
  digest: string;
};

export type SystemSight = {
  system: string;
  label: Label;
  short: Label;
  edition: string;
  basis: string;
  confidence: 'public' | 'partly-public' | 'assumed';
  source: Label;
  formats: ('csv' | 'xlsx' | 'json')[];
  incoming: boolean;
  messages: { name: string; label: Label; basis: string; fields: MappedField[] }[];
  states: { state: string; label: Label; n: number }[];
  overdue: number;
  connections: { id: string; office: Placed; port: 'file' | 'api'; portLabel: Label; since: IsoDate }[];
  queued: { office: Placed; message: string; messageLabel: Label; n: number; oldest: IsoDate }[];
  packages: PackageSight[];
  reconciliations: ReconciliationSight[];
};

export type Stuck = {
  id: string;
  system: string;
  systemLabel: Label;
  messageLabel: Label;
  office: Placed;
  state: 'rejected' | 'incomplete';
  title: string;
  sourceNumber: string | null;
  source: string;
  reason: string | null;
  code: string | null;
  faults: { field: string; zh: string; en: string }[];
  dueOn: IsoDate | null;
};

export type ExchangeDesk = { today: IsoDate; systems: SystemSight[]; stuck: Stuck[]; more: boolean };
