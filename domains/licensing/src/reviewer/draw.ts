import { sha256, toHex } from '@hengjian/transparency';

/** A reviewer as the draw sees one. */
export interface Candidate {
  reviewer: string;
  person: string;
  name: string;
  unit: string;
  mayLead: boolean;
  /** Open site checks now. */
  workload: number;
  /** Why not, when he may not be drawn: no competence, recused, over the limit. */
  excluded: string | null;
}

/** What was drawn, with everything that is needed to draw it again. */
export interface TeamDraw {
  seed: string;
  frame: (Candidate & { ticket: string })[];
  order: string[];
  team: { reviewer: string; person: string; name: string; unit: string; leader: boolean }[];
}

/** More open site checks than this, and a reviewer is not drawn. House rule, no statute: see the README. */
export const mostOpenChecks = 3;

const ticket = (seed: string, reviewer: string): string =>
  toHex(sha256(new TextEncoder().encode(`${seed}/${reviewer}`)));

/**
 * Draws a team: tickets are hashes of seed and reviewer, the least loaded first and among them by ticket; a leader is among them
 * and not all come from one unit. The same seed and frame give the same team to everybody.
 * @returns null when the frame cannot give such a team
 */
export function drawTeam(candidates: readonly Candidate[], size: number, seed: string): TeamDraw | null {
  const frame = candidates
    .map((candidate) => ({ ...candidate, ticket: ticket(seed, candidate.reviewer) }))
    .sort((a, b) => a.workload - b.workload || (a.ticket < b.ticket ? -1 : 1));
  const order = frame.filter(({ excluded }) => excluded === null);
  const leader = order.find(({ mayLead }) => mayLead);
  if (leader === undefined) return null;
  const others = order.filter((one) => one !== leader);
  const chosen = [leader, ...others.slice(0, size - 1)];
  if (chosen.every(({ unit }) => unit === leader.unit)) {
    const stranger = others.find(({ unit }) => unit !== leader.unit);
    if (stranger === undefined) return null;
    chosen[chosen.length - 1] = stranger;
  }
  if (chosen.length < size || new Set(chosen.map(({ reviewer }) => reviewer)).size < size) return null;
  const team = chosen.map(({ reviewer, person, name, unit }) => ({
    reviewer,
    person,
    name,
    unit,
    leader: reviewer === leader.reviewer,
  }));
  return { seed, frame, order: order.map(({ reviewer }) => reviewer), team };
}

/** The next in the order of the draw who can stand in for a member that drops out; undefined when nobody can. */
export function replacementFor(
  draw: TeamDraw,
  team: TeamDraw['team'],
  leaving: string,
): TeamDraw['team'][number] | undefined {
  const gone = team.find(({ reviewer }) => reviewer === leaving);
  const rest = team.filter(({ reviewer }) => reviewer !== leaving);
  for (const reviewer of draw.order) {
    const candidate = draw.frame.find((one) => one.reviewer === reviewer)!;
    if (team.some((member) => member.reviewer === reviewer)) continue;
    if (gone?.leader && !candidate.mayLead) continue;
    if (rest.length > 0 && [...rest, candidate].every(({ unit }) => unit === candidate.unit)) continue;
    const { person, name, unit } = candidate;
    return { reviewer, person, name, unit, leader: gone?.leader ?? false };
  }
  return undefined;
}
