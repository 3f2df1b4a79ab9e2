import type { Transaction } from '@hengjian/kernel';
import { type Representation, representationNotes } from '../scheme/allocation.ts';

export interface DrawnStratum {
  size: number;
  sample: number;
  weightClasses: { weight: number; size: number }[];
}
/** How one draw of a scheme was made. */
export interface DrawUse {
  strata: DrawnStratum[];
  method: string | null;
}

/** Whether two strata were drawn at rates that differ by more than rounding to whole firms makes them. */
function isEven(strata: readonly DrawnStratum[]): boolean {
  const [frame, drawn] = strata.reduce(([a, b], { size, sample }) => [a + size, b + sample], [0, 0]);
  return frame === 0 || strata.every(({ size, sample }) => Math.abs(sample - (size * drawn) / frame) < 1);
}

/** What the samples of a scheme may be taken for: named firms or weights by risk are never representative (practice M9). */
export function representationFrom(draws: readonly DrawUse[], targeted: number): Representation {
  const byRisk = draws.some(
    ({ strata, method }) => method === 'risk-weighted' || strata.some(({ weightClasses }) => weightClasses.length > 1),
  );
  if (targeted > 0 || byRisk) return 'targeted';
  return draws.every(({ strata }) => isEven(strata)) ? 'random' : 'weighted';
}

/** The same of a scheme as it stands, with the sentence that goes beside every rate. */
export async function representationOf(
  sql: Transaction,
  scheme: string,
): Promise<{ basis: Representation; representative: boolean; note: { zh: string; en: string } }> {
  const draws = await sql.query<DrawUse>(
    `select strata, allocation ->> 'method' as method from sampling.draw where scheme = $1 and state in ('drawn', 'opened')`,
    [scheme],
  );
  const [named] = await sql.query<{ n: number }>(
    `select count(*) as n from sampling.task where scheme = $1 and selection = 'targeted'`,
    [scheme],
  );
  const basis = representationFrom(draws, Number(named!.n));
  return { basis, representative: basis === 'random', note: representationNotes[basis] };
}
