import { algorithmA, classifyEn, classifyZ, type ScoreClass, scores } from '@hengjian/statistics';

/** A participant's result; decimal strings in the unit of the round. */
export interface Submitted {
  readonly organisation: string;
  readonly value: string;
  readonly expanded: string | null;
  readonly coverageFactor: string | null;
}

/** What the organiser states before scoring; null where the round takes it from the results. */
export interface Basis {
  readonly assigned: string | null;
  readonly assignedUncertainty: string | null;
  readonly sigma: string | null;
}

export interface Scored {
  readonly organisation: string;
  readonly score: string;
  readonly kind: 'z' | 'zPrime' | 'En';
  readonly class: ScoreClass;
}

export interface ScoredRound {
  readonly assigned: string;
  readonly assignedUncertainty: string;
  readonly sigma: string;
  readonly basis: string;
  readonly scored: readonly Scored[];
}

const text = (value: number): string => String(Number(value.toPrecision(6)));

/**
 * Scores a round by ISO 13528:2022: the assigned value and its uncertainty as stated, else the robust mean of the results with
 * u = 1.25 s* / √p (7.7); z, or z′ where that uncertainty is not negligible (9.2.1, 9.5). Two bodies on one split sample are compared
 * by E_n against the first of them. Returns undefined when the results agree so well that no scale can be had from them.
 */
export function scoreRound(
  design: 'open' | 'blind' | 'split',
  results: readonly Submitted[],
  basis: Basis,
): ScoredRound | undefined {
  if (design === 'split') return scoreSplit(results);
  const robust =
    basis.assigned === null || basis.sigma === null ? algorithmA(results.map(({ value }) => Number(value))) : null;
  if (robust?.degenerate) return undefined;
  const assigned = Number(basis.assigned ?? robust!.location);
  const sigma = Number(basis.sigma ?? robust!.scale);
  const uAssigned = Number(basis.assignedUncertainty ?? (basis.assigned === null ? robust!.u : 0));
  return {
    assigned: text(assigned),
    assignedUncertainty: text(uAssigned),
    sigma: text(sigma),
    basis: `ISO 13528:2022 ${basis.assigned === null ? '7.7, C.3.1（稳健均值）' : '7.3（定值）'}；9.4、9.5`,
    scored: results.map(({ organisation, value }) => {
      const found = scores({ x: Number(value), assigned, sigma, uAssigned });
      const kind = found.uncertaintyNegligible ? 'z' : 'zPrime';
      return { organisation, score: text(found[kind]), kind, class: classifyZ(found[kind]) };
    }),
  };
}

function scoreSplit([reference, ...others]: readonly Submitted[]): ScoredRound | undefined {
  if (!reference?.expanded) return undefined;
  const assigned = Number(reference.value);
  const expandedAssigned = Number(reference.expanded);
  const scored = others.flatMap(({ organisation, value, expanded }): Scored[] => {
    if (!expanded) return [];
    const { En } = scores({
      x: Number(value),
      assigned,
      sigma: 1,
      uAssigned: 0,
      expanded: Number(expanded),
      expandedAssigned,
    });
    return [{ organisation, score: text(En!), kind: 'En', class: classifyEn(En!) }];
  });
  return {
    assigned: text(assigned),
    assignedUncertainty: text(expandedAssigned),
    sigma: '-',
    basis: 'ISO 13528:2022 9.7（分割样品，以第一家为参照）',
    scored,
  };
}

export type Grade = 'A' | 'B' | 'C' | 'D';

/** Grade of a body from its scores: A none in question, B warnings only, C one for action in three or fewer, D more, or uncorrected. */
export function gradeOf(found: readonly { class: ScoreClass; corrected: boolean }[]): Grade | null {
  if (found.length === 0) return null;
  const action = found.filter((one) => one.class === 'action');
  if (action.some(({ corrected }) => !corrected) || action.length / found.length > 1 / 3) return 'D';
  if (action.length > 0) return 'C';
  return found.some((one) => one.class === 'warning') ? 'B' : 'A';
}
