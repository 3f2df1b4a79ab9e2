import { once, readRows } from '../read.ts';

/**
 * One limit as its standard writes it. `confidence`: `sourced` was read in a table of the standard's facts; `derived` follows from such a
 * row ("not in laying hens" → nothing in eggs); `unverified` was written down from general knowledge and must be compared before it
 * decides about anybody.
 */
export interface LimitRow {
  readonly parameter: string;
  readonly category: string;
  readonly limit: string;
  readonly unit: string | null;
  readonly standard: string;
  readonly clause: string | null;
  /** First and last day on which it is in force, `YYYY-MM-DD`; null while it is. */
  readonly validFrom: string;
  readonly validUntil: string | null;
  /** The day that decides which edition applies: of production (prepackaged food) or of sampling (primary produce). */
  readonly dayOf: 'production' | 'sampling';
  readonly confidence: 'sourced' | 'derived' | 'unverified';
}

const files = ['additives.csv', 'veterinary-drugs.csv', 'written-down.csv'] as const;

/** Every limit that ships, in the order of the files. */
export const shippedLimits = once((): readonly LimitRow[] =>
  files.flatMap((file) =>
    readRows(import.meta.dirname, file).map((cells) => ({
      parameter: cells[0]!,
      category: cells[1]!,
      limit: cells[2]!,
      unit: cells[3]! || null,
      standard: cells[4]!,
      clause: cells[5]! || null,
      validFrom: cells[6]!,
      validUntil: cells[7]! || null,
      dayOf: cells[8] as LimitRow['dayOf'],
      confidence: cells[9] as LimitRow['confidence'],
    })),
  ),
);

/** Category and one broader category, child first. A category may have several parents. */
export const shippedCategories = once((): readonly (readonly [string, string])[] =>
  readRows(import.meta.dirname, 'categories.csv').map(([category, parent]) => [category!, parent!] as const),
);

/** Name of a parameter in the limits and another name of it. */
export const shippedAliases = once((): readonly (readonly [string, string])[] =>
  readRows(import.meta.dirname, 'parameters.csv').map(([parameter, alias]) => [parameter!, alias!] as const),
);
