import { once, readJson } from '../read.ts';

interface Label {
  readonly zh: string;
  readonly en: string;
}

/** A class of what people complain of; `seeds` are words from which a suggestion of this class can be made. */
export interface ComplaintCategory extends Label {
  readonly code: string;
  readonly parent?: string;
  /** Words, separated by blanks. */
  readonly seeds: string;
}

/** One item of a list of the law, as an officer chooses it. */
export interface LegalGround extends Label {
  readonly code: string;
  readonly article: string;
}

/** A rule by which a reporter must be told the result; `workingDays` from the decision, null where none is named. */
export interface ResultDuty extends LegalGround {
  readonly workingDays: number | null;
  readonly confidence: 'read' | 'secondary';
}

export interface Grounds {
  readonly source: string;
  readonly refusal: readonly LegalGround[];
  readonly factors: readonly LegalGround[];
  readonly termination: readonly LegalGround[];
  readonly resultDuties: readonly ResultDuty[];
}

/** Rates, floors and caps of rewards; amounts in yuan. */
export interface RewardRule {
  readonly source: string;
  readonly confidence: 'read' | 'secondary';
  readonly inForce: string;
  readonly levels: readonly { readonly level: string; readonly rate: string; readonly floor: string }[];
  readonly cap: string;
  readonly financeFrom: string;
  /** Days within which a reward is fetched; the clause was not read. */
  readonly claimDays: number;
  readonly claimDaysConfidence: 'read' | 'unread';
}

export const complaintCategories = once((): readonly ComplaintCategory[] =>
  readJson(import.meta.dirname, 'categories.json'),
);
export const complaintGrounds = once((): Grounds => readJson(import.meta.dirname, 'grounds.json'));
export const rewardRule = once((): RewardRule => readJson(import.meta.dirname, 'rewards.json'));

/** How a platform calls the columns of its tickets, and its codes → ours. `person.` names who it is, which is sealed at once. */
export interface TicketMapping {
  readonly system: 'consumer-12315' | 'hotline-12345';
  readonly edition: string;
  readonly confidence: 'public' | 'partly-public' | 'assumed';
  readonly source: Label;
  readonly columns: Readonly<Record<string, string>>;
  readonly codes: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
const tickets = once(
  (): Readonly<Record<TicketMapping['system'], TicketMapping>> => ({
    'consumer-12315': readJson(import.meta.dirname, 'consumer-12315.json'),
    'hotline-12345': readJson(import.meta.dirname, 'hotline-12345.json'),
  }),
);
export const ticketMapping = (system: TicketMapping['system']): TicketMapping => tickets()[system];
