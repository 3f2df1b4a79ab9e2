import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { canonicalJson } from '@hengjian/transparency';
import type { Keyring } from './keyring.ts';

/** Who a person is and how to reach them. */
export interface Identity {
  name?: string | null | undefined;
  phone?: string | null | undefined;
  address?: string | null | undefined;
  /** Number of an identity document. */
  document?: string | null | undefined;
}

const form = /^hj1\.([a-z0-9-]{1,20})\.([0-9a-f]{32})\.([A-Za-z0-9_-]+)$/;
const bound = Buffer.from('hengjian/complaints/identity/1');

/** Whether a text is an envelope; nothing else may be kept where an identity is kept. */
export const isEnvelope = (text: string): boolean => form.test(text);

const plain = (text: string | null | undefined): string => (text ?? '').normalize('NFKC').replaceAll(/\s/g, '');
/** Digits of a telephone number without the country's. */
const digits = (text: string | null | undefined): string =>
  plain(text)
    .replaceAll(/\D/g, '')
    .replace(/^(?:0086|86)(?=1\d{10}$)/, '');

/**
 * The same person has the same tag: by identity document, else by telephone, else by name and address. Made with a key outside the
 * database, so that nobody who has the database alone can find a person by trying all telephone numbers.
 */
export function tagOf(keyring: Keyring, identity: Identity): string {
  const by = plain(identity.document)
    ? `document/${plain(identity.document).toUpperCase()}`
    : digits(identity.phone)
      ? `phone/${digits(identity.phone)}`
      : `name/${plain(identity.name)}/${plain(identity.address)}`;
  return createHmac('sha256', keyring.tag).update(by).digest('hex').slice(0, 32);
}

/**
 * Seals an identity: AES-256-GCM (NIST SP 800-38D). The nonce is made from key, occasion and content, so that the same command sealed
 * again gives the same envelope and no nonce is ever used for two contents.
 */
export function sealIdentity(keyring: Keyring, identity: Identity, occasion: string): string {
  return seal(keyring, identity, occasion, tagOf(keyring, identity));
}

function seal(keyring: Keyring, identity: Identity, occasion: string, tag: string): string {
  const text = Buffer.from(canonicalJson(JSON.parse(JSON.stringify(identity))));
  return `hj1.${keyring.current}.${tag}.${encrypt(keyring, text, occasion)}`;
}

/** Opens an envelope. @throws Error when it is none, its key is gone, or it was tampered with */
export function openIdentity(keyring: Keyring, envelope: string): Identity {
  const parts = form.exec(envelope);
  if (parts === null) throw new Error('This is no envelope.');
  return JSON.parse(decrypt(keyring, parts[1]!, parts[3]!).toString('utf8')) as Identity;
}

/** The same identity under the current key. */
export const resealIdentity = (keyring: Keyring, envelope: string): string =>
  seal(keyring, openIdentity(keyring, envelope), envelope, partsOf(envelope).tag);

/** Key id and tag that stand on an envelope. */
export function partsOf(envelope: string): { key: string; tag: string } {
  const parts = form.exec(envelope);
  if (parts === null) throw new Error('This is no envelope.');
  return { key: parts[1]!, tag: parts[2]! };
}

/** Seals any text, for drafts of forms that hold an identity: `key.content`. */
export function sealText(keyring: Keyring, text: string, occasion: string): string {
  return `${keyring.current}.${encrypt(keyring, Buffer.from(text), occasion)}`;
}

export function openText(keyring: Keyring, sealed: string): string {
  const at = sealed.indexOf('.');
  return decrypt(keyring, sealed.slice(0, at), sealed.slice(at + 1)).toString('utf8');
}

function encrypt(keyring: Keyring, content: Buffer, occasion: string): string {
  const { encryption, nonce } = keyring.keys.get(keyring.current)!;
  const iv = createHmac('sha256', nonce).update(occasion).update('\0').update(content).digest().subarray(0, 12);
  const cipher = createCipheriv('aes-256-gcm', encryption, iv);
  cipher.setAAD(bound);
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString('base64url');
}

function decrypt(keyring: Keyring, key: string, content: string): Buffer {
  const keys = keyring.keys.get(key);
  if (keys === undefined) throw new Error(`The key ${key} is not in the keyring.`);
  const bytes = Buffer.from(content, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keys.encryption, bytes.subarray(0, 12));
  decipher.setAAD(bound);
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** A text in which signs may stand apart: 138 0000 0000, 王 某. */
const apart = (text: string): RegExp => new RegExp([...text].map(escaped).join('[\\s·.\\-—]*'), 'giu');

/** What a person wrote, without the name, telephone, address and document that the same person gave beside it. */
export function withoutIdentity(text: string, identity: Identity): string {
  const told = [plain(identity.document), digits(identity.phone), plain(identity.address), plain(identity.name)];
  return told
    .filter((one) => [...one].length >= 2)
    .reduce((kept, one) => kept.replaceAll(apart(one), '〔已封存〕'), text.normalize('NFC'));
}
