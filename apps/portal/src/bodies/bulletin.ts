import { z } from 'zod';
import { list, text } from './reading.ts';

const Batch = z.object({
  enterprise: text,
  enterpriseCode: text,
  /** The labelled producer; null where its denial was proved. */
  producer: text,
  producerCode: text,
  productName: text,
  trademark: text,
  model: text,
  batch: text,
  /** Where the sample was taken: `producer`, `seller` or `online`. */
  channel: text,
  laboratory: text,
  failedItems: list(z.object({ item: z.string(), limit: text, result: text, unit: text })),
  seriousness: text,
  retested: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  note: text,
});
export type Batch = z.infer<typeof Batch>;

const count = z.number().int().nonnegative();

/** Ends of a task other than a conclusion; a bulletin of an older form may lack some. */
const other = count.nullish().transform((value) => value ?? 0);

const Counts = z.object({
  conforming: count,
  failing: count,
  voided: other,
  stopped: other,
  notSampled: other,
  terminated: other,
  cancelled: other,
  open: other,
});
export type Counts = z.infer<typeof Counts>;

const Bulletin = z.object({
  productName: text,
  summary: text,
  counts: Counts,
  /** Whether the share that failed may be taken for that of the market; true in bulletins of an older form, which were all drawn. */
  representative: z
    .boolean()
    .nullish()
    .transform((value) => value ?? true),
  rateNote: text,
  failing: list(Batch),
  passing: list(Batch),
});
export type Bulletin = z.infer<typeof Bulletin>;

/** A bulletin as it was published; undefined when the body is of another shape. */
export function readBulletin(body: unknown): Bulletin | undefined {
  const read = Bulletin.safeParse(body);
  return read.success ? read.data : undefined;
}
