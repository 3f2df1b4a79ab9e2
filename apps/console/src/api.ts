/**
 * The shapes that the server speaks, written by hand after its HTTP contract (version 1).
 * `date` is YYYY-MM-DD; `instant` is ISO 8601 with offset; a Label always carries both languages.
 */
export type Label = { zh: string; en: string };
export type IsoDate = string;
export type Instant = string;

export type FieldType =
  | 'text'
  | 'long-text'
  | 'number'
  | 'decimal'
  | 'money'
  | 'date'
  | 'instant'
  | 'boolean'
  | 'choice'
  | 'region'
  | 'office'
  | 'reference'
  | 'list'
  | 'object'
  | 'identifier'
  | 'file';

export type FieldView = {
  name: string;
  label: Label;
  type: FieldType;
  unit?: string;
  choices?: { value: string; label: Label }[];
  reference?: string;
  public: boolean;
  personal?: Label;
  required: boolean;
  help?: Label;
  item?: FieldView[];
};

export type ActionView = {
  name: string;
  label: Label;
  from: string[];
  to: string[];
  input: FieldView[];
  needs: string[];
  /** Kinds of paper that the action writes itself. */
  papers: string[];
  basis: string;
  by: Label[];
  approval: Label[] | null;
  danger: boolean;
  /** May the present post take it at all? */
  mine: boolean;
};

export type EntityView = {
  name: string;
  domain: string;
  label: Label;
  /** What the list is for and what to do first. */
  purpose?: Label;
  fields: FieldView[];
  states: Record<string, Label & { closed?: boolean }>;
  actions: ActionView[];
  documents: Record<string, Label>;
  clocks: Record<string, { label: Label; basis: string }>;
  /** `columns` at first, `offered` altogether; `sorts` are the declared fields by which this reader may sort. */
  list: { columns: string[]; offered: string[]; sorts: string[]; filters: string[] };
};

export type OfficeView = { code: string; parent: string | null; kind: string; label: Label; region: string | null };
export type Declarations = { entities: EntityView[]; roles: Record<string, Label>; offices: OfficeView[] };

export type GrantView = {
  id: string;
  role: string;
  roleLabel: Label;
  place: Label;
  office: string | null;
  organisation: string | null;
  until: IsoDate | null;
  actingFor: { name: string } | null;
};

export type Me = {
  person: { id: string; name: string };
  grant: GrantView | null;
  grants: GrantView[];
  demonstration: boolean;
  banner: Label | null;
};

export type DemonstrationPerson = { id: string; name: string; role: Label; office: Label; does: Label };
export type Demonstration = { enabled: boolean; people: DemonstrationPerson[] };

export type DueState = 'none' | 'running' | 'due-soon' | 'overdue';

export type RecordRow = {
  id: string;
  entity: string;
  entityLabel: Label;
  number: string | null;
  title: string;
  state: string;
  stateLabel: Label;
  closed: boolean;
  office: { code: string; label: Label };
  subject: { id: string; name: string } | null;
  handler: { id: string; name: string } | null;
  due: IsoDate | null;
  dueState: DueState;
  workingDaysLeft: number | null;
  opened: Instant;
  updated: Instant;
  closedAt: Instant | null;
  version: number;
  /** Declared fields, where the list carries them. */
  fields?: Record<string, unknown>;
};

export type RecordList = { rows: RecordRow[]; next: string | null; total: number | null };

export type InboxKey = 'overdue' | 'due-soon' | 'approvals' | 'returned' | 'to-do' | 'handed-over' | 'parked';
/** `waits`: why nothing is possible yet, when nothing is. */
export type InboxRow = RecordRow & { next: { action: string; label: Label } | null; waits: Label | null };
export type Inbox = {
  groups: { key: InboxKey; label: Label; rows: InboxRow[] }[];
  counts: Partial<Record<InboxKey, number>>;
};

export type CanView = {
  action: string;
  label: Label;
  enabled: boolean;
  why: Label | null;
  who: Label[];
  input: FieldView[];
  needs: { kind: string; label: Label; held: boolean }[];
  approval: Label[] | null;
  danger: boolean;
  /** Possible, but not what the record waits for. */
  aside: boolean;
};

/** A run of equal days in the arithmetic of a deadline. */
export type ClockStep = { from: IsoDate; to: IsoDate; zh: string; en: string };
export type ClockView = {
  name: string;
  label: Label;
  basis: string;
  startedOn: IsoDate;
  dueOn: IsoDate | null;
  dueAt: Instant | null;
  status: 'running' | 'met' | 'late' | 'expired' | 'suspended' | 'cancelled';
  daysLeft: number | null;
  unit: Label;
  provisional: boolean;
  steps: ClockStep[];
};

export type FieldChange = { field: string; label: Label; old: unknown; new: unknown };
export type TimelineEntry = {
  id: string;
  action: string;
  label: Label;
  actor: { name: string; role: Label; actingFor: string | null };
  occurredAt: Instant;
  recordedAt: Instant;
  from: Label | null;
  to: Label;
  note: string | null;
  changes: FieldChange[];
  documents: DocumentView[];
  sealed: number | null;
};

export type DocumentView = {
  id: string;
  kind: string;
  label: Label;
  title: string;
  number: string | null;
  createdAt: Instant;
  size: number | null;
  url: string;
};

export type RecordPage = RecordRow & {
  fields: Record<string, unknown>;
  /** Titles of the records that the fields refer to, by id. */
  titles: Record<string, string>;
  can: CanView[];
  clocks: ClockView[];
  timeline: TimelineEntry[];
  documents: DocumentView[];
  related: RecordRow[];
  parent: RecordRow | null;
  handovers: RecordRow[];
  approval: RecordRow | null;
};

export type CommandDocument = { kind: string; upload: string };
export type Command = {
  id: string;
  record?: string;
  version?: number;
  input: Record<string, unknown>;
  occurredAt?: Instant;
  documents?: CommandDocument[];
  note?: string;
  parent?: string;
};
/** `sheet` is the approval sheet on which the command now waits, if it does. */
export type CommandResult = {
  record: RecordRow;
  event: string;
  created: RecordRow[];
  replayed: boolean;
  sheet: string | null;
};
export type PreviewResult = { allowed: true; preview: Record<string, unknown> };

export type ProblemError = { path: string; code: string; zh: string; en: string };
export type ProblemBody = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  detailEn: string;
  errors?: ProblemError[];
  current?: RecordPage;
};

export type SearchResult = { groups: { entity: string; label: Label; rows: RecordRow[]; more: boolean }[] };
export type Upload = { id: string; name: string; size: number; type: string; sha256: string };

export type RowProblem = {
  row: number;
  column: string | null;
  level?: 'error' | 'issue' | 'remark';
  code: string;
  zh: string;
  en: string;
  value: unknown;
};
export type ImportReport = { good: number; bad: number; preview?: boolean; rows: RowProblem[] };
export type Job = {
  id: string;
  kind: string;
  label: Label;
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  done: number;
  total: number | null;
  report: Partial<ImportReport> | Label | null;
};
