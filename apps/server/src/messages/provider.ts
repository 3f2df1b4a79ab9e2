import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Channels that leave the house. */
export type OutsideChannel = 'sms' | 'email' | 'chat';

export interface Outgoing {
  /** The platform's own reference: the same key is sent once, however often it is handed over. */
  key: string;
  to: string;
  text: string;
}

export type Receipt =
  | { state: 'unknown' }
  | { state: 'accepted' | 'arrived'; reference: string }
  | { state: 'failed'; reason: string };

/**
 * Whoever carries messages: an SMS gateway, a mail server, the chat of the government cloud. What an adapter owes is in
 * `provider-contract.ts`.
 */
export interface MessageProvider {
  /**
   * Takes a message. Handed over twice under one key, it goes out once and answers alike.
   * @throws Undeliverable when it will never be taken; any other error means: later again
   */
  send(message: Outgoing): Promise<{ reference: string }>;
  /** What became of what was handed over under this key; `unknown` when it never arrived. */
  receipt(key: string): Promise<Receipt>;
}

/** The address or the text is refused for good. */
export class Undeliverable extends Error {}

interface Line extends Outgoing {
  reference: string;
}

/**
 * Carries messages nowhere: one line of JSON per message in a file, which outlives the process. For the demonstration, practice
 * and tests; a message counts as arrived at once, an address that ends in 000 is refused and one that ends in 999 is busy.
 */
export function createFileProvider(path: string): MessageProvider {
  mkdirSync(dirname(path), { recursive: true });
  const known = new Map<string, Line>(
    (existsSync(path) ? readFileSync(path, 'utf8') : '')
      .split('\n')
      .filter(Boolean)
      .map((text) => JSON.parse(text) as Line)
      .map((line) => [line.key, line]),
  );
  return {
    async send(message) {
      const before = known.get(message.key);
      if (before !== undefined) return { reference: before.reference };
      if (message.to.endsWith('000')) throw new Undeliverable('空号或者地址不存在 / no such number or address');
      if (message.to.endsWith('999')) throw new Error('通道繁忙 / the provider is busy');
      const line = { ...message, reference: `F${known.size + 1}` };
      appendFileSync(path, `${JSON.stringify(line)}\n`);
      known.set(message.key, line);
      return { reference: line.reference };
    },
    async receipt(key) {
      const line = known.get(key);
      return line === undefined ? { state: 'unknown' } : { state: 'arrived', reference: line.reference };
    },
  };
}
