import type { Transaction } from '@hengjian/kernel';
import type { Standing } from './permission.ts';

const day = (column: string, as: string): string => `'${as}', to_char(${column}, 'YYYY-MM-DD')`;
const period = `${day('from_on', 'fromOn')}, ${day('until_on', 'untilOn')}`;

/**
 * What the register says of a body, for anybody who is signed in: its certificate and scope are public by law, its readiness is
 * asked by whoever assigns to it. Only lines for these parameters are read. Undefined when the body is not on the register.
 */
export async function findStanding(
  sql: Pick<Transaction, 'query'>,
  organisation: string,
  parameters: readonly string[],
): Promise<Standing | undefined> {
  const [found] = await sql.query<{ standing: Standing | null }>(
    `with lines as (select * from institutions.scope where organisation = $1 and parameter = any($2))
     select case when count(*) > 0 then jsonb_build_object(
       'name', (array_agg(c.name order by c.valid_from desc))[1],
       'certificates', jsonb_agg(jsonb_build_object('number', c.number, ${day('c.valid_from', 'fromOn')}, ${day('c.valid_until', 'untilOn')})),
       'interruptions', coalesce((select jsonb_agg(jsonb_build_object('kind', kind, 'reason', reason, ${period}))
         from institutions.interruption where organisation = $1), '[]'),
       'scope', coalesce((select jsonb_agg(jsonb_build_object('id', id, 'kind', kind, 'parameter', parameter, 'method', method,
         'field', field, 'limitation', limitation, ${period}) order by from_on desc, id) from lines), '[]'),
       'readiness', coalesce((select jsonb_agg(jsonb_build_object('scope', r.scope, 'quantification', r.quantification::text,
         'quantificationUnit', r.quantification_unit,
         'instrument', case when i.id is null then null else jsonb_build_object('id', i.id, 'name', i.name) end,
         ${day('r.from_on', 'fromOn')}, ${day('r.until_on', 'untilOn')}))
         from institutions.readiness r join lines l on l.id = r.scope left join institutions.instrument i on i.id = r.instrument), '[]'),
       'signatories', coalesce((select jsonb_agg(jsonb_build_object('person', person, 'field', field, ${period}))
         from institutions.signatory where organisation = $1), '[]'),
       'calibrations', coalesce((select jsonb_agg(jsonb_build_object('instrument', instrument, ${day('done_on', 'doneOn')},
         ${day('valid_until', 'validUntil')})) from institutions.calibration
         where instrument in (select r.instrument from institutions.readiness r join lines l on l.id = r.scope)), '[]')) end as standing
     from institutions.certificate c where c.organisation = $1`,
    [organisation, parameters],
  );
  return found?.standing ?? undefined;
}

/** A body that a firm may choose for a test. */
export interface AccreditedBody {
  organisation: string;
  name: string;
  certificate: string;
  validUntil: string;
}

/** Bodies whose certificate is valid on a day, that are neither suspended nor ended, and whose scope covers every one of these kinds. */
export function accreditedBodies(
  sql: Pick<Transaction, 'query'>,
  kinds: readonly string[],
  day: string,
): Promise<AccreditedBody[]> {
  return sql.query<AccreditedBody>(
    `select distinct on (c.name, c.organisation) c.organisation, c.name, c.number as certificate, to_char(c.valid_until, 'YYYY-MM-DD') as "validUntil"
     from institutions.certificate c
     where c.valid_from <= $2 and c.valid_until >= $2
       and not exists (select from institutions.interruption i where i.organisation = c.organisation and i.from_on <= $2 and (i.until_on is null or i.until_on >= $2))
       and not exists (select from unnest($1::text[]) wanted where not exists (
         select from institutions.scope s where s.organisation = c.organisation and s.kind = wanted and s.from_on <= $2 and (s.until_on is null or s.until_on >= $2)))
     order by c.name, c.organisation, c.valid_until desc`,
    [kinds, day],
  );
}
