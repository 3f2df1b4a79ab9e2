/** The shapes that the app keeps and exchanges. Instants are RFC 3339; days are YYYY-MM-DD in China's time. */
import type { EvidenceChain } from '@hengjian/evidence';

export type Label = { zh: string; en: string };

export type Field = {
  name: string;
  label: Label;
  type: string;
  required: boolean;
  unit?: string;
  choices?: { value: string; label: Label }[];
  help?: Label;
  personal?: Label;
  item?: Field[];
};

/** An act as the domain declares it. */
export type ActionForm = {
  entity: string;
  name: string;
  label: Label;
  from: string[];
  to: string[];
  input: Field[];
  needs: string[];
  papers: string[];
  basis: string;
  danger: boolean;
};

export type Values = Record<string, unknown>;

export type Paper = {
  kind: string;
  title: string;
  number: string | null;
  sha256: string;
  content: Record<string, unknown>;
};

export type Task = {
  id: string;
  entity: string;
  number: string | null;
  title: string;
  state: string;
  stateLabel: Label;
  due: string | null;
  dueState: 'none' | 'running' | 'due-soon' | 'overdue';
  version: number;
  fields: Values;
  papers: Paper[];
  firm: Values | null;
  /** The newest sheets on the firm in which the person stood, and the newest public entries about it. */
  earlier: { sheets: Values[]; published: { id: string; title: Label; at: string }[] };
  region: { code: string; name: string };
  seat: { latitude: string; longitude: string } | null;
};

/** What the app took along, when by the server's clock, and what it can be filled in with. */
export type Day = {
  now: string;
  person: { id: string; name: string };
  verifyAt: string;
  actions: ActionForm[];
  documents: Record<string, Label>;
  /** Words of the states, by entity. */
  states: Record<string, Record<string, Label>>;
  more: boolean;
  /** Why the person has no inspections, where he might expect some. */
  barred: Label | null;
};

/** A form that is being filled in; its id becomes the id of the command, so that it is only ever done once. */
export type Draft = {
  key: string;
  id: string;
  task: string;
  action: string;
  values: Values;
  chain: EvidenceChain;
  salt: string;
  seals: string[];
  changedAt: string;
};

/** The bytes of a piece of evidence; gone from the device once the server has them. */
export type StoredFile = { id: string; task: string; name: string; mediaType: string; bytes: ArrayBuffer };

export type Refusal = { code: string; zh: string; en: string };

export type OutboxState = 'waiting' | 'refused' | 'conflict';

/** Something done that the server does not know of yet. */
export type OutboxEntry = {
  id: string;
  /** Order in which it was done: entries go out in it. */
  order: number;
  task: string;
  entity: string;
  taskTitle: string;
  /** The record's number, which stays in the log of this device when the entry is given up. */
  taskNumber: string | null;
  action: string;
  actionLabel: Label;
  input: Values;
  /** Version of the record that the person saw. */
  version: number;
  chain: EvidenceChain;
  salt: string;
  seals: string[];
  digest: string;
  /** When it was done, by the device's clock. */
  doneAt: string;
  /** Ids of the pieces that the server has. */
  arrived: string[];
  /** Where an upload that broke off goes on. */
  uploads: Record<string, string>;
  /** The comparison of both clocks that went out with it: fixed at the first try, so that a repetition is the same command. */
  clock: { deviceAt: string; serverAt: string } | null;
  state: OutboxState;
  problem: Refusal | null;
  /** The record as the server has it, where it stands against this. */
  current: Task | null;
};

/** What somebody gave up: why, what the server had said, and the checksums of what is gone. No firm, no picture. */
export type GivenUp = {
  id: string;
  person: string;
  number: string | null;
  record: string;
  action: Label;
  doneAt: string;
  at: string;
  reason: string;
  problem: Refusal | null;
  digest: string;
  pieces: { kind: string; sha256: string; deviceAt: string }[];
};

/** What remains on the device of something that was sent: no firm, no person, no picture. */
export type Sent = { id: string; number: string | null; action: Label; at: string; digest: string };
