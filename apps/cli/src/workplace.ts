import type { Command, Label, Outcome } from '@hengjian/kernel';
import type { ListInput, RecordView } from '@hengjian/reading';

/** One row of what an import says about a file. */
export interface ImportRow {
  row: number;
  column: string | null;
  level?: string;
  code: string;
  zh: string;
  en: string;
  value: string | null;
}

export interface ImportOutcome {
  good: number;
  bad: number;
  rows: ImportRow[];
}

export interface ImportRequest {
  kind: string;
  path: string;
  format: 'csv' | 'xlsx';
  source?: string;
  asOf?: string;
  /** Looks at every row and takes none; for ledgers. */
  preview?: boolean;
}

/** What an officer does, on an installation itself or through its server; the rules are the same on both ways. */
export interface Workplace {
  act(command: Command): Promise<Pick<Outcome, 'record' | 'event' | 'replayed' | 'sheet'> & { shown: Shown | null }>;
  query(name: string, input: Record<string, string>): Promise<unknown>;
  /** One page; pass `next` on as `cursor`. */
  list(input: Partial<ListInput>): Promise<{ rows: RecordView[]; next: string | null }>;
  /** The fields of a record as its page shows them to this officer. */
  fields(record: string): Promise<Record<string, unknown>>;
  import(request: ImportRequest, onProgress: (done: number, total: number | null) => void): Promise<ImportOutcome>;
  /** The file that the server makes of a list, and notes as exported; null where there is no server. */
  download(format: 'csv' | 'xlsx', input: Partial<ListInput>): Promise<Uint8Array | null>;
  /** Notes that these records were taken out of the platform, and for what. */
  noteExport(rows: readonly RecordView[], purpose: string | undefined): Promise<void>;
  close(): Promise<void>;
}

/** A record in one line. */
export interface Shown {
  number: string | null;
  title: string;
  stateLabel: Label;
}
