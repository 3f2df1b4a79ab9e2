import type { Actor } from '@hengjian/kernel';
import type { Platform } from '../platform.ts';

interface Reading {
  at: string;
  person: string;
  role: string;
  office: string | null;
  record: string;
  entity: string;
  how: 'open' | 'export' | 'print' | 'reveal';
  purpose: string | null;
}

/** Who opened what and why; written in batches outside the read, never lost but by a crash within the second. */
export interface ReadLog {
  note(actor: Actor, record: string, entity: string, how: Reading['how'], purpose?: string): void;
  flush(): Promise<void>;
}

export function createReadLog(platform: Platform): ReadLog {
  let waiting: Reading[] = [];
  let timer: NodeJS.Timeout | undefined;
  const log: ReadLog = {
    note(actor, record, entity, how, purpose) {
      waiting.push({
        at: platform.now().toISOString(),
        person: actor.person,
        role: actor.role,
        office: actor.office,
        record,
        entity,
        how,
        purpose: purpose ?? null,
      });
      timer ??= setTimeout(() => void log.flush().catch(() => undefined), 1_000);
    },
    async flush() {
      clearTimeout(timer);
      timer = undefined;
      const batch = waiting;
      waiting = [];
      if (batch.length === 0) return;
      const column = (name: keyof Reading): unknown[] => batch.map((reading) => reading[name]);
      await platform.database.transaction(
        'hengjian_machine',
        null,
        (tx) =>
          tx.query(
            `insert into desk.read_log (at, person, role, office, record, entity, how, purpose)
             select * from unnest($1::timestamptz[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[])`,
            [
              column('at'),
              column('person'),
              column('role'),
              column('office'),
              column('record'),
              column('entity'),
              column('how'),
              column('purpose'),
            ],
          ),
        'jobs',
      );
    },
  };
  return log;
}
