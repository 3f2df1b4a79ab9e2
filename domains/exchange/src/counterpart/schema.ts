import { z } from 'zod';

const Label = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const code = z.string().regex(/^[a-z][a-z0-9-]*$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** One field of a message: the foreign name, where its value is found with us, and in which form the counterpart wants it. */
const MessageField = z
  .strictObject({
    /** The field as the counterpart calls it. */
    name: z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/),
    label: Label,
    /** Field of our record as `field` or `field.part`; `$number`, `$officeName`, `$occurredOn` come from the record's head. */
    from: z
      .string()
      .regex(/^(?:\$(?:number|officeName|occurredOn)|[a-z][A-Za-z0-9]*(?:\.[a-z][A-Za-z0-9]*)?)$/)
      .optional(),
    /** The same text in every message. */
    value: z.string().min(1).optional(),
    required: z.boolean().default(false),
    /** Most characters that the counterpart takes. */
    max: z.int().positive().optional(),
    /** Our code → the counterpart's. A value outside the list is a fault, never passed through. */
    codes: z.record(z.string(), z.string()).optional(),
    date: z.enum(['YYYYMMDD', 'YYYY-MM-DD', 'YYYY/MM/DD']).optional(),
    /** Decimal number: multiplied by `factor` where the counterpart counts in another unit, with so many places. */
    number: z
      .strictObject({
        factor: z
          .string()
          .regex(/^\d+(\.\d+)?$/)
          .optional(),
        places: z.int().min(0).max(12),
        unit: z.string().optional(),
      })
      .optional(),
    /** Each row of a list as one text, `{part}` filled from the row. */
    each: z.string().optional(),
    separator: z.string().default('；'),
  })
  .refine((field) => (field.from === undefined) !== (field.value === undefined), {
    error: 'takes its value either from a field of ours (from) or always the same one (value)',
  })
  .refine((field) => [field.codes, field.date, field.number, field.each].filter(Boolean).length <= 1, {
    error: 'has one form at most: codes, date, number or each',
  });
export type MessageField = z.infer<typeof MessageField>;

const Message = z.strictObject({
  name: code,
  label: Label,
  basis: z.string().min(1),
  /** The kind of record and the actions that make it due. */
  entity: z.string().regex(/^[a-z][a-z-]*\.[a-z][a-z-]*$/),
  on: z.array(z.string()).min(1),
  /** Fields of the record that must have one of these values. */
  when: z.record(z.string(), z.array(z.string()).min(1)).default({}),
  /** A statutory term for the dispatch, counted from a date of the record. */
  clock: z.strictObject({ name: z.enum(['double-publicity']), from: z.string() }).optional(),
  fields: z.array(MessageField).min(1),
});
export type Message = z.infer<typeof Message>;

const headings = z.array(z.string().min(1)).min(1);

/** One edition of a national system: what is exchanged with it, in which form, through which ports. */
export const Counterpart = z.strictObject({
  system: code,
  edition: z.string().regex(/^\d{4}-\d{2}$/),
  inForce: day,
  short: Label,
  label: Label,
  basis: z.string().min(1),
  /** How sure the foreign format is: published, partly published, or assumed until the counterpart confirms it. */
  confidence: z.enum(['public', 'partly-public', 'assumed']),
  source: Label,
  ports: z.array(z.enum(['file', 'api'])).min(1),
  formats: z.array(z.enum(['csv', 'xlsx', 'json'])).min(1),
  messages: z.array(Message).min(1),
  /** How its receipt file names its columns, and which words mean accepted and rejected. */
  receipt: z.strictObject({
    columns: z.strictObject({
      key: headings,
      outcome: headings,
      foreignNumber: headings,
      code: headings,
      reason: headings,
    }),
    accepted: headings,
    rejected: headings,
  }),
  /** How its list of what it holds names its columns; values stand under the foreign names of the message's fields. */
  list: z.strictObject({
    columns: z.strictObject({ key: headings, message: headings, foreignNumber: headings, receivedOn: headings }),
  }),
  /** Failures that it assigns to us: columns of our ledger of outside failures ← its fields. */
  incoming: z
    .strictObject({
      source: z.enum(['national', 'other-province', 'food', 'city', 'county']),
      columns: z.record(
        z.string(),
        z.union([z.strictObject({ from: z.string() }), z.strictObject({ value: z.string() })]),
      ),
    })
    .optional(),
});
export type Counterpart = z.infer<typeof Counterpart>;
