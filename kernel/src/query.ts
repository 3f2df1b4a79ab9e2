import type { z } from 'zod';
import type { Actor } from './act.ts';
import type { Transaction } from './database/database.ts';
import type { Label } from './declare/field.ts';
import type { Kernel } from './kernel.ts';

/** A read of one or many records: a plain function under the reader's claim, so row security applies to all it sees. */
export interface Query<Input = Record<string, unknown>, Output = unknown> {
  name: string;
  label: Label;
  /** Roles that may ask; 'public' queries run without sign-in in the public role and see the public record alone. */
  roles: readonly string[];
  input: z.ZodType<Input>;
  answer: (input: Input, reader: Reader) => Promise<Output>;
}

export interface Reader {
  actor: Actor;
  sql: Transaction;
  kernel: Kernel;
  today: string;
}

/** Declares a query; the input's type is checked here and erased in the register. */
export function query<Schema extends z.ZodType, Output>(declaration: {
  name: string;
  label: Label;
  roles: readonly string[];
  input: Schema;
  answer: (input: z.infer<Schema>, reader: Reader) => Promise<Output>;
}): Query {
  return declaration as unknown as Query;
}
