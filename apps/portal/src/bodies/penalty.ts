import { z } from 'zod';
import { text } from './reading.ts';

const PenaltyDecision = z.object({
  decisionNumber: z.string(),
  partyName: z.string(),
  partyCode: text,
  violation: z.string(),
  penalty: z.string(),
  authority: z.string(),
  decidedOn: z.string(),
  text: z.string(),
  publishedOn: text,
  until: text,
  repairFrom: text,
});
export type PenaltyDecision = z.infer<typeof PenaltyDecision>;

/** The public version of a penalty decision; undefined when the body is of another shape. */
export function readPenaltyDecision(body: unknown): PenaltyDecision | undefined {
  const read = PenaltyDecision.safeParse(body);
  return read.success ? read.data : undefined;
}
