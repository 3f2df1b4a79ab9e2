import type { AnyEpcisDocument, EpcisEvent, JsonValue, Vocabulary } from '../model.ts';
import { EPCIS_CONTEXT } from '../namespaces.ts';
import type { EpcisResult } from '../problems.ts';
import { jsonNameOf, PrefixTable, readExtensions, readExtensionValue } from './extensions.ts';
import { EVENT_NAMES, readEvent } from './read-event.ts';
import { attributeOf, childOf, readXmlTree, type XmlElement, xpathOf } from './tree.ts';

/** What an XML text of EPCIS holds. */
export type XmlContent =
  | { readonly kind: 'document'; readonly version: string; readonly document: AnyEpcisDocument }
  /** A bare event, as some files have it; its prefixes are in its `@context`. */
  | { readonly kind: 'event'; readonly version: string; readonly event: EpcisEvent }
  /** A document of master data alone. */
  | { readonly kind: 'masterData'; readonly version: string; readonly vocabularyList: readonly Vocabulary[] }
  /** A call of the query interface, such as Poll with its parameters. */
  | {
      readonly kind: 'call';
      readonly version: string;
      readonly name: string;
      readonly queryName?: string;
      readonly parameters: Readonly<Record<string, JsonValue>>;
    };

/**
 * Reads EPCIS XML of versions 1.0 to 2.0 into the model of 2.0: the wrappers of 1.x are opened, a QuantityEvent becomes an
 * ObjectEvent, standard vocabulary becomes bare words. The reader takes what it can; whether the structure is as the
 * schema asks is the matter of `validateXml`.
 */
export function readXml(text: string): EpcisResult<XmlContent> {
  const tree = readXmlTree(text);
  if ('code' in tree) return { ok: false, problems: [tree] };
  const { root } = tree;
  const prefixes = new PrefixTable(tree);
  const version = /:(\d)$/.exec(root.namespace)?.[1] === '2' ? '2.0' : '1.2';
  if (EVENT_NAMES.has(root.local)) {
    const event = readEvent(root, prefixes);
    return {
      ok: true,
      warnings: [],
      value: { kind: 'event', version, event: { '@context': contextOf(prefixes), ...event } },
    };
  }
  switch (root.local) {
    case 'EPCISDocument':
      return { ok: true, warnings: [], value: { kind: 'document', version, document: readDocument(root, prefixes) } };
    case 'EPCISQueryDocument': {
      const body = childOf(root, 'EPCISBody');
      const results = body?.children.find((child) => child.local === 'QueryResults');
      if (results !== undefined) {
        const document = readQueryDocument(root, results, prefixes);
        return { ok: true, warnings: [], value: { kind: 'document', version, document } };
      }
      const call = body?.children[0];
      if (call !== undefined) return { ok: true, warnings: [], value: readCall(call, version, prefixes) };
      break;
    }
    case 'EPCISMasterDataDocument': {
      const list = root.children.flatMap((child) => child.children).find((child) => child.local === 'VocabularyList');
      const vocabularyList = list === undefined ? [] : readVocabularies(list, prefixes);
      return { ok: true, warnings: [], value: { kind: 'masterData', version, vocabularyList } };
    }
    case 'VocabularyList':
      return {
        ok: true,
        warnings: [],
        value: { kind: 'masterData', version, vocabularyList: readVocabularies(root, prefixes) },
      };
    case 'Poll':
    case 'Subscribe':
      return { ok: true, warnings: [], value: readCall(root, version, prefixes) };
    default:
  }
  const zh = `根元素“${root.local}”不是EPCIS文档或事件。`;
  const en = `The root element “${root.local}” is no EPCIS document or event.`;
  return { ok: false, problems: [{ code: 'xml-root-unknown', path: xpathOf(root), zh, en, line: root.line }] };
}

function contextOf(prefixes: PrefixTable): (string | Record<string, string>)[] {
  const entries = prefixes.entries();
  return entries.length === 0 ? [EPCIS_CONTEXT] : [EPCIS_CONTEXT, Object.fromEntries(entries)];
}

function eventsIn(list: XmlElement, prefixes: PrefixTable): EpcisEvent[] {
  return list.children.flatMap((child) => {
    if (EVENT_NAMES.has(child.local)) return [readEvent(child, prefixes)];
    return child.local === 'extension' ? eventsIn(child, prefixes) : [];
  });
}

