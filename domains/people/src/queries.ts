import { type Label, query, type Reader } from '@hengjian/kernel';
import { z } from 'zod';
import { roles } from './roles.ts';

const readers = [
  'section-chief',
  'bureau-head',
  'system-administrator',
  'auditor',
  'organiser',
  'result-handler',
  'planner',
];
const certified: ReadonlySet<string> = new Set(
  Object.entries(roles)
    .filter(([, role]) => 'certificate' in role && role.certificate)
    .map(([name]) => name),
);
const soonDays = 60;

const placeOf = (code: string, { kernel }: Reader): Label => kernel.offices.get(code)?.label ?? { zh: code, en: code };
const plus = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** 值班与在岗: who is on duty in the days ahead, who is away and stood in for, whose enforcement certificate is missing or ends soon. */
export const officePresence = query({
  name: 'people.presence',
  label: { zh: '值班与在岗', en: 'Duty and presence' },
  roles: readers,
  input: z.object({ days: z.coerce.number().int().min(1).max(31).default(7) }),
  answer: async ({ days }, reader) => {
    const { sql, today } = reader;
    const until = plus(today, days - 1);
    const duties = await sql.query<{ office: string }>(
      `select id, office, day, shift, person_name as "personName", part from people.duty
       where state = 'planned' and day between $1 and $2 order by day, office, array_position(array['whole', 'day', 'night'], shift), part desc`,
      [today, until],
    );
    const leaves = await sql.query<{ office: string }>(
      `select id, office, state, person_name as "personName", kind, first_day as "firstDay", last_day as "lastDay", deputy_name as "deputyName"
       from people.leave where state in ('asked', 'granted') and last_day >= $1 order by first_day, id`,
      [today],
    );
    const certificates = await sql.query<{ office: string; role: keyof typeof roles; until: string | null }>(
      `select id, office, person_name as "personName", role, certificate, certificate_until as until from kernel.grant
       where state = 'held' and organisation is null and role = any($1::text[]) and valid_from <= $2 and (valid_until is null or valid_until >= $2)
         and (certificate is null or certificate_until is null or certificate_until <= $3) order by certificate_until nulls first, id`,
      [[...certified], today, plus(today, soonDays)],
    );
    const at = <T extends { office: string }>(row: T) => ({ ...row, place: placeOf(row.office, reader) });
    return {
      today,
      until,
      duties: duties.map(at),
      leaves: leaves.map(at),
      certificates: certificates.map((row) => ({
        ...at(row),
        roleLabel: { zh: roles[row.role].zh, en: roles[row.role].en },
        standing: row.until === null ? 'missing' : row.until < today ? 'expired' : 'ends-soon',
      })),
    };
  },
});
