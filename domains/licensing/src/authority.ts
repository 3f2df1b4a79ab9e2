import type { Act, Office } from '@hengjian/kernel';

const significant = (region: string): string => region.replace(/(?:00)+$/, '');
const digits = { province: 2, city: 4, county: 6 } as const;

/**
 * The bureau that decides at a level for a place. A municipality's or a zone's own bureau stands in where a level is missing
 * between; undefined when no bureau of this installation is competent.
 */
export function authorityFor(offices: Act['offices'], level: keyof typeof digits, region: string): Office | undefined {
  const wanted = significant(region).slice(0, digits[level]);
  return [...offices.values()].find(
    ({ kind, region: own, closedOn }) => kind === 'bureau' && closedOn === null && significant(own) === wanted,
  );
}
