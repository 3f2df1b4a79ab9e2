import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { z } from 'zod';
import { type FieldMeta, findMeta } from '../../kernel/src/declare/field.ts';

/** What a personal text begins with wherever a walk writes one, so that it is found where it should not be. */
export const privateMark = '私密·';

/** What values may point to: records by entity, people, offices, regions, and the day on which it is. */
export interface World {
  records: Map<string, string[]>;
  people: string[];
  offices: string[];
  regions: string[];
  today: string;
}

interface Schema {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  prefixItems?: Schema[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  minItems?: number;
  field?: FieldMeta;
}

const kept = new WeakMap<z.ZodType, Schema>();

/** The schema as JSON Schema, with what the declaration says of each field. */
function describe(schema: z.ZodType): Schema {
  const known = kept.get(schema);
  if (known !== undefined) return known;
  const described = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const meta = findMeta(zodSchema as unknown as z.ZodType);
      if (meta !== undefined) (jsonSchema as Schema).field = meta;
    },
  }) as Schema;
  kept.set(schema, described);
  return described;
}

const day = (today: string, offset: number): string =>
  new Date(Date.parse(today) + offset * 86_400_000).toISOString().slice(0, 10);
const among = (values: readonly unknown[]): fc.Arbitrary<unknown> =>
  values.length === 0 ? fc.constant(randomUUID()) : fc.constantFrom(...values);

/** Values that the schema describes, pointing into the world wherever the declaration says to what they point. */
export function valuesOf(schema: z.ZodType, world: World): fc.Arbitrary<unknown> {
  return build(describe(schema), world);
}

function build(schema: Schema, world: World): fc.Arbitrary<unknown> {
  const pointed = schema.field === undefined ? undefined : byMeaning(schema, schema.field, world);
  if (pointed !== undefined) return pointed;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => build(withField(choice, schema), world)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return among(schema.enum);
  switch (schema.type) {
    case 'object': {
      const properties = Object.entries(schema.properties ?? {});
      const required = new Set(schema.required ?? []);
      return fc.record(Object.fromEntries(properties.map(([name, part]) => [name, build(part, world)])), {
        requiredKeys: properties.map(([name]) => name).filter((name) => required.has(name)),
      });
    }
    case 'array':
      if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map((item) => build(item, world)));
      return fc.array(build(schema.items ?? {}, world), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, Math.max(3, schema.minItems ?? 0)),
      });
    case 'string':
      return text(schema, world);
    case 'integer':
      return fc.oneof(
        fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 50, (schema.minimum ?? 0) + 50) }),
        fc.constantFrom(schema.minimum ?? 0, Math.min(schema.maximum ?? 2_000_000_000, 2_000_000_000)),
      );
    case 'number':
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.constantFrom<unknown>(null, 'x', 1, true, [], {}, { a: [1] });
  }
}

/** What is declared of an optional field stands outside; the choice inside must know it too. */
const withField = (choice: Schema, outer: Schema): Schema =>
  choice.type === 'null' || choice.field !== undefined || outer.field === undefined
    ? choice
    : { ...choice, field: outer.field };

function byMeaning(schema: Schema, field: FieldMeta, world: World): fc.Arbitrary<unknown> | undefined {
  if (schema.type === 'null') return fc.constant(null);
  const everywhere = [...world.records.values()].flat();
  switch (field.type) {
    case 'reference':
      return fc.oneof({ weight: 9, arbitrary: among(world.records.get(field.reference ?? '') ?? []) }, fc.uuid());
    case 'identifier':
      return fc.oneof(among(world.people), among(everywhere), fc.uuid());
    case 'office':
      return among(world.offices);
    case 'region':
      return among(world.regions);
    case 'date':
      return fc.integer({ min: -60, max: 60 }).map((offset) => day(world.today, offset));
    case 'instant':
      return fc.integer({ min: -5, max: 5 }).map((offset) => `${day(world.today, offset)}T02:00:00Z`);
    case 'decimal':
    case 'money':
      return fc.constantFrom('0', '1', '12.5', '99.99', '3000');
    default:
      return undefined;
  }
}

function text(schema: Schema, world: World): fc.Arbitrary<unknown> {
  if (schema.format === 'uuid') return fc.oneof(among([...world.records.values()].flat()), fc.uuid());
  if (schema.format === 'date-time') return fc.constant(`${world.today}T02:00:00Z`);
  const { minLength = 0, maxLength = 60 } = schema;
  const cut = (value: string): string => value.padEnd(minLength, '甲').slice(0, maxLength);
  if (schema.pattern !== undefined) return matching(schema.pattern, maxLength);
  const mark = schema.field?.personal ? privateMark : '';
  return fc
    .constantFrom('星沙电线厂', '第一车间', 'GB/T 1.1', '〔2026〕', '𠮷', "'; --", '<b>', '长'.repeat(200))
    .map((value) => cut(`${mark}${value}`));
}

function matching(pattern: string, maxLength: number): fc.Arbitrary<unknown> {
  try {
    return fc.stringMatching(new RegExp(pattern)).map((value) => value.slice(0, maxLength));
  } catch {
    return fc.constant('x');
  }
}

/** An input with one thing wrong: a field missing, too many, or of another kind. */
export function spoilt(input: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(
      input,
      fc.nat(),
      fc.constantFrom<unknown>(undefined, null, '', -1, 1e308, [], {}, '\u0000', '2026-02-30', '长'.repeat(20_000)),
    )
    .map(([value, at, wrong]) => {
      if (typeof value !== 'object' || value === null) return value;
      const names = [...Object.keys(value), 'surprise'];
      const name = names[at % names.length]!;
      const { [name]: _dropped, ...rest } = value as Record<string, unknown>;
      return wrong === undefined ? rest : { ...rest, [name]: wrong };
    });
}
