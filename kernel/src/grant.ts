import type { Actor } from './act.ts';
import type { Claim, Database } from './database/database.ts';
import { type Kernel, officesBelow } from './kernel.ts';
import { readableBy } from './register.ts';

/** A grant that is in force today, as sign-in offers it. */
export interface HeldGrant {
  id: string;
  person: string;
  personName: string;
  role: string;
  office: string;
  organisation: string | null;
  organisationName: string | null;
  validUntil: string | null;
  actingForName: string | null;
}

/** The grants of a person on a day. Read in the machine's role: sign-in has no claim yet. */
export function grantsOf(database: Database, person: string, today: string): Promise<HeldGrant[]> {
  return database.transaction('hengjian_machine', null, (tx) =>
    tx.query<HeldGrant>(
      `select id, person, person_name as "personName", role, office, organisation, organisation_name as "organisationName",
         valid_until as "validUntil", acting_for_name as "actingForName"
       from kernel.grant where person = $1 and state = 'held' and valid_from <= $2 and (valid_until is null or valid_until >= $2)
       order by acting_for is not null, id`,
      [person, today],
    ),
  );
}

/** The actor that a grant makes: an officer with the offices below his own, or somebody who acts for an organisation. */
export function actorOf(kernel: Kernel, grant: HeldGrant): Actor {
  const organisation = grant.organisation;
  const offices = organisation === null ? officesBelow(kernel.offices, grant.office) : [];
  const parties = [`person:${grant.person}`];
  if (organisation !== null) parties.push(`org:${organisation}`, `org:${organisation}#${grant.role}`);
  else {
    parties.push(`role:${grant.role}@${grant.office}`);
    // What is addressed to an office is its business; administrators see none.
    if (!kernel.register.roles[grant.role]?.apart) parties.push(...offices.map((code) => `office:${code}`));
  }
  const claim: Claim = {
    person: grant.person,
    offices,
    entities: organisation === null ? readableBy(kernel.register, grant.role) : [],
    parties,
    writes: offices,
  };
  return {
    person: grant.person,
    name: grant.personName,
    kind: 'person',
    grant: grant.id,
    role: grant.role,
    office: organisation === null ? grant.office : null,
    organisation,
    actingFor: grant.actingForName,
    claim,
  };
}

/** A machine (clock, flow, seed) acting at one office; it cannot sign in. */
export function machineActor(kernel: Kernel, machine: { id: string; name: string }, office: string): Actor {
  const claim: Claim = {
    person: machine.id,
    offices: [office],
    entities: [...kernel.register.lifecycles.keys()],
    parties: [`office:${office}`],
    writes: [office],
  };
  return {
    person: machine.id,
    name: machine.name,
    kind: 'machine',
    grant: null,
    role: 'system',
    office,
    organisation: null,
    actingFor: null,
    claim,
  };
}