function readDocument(root: XmlElement, prefixes: PrefixTable): AnyEpcisDocument {
  const body = childOf(root, 'EPCISBody');
  const list = body === undefined ? undefined : childOf(body, 'EventList');
  const eventList = list === undefined ? [] : eventsIn(list, prefixes);
  const header = childOf(root, 'EPCISHeader');
  const masterData = header === undefined ? undefined : find(header, 'VocabularyList');
  const extensions: Record<string, JsonValue> = {};
  readExtensions(
    root.children.filter((child) => child.namespace !== '' && child.namespace !== root.namespace),
    prefixes,
    extensions,
  );
  const vocabularyList = masterData === undefined ? undefined : readVocabularies(masterData, prefixes);
  return {
    '@context': contextOf(prefixes),
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: attributeOf(root, 'creationDate') ?? '',
    ...(header === undefined ? {} : readBusinessHeader(header)),
    ...(vocabularyList === undefined ? {} : { epcisHeader: { epcisMasterData: { vocabularyList } } }),
    epcisBody: { eventList },
    ...extensions,
  };
}

function readQueryDocument(root: XmlElement, results: XmlElement, prefixes: PrefixTable): AnyEpcisDocument {
  const body = childOf(results, 'resultsBody');
  const list = body === undefined ? undefined : childOf(body, 'EventList');
  const vocabularies = body === undefined ? undefined : childOf(body, 'VocabularyList');
  const subscriptionID = childOf(results, 'subscriptionID')?.text.trim();
  const eventList = list === undefined ? [] : eventsIn(list, prefixes);
  return {
    '@context': contextOf(prefixes),
    type: 'EPCISQueryDocument',
    schemaVersion: '2.0',
    creationDate: attributeOf(root, 'creationDate') ?? '',
    epcisBody: {
      queryResults: {
        queryName: childOf(results, 'queryName')?.text.trim() ?? 'SimpleEventQuery',
        ...(subscriptionID === undefined ? {} : { subscriptionID }),
        resultsBody: {
          eventList,
          ...(vocabularies === undefined ? {} : { vocabularyList: readVocabularies(vocabularies, prefixes) }),
        },
      },
    },
  };
}

function find(element: XmlElement, local: string): XmlElement | undefined {
  for (const child of element.children) {
    const found = child.local === local ? child : find(child, local);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readBusinessHeader(header: XmlElement): Record<string, string> {
  const values: Record<string, string> = {};
  const take = (name: string, element: XmlElement | undefined): void => {
    const text = element?.text.trim() ?? '';
    if (text !== '') values[name] = text;
  };
  const [sender, receiver] = [find(header, 'Sender'), find(header, 'Receiver')];
  take('instanceIdentifier', find(header, 'InstanceIdentifier'));
  take('sender', sender && find(sender, 'Identifier'));
  take('receiver', receiver && find(receiver, 'Identifier'));
  return values;
}

function readVocabularies(list: XmlElement, prefixes: PrefixTable): Vocabulary[] {
  return list.children
    .filter((child) => child.local === 'Vocabulary')
    .map((vocabulary) => ({
      type: attributeOf(vocabulary, 'type') ?? '',
      vocabularyElementList: vocabulary.children
        .filter((child) => child.local === 'VocabularyElementList')
        .flatMap((child) => child.children)
        .map((element) => {
          const attributes = element.children.filter((child) => child.local === 'attribute');
          const children = element.children
            .filter((child) => child.local === 'children')
            .flatMap((child) => child.children);
          return {
            id: attributeOf(element, 'id') ?? '',
            ...(attributes.length === 0 ? {} : { attributes: attributes.map((one) => readAttribute(one, prefixes)) }),
            ...(children.length === 0 ? {} : { children: children.map((child) => child.text.trim()) }),
          };
        }),
    }));
}

function readAttribute(element: XmlElement, prefixes: PrefixTable): { id: string; attribute: JsonValue } {
  const value: Record<string, JsonValue> = {};
  readExtensions(element.children, prefixes, value);
  return { id: attributeOf(element, 'id') ?? '', attribute: element.children.length > 0 ? value : element.text.trim() };
}

function readCall(element: XmlElement, version: string, prefixes: PrefixTable): XmlContent {
  const parameters: Record<string, JsonValue> = {};
  for (const param of childOf(element, 'params')?.children ?? []) {
    const name = childOf(param, 'name')?.text.trim();
    const value = childOf(param, 'value');
    if (name === undefined || value === undefined) continue;
    const strings = value.children.filter((child) => child.local === 'string');
    parameters[name] =
      value.children.length > 0 && strings.length === value.children.length
        ? strings.map((one) => one.text.trim())
        : readExtensionValue(value, prefixes);
  }
  const queryName = childOf(element, 'queryName')?.text.trim();
  const name = element.namespace === '' ? jsonNameOf(element, prefixes) : element.local;
  return { kind: 'call', version, name, ...(queryName === undefined ? {} : { queryName }), parameters };
}
