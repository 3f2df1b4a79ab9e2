import type { Label } from '@hengjian/kernel';
import { roles } from '@hengjian/people';
import type { Platform } from '../platform.ts';

/** Somebody whom the demonstration's sign-in page offers. */
export interface DemonstrationPerson {
  id: string;
  name: string;
  role: Label;
  office: Label;
  does: Label;
}

/** The people of the demonstration by role, provincial posts first, at most a handful of each. */
export async function demonstrationPeople(platform: Platform): Promise<DemonstrationPerson[]> {
  const rows = await platform.database.transaction('hengjian_machine', null, (tx) =>
    tx.query<{ person: string; person_name: string; role: string; office: string; organisation_name: string | null }>(
      `with awaited as (select distinct unnest(next_roles) as token from kernel.record where closed_at is null and entity <> 'kernel.grant')
       select person, person_name, role, office, organisation_name from (
         select g.*, row_number() over (
           partition by g.role
           order by (('person:' || g.person) in (select token from awaited) or ('org:' || g.organisation) in (select token from awaited)
               or ('org:' || g.organisation || '#' || g.role) in (select token from awaited)) is not true,
             g.organisation_name nulls first, g.office like '43%' desc, g.office, g.id) as place
         from kernel.grant g join kernel.person p on p.id = g.person where g.state = 'held' and p.demonstration and g.acting_for is null) ranked
       where place <= 6`,
    ),
  );
  const order = Object.keys(roles);
  // A post that an administrator misspelt must not close the door to everybody.
  return rows
    .filter(({ role }) => order.includes(role))
    .sort((one, other) => order.indexOf(one.role) - order.indexOf(other.role))
    .map(({ person, person_name, role, office, organisation_name }) => {
      const known = roles[role as keyof typeof roles];
      const place = platform.offices.get(office)?.label;
      return {
        id: person,
        name: person_name,
        role: { zh: known.zh, en: known.en },
        office:
          organisation_name === null
            ? (place ?? { zh: office, en: office })
            : { zh: organisation_name, en: organisation_name },
        does: known.does,
      };
    });
}
