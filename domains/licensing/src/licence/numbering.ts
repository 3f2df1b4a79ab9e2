import { composeFoodProductionLicence, provinces } from '@hengjian/identifiers';
import type { Act } from '@hengjian/kernel';
import type { Kind } from '../kinds/declaration.ts';
import { nextInSeries } from '../sequence.ts';

interface Numbered {
  products: readonly string[];
  region: string;
  office: string;
}

/** The number of a licence by the rule of its kind; its sequence is taken in the same transaction. */
export async function numberFor(
  kind: Kind,
  { products, region, office }: Numbered,
  decidedOn: string,
  until: string | null,
  act: Pick<Act, 'sql' | 'offices'>,
): Promise<string> {
  const main = kind.products.find(({ code }) => code === products[0])!;
  const place = region.padEnd(6, '0').slice(0, 6);
  const year = decidedOn.slice(0, 4);
  const per = { all: '', year, region: place, product: main.number?.product ?? main.code }[kind.numbering.sequencePer];
  const category = kind.numbering.scheme === 'food' ? `|${main.code}` : '';
  const sequence = await nextInSeries(act.sql, `licence|${kind.code}|${per}${category}`);
  if (kind.numbering.scheme === 'food') return composeFoodProductionLicence(main.code, place, sequence);
  const province = provinces.findIndex((one) => one.code === place.slice(0, 2));
  const tokens: Record<string, string> = {
    province: provinces[province]?.abbreviation ?? '',
    industry: main.number?.industry ?? '',
    product: main.number?.product ?? '',
    category: main.code,
    region: place,
    office: act.offices.get(office)?.short ?? '',
    yyyy: year,
    yy: year.slice(2),
    expiry: until?.slice(0, 4) ?? '',
    // Issuing authorities in CMA numbers stand in the order of the province codes: 01 Beijing, 18 Hunan, 31 Xinjiang.
    cma: String(province + 1).padStart(2, '0'),
  };
  return kind.numbering.pattern!.replaceAll(/\{(\w+)(?::(\d))?\}/g, (_whole, name: string, width?: string) =>
    name === 'sequence' ? String(sequence).padStart(Number(width), '0') : (tokens[name] ?? ''),
  );
}
