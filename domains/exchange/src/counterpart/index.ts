import { fileURLToPath } from 'node:url';
import { Problem } from '@hengjian/kernel';
import { readCounterparts } from './load.ts';
import type { Counterpart, Message } from './schema.ts';

export { requireCounterparts } from './load.ts';
export type { Counterpart, Message } from './schema.ts';

/** Every edition of every national system that there is a file for; read once, when the platform starts. */
export const counterparts: readonly Counterpart[] = readCounterparts(
  fileURLToPath(new URL('../../counterparts/', import.meta.url)),
);

/** The systems, each once. */
export const systems: readonly string[] = [...new Set(counterparts.map(({ system }) => system))];

/** The edition of a system that is in force on a day, or undefined. */
export function findCounterpart(system: string, day: string): Counterpart | undefined {
  return counterparts
    .filter((candidate) => candidate.system === system && candidate.inForce <= day)
    .sort((one, other) => (one.inForce < other.inForce ? 1 : -1))[0];
}

/** @throws Problem when there is no such system, or no edition of it in force yet */
export function getCounterpart(system: string, day: string): Counterpart {
  const found = findCounterpart(system, day);
  if (found !== undefined) return found;
  throw new Problem(
    422,
    'unknown-counterpart',
    `没有“${system}”这个对方系统的有效对接配置。`,
    `There is no configuration in force of a counterpart called ${system}.`,
  );
}

/** @throws Problem when the edition has no such message */
export function getMessage(counterpart: Counterpart, name: string): Message {
  const found = counterpart.messages.find((message) => message.name === name);
  if (found !== undefined) return found;
  throw new Problem(
    422,
    'unknown-message',
    `“${counterpart.label.zh}”没有“${name}”这种报文。`,
    `${counterpart.label.en} has no message ${name}.`,
  );
}
