import type { JsonValue } from '../model.ts';
import { simpleTypeOfXsd } from './simple-types.ts';
import { type XmlElement, type XmlTree, XSI } from './tree.ts';

const XSD = 'http://www.w3.org/2001/XMLSchema';

/** Gives every namespace of a document one prefix, also where the text binds a prefix twice or not at all. */
export class PrefixTable {
  private readonly byNamespace = new Map<string, string>();
  private readonly used = new Set<string>(['epcis', 'cbv', 'xsi']);

  constructor(tree: XmlTree) {
    for (const [prefix, namespace] of tree.prefixes) {
      if (!isStandardNamespace(namespace) && prefix !== 'xsi') this.name(namespace, prefix);
    }
  }

  /** `prefix:local`, or the bare local name of an element without namespace. */
  name(namespace: string, wanted: string): string {
    const known = this.byNamespace.get(namespace);
    if (known !== undefined) return known;
    let prefix = wanted === '' ? 'ext' : wanted;
    for (let number = 1; this.used.has(prefix); number++) prefix = `${wanted === '' ? 'ext' : wanted}${number}`;
    this.used.add(prefix);
    this.byNamespace.set(namespace, prefix);
    return prefix;
  }

  /** Prefixes with their namespaces, for the `@context`. */
  entries(): [string, string][] {
    return [...this.byNamespace].map(([namespace, prefix]) => [prefix, namespace]);
  }
}

/** Namespaces of EPCIS itself, of the business document header and of XML Schema instances. */
export function isStandardNamespace(namespace: string): boolean {
  return (
    /^urn:epcglobal:(?:epcis(?:-query|-masterdata)?:)?xsd:\d$/.test(namespace) ||
    namespace === XSI ||
    namespace === XSD ||
    namespace === 'http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader'
  );
}

/** The JSON name of an element or attribute. */
export function jsonNameOf(
  item: { readonly prefix: string; readonly namespace: string; readonly local: string },
  prefixes: PrefixTable,
): string {
  return item.namespace === '' ? item.local : `${prefixes.name(item.namespace, item.prefix)}:${item.local}`;
}

/**
 * The value of an extension element: text, a number or truth value when `xsi:type` says so, or an object of its
 * children; attributes become `@name`, text beside them `#text`. Elements of one name become an array.
 */
export function readExtensionValue(element: XmlElement, prefixes: PrefixTable): JsonValue {
  const attributes = element.attributes.filter((one) => one.namespace !== XSI);
  const text = element.text.trim();
  if (element.children.length === 0 && attributes.length === 0) return typedText(element, text);
  const value: Record<string, JsonValue> = {};
  for (const attribute of attributes) value[`@${jsonNameOf(attribute, prefixes)}`] = attribute.value;
  if (text !== '') value['#text'] = typedText(element, text);
  readExtensions(element.children, prefixes, value);
  return value;
}

/** Puts extension elements into an object under their JSON names. */
export function readExtensions(
  elements: readonly XmlElement[],
  prefixes: PrefixTable,
  target: Record<string, JsonValue>,
): void {
  for (const element of elements) {
    const name = jsonNameOf(element, prefixes);
    const value = readExtensionValue(element, prefixes);
    const present = target[name];
    if (present === undefined) target[name] = value;
    else if (Array.isArray(present)) target[name] = [...present, value];
    else target[name] = [present, value];
  }
}

function typedText(element: XmlElement, text: string): JsonValue {
  if (element.type?.namespace !== XSD) return text;
  switch (simpleTypeOfXsd(element.type.local)) {
    case 'decimal':
    case 'integer':
    case 'double': {
      const number = Number(text);
      return text !== '' && Number.isFinite(number) ? number : text;
    }
    case 'boolean':
      return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
    default:
      return text;
  }
}
