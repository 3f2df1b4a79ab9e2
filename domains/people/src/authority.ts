import type { Act, Office } from '@hengjian/kernel';

type Offices = Act['offices'];

/** The authority (市场监督管理部门) that an office is, or is a part of: the nearest bureau above it. */
export function authorityOf(offices: Offices, code: string): Office {
  const office = offices.get(code)!;
  const bureau = office.place.findLast((ancestor) => offices.get(ancestor)?.kind === 'bureau');
  return offices.get(bureau ?? code) ?? office;
}

/** The next authority above, to which one reports level by level (逐级上报); undefined for a province. */
export function findSuperior(offices: Offices, code: string): Office | undefined {
  const own = authorityOf(offices, code);
  const above = own.place.findLast((ancestor) => ancestor !== own.code && offices.get(ancestor)?.kind === 'bureau');
  return above === undefined ? undefined : offices.get(above);
}

/** Whether one office belongs to the other, itself excluded. */
export function isBelow(offices: Offices, code: string, above: string): boolean {
  return code !== above && (offices.get(code)?.place.includes(above) ?? false);
}
