import { z } from 'zod';
import { text } from './reading.ts';

const ServiceByNotice = z.object({
  addressee: z.string(),
  paper: z.string(),
  fetchAt: text,
  publicisedOn: text,
  /** The day on which the paper counts as served. */
  servedOn: text,
});
export type ServiceByNotice = z.infer<typeof ServiceByNotice>;

/** A notice that papers wait for somebody who could not be found; undefined when the body is of another shape. */
export function readServiceByNotice(body: unknown): ServiceByNotice | undefined {
  const read = ServiceByNotice.safeParse(body);
  return read.success ? read.data : undefined;
}
