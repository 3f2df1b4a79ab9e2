import { canonicalNumber } from '../hash/canonical-values.ts';
import type { JsonValue, LinkedDataContext } from '../model.ts';
import { expandName, extendNamespaces, type Namespaces } from '../namespaces.ts';
import { type VocabularyKind, xmlVocabulary } from '../vocabulary/cbv.ts';

// Characters that XML 1.0 cannot hold at all.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are the point
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

export function escapeText(text: string): string {
  return /[&<>\r]/.test(text) || FORBIDDEN.test(text)
    ? text
        .replace(FORBIDDEN, '\uFFFD')
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/\r/g, '&#13;')
    : text;
}

export function escapeAttribute(text: string): string {
  return escapeText(text).replace(/"/g, '&quot;').replace(/\n/g, '&#10;').replace(/\t/g, '&#9;');
}

/** An element without attributes. */
export function element(name: string, inner: string): string {
  return inner === '' ? `<${name}/>` : `<${name}>${inner}</${name}>`;
}

/** Collects the namespaces that a text uses and gives each of them one prefix. */
export class XmlScope {
  /** Prefixes of the JSON around the place that is being written. */
  readonly namespaces: Namespaces;
  readonly vocabulary: 'urn' | 'web';
  private readonly shared: { readonly prefixes: Map<string, string>; readonly used: Set<string> };

  constructor(namespaces: Namespaces, vocabulary: 'urn' | 'web', parent?: XmlScope) {
    this.namespaces = namespaces;
    this.vocabulary = vocabulary;
    this.shared = parent?.shared ?? {
      prefixes: new Map(),
      used: new Set(['epcis', 'epcisq', 'sbdh', 'xml', 'xmlns', 'xsi']),
    };
  }

  /** The scope inside an object with a `@context` of its own. */
  inside(context: LinkedDataContext | undefined): XmlScope {
    const namespaces = extendNamespaces(this.namespaces, context);
    return namespaces === this.namespaces ? this : new XmlScope(namespaces, this.vocabulary, this);
  }

  /** The XML name of a JSON name. */
  name(jsonName: string): string {
    const { namespace, local } = expandName(jsonName, this.namespaces);
    if (namespace === '') return local;
    const colon = jsonName.indexOf(':');
    const wanted = this.namespaces.has(jsonName.slice(0, colon)) ? jsonName.slice(0, colon) : 'ns';
    return `${this.prefix(namespace, wanted)}:${local}`;
  }

  prefix(namespace: string, wanted: string): string {
    const known = this.shared.prefixes.get(namespace);
    if (known !== undefined) return known;
    let prefix = wanted;
    for (let number = 1; this.shared.used.has(prefix); number++) prefix = `${wanted}${number}`;
    this.shared.used.add(prefix);
    this.shared.prefixes.set(namespace, prefix);
    return prefix;
  }

  declarations(): string {
    return [...this.shared.prefixes]
      .map(([namespace, prefix]) => ` xmlns:${prefix}="${escapeAttribute(namespace)}"`)
      .join('');
  }

  text(value: string | number | boolean): string {
    if (typeof value === 'string') return escapeText(value);
    return typeof value === 'number' ? canonicalNumber(value) : String(value);
  }

  word(kind: VocabularyKind, value: string): string {
    const written = xmlVocabulary(kind, value, this.vocabulary);
    if (written.startsWith('gs1:')) this.prefix('https://gs1.org/voc/', 'gs1');
    return written;
  }
}

/** The extension elements of an object: names with a colon, but not those of the standard. */
export function writeExtensions(holder: object, scope: XmlScope, standard: ReadonlySet<string>): string {
  let text = '';
  for (const [name, value] of Object.entries(holder)) {
    if (!standard.has(name) && name !== '@context') text += writeExtension(name, value as JsonValue, scope);
  }
  return text;
}

function writeExtension(name: string, value: JsonValue | undefined, scope: XmlScope): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((one) => writeExtension(name, one, scope)).join('');
  const written = scope.name(name);
  if (typeof value !== 'object') return element(written, scope.text(value as string | number | boolean));
  const inner = scope.inside((value as { readonly '@context'?: LinkedDataContext })['@context']);
  let attributes = '';
  let content = '';
  const literal = '@value' in value;
  for (const [key, part] of Object.entries(value)) {
    if (key === '#text' || key === '@value') content += inner.text(part as string | number | boolean);
    else if (key === '@context' || (literal && key.startsWith('@'))) continue;
    else if (key.startsWith('@')) attributes += ` ${inner.name(key.slice(1))}="${escapeAttribute(String(part))}"`;
    else content += writeExtension(key, part, inner);
  }
  return `<${written}${attributes}${content === '' ? '/>' : `>${content}</${written}>`}`;
}
