import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What is sent as one item. */
export interface SentItem {
  key: string;
  message: string;
  mapping: string;
  values: Record<string, string>;
}
/** What a counterpart says of one item. `received`: it has it and has not decided yet. */
export type Answer =
  | { state: 'accepted'; foreignNumber: string }
  | { state: 'rejected'; code?: string | undefined; reason: string }
  | { state: 'received' };
export interface ListedItem {
  key: string;
  message: string;
  foreignNumber: string;
  values: Record<string, string>;
}

const { $defs } = JSON.parse(readFileSync(new URL('../../contracts/port.json', import.meta.url), 'utf8')) as {
  $defs: Record<'item' | 'answer' | 'list' | 'assigned', z.core.JSONSchema.JSONSchema>;
};
const read = <T>(name: keyof typeof $defs): z.ZodType<T> => z.fromJSONSchema($defs[name]) as unknown as z.ZodType<T>;

/** The protocol of the API port, read from contracts/port.json: both sides and every sample keep it. */
export const contract = {
  item: read<SentItem>('item'),
  answer: read<Answer>('answer'),
  list: read<{ items: ListedItem[] }>('list'),
  assigned: read<{ items: Record<string, string>[] }>('assigned'),
};
