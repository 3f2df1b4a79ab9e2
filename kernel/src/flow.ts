import type { Transaction } from './database/database.ts';

/** A sealed event, as flows read it. */
export interface SealedEvent {
  number: number;
  id: string;
  record: string;
  entity: string;
  action: string;
  office: string;
  occurredAt: string;
  fromState: string | null;
  toState: string;
  input: Record<string, unknown>;
  changes: Record<string, [unknown, unknown]>;
}

/** What a flow wants done: an action on a record, or the creation of one at an office. */
export interface Consequence {
  entity: string;
  action: string;
  record?: string;
  office?: string;
  parent?: string;
  input: Record<string, unknown>;
}

/** When X happened in one domain, send action Y to another: the only write across domains. */
export interface Flow {
  name: string;
  on: readonly { entity: string; action: string }[];
  /** The only actions it may send. */
  sends: readonly { entity: string; action: string }[];
  /** Role that looks after what could not be done. */
  owner: string;
  decide: (event: SealedEvent, sql: Transaction) => Promise<Consequence[]>;
}

export function flow(declaration: Flow): Flow {
  return declaration;
}
