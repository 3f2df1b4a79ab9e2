import { EPC_SCHEMES } from './epc-schemes.ts';
import { splitEpcUri } from './epc-uri.ts';

/** Where canonical Digital Links live. */
export const CANONICAL_STEM = 'https://id.gs1.org';

// Short names of GS1 Digital Link 1.1 (taken out of 1.2), which still stand in documents.
const SHORT_NAMES: Readonly<Record<string, string>> = {
  sscc: '00',
  gtin: '01',
  gdti: '253',
  gcn: '255',
  ginc: '401',
  gsin: '402',
  gln: '414',
  party: '417',
  grai: '8003',
  giai: '8004',
  itip: '8006',
  cpid: '8010',
  gsrnp: '8017',
  gsrn: '8018',
  cpv: '22',
  lot: '10',
  ser: '21',
};

const KEYS = [...new Set(EPC_SCHEMES.map((scheme) => scheme.key))];
const NAMES = [...KEYS, ...Object.keys(SHORT_NAMES).filter((name) => !['cpv', 'lot', 'ser'].includes(name))];
const LINK = new RegExp(
  `^https?://[^/?#]+(?:/[^?#]*?)?/(${NAMES.join('|')})/([^/?#]+)((?:/[^/?#]+/[^/?#]+)*)(?:[?#].*)?$`,
  'i',
);

const SHAPES: Readonly<Record<string, RegExp>> = {
  '00': /^\d{18}$/,
  '01': /^(?:\d{8}|\d{12,14})$/,
  '253': /^\d{13}[!-z]{0,17}$/,
  '255': /^\d{13,25}$/,
  '401': /^[!-z]{1,30}$/,
  '402': /^\d{17}$/,
  '414': /^\d{13}$/,
  '417': /^\d{13}$/,
  '8003': /^\d{14}[!-z]{0,16}$/,
  '8004': /^[!-z]{1,30}$/,
  '8006': /^\d{18}$/,
  '8010': /^[0-9A-Z#/-]{1,30}$/,
  '8017': /^\d{18}$/,
  '8018': /^\d{18}$/,
};

// CBV 2.0 §8.9.2: what a constrained canonical Digital Link may hold beside its key, the most telling first.
const FINEST: Readonly<Record<string, readonly string[]>> = {
  '01': ['21', '235', '10'],
  '414': ['254'],
  '8006': ['21', '10'],
  '8010': ['8011'],
};

const PLAIN = /^[A-Za-z0-9\-._~']*$/;

/** Encodes a value for the path of a canonical Digital Link; the apostrophe stays, as the reference hashes have it. */
export function encodeLinkValue(value: string): string {
  if (PLAIN.test(value)) return value;
  return encodeURIComponent(value).replace(/[!()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decode(value: string): string | undefined {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

/** The constrained canonical Digital Link of an EPC URI, an EPC class, or a pattern that names one class. */
export function canonicalLinkOfEpcUri(uri: string): string | undefined {
  const split = splitEpcUri(uri);
  if (split === undefined) return undefined;
  const { scheme, parts, form } = split;
  if (parts.length !== scheme.size) return undefined;
  let read: readonly string[] = parts;
  if (form === 'pattern') {
    const wild = parts.indexOf('*');
    if (wild >= 0) {
      if (wild !== parts.length - 1 || !scheme.serialised) return undefined;
      read = parts.slice(0, -1);
    }
  }
  const [prefix = '', reference = ''] = read;
  const size = prefix.length + reference.length;
  if (scheme.digits !== undefined && size !== scheme.digits) return undefined;
  if (!/^\d+$/.test(scheme.digits === undefined ? prefix : prefix + reference)) return undefined;
  const { key, qualifier } = scheme.compose(read);
  const link = `${CANONICAL_STEM}/${scheme.key}/${encodeLinkValue(key)}`;
  return qualifier === undefined ? link : `${link}/${scheme.qualifier}/${encodeLinkValue(qualifier)}`;
}

/** The constrained canonical form of a Digital Link on any domain; `undefined` when the URI is none. */
export function canonicalLinkOfDigitalLink(uri: string): string | undefined {
  const match = LINK.exec(uri);
  if (match === null) return undefined;
  const name = match[1]!.toLowerCase();
  const key = SHORT_NAMES[name] ?? name;
  let value = decode(match[2]!);
  if (value === undefined || !SHAPES[key]!.test(value)) return undefined;
  if (key === '01') value = value.padStart(14, '0');
  const link = `${CANONICAL_STEM}/${key}/${encodeLinkValue(value)}`;
  const rest = match[3]!;
  if (rest === '') return link;
  const segments = rest.split('/');
  const qualifiers = new Map<string, string>();
  for (let index = 1; index < segments.length; index += 2) {
    const written = segments[index]!;
    qualifiers.set(SHORT_NAMES[written] ?? written, segments[index + 1]!);
  }
  const found = FINEST[key]?.find((identifier) => qualifiers.has(identifier));
  if (found === undefined) return link;
  const detail = decode(qualifiers.get(found)!);
  return detail === undefined ? undefined : `${link}/${found}/${encodeLinkValue(detail)}`;
}

// What most links look like already: the usual keys, nothing that would have to be encoded.
const CANONICAL =
  /^https:\/\/id\.gs1\.org\/(?:01\/\d{14}(?:\/(?:21|10|235)\/[\w.~'-]+)?|00\/\d{18}|417\/\d{13}|414\/\d{13}(?:\/254\/[\w.~'-]+)?)$/;

/**
 * One URI for one thing: EPC URIs and Digital Links of any domain become the constrained canonical Digital Link on
 * id.gs1.org (CBV 2.0 §8.9.2); everything else (Ecode, Handle, private URIs, BIC, UUIDs …) stays as it is.
 */
export function canonicalUri(uri: string): string {
  if (uri.startsWith('urn:epc:')) return canonicalLinkOfEpcUri(uri) ?? uri;
  if (!uri.startsWith('http') && !uri.startsWith('HTTP')) return uri;
  return CANONICAL.test(uri) ? uri : (canonicalLinkOfDigitalLink(uri) ?? uri);
}
