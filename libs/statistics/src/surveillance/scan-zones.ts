import { requireFinite, requireList, requirePositive, requireWhole, requireWithin } from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';

const CLAUSE = 'Kulldorff 1997, circular zones';

/** A zone: the indices (from 0) of its areas. */
export type ScanZone = readonly number[];

/**
 * Circular zones: around each area its nearest neighbours one by one, ties by index, while their population is at most
 * `largestShare` (0 to 1, 0.5 by default) of the whole. Distances are Euclidean: project the coordinates first. Within a
 * centre each zone is the former and one area more, which makes scanning fast. Populations ≥ 0 and not all 0.
 * Throws `StatisticsError` on other input.
 */
export function circularZones(
  x: readonly number[],
  y: readonly number[],
  population: readonly number[],
  largestShare = 0.5,
): ScanZone[] {
  requireList(x, 'x', CLAUSE);
  requireList(y, 'y', CLAUSE, x.length);
  requireList(population, 'population', CLAUSE, x.length);
  requireWithin(largestShare, 'largestShare', CLAUSE, 0, 1);
  x.forEach((value, i) => {
    requireFinite(value, `x[${i}]`, CLAUSE);
    requireFinite(y[i]!, `y[${i}]`, CLAUSE);
    requireWithin(population[i]!, `population[${i}]`, CLAUSE, 0, Number.MAX_VALUE);
  });
  const total = requirePositive(
    population.reduce((sum, people) => sum + people, 0),
    'population',
    CLAUSE,
  );
  return x.flatMap((_, centre) => {
    const distance = x.map((value, i) => (value - x[centre]!) ** 2 + (y[i]! - y[centre]!) ** 2);
    const nearest = x.map((__, i) => i).sort((a, b) => distance[a]! - distance[b]! || a - b);
    const zones: number[][] = [];
    let people = 0;
    for (let size = 1; size <= nearest.length; size += 1) {
      people += population[nearest[size - 1]!]!;
      if (people > largestShare * total) break;
      zones.push(nearest.slice(0, size));
    }
    return zones;
  });
}

/** Zones as a tour: each step adds one area, after emptying the zone where `fresh` is set. */
export interface ZoneTour {
  readonly area: Int32Array;
  readonly fresh: Uint8Array;
  /** The zone complete after the step, or −1. */
  readonly zone: Int32Array;
}

function extendsBy(zone: ScanZone, former: ScanZone | undefined): boolean {
  return former !== undefined && zone.length === former.length + 1 && former.every((area, i) => zone[i] === area);
}

/** Checks the zones against the number of areas and orders the work. Throws `empty-list`, `out-of-range`, `area-repeated`. */
export function tourOf(zones: readonly ScanZone[], areas: number): ZoneTour {
  requireList(zones, 'zones', CLAUSE);
  const area: number[] = [];
  const fresh: number[] = [];
  const complete: number[] = [];
  zones.forEach((zone, index) => {
    requireList(zone, `zones[${index}]`, CLAUSE);
    zone.forEach((member) => {
      requireWhole(member, `zones[${index}]`, CLAUSE, 0, areas - 1);
    });
    if (new Set(zone).size !== zone.length) {
      refuse(
        'area-repeated',
        `zones[${index}]`,
        CLAUSE,
        '同一区域在一个扫描窗口中重复出现。',
        'An area stands twice in one zone and would be counted twice.',
      );
    }
    const added = extendsBy(zone, zones[index - 1]) ? zone.slice(-1) : zone;
    added.forEach((member, i) => {
      area.push(member);
      fresh.push(added.length === zone.length && i === 0 ? 1 : 0);
      complete.push(i === added.length - 1 ? index : -1);
    });
  });
  return { area: Int32Array.from(area), fresh: Uint8Array.from(fresh), zone: Int32Array.from(complete) };
}
