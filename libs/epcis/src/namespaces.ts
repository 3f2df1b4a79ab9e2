import type { JsonValue, LinkedDataContext } from './model.ts';
import { CBV_NAMESPACE, EPCIS_NAMESPACE, GS1_VOCABULARY } from './vocabulary/cbv.ts';

/** The context that every EPCIS 2.0 document names first. */
export const EPCIS_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** Prefixes with their namespaces. */
export type Namespaces = ReadonlyMap<string, string>;

/** Prefixes that the EPCIS context declares itself. */
export const STANDARD_NAMESPACES: Namespaces = new Map([
  ['cbv', CBV_NAMESPACE],
  ['epcis', EPCIS_NAMESPACE],
  ['gs1', GS1_VOCABULARY],
  ['rdfs', 'http://www.w3.org/2000/01/rdf-schema#'],
  ['owl', 'http://www.w3.org/2002/07/owl#'],
  ['xsd', 'http://www.w3.org/2001/XMLSchema#'],
]);

/** Adds the prefixes of a `@context` to those around it. Remote contexts are not loaded: a context is data, not code. */
export function extendNamespaces(outer: Namespaces, context: LinkedDataContext | undefined): Namespaces {
  if (context === undefined || typeof context === 'string') return outer;
  let inner: Map<string, string> | undefined;
  for (const entry of Array.isArray(context) ? context : [context]) {
    if (typeof entry !== 'object' || entry === null) continue;
    for (const [term, meaning] of Object.entries(entry as Record<string, JsonValue>)) {
      const namespace = typeof meaning === 'string' ? meaning : readIdentifier(meaning);
      if (term.startsWith('@') || namespace === undefined) continue;
      inner ??= new Map(outer);
      inner.set(term, namespace);
    }
  }
  return inner ?? outer;
}

function readIdentifier(meaning: JsonValue): string | undefined {
  if (typeof meaning !== 'object' || meaning === null || Array.isArray(meaning)) return undefined;
  const id = (meaning as { readonly '@id'?: JsonValue })['@id'];
  return typeof id === 'string' ? id : undefined;
}

/** A name taken apart: `{namespace}local` for a declared prefix, the bare name otherwise. */
export interface ExpandedName {
  readonly namespace: string;
  readonly local: string;
}

/** Expands `prefix:name`; an undeclared prefix keeps its text as namespace, a full URI is split after its last / or #. */
export function expandName(name: string, namespaces: Namespaces): ExpandedName {
  const colon = name.indexOf(':');
  if (colon < 0) return { namespace: '', local: name };
  const namespace = namespaces.get(name.slice(0, colon));
  if (namespace !== undefined) return { namespace, local: name.slice(colon + 1) };
  const cut = Math.max(name.lastIndexOf('/'), name.lastIndexOf('#'));
  if (cut < 0) return { namespace: name.slice(0, colon), local: name.slice(colon + 1) };
  return { namespace: name.slice(0, cut + 1), local: name.slice(cut + 1) };
}

/** `{namespace}local`, the form of the event hash and of query parameters that compare names. */
export function clarkName(name: string, namespaces: Namespaces): string {
  const { namespace, local } = expandName(name, namespaces);
  return namespace === '' ? local : `{${namespace}}${local}`;
}
