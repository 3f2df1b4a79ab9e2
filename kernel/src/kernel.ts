import type { Calendar } from '@hengjian/calendar';
import type { Database } from './database/database.ts';
import type { Label } from './declare/field.ts';
import type { Register } from './register.ts';

export interface Office {
  code: string;
  parent: string | null;
  kind: string;
  label: Label;
  /** Short name in official numbers, e.g. 湘市监. */
  short: string;
  region: string;
  home: number;
  /** Codes from the root down to this office. */
  place: string[];
  /** Day since which it takes nothing new; its records stay. */
  closedOn: string | null;
}

/** Keeps uploaded files by their content. */
export interface FileStore {
  put(content: Uint8Array): Promise<{ sha256: string; size: number }>;
  get(sha256: string): Promise<Uint8Array>;
}

/** The running platform: what was declared, and what it runs on. */
export interface Kernel {
  register: Register;
  database: Database;
  calendar: Calendar;
  offices: Map<string, Office>;
  files: FileStore;
  now: () => Date;
}

const chinaOffset = 8 * 3_600_000;

/** The day in China (UTC+8, no daylight saving since 1991) of an instant. */
export function dayInChina(instant: Date | string): string {
  return new Date(new Date(instant).getTime() + chinaOffset).toISOString().slice(0, 10);
}

/** Reads the tree of offices; again whenever it changes. */
export async function loadOffices(database: Database): Promise<Map<string, Office>> {
  const rows = await database.transaction('hengjian_machine', null, (tx) =>
    tx.query<{
      code: string;
      parent: string | null;
      kind: string;
      zh: string;
      en: string;
      short: string;
      region: string;
      home: number;
      place: string[];
      closedOn: string | null;
    }>(
      'select code, parent, kind, zh, en, short, region, home, place, closed_on as "closedOn" from kernel.office order by place',
    ),
  );
  return new Map(rows.map(({ zh, en, ...row }) => [row.code, { ...row, label: { zh, en } }]));
}

/** The office and everything below it. */
export function officesBelow(offices: ReadonlyMap<string, Office>, code: string): string[] {
  return [...offices.values()].filter(({ place }) => place.includes(code)).map((office) => office.code);
}
