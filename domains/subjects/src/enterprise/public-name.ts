import { maskPersonalName } from '@hengjian/identifiers';
import { withoutRegion } from '../place/find-region.ts';
import type { EnterpriseRow } from './entity.ts';

/**
 * The name as the public may read it. The name of an individual business often is its operator's: a known operator is masked
 * where the name contains him (长沙市王小明五金店 → 长沙市王**五金店); while the operator is unknown, the second and third character
 * behind the region are masked, whatever they are. All others are shown as registered.
 */
export function publicName(row: Pick<EnterpriseRow, 'name' | 'kind' | 'legalRepresentative'>): string {
  if (row.kind !== 'individual-business') return row.name;
  const operator = row.legalRepresentative?.trim();
  if (operator) return row.name.replaceAll(operator, maskPersonalName(operator));
  const own = withoutRegion(row.name);
  const place = row.name.slice(0, row.name.length - own.length);
  const characters = Array.from(own);
  return place + characters.map((character, at) => (at === 1 || at === 2 ? '*' : character)).join('');
}
