import { z } from 'zod';
import { list, text } from './reading.ts';

const Rules = z.object({
  product: text,
  productName: text,
  version: text,
  method: text,
  items: list(z.object({ item: z.string(), method: text, limit: text, unit: text, severity: text, judge: text })),
  testSample: text,
  spareSample: text,
  sampleUnit: text,
  minimumStock: text,
  verdictRule: text,
  retestDays: text,
});
export type Rules = z.infer<typeof Rules>;

/** Detailed rules as they were published; undefined when the body is of another shape. */
export function readRules(body: unknown): Rules | undefined {
  const read = Rules.safeParse(body);
  return read.success && read.data.items.length > 0 ? read.data : undefined;
}
