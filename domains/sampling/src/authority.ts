import type { Act, Office } from '@hengjian/kernel';

type Offices = Act['offices'];

/** A region code without the zeros that stand for "all of it": `430000` and `43` are the same province. */
function significantRegion(region: string): string {
  return region.replace(/(?:00)+$/, '');
}

/** The first two digits of a region code: the province. */
export function provinceOf(region: string): string {
  return region.slice(0, 2);
}

/** The authority of a region: its own bureau, else that of the smallest region around it; undefined for a region not served here. */
export function findAuthorityOf(offices: Offices, region: string): Office | undefined {
  const wanted = significantRegion(region);
  const around = [...offices.values()].filter(
    ({ kind, region: own }) => kind === 'bureau' && wanted.startsWith(significantRegion(own)),
  );
  return around.sort((a, b) => significantRegion(b.region).length - significantRegion(a.region).length)[0];
}

/** The same from the database, for flows, which hold no office tree. */
export async function findAuthorityCode(sql: Act['sql'], region: string): Promise<string | undefined> {
  const [office] = await sql.query<{ code: string }>(
    `select code from kernel.office where kind = 'bureau' and $1 like regexp_replace(region, '(00)+$', '') || '%'
     order by length(regexp_replace(region, '(00)+$', '')) desc limit 1`,
    [significantRegion(region)],
  );
  return office?.code;
}
