import { type Identity, isEnvelope, openText, sealIdentity, sealText } from '@hengjian/complaints';
import type { Command } from '@hengjian/kernel';
import type { Platform } from '../platform.ts';

/** The field under which a form holds who a person is. */
const field = 'identity';

/** What somebody typed into one field: the telephone is found, the rest is the name and whatever else was written. */
function identityIn(typed: unknown): Identity | null {
  if (typeof typed !== 'string') return null;
  const phone = /(?:\+?86)?1\d{10}|0\d{2,3}-?\d{7,8}/.exec(typed.replaceAll(/(\d)\s+(?=\d)/g, '$1'))?.[0];
  const rest = typed.replaceAll(/[\d+\-\s]{7,}/g, ' ').trim();
  return { name: rest.slice(0, 300) || null, phone: phone ?? null };
}

/** Seals an identity that a generic form sends, before it becomes a command: no event, digest or sheet then holds it. */
export function sealCommand({ register, identities }: Platform, command: Command): Command {
  const sealed = register.lifecycles.get(command.entity)?.actions[command.action]?.sealed ?? [];
  const typed = command.input[field];
  if (!sealed.includes(field) || typeof typed !== 'string' || typed.trim() === '' || isEnvelope(typed)) return command;
  const identity = sealIdentity(identities, identityIn(typed)!, command.id);
  return { ...command, input: { ...command.input, [field]: identity } };
}

const holdsIdentity = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(
    ([key, held]) => ((key === field || key === 'person') && held !== '' && held !== null) || holdsIdentity(held),
  );

/** A draft in which somebody stands is kept sealed, whole. */
export const sealDraft = (platform: Platform, key: string, value: unknown): unknown =>
  holdsIdentity(value) ? { sealed: sealText(platform.identities, JSON.stringify(value), key) } : value;

export function openDraft(platform: Platform, value: unknown): unknown {
  const sealed = typeof value === 'object' && value !== null && 'sealed' in value ? value.sealed : undefined;
  return typeof sealed === 'string' ? JSON.parse(openText(platform.identities, sealed)) : value;
}
