import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { eventsOf } from '../documents.ts';
import type { AnyEpcisDocument, EpcisEvent } from '../model.ts';
import { extendNamespaces, type Namespaces, STANDARD_NAMESPACES } from '../namespaces.ts';
import { preHashString } from './pre-hash.ts';

/** What an event hash leaves out and how it digests. */
export interface EventHashOptions {
  /** Prefixes declared by the document around the event; the event's own `@context` is always read. */
  readonly namespaces?: Namespaces;
  /**
   * SHA-256 of a text as lower-case hexadecimal. Default: @noble/hashes, the same in every runtime. On a server
   * `(text) => crypto.hash('sha256', text)` is faster.
   */
  readonly digest?: (text: string) => string;
  /** Names `{namespace}local` of extensions of the event to leave out, such as what a repository adds. */
  readonly ignored?: ReadonlySet<string>;
}

const digestPortably = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** The event hash ID of CBV 2.0 §8.9.2: `ni:///sha-256;…?ver=CBV2.0`. */
export function eventHash(event: EpcisEvent, options: EventHashOptions = {}): string {
  const digest = options.digest ?? digestPortably;
  return `ni:///sha-256;${digest(preHashString(event, options.namespaces, options.ignored))}?ver=CBV2.0`;
}

/** Hashes of all events of a document in their order, its `@context` in force. */
export function documentHashes(
  document: AnyEpcisDocument,
  options: Omit<EventHashOptions, 'namespaces'> = {},
): string[] {
  const namespaces = extendNamespaces(STANDARD_NAMESPACES, document['@context']);
  return eventsOf(document).map((event) => eventHash(event, { ...options, namespaces }));
}

/** Whether an eventID is an event hash (of any CBV version), so that it can be checked against its event. */
export function isEventHash(eventID: string): boolean {
  return /^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV\d+\.\d+(?:\.\d+)*$/.test(eventID);
}
