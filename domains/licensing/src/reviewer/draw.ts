import { canonicalJson, sha256, toHex } from '@hengjian/transparency';

/** A reviewer as the draw sees one. */
export interface Candidate {
  reviewer: string;
  person: string;
  name: string;
  unit: string;
  /** Review body (评审机构) that he belongs to, if any. */
  body: string | null;
  mayLead: boolean;
  /** Open site checks now. */
  workload: number;
  /** Why not, when he may not be drawn: no competence, recused, over the limit. */
  excluded: string | null;
}

/** The signed head of the public log that a draw takes its chance from: the first that covers the act by which the file was accepted. */
export interface DrawHead {
  epoch: number;
  size: number;
  root: string;
  note: string;
}

/** What was drawn, with everything that is needed to draw it again. */
export interface TeamDraw {
  /** Place of the acceptance in the log, and the head that covers it. */
  leaf: number;
  head: DrawHead;
  application: string;
  seed: string;
  /** Review bodies in the order of the draw; the leader comes from the first that can give one. */
  bodies: string[];
  frame: (Candidate & { ticket: string })[];
  order: string[];
  team: { reviewer: string; person: string; name: string; unit: string; leader: boolean }[];
}

/** More open site checks than this, and a reviewer is not drawn. House rule, no statute: see the README. */
export const mostOpenChecks = 3;

const digest = (text: string): string => toHex(sha256(new TextEncoder().encode(text)));
const ticket = (seed: string, key: string): string => digest(`${seed}/${key}`);

/**
 * The seed of a team: the head of the public log that followed the acceptance, the file, and everybody who stood in the register. Nobody can
 * choose the head, which was signed when the file was accepted; whoever changes the register later changes the seed with it.
 */
export function seedOf(
  head: Pick<DrawHead, 'size' | 'root'>,
  application: string,
  candidates: readonly Candidate[],
): string {
  const frame = [...candidates].sort((a, b) => (a.reviewer < b.reviewer ? -1 : 1));
  return digest(canonicalJson({ log: { size: head.size, root: head.root }, application, frame: frame as never }));
}

/**
 * Draws a team: tickets are hashes of seed and reviewer, the least loaded first and among them by ticket. Review bodies are drawn first, and the
 * leader comes from the body drawn; not all come from one unit. The same head, file and frame give the same team to everybody.
 * @returns null when the frame cannot give such a team
 */
export function drawTeam(
  candidates: readonly Candidate[],
  size: number,
  from: Pick<TeamDraw, 'leaf' | 'head' | 'application'>,
): TeamDraw | null {
  const seed = seedOf(from.head, from.application, candidates);
  const frame = candidates
    .map((candidate) => ({ ...candidate, ticket: ticket(seed, candidate.reviewer) }))
    .sort((a, b) => a.workload - b.workload || (a.ticket < b.ticket ? -1 : 1));
  const order = frame.filter(({ excluded }) => excluded === null);
  const bodies = [...new Set(order.flatMap(({ body, mayLead }) => (body !== null && mayLead ? [body] : [])))]
    .map((body) => ({ body, ticket: ticket(seed, body) }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .map(({ body }) => body);
  const leader = order.find(({ mayLead, body }) => mayLead && (bodies.length === 0 || body === bodies[0]));
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
  return { ...from, seed, bodies, frame, order: order.map(({ reviewer }) => reviewer), team };
}

/** Draws again from what was recorded: whether seed, order and team are those that the head, the file and the frame give. */
export function replayTeamDraw(draw: TeamDraw, size: number): boolean {
  const candidates = draw.frame.map(({ ticket: _ticket, ...candidate }) => candidate);
  const again = drawTeam(candidates, size, draw);
  return again !== null && digestOfDraw(again) === digestOfDraw(draw);
}

/** SHA-256 of a draw as canonical JSON: what the public record carries, and what anybody with the file compares. */
export const digestOfDraw = (draw: TeamDraw): string => digest(canonicalJson(draw as never));

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
