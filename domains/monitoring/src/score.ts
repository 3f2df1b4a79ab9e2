import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { scoreFormula } from '../../../data/monitoring/index.ts';

const text = z.string().trim().min(1);
const label = z.strictObject({ zh: text, en: text });

/** How a score is made; illustrative until a province puts in its own. @throws ZodError naming the place that is wrong */
export const formula = z
  .strictObject({
    edition: text,
    full: z.string().regex(/^\d+$/),
    perActs: z.int().min(1),
    leastActs: z.int().min(1),
    excused: z.string().regex(/^0(\.\d+)?$|^1$/),
    confidence: z.enum(['sourced', 'illustrative']),
    basis: label,
    formula: label,
  })
  .parse(scoreFormula());

/** What a score is counted from. Points are those of cards that stand; of them `excused` were excused. */
export interface Counted {
  acts: number;
  points: number;
  excused: number;
}

/** The points that count: an excused card by its share. */
export const weighed = ({ points, excused }: Omit<Counted, 'acts'>): Decimal =>
  new Decimal(points).minus(excused).plus(new Decimal(excused).times(formula.excused));

/** The score as text with two decimals; null where nothing was done and nothing found. Anybody with the counts gets the same. */
export function scoreOf(counted: Counted): string | null {
  if (counted.acts === 0 && counted.points === 0) return null;
  const lost = weighed(counted).times(formula.perActs).dividedBy(Math.max(counted.acts, formula.leastActs));
  return Decimal.max(0, new Decimal(formula.full).minus(lost)).toFixed(2);
}
