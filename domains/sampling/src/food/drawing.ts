import { createHash } from 'node:crypto';

interface Named {
  id: string;
  name: string;
}

/** A body of the published list, and why it may not take this retest where it may not. */
export interface Candidate extends Named {
  listName: string;
}

/**
 * The place that a random number draws out of so many, each as likely as the others: SHA-256 of the number and a counter, rejecting
 * what would favour the first places. Anybody draws the same again from list and number. Source: rejection sampling.
 */
export function placeOf(seed: string, count: number): number {
  if (count < 1) throw new RangeError('There is nothing to draw from.');
  const limit = 2 ** 32 - (2 ** 32 % count);
  for (let turn = 0; ; turn += 1) {
    const value = createHash('sha256').update(`${seed}/${turn}`).digest().readUInt32BE(0);
    if (value < limit) return value % count;
  }
}

/**
 * Who may retest: bodies of the list in the order of their ids, without the first laboratory, those with a tie to the applicant and
 * those that could not (order 15 art. 32).
 */
export function eligibleBodies(
  list: readonly Candidate[],
  firstLab: Named,
  ties: readonly { id: string; reason: string }[],
  declined: readonly (Named & { reason: string })[],
): { eligible: Named[]; excluded: (Named & { reason: string })[] } {
  const reasons = new Map<string, string>([
    ...ties.map(({ id, reason }): [string, string] => [id, reason]),
    ...declined.map(({ id, reason }): [string, string] => [id, `不能承担：${reason}`]),
    [firstLab.id, '初检机构'],
  ]);
  const unique = [...new Map(list.map(({ id, name }) => [id, { id, name }])).values()].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  return {
    eligible: unique.filter(({ id }) => !reasons.has(id)),
    excluded: unique.flatMap((body) => {
      const reason = reasons.get(body.id);
      return reason === undefined ? [] : [{ ...body, reason: reason.slice(0, 300) }];
    }),
  };
}
