import { canonicalUri } from './canonical-uri.ts';
import { splitEpcUri } from './epc-uri.ts';

/** Families of identifiers that may name an object, a class, a place or a party in an event. */
export type IdentifierScheme =
  | 'gs1'
  | 'epc'
  | 'ecode'
  | 'handle'
  | 'oid'
  | 'uuid'
  | 'did'
  | 'geo'
  | 'event-hash'
  | 'private';

/** Schemes of identifiers that the library tells apart. */
export interface IdentifierKind {
  readonly scheme: IdentifierScheme;
  /** The form to compare: the canonical Digital Link of a GS1 key, the handle without proxy, the URI itself otherwise. */
  readonly canonical: string;
  /** Whether it names one thing or a class; unknown for schemes that do not tell. */
  readonly level?: 'instance' | 'class';
}

// Ecode (GB/T 31866): version, numbering system identifier of 4 or 5 digits, main code. Written bare or as a URI.
const ECODE =
  /^(?:urn:ecode:|ecode:|https?:\/\/(?:www\.)?(?:iotroot\.com|ecode\.org\.cn|t\.iotroot\.com)\/(?:[^?#]*\/)?)?([1-4]\d{4}[0-9A-Za-z.-]{1,60})$/i;
// Handle (RFC 3650; the 88.x prefixes of the industrial internet in China) bare, as hdl: URI or through a proxy.
const HANDLE =
  /^(?:hdl:|urn:hdl:|https?:\/\/(?:hdl\.handle\.net|www\.handle\.net|doi\.org|dx\.doi\.org|[a-z0-9.-]+\/handle)\/)?(\d+(?:\.\d+)+\/[^\s?#]+)$/i;
const INSTANCE_KEYS = new Set(['00', '253', '255', '401', '402', '414', '417', '8003', '8004', '8017', '8018']);

/** Tells which family an identifier belongs to. Every text is an answer: what no rule knows is private and stays as it is. */
export function identifyScheme(uri: string): IdentifierKind {
  const canonical = canonicalUri(uri);
  if (canonical.startsWith('https://id.gs1.org/')) {
    const level = levelOfLink(canonical);
    return { scheme: 'gs1', canonical, ...(level === undefined ? {} : { level }) };
  }
  if (uri.startsWith('urn:epc:')) {
    const form = splitEpcUri(uri)?.form ?? (uri.startsWith('urn:epc:id:') ? 'id' : undefined);
    return { scheme: 'epc', canonical, ...(form === 'id' ? { level: 'instance' } : {}) };
  }
  const ecode = /^(?:urn:ecode:|ecode:|https?:)/i.test(uri) || /^[1-4]\d{4}/.test(uri) ? ECODE.exec(uri) : null;
  if (ecode !== null) return { scheme: 'ecode', canonical: `urn:ecode:${ecode[1]}` };
  const handle = HANDLE.exec(uri);
  // Handles are not case-sensitive in ASCII (RFC 3650 §3).
  if (handle !== null) return { scheme: 'handle', canonical: `hdl:${handle[1]!.toUpperCase()}` };
  if (/^urn:oid:\d+(?:\.\d+)*$/i.test(uri)) return { scheme: 'oid', canonical: uri.toLowerCase() };
  if (/^urn:uuid:[0-9a-f-]{36}$/i.test(uri)) return { scheme: 'uuid', canonical: uri.toLowerCase(), level: 'instance' };
  if (uri.startsWith('did:')) return { scheme: 'did', canonical: uri };
  if (uri.startsWith('geo:')) return { scheme: 'geo', canonical: uri, level: 'instance' };
  if (uri.startsWith('ni:')) return { scheme: 'event-hash', canonical: uri };
  return { scheme: 'private', canonical: uri };
}

function levelOfLink(link: string): IdentifierKind['level'] {
  const [, key = '', value = '', qualifier] = link.slice('https://id.gs1.org'.length).split('/');
  if (key === '01' || key === '8006') return qualifier === '21' || qualifier === '235' ? 'instance' : 'class';
  if (key === '8010') return qualifier === '8011' ? 'instance' : 'class';
  if (key === '8003') return value.length > 14 ? 'instance' : 'class';
  if (key === '253' || key === '255') return value.length > 13 ? 'instance' : 'class';
  return INSTANCE_KEYS.has(key) ? 'instance' : undefined;
}

/** Whether two identifiers name the same thing, in whatever form or on whatever domain they are written. */
export function isSameIdentifier(left: string, right: string): boolean {
  return left === right || identifyScheme(left).canonical === identifyScheme(right).canonical;
}
