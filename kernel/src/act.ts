import type { Calendar } from '@hengjian/calendar';
import type { Claim, Transaction } from './database/database.ts';
import type { RecordColumns } from './declare/entity.ts';
import type { Office } from './kernel.ts';
import type { Problem } from './problem.ts';
import type { Publication } from './publish.ts';

/** Who acts: one person (or machine) under one grant. */
export interface Actor {
  person: string;
  name: string;
  kind: 'person' | 'machine';
  grant: string | null;
  role: string;
  /** Office of the grant, or null for firms, laboratories and agents. */
  office: string | null;
  organisation: string | null;
  /** Name of the officer for whom a deputy acts. */
  actingFor: string | null;
  claim: Claim;
}

/** What an action's handler may use. Everything happens in the action's own transaction. */
export interface Act {
  actor: Actor;
  /** Instant at which the act took place, by its actor's word; never in the future. */
  occurredAt: string;
  /** The same as a day in China. */
  occurredOn: string;
  /** Today in China. */
  today: string;
  calendar: Calendar;
  edition: string;
  sql: Transaction;
  /** The people who proposed and signed, when the action came through an approval sheet. */
  hands: Hand[];
  /** Creates a child record by its own creating action, in the same transaction; returns its row. */
  create(
    entity: string,
    action: string,
    input: Record<string, unknown>,
    place?: { office?: string; parent?: string; id?: string },
  ): Promise<RecordColumns & Record<string, unknown>>;
  /** Takes an action on another record that the command names; both stand or fall together. */
  perform(
    entity: string,
    record: string,
    action: string,
    input: Record<string, unknown>,
    hands?: Hand[],
  ): Promise<void>;
  /** Puts something into the public record; the entry points to this event. */
  publish(publication: Publication): Promise<string>;
  /** Withdraws a public entry, or replaces it, with the reason that everybody reads. */
  withdraw(entry: string, reason: string, replacedBy?: string): Promise<void>;
  /** Opens a record to another organ, or closes it when the hand-over `ending` ends and no other needs it open. */
  door(record: string, token: string, open: boolean, ending?: string): Promise<void>;
  /** Names of the posts that there are. */
  roles: ReadonlySet<string>;
  /** Those of them that administer the platform and are kept apart from one another. */
  apart: ReadonlySet<string>;
  /** The office tree: code → names, region and place. */
  offices: ReadonlyMap<string, Office>;
  /** Throws a refusal out of `run`. */
  problem(code: string, zh: string, en: string): Problem;
}

/** Somebody who had a hand in an action beside the one who took it. */
export interface Hand {
  person: string;
  name: string;
  role: string;
  organisation: string | null;
  part: 'proposed' | 'signed';
}
