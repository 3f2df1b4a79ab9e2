import { CANONICAL_STEM, canonicalUri, encodeLinkValue } from '../identifiers/canonical-uri.ts';
import { splitEpcUri } from '../identifiers/epc-uri.ts';

/** Whether a canonical identifier is meant by a value of a `MATCH_` parameter. */
export type EpcMatcher = (canonical: string) => boolean;

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Makes a matcher of a value of `MATCH_epc` and its relatives (EPCIS 2.0 §8.2.7.1): an identifier in any form, a class, or
 * a pattern with `*`. A pattern matches what it covers and the class that it names; both URN and Digital Link are met,
 * because both sides are compared as canonical Digital Links.
 */
export function createEpcMatcher(value: string): EpcMatcher {
  const exact = canonicalUri(value);
  const pattern = patternOf(value);
  if (pattern !== undefined) return (canonical) => canonical === exact || pattern.test(canonical);
  // A Digital Link of a class without lot and serial stands for its instances too, as its URN pattern does.
  if (/^https:\/\/id\.gs1\.org\/01\/\d{14}$/.test(exact)) {
    const serial = `${exact}/21/`;
    return (canonical) => canonical === exact || canonical.startsWith(serial);
  }
  return (canonical) => canonical === exact;
}

function patternOf(value: string): RegExp | undefined {
  if (!value.includes('*')) return undefined;
  const split = splitEpcUri(value);
  if (split === undefined) return new RegExp(`^${value.split('*').map(escapePattern).join('.*')}$`);
  const { scheme, parts } = split;
  const [prefix = '*', reference = '*'] = parts;
  const wildReference = reference === '*' || parts.length < 2;
  let key: string;
  if (prefix === '*') {
    key = '[^/]+?';
  } else if (!wildReference) {
    const size = scheme.serialised ? scheme.size - 1 : scheme.size;
    const { key: composed } = scheme.compose(parts.slice(0, size).map((part) => (part === '*' ? '' : part)));
    key = escapePattern(encodeLinkValue(composed));
  } else if (scheme.digits === undefined) {
    key = `${escapePattern(prefix)}[^/]+`;
  } else {
    const left = scheme.digits - prefix.length;
    if (left < 0) return undefined;
    const indicator = scheme.name === 'grai' ? '0' : scheme.prefixAt === 1 ? '\\d' : '';
    key = `${indicator}${escapePattern(prefix)}\\d{${scheme.prefixAt === 1 && scheme.name !== 'grai' ? left - 1 : left}}\\d`;
    if (scheme.name === 'itip') key += '\\d{4}';
  }
  const last = parts.at(-1)!;
  let tail = '';
  if (scheme.qualifier !== undefined) {
    const qualifier = `/${scheme.qualifier}/`;
    if (parts.length < scheme.size || last === '*')
      tail = scheme.name === 'sgln' ? `(?:${qualifier}.+)?` : `${qualifier}.+`;
    else if (scheme.name !== 'sgln' || last !== '0') tail = qualifier + escapePattern(encodeLinkValue(last));
  } else if (scheme.serialised) {
    tail = last === '*' ? '[^/]+' : escapePattern(encodeLinkValue(last));
  }
  return new RegExp(`^${escapePattern(CANONICAL_STEM)}/${scheme.key}/${key}${tail}$`);
}
