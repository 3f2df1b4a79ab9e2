import type { Act } from '@hengjian/kernel';
import { LICENCE_ENTRY } from './publishing.ts';

/** What is known of a licence to anybody who names it: licences in force are public. */
export interface HeldLicence {
  kind: string;
  number: string;
  organisation: string | null;
  holderCode: string | null;
  validUntil: string | null;
}

/** The licence as its own office or holder reads it, else as everybody does; undefined when there is none. */
export async function findLicence(sql: Act['sql'], id: string): Promise<HeldLicence | undefined> {
  const [own] = await sql.query<HeldLicence>(
    `select kind, number, organisation, holder_code as "holderCode", to_char(valid_until, 'YYYY-MM-DD') as "validUntil"
     from licensing.licence where id = $1`,
    [id],
  );
  if (own !== undefined) return own;
  const [told] = await sql.query<HeldLicence>(
    `select body->>'kind' as kind, body->>'number' as number, null as organisation, body->>'holderCode' as "holderCode",
       body->>'validUntil' as "validUntil"
     from public_record.entry where record = $1 and kind = '${LICENCE_ENTRY}' and withdrawn_at is null`,
    [id],
  );
  return told;
}
