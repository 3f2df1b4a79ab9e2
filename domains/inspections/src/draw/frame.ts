import type { Act, Refusal } from '@hengjian/kernel';
import { drawPieces } from '@hengjian/sampling';
import { publicName } from '@hengjian/subjects';
import { inspectionSettings } from '../../../../data/inspections/index.ts';

type Firm = drawPieces.Firm;
type EnterpriseKind = Parameters<typeof publicName>[0]['kind'];

interface Read {
  enterprise: string;
  name: string;
  kind: EnterpriseKind;
  representative: string | null;
  code: string | null;
  region: string;
  checkedOn: string;
  pastFailures: number;
  counted: number;
}

/**
 * The object bank (检查对象名录库) of a draw: firms in operation in these industries, less those whose visits of the year have reached the cap.
 * What was found on earlier visits weighs like a past failure.
 */
export async function readObjects(
  act: Act,
  wanted: { industries: readonly string[]; regions: readonly string[]; year: string; cap: number; matter: string },
): Promise<{ firms: Firm[]; atCap: number }> {
  const rows = await act.sql.query<Read>(
    `select e.id as enterprise, e.name, e.kind, e.legal_representative as representative, e.credit_code as code, coalesce(e.region, '') as region,
       to_char(e.recorded_on, 'YYYY-MM-DD') as "checkedOn",
       (select count(*) from inspections.visit v where v.enterprise = e.id and v.grade in ('C', 'D'))::int as "pastFailures",
       (select count(*) from inspections.visit v where v.enterprise = e.id and v.state not in ('cancelled', 'merged')
          and v.source = any($3) and v.planned_on >= $4::date and v.matters ? $5)::int as counted
     from subjects.enterprise e
     where e.status = 'operating' and e.merged_into is null
       and (cardinality($1::text[]) = 0 or exists (select from unnest($1::text[]) i where e.industry like i || '%'))
       and exists (select from unnest($2::text[]) r where coalesce(e.region, '') like r || '%')
     order by e.id`,
    [
      wanted.industries,
      wanted.regions,
      inspectionSettings().countedSources.value,
      `${wanted.year}-01-01`,
      wanted.matter,
    ],
  );
  const free = rows.filter(({ counted }) => counted < wanted.cap);
  return {
    atCap: rows.length - free.length,
    firms: free.map(({ kind, representative, counted: _counted, ...firm }) => ({
      ...firm,
      publicName: publicName({ name: firm.name, kind, legalRepresentative: representative }),
      basis: 'register',
      role: 'producer',
      creditClass: null,
    })),
  };
}

export function arrange(
  firms: readonly Firm[],
  strata: readonly { key: string; label: string; regions: readonly string[]; sample: number }[],
  weightRules: Parameters<typeof drawPieces.arrangeFrame>[2],
): ReturnType<typeof drawPieces.arrangeFrame> | Refusal {
  return drawPieces.arrangeFrame(
    firms,
    strata.map((stratum) => ({ ...stratum, bases: [], reserves: 0 })),
    weightRules,
  );
}
