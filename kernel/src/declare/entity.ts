import type { z } from 'zod';
import { type FieldMeta, findMeta, type Label, labelOf } from './field.ts';

/** What every state table has beside its declared fields. */
export interface RecordColumns {
  id: string;
  home: number;
  office: string;
  parties: string[];
  state: string;
}

/** A kind of record: its fields, how it is called and whom it is about. */
export interface Entity<Shape extends z.ZodRawShape = z.ZodRawShape> {
  name: string;
  table: string;
  label: Label;
  shape: Shape;
  fields: { name: string; column: string; meta: FieldMeta; schema: z.ZodType }[];
  title: (row: RowOf<Shape>) => string;
  subject: ((row: RowOf<Shape>) => { id: string; name: string } | null) | undefined;
  /** Words to be found by beside title and number: codes, addresses, other names. */
  words: ((row: RowOf<Shape>) => (string | null | undefined)[]) | undefined;
  /** What the record is for and what to do first: the text of an empty list. */
  purpose: Label;
}

type RowOf<Shape extends z.ZodRawShape> = z.infer<z.ZodObject<Shape>> & RecordColumns;
/** A row of an entity: its fields and the columns that every record has. */
export type RecordRow<E> = E extends Entity<infer Shape> ? RowOf<Shape> : never;

/**
 * Declares an entity. Field identifiers are camelCase, columns the same in snake_case, the table `schema.name`.
 * @throws Error naming the field when it is not declared with `field.…()` or is both public and personal.
 */
export function entity<Shape extends z.ZodRawShape>(
  name: string,
  label: string | Label,
  declaration: {
    fields: Shape;
    title: (row: RowOf<Shape>) => string;
    subject?: (row: RowOf<Shape>) => { id: string; name: string } | null;
    words?: (row: RowOf<Shape>) => (string | null | undefined)[];
    purpose: Label;
  },
): Entity<Shape> {
  const fields = Object.entries(declaration.fields as unknown as Record<string, z.ZodType>).map(
    ([fieldName, schema]) => {
      const meta = findMeta(schema);
      if (meta === undefined) throw new Error(`${name}.${fieldName} is not declared with field.…().`);
      if (meta.public && meta.personal) throw new Error(`${name}.${fieldName} is personal and cannot be public.`);
      return { name: fieldName, column: snakeCase(fieldName), meta, schema };
    },
  );
  return {
    name,
    table: name.replaceAll('-', '_'),
    label: labelOf(label, name),
    shape: declaration.fields,
    fields,
    title: declaration.title,
    subject: declaration.subject,
    words: declaration.words,
    purpose: declaration.purpose,
  };
}

export function snakeCase(identifier: string): string {
  return identifier.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
