import type { Actor, Office } from '@hengjian/kernel';
import type { Role } from '@hengjian/people';

/**
 * Whose names somebody is given, so that an act can name a person. Decided here and nowhere else:
 *
 * - **An officer** is given the officers of his own organ, of those below it and of those above it in line: whom he
 *   instructs, reports to, passes a sheet to or is stood in for by. Never those of another line: another county or province
 *   is addressed as an organ, by hand-over.
 * - **People of sampling and testing bodies** are given to the posts that send, judge or account for them, within the
 *   officer's own tree.
 * - **Somebody of a body or a firm** is given the people of that very body or firm, and no officer.
 * - **Whoever acts for a firm is a private person**: only the administrator who gives him his authority is given his name.
 *   An organisation's post that is not listed here counts as private until somebody decides otherwise.
 * - Machines, ended grants and grants to come are given to nobody; an e-mail address or a telephone never.
 */
export interface Reach {
  /** Officers of these organs. */
  officers: string[];
  /** People of bodies whose grants these organs hold. */
  bodies: string[];
  /** Everybody else who acts for an organisation, whose grants these organs hold. */
  agents: string[];
  /** Everybody of this organisation. */
  organisation: string | null;
}

/** Posts in sampling and testing bodies: people whose work an organ orders and accounts for. */
export const bodyRoles: readonly Role[] = [
  'sampler',
  'laboratory-receiver',
  'laboratory-tester',
  'laboratory-signatory',
];
const orderWork: ReadonlySet<string> = new Set<Role>([
  'planner',
  'organiser',
  'section-chief',
  'bureau-head',
  'auditor',
  'system-administrator',
  'security-administrator',
]);
const givesAuthority: ReadonlySet<string> = new Set<Role>(['system-administrator']);

/** The reach of an actor; empty for machines and for anybody without an organ or organisation. */
export function reachOf(actor: Actor, offices: ReadonlyMap<string, Office>): Reach {
  const nobody: Reach = { officers: [], bodies: [], agents: [], organisation: null };
  if (actor.kind !== 'person') return nobody;
  if (actor.organisation !== null) return { ...nobody, organisation: actor.organisation };
  const own = actor.office === null ? undefined : offices.get(actor.office);
  if (own === undefined) return nobody;
  const line = [...new Set([...actor.claim.offices, ...own.place])];
  return {
    officers: line,
    bodies: orderWork.has(actor.role) ? line : [],
    agents: givesAuthority.has(actor.role) ? [...actor.claim.offices] : [],
    organisation: null,
  };
}
