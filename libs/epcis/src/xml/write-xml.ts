import { eventsOf } from '../documents.ts';
import type { AnyEpcisDocument, EpcisEvent, JsonValue, Vocabulary } from '../model.ts';
import { extendNamespaces, type Namespaces, STANDARD_NAMESPACES } from '../namespaces.ts';
import { writeEvent } from './write-event.ts';
import { element, escapeAttribute, writeExtensions, XmlScope } from './write-parts.ts';

/** How an XML document is written. */
export interface WriteXmlOptions {
  /** How values of the CBV are written: its URNs (default, as in EPCIS 1.x) or Web URIs (`GS1-CBV-XML-Format`). */
  readonly vocabulary?: 'urn' | 'web';
}

const EPCIS = 'urn:epcglobal:epcis:xsd:2';
const QUERY = 'urn:epcglobal:epcis-query:xsd:2';
const SBDH = 'http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader';

/** Writes a document as EPCIS 2.0 XML, elements in the order of the schema (EPCIS 2.0 §9). */
export function writeXml(document: AnyEpcisDocument, options: WriteXmlOptions = {}): string {
  const namespaces = extendNamespaces(STANDARD_NAMESPACES, document['@context']);
  const scope = new XmlScope(namespaces, options.vocabulary ?? 'urn');
  const events = eventsOf(document)
    .map((event) => writeEvent(event, scope))
    .join('');
  const outer = writeExtensions(document, scope, new Set(['@context', ...DOCUMENT_FIELDS]));
  const query = document.type === 'EPCISQueryDocument';
  const body = query ? writeQueryBody(document, events, scope) : element('EPCISBody', element('EventList', events));
  const header = query ? '' : writeHeader(document, scope);
  const root = query ? 'epcisq:EPCISQueryDocument' : 'epcis:EPCISDocument';
  const own = query ? `xmlns:epcisq="${QUERY}"` : `xmlns:epcis="${EPCIS}"`;
  const declared = scope.declarations();
  const date = escapeAttribute(document.creationDate);
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${own}${declared} schemaVersion="2.0" creationDate="${date}">` +
    `${header}${body}${outer}</${root}>\n`
  );
}

const DOCUMENT_FIELDS =
  'id type schemaVersion creationDate instanceIdentifier sender receiver epcisHeader epcisBody'.split(' ');

/** Writes one event as an element without document, its prefixes declared on it. */
export function writeEventXml(
  event: EpcisEvent,
  options: WriteXmlOptions & { readonly namespaces?: Namespaces } = {},
): string {
  const scope = new XmlScope(options.namespaces ?? STANDARD_NAMESPACES, options.vocabulary ?? 'urn');
  const text = writeEvent(event, scope);
  return text.replace(/^<\w+/, (start) => start + scope.declarations());
}

function writeQueryBody(
  document: AnyEpcisDocument & { type: 'EPCISQueryDocument' },
  events: string,
  scope: XmlScope,
): string {
  const { queryName, subscriptionID, resultsBody } = document.epcisBody.queryResults;
  const vocabularies = resultsBody.vocabularyList;
  const inner =
    vocabularies !== undefined && events === '' ? writeVocabularies(vocabularies, scope) : element('EventList', events);
  return element(
    'EPCISBody',
    element(
      'epcisq:QueryResults',
      element('queryName', scope.text(queryName)) +
        (subscriptionID === undefined ? '' : element('subscriptionID', scope.text(subscriptionID))) +
        element('resultsBody', inner),
    ),
  );
}

function writeHeader(document: AnyEpcisDocument & { type: 'EPCISDocument' }, scope: XmlScope): string {
  const { sender, receiver, instanceIdentifier } = document;
  let text = '';
  if (sender !== undefined || receiver !== undefined || instanceIdentifier !== undefined) {
    const part = (name: string, value: string): string => `<sbdh:${name}>${scope.text(value)}</sbdh:${name}>`;
    const party = (name: string, value: string): string => `<sbdh:${name}>${part('Identifier', value)}</sbdh:${name}>`;
    const identification =
      part('Standard', 'EPCglobal') +
      part('TypeVersion', '2.0') +
      part('InstanceIdentifier', instanceIdentifier ?? '') +
      part('Type', 'Events') +
      part('CreationDateAndTime', document.creationDate);
    text +=
      `<sbdh:StandardBusinessDocumentHeader xmlns:sbdh="${SBDH}">${part('HeaderVersion', '1.0')}` +
      `${party('Sender', sender ?? '')}${party('Receiver', receiver ?? '')}` +
      `<sbdh:DocumentIdentification>${identification}</sbdh:DocumentIdentification></sbdh:StandardBusinessDocumentHeader>`;
  }
  const vocabularies = document.epcisHeader?.epcisMasterData?.vocabularyList;
  if (vocabularies !== undefined) {
    text += element('extension', element('EPCISMasterData', writeVocabularies(vocabularies, scope)));
  }
  return text === '' ? '' : element('EPCISHeader', text);
}

function writeVocabularies(vocabularies: readonly Vocabulary[], scope: XmlScope): string {
  const list = vocabularies.map(({ type, vocabularyElementList = [] }) => {
    const elements = vocabularyElementList.map(({ id, attributes = [], children = [] }) => {
      const written = attributes.map((one) => {
        const value = one.attribute === undefined ? '' : writeAttribute(one.attribute, scope);
        return `<attribute id="${escapeAttribute(one.id)}">${value}</attribute>`;
      });
      const below = children.map((child) => element('id', scope.text(child))).join('');
      const inner = written.join('') + (below === '' ? '' : element('children', below));
      return `<VocabularyElement id="${escapeAttribute(id)}">${inner}</VocabularyElement>`;
    });
    const inner = elements.length === 0 ? '' : element('VocabularyElementList', elements.join(''));
    return `<Vocabulary type="${escapeAttribute(type)}">${inner}</Vocabulary>`;
  });
  return element('VocabularyList', list.join(''));
}

function writeAttribute(value: JsonValue, scope: XmlScope): string {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? writeExtensions(value, scope, new Set())
    : scope.text(String(value));
}
