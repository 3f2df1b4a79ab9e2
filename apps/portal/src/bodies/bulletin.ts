import { z } from 'zod';
import { list, text } from './reading.ts';

const Batch = z.object({
  enterprise: text,
  creditCode: text,
  role: text,
  product: text,
  model: text,
  batch: text,
  labelledProducer: text,
  items: list(z.object({ item: z.string(), limit: text, result: text, unit: text })),
  note: text,
});
export type Batch = z.infer<typeof Batch>;

const count = z.number().int().nonnegative();

const Bulletin = z.object({
  product: text,
  period: text,
  counts: z.object({ total: count, conforms: count, fails: count }),
  failing: list(Batch),
  passing: list(Batch),
});
export type Bulletin = z.infer<typeof Bulletin>;

/** A bulletin as it was published; undefined when the body is of another shape. */
export function readBulletin(body: unknown): Bulletin | undefined {
  const read = Bulletin.safeParse(body);
  return read.success ? read.data : undefined;
}
