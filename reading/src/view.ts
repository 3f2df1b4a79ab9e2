import { type Deadline, daysLeft, statusOf } from '@hengjian/calendar';
import { dayInChina, type Kernel, type Label, type Row, type Transaction } from '@hengjian/kernel';

/** A record as every list shows it. */
export interface RecordView {
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
  due: string | null;
  dueState: 'none' | 'running' | 'due-soon' | 'overdue';
  workingDaysLeft: number | null;
  opened: string;
  updated: string;
  closedAt: string | null;
  version: number;
  /** Declared fields, where a list carries them. */
  fields?: Record<string, unknown>;
}

/** Columns of the register that a view needs; `p` is the handler. */
export const registerColumns = `r.id, r.entity, r.office, r.number, r.title, r.state, r.subject, r.subject_name, r.handler, r.due,
  r.opened_at, r.updated_at, r.closed_at, r.version, r.next_roles, r.sheet, r.parent`;

/** Turns rows of the register into what lists show; names of handlers come in one further read. */
export async function viewRecords(kernel: Kernel, sql: Transaction, rows: readonly Row[]): Promise<RecordView[]> {
  const handlers = [...new Set(rows.map(({ handler }) => handler).filter((id) => id !== null))];
  const people =
    handlers.length === 0
      ? []
      : await sql.query<{ id: string; name: string }>('select id, name from kernel.person where id = any($1)', [
          handlers,
        ]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const today = dayInChina(kernel.now());
  return rows.map((row) => viewRecord(kernel, row, names, today));
}

function viewRecord(kernel: Kernel, row: Row, names: ReadonlyMap<string, string>, today: string): RecordView {
  const lifecycle = kernel.register.lifecycles.get(row.entity as string)!;
  const state = lifecycle.states[row.state as string]!;
  const office = kernel.offices.get(row.office as string);
  const due = row.due as string | null;
  const deadline: Deadline | null =
    due === null || row.closed_at !== null
      ? null
      : {
          kind: 'within',
          unit: 'working-day',
          startsOn: due,
          opensOn: null,
          dueOn: due,
          opensAt: null,
          dueAt: null,
          provisional: false,
        };
  return {
    id: row.id as string,
    entity: row.entity as string,
    entityLabel: lifecycle.entity.label,
    number: row.number as string | null,
    title: row.title as string,
    state: row.state as string,
    stateLabel: { zh: state.zh, en: state.en },
    closed: state.closed,
    office: {
      code: row.office as string,
      label: office?.label ?? { zh: row.office as string, en: row.office as string },
    },
    subject: row.subject === null ? null : { id: row.subject as string, name: row.subject_name as string },
    handler: row.handler === null ? null : { id: row.handler as string, name: names.get(row.handler as string) ?? '' },
    due,
    dueState: deadline === null ? 'none' : statusOf(deadline, today, kernel.calendar),
    workingDaysLeft: deadline === null ? null : daysLeft(deadline, today, kernel.calendar),
    opened: row.opened_at as string,
    updated: row.updated_at as string,
    closedAt: row.closed_at as string | null,
    version: row.version as number,
  };
}
