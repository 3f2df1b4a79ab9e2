import type { Transaction } from '@hengjian/kernel';
import { mapMessage, type Payload } from '../counterpart/mapping.ts';
import type { Message } from '../counterpart/schema.ts';

/** A record of ours with what stands in its head, as a dispatch is drawn from it. */
export interface Drawn {
  payload: Payload;
  number: string | null;
  title: string;
  subject: string | null;
  subjectName: string | null;
  office: string;
  fields: Record<string, unknown>;
}

/** A column of a state table as its field is declared: `labelled_producer` → `labelledProducer`. */
const camelCase = (column: string): string =>
  column.replaceAll(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());

/**
 * Reads the record under the reader's claim and maps it. Undefined when he may not see it.
 * The table's name comes from a counterpart's file, whose form was checked when it was read.
 */
export async function drawFrom(
  sql: Transaction,
  message: Message,
  source: string,
  factOn: string,
): Promise<Drawn | undefined> {
  const [found] = await sql.query<{
    row: Record<string, unknown>;
    number: string | null;
    title: string;
    subject: string | null;
    subjectName: string | null;
    office: string;
    officeName: string;
  }>(
    `select to_jsonb(t) as row, r.number, r.title, r.subject, r.subject_name as "subjectName", r.office, o.zh as "officeName"
     from ${message.entity.replaceAll('-', '_')} t join kernel.record r on r.id = t.id join kernel.office o on o.code = r.office where t.id = $1`,
    [source],
  );
  if (found === undefined) return undefined;
  const { row, officeName, ...head } = found;
  const fields = Object.fromEntries(Object.entries(row).map(([column, value]) => [camelCase(column), value]));
  const payload = mapMessage(message, { fields, $number: head.number, $officeName: officeName, $occurredOn: factOn });
  return { ...head, fields, payload };
}

/** Whether the record is one of those that the message is about. */
export const concerns = (message: Message, fields: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(message.when).every(([name, values]) => values.includes(String(fields[name])));
