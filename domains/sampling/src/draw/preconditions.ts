import { type Act, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import type { Item } from '../rules/index.ts';

/** The paper that a draw rests on, as the actor may see it. */
export interface Basis {
  schemeOffice: string;
  schemeState: string;
  batches: number;
  scheduleUntil: string;
  separateBodies: boolean;
  product: string;
  productName: string;
  rulesState: string;
  rulesScheme: string;
  rulesVersion: number;
  publishedOn: string | null;
  entry: string | null;
  items: Pick<Item, 'item' | 'method'>[];
}

export async function findBasis(scheme: string, rules: string, act: Act): Promise<Basis | undefined> {
  const [found] = await act.sql.query<Basis>(
    `select s.office as "schemeOffice", s.state as "schemeState", s.batches, s.schedule_until as "scheduleUntil", s.separate_bodies as "separateBodies", s.product,
       s.product_name as "productName", r.state as "rulesState", r.scheme as "rulesScheme", r.version as "rulesVersion",
       r.published_on as "publishedOn", r.entry, r.items
     from sampling.scheme s, sampling.rules r where s.id = $1 and r.id = $2`,
    [scheme, rules],
  );
  return found;
}

/**
 * A draw needs an approved scheme and rules that the public can read (order 18 art. 12(3)). After the commitment a newer
 * version of the rules changes nothing: the draw and its tasks keep the one committed to.
 */
export function checkBasis(
  basis: Basis | undefined,
  row: { office: string; scheme: string },
  rulesStates: readonly string[],
  offices: Act['offices'],
): true | Refusal {
  if (basis === undefined || authorityOf(offices, basis.schemeOffice).code !== authorityOf(offices, row.office).code)
    return refuse(
      'basis-unknown',
      '本机关没有这个抽查方案或实施细则。',
      'This authority has no such scheme, or no such rules.',
      'scheme',
    );
  if (basis.schemeState !== 'approved')
    return refuse(
      'scheme-unapproved',
      '抽查方案尚未批准，不能抽取。',
      'The scheme is not approved; nothing can be drawn.',
      'scheme',
    );
  if (basis.rulesScheme !== row.scheme)
    return refuse('rules-of-other-scheme', '实施细则不属于这个方案。', 'The rules belong to another scheme.', 'rules');
  return (
    (rulesStates.includes(basis.rulesState) && basis.entry !== null) ||
    refuse(
      'rules-unpublished',
      '实施细则应当在抽样前向社会公开；公布之前不能抽取。',
      'Detailed rules must be public before sampling; nothing is drawn until they are published.',
      'rules',
    )
  );
}
