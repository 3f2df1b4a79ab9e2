import { z } from 'zod';

/** A text in both languages of the platform. */
export interface Label {
  zh: string;
  en: string;
}

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
  | 'identifier';

/** What a field is beyond its type: who may see it, why it is held, how it is stored. */
export interface FieldMeta {
  label: Label;
  type: FieldType;
  /** May be disclosed to everybody by an act of publication. Never together with `personal`. */
  public: boolean;
  /** Personal information and the purpose it is held for; shown masked. */
  personal?: Label;
  /** An input that its event does not keep: it goes into a table that the readers of the record may not read. */
  sealed?: boolean;
  unit?: string;
  choices?: { value: string; label: Label }[];
  /** Name of the entity that a reference points to. */
  reference?: string;
  column: 'text' | 'integer' | 'numeric' | 'boolean' | 'date' | 'timestamptz' | 'uuid' | 'jsonb' | 'double precision';
  help?: Label;
}

const registry = z.registry<FieldMeta>();

export interface FieldOptions {
  /** English label; without it the field's identifier is made readable. */
  en?: string;
  public?: boolean;
  personal?: Label;
  sealed?: boolean;
  unit?: string;
  help?: Label;
}

function declared<S extends z.ZodType>(
  schema: S,
  type: FieldType,
  column: FieldMeta['column'],
  zh: string,
  options: FieldOptions,
  more: Partial<FieldMeta> = {},
): S {
  const { en = '', public: open = false, ...rest } = options;
  registry.add(schema, { label: { zh, en }, type, column, public: open, ...rest, ...more });
  return schema;
}

const decimalText = /^-?(?:0|[1-9]\d{0,17})(?:\.\d{1,12})?$/;
const isoDate = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** Constructors of fields: each is a zod schema that also knows its label, disclosure and column. */
export const field = {
  text: (zh: string, options: FieldOptions & { max?: number; pattern?: RegExp } = {}) => {
    const { max = 200, pattern, ...rest } = options;
    const schema = z.string().trim().min(1).max(max);
    return declared(pattern ? schema.regex(pattern) : schema, 'text', 'text', zh, rest);
  },
  longText: (zh: string, options: FieldOptions & { max?: number } = {}) => {
    const { max = 10_000, ...rest } = options;
    return declared(z.string().trim().min(1).max(max), 'long-text', 'text', zh, rest);
  },
  integer: (zh: string, options: FieldOptions & { min?: number; max?: number } = {}) => {
    const { min = 0, max = 1_000_000_000, ...rest } = options;
    return declared(z.int().min(min).max(max), 'number', 'integer', zh, rest);
  },
  /** A decimal number as text, so that what was written is what is kept. */
  decimal: (zh: string, options: FieldOptions = {}) =>
    declared(z.string().regex(decimalText), 'decimal', 'numeric', zh, options),
  /** An amount in yuan with at most two decimals. */
  money: (zh: string, options: FieldOptions = {}) =>
    declared(z.string().regex(/^(?:0|[1-9]\d{0,14})(?:\.\d{1,2})?$/), 'money', 'numeric', zh, {
      unit: '元',
      ...options,
    }),
  date: (zh: string, options: FieldOptions = {}) => declared(z.string().regex(isoDate), 'date', 'date', zh, options),
  instant: (zh: string, options: FieldOptions = {}) =>
    declared(z.iso.datetime({ offset: true }), 'instant', 'timestamptz', zh, options),
  flag: (zh: string, options: FieldOptions = {}) => declared(z.boolean(), 'boolean', 'boolean', zh, options),
  choice: <const V extends Record<string, string | Label>>(zh: string, values: V, options: FieldOptions = {}) => {
    const keys = Object.keys(values) as [keyof V & string, ...(keyof V & string)[]];
    const choices = keys.map((value) => ({ value, label: labelOf(values[value]!, value) }));
    return declared(z.enum(keys), 'choice', 'text', zh, options, { choices });
  },
  region: (zh: string, options: FieldOptions = {}) =>
    declared(z.string().regex(/^\d{2}(?:\d{2}){0,2}(?:\d{3})?$/), 'region', 'text', zh, options),
  office: (zh: string, options: FieldOptions = {}) => declared(z.string().max(40), 'office', 'text', zh, options),
  /** Points to a record of another entity. */
  reference: (zh: string, entity: string, options: FieldOptions = {}) =>
    declared(z.uuid(), 'reference', 'uuid', zh, options, { reference: entity }),
  identifier: (zh: string, options: FieldOptions = {}) => declared(z.uuid(), 'identifier', 'uuid', zh, options),
  list: <T extends z.ZodType>(zh: string, item: T, options: FieldOptions & { max?: number } = {}) => {
    const { max = 5_000, ...rest } = options;
    return declared(z.array(item).max(max), 'list', 'jsonb', zh, rest);
  },
  object: <S extends z.ZodRawShape>(zh: string, shape: S, options: FieldOptions = {}) =>
    declared(z.object(shape), 'object', 'jsonb', zh, options),
  /** Anything in JSON; shown as it stands. For what the platform itself keeps, not for forms. */
  json: (zh: string, options: FieldOptions = {}) => declared(z.json(), 'object', 'jsonb', zh, options),
};

/** Makes a field one that may be missing; missing is null in a record and left out in an input. */
export function optional<T extends z.ZodType>(schema: T): z.ZodOptional<z.ZodNullable<T>> {
  return schema.nullish();
}

/** The declared schema inside optional and nullable wrappers. */
export function unwrap(schema: z.ZodType): { schema: z.ZodType; required: boolean } {
  let inner = schema;
  let required = true;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable || inner instanceof z.ZodDefault) {
    required = false;
    inner = inner.unwrap() as z.ZodType;
  }
  return { schema: inner, required };
}

/** What was declared about a field, or undefined for a bare zod schema. */
export function findMeta(schema: z.ZodType): FieldMeta | undefined {
  return registry.get(unwrap(schema).schema);
}

/** A label from its short form: Chinese alone takes the readable identifier as its English. */
export function labelOf(text: string | Label, identifier: string): Label {
  if (typeof text !== 'string') return text.en === '' ? { zh: text.zh, en: readable(identifier) } : text;
  return { zh: text, en: readable(identifier) };
}

/** `labelledProducer` → `Labelled producer`. */
export function readable(identifier: string): string {
  const words = identifier
    .replace(/^.*\./, '')
    .replaceAll(/[-_]/g, ' ')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A field as forms, lists and OpenAPI see it. */
export interface FieldView {
  name: string;
  label: Label;
  type: FieldType;
  required: boolean;
  public: boolean;
  personal?: Label;
  unit?: string;
  choices?: { value: string; label: Label }[];
  reference?: string;
  help?: Label;
  item?: FieldView[];
}

/** Describes the fields of an object schema, nested lists and objects included. */
export function describeFields(schema: z.ZodType): FieldView[] {
  const { schema: inner } = unwrap(schema);
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.shape as Record<string, z.ZodType>).map(([name, part]) => {
    const { schema: bare, required } = unwrap(part);
    const meta = registry.get(bare);
    if (meta === undefined) throw new Error(`The field ${name} is not declared with field.…().`);
    const { label, column: _column, sealed: _sealed, ...rest } = meta;
    const nested = describeFields(bare instanceof z.ZodArray ? (bare.element as z.ZodType) : bare);
    return { name, label: labelOf(label, name), required, ...rest, ...(nested.length > 0 ? { item: nested } : {}) };
  });
}
