import type { Act, Office } from '@hengjian/kernel';

const significant = (region: string): string => region.replace(/(?:00)+$/, '');
const digits = { province: 2, city: 4, county: 6 } as const;

/**
 * The bureau that decides at a level for a place; undefined when no bureau of this installation is competent, or when the place is
 * named too roughly: a province has no one county.
 */
export function authorityFor(offices: Act['offices'], level: keyof typeof digits, region: string): Office | undefined {
  const place = significant(region);
  if (place.length < digits[level]) return undefined;
  const wanted = place.slice(0, digits[level]);
  return [...offices.values()].find(
    ({ kind, region: own, closedOn }) => kind === 'bureau' && closedOn === null && significant(own) === wanted,
  );
}
