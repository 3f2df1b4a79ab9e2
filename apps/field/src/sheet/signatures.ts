import { sheetDigest } from '@hengjian/evidence';
import type { Draft, Task, Values } from '../shapes.ts';
import { peopleOf } from '../tasks/state.ts';

/** Whoever must sign the sheet: each sampler or officer who is there, and the firm unless it refuses or the sample was bought online. */
export type Hand = {
  part: 'sampler' | 'officer' | 'firm';
  person: string | null;
  /** Null where the firm's signer is not named yet. */
  name: string | null;
  signed: boolean;
  /** He signed, and something was changed since. */
  stale: boolean;
};

/** Who has signed the sheet as it stands, who signed another, and who has not signed. */
export function signaturesOf(
  task: Task,
  draft: Draft,
  input: Values,
): { hands: Hand[]; missing: Hand[]; digest: string } {
  const digest = sheetDigest(input, draft.salt);
  const part = task.entity === 'inspections.visit' ? 'officer' : 'sampler';
  const present = (input.present as string[] | undefined) ?? [];
  const lastOf = (part: Hand['part'], person: string | null) =>
    draft.chain.links.findLast(
      ({ piece: { signer } }) =>
        signer !== null && signer.part === part && (part === 'firm' || signer.person === person),
    )?.piece.signer;
  const hand = (part: Hand['part'], person: string | null, known: string | null): Hand => {
    const last = lastOf(part, person);
    const signed = last?.sheet === digest;
    return {
      part,
      person,
      name: known ?? last?.name ?? null,
      signed,
      stale: last !== undefined && last !== null && !signed,
    };
  };
  const hands = [
    ...peopleOf(task)
      .filter(({ person }) => present.includes(person))
      .map(({ person, name }) => hand(part, person, name)),
    ...(input.signature === 'signed' ? [hand('firm', null, null)] : []),
  ];
  return { hands, missing: hands.filter(({ signed }) => !signed), digest };
}
