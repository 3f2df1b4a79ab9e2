import type { EpcisEvent, JsonValue } from '../model.ts';
import { shortenVocabulary, type VocabularyKind } from '../vocabulary/cbv.ts';
import { jsonNameOf, type PrefixTable, readExtensions } from './extensions.ts';
import { attributeOf, type XmlElement, XSI } from './tree.ts';

type Target = Record<string, JsonValue>;

export const EVENT_NAMES: ReadonlySet<string> = new Set([
  'ObjectEvent',
  'AggregationEvent',
  'TransactionEvent',
  'TransformationEvent',
  'AssociationEvent',
  'QuantityEvent',
]);

const VOCABULARY_FIELDS: Readonly<Record<string, VocabularyKind>> = {
  bizStep: 'bizStep',
  disposition: 'disposition',
  reason: 'errorReason',
};
const REPORT_KINDS: Readonly<Record<string, VocabularyKind>> = {
  type: 'measurement',
  exception: 'alert',
  component: 'component',
};
const NUMBERS = new Set('value minValue maxValue meanValue sDev percRank percValue'.split(' '));
// Wrappers of EPCIS 1.x: their children belong to the event itself.
const WRAPPERS = new Set(['extension', 'baseExtension']);

/** Reads an event element of EPCIS 2.0 or 1.x; a QuantityEvent of 1.x becomes an ObjectEvent that observes a quantity. */
export function readEvent(element: XmlElement, prefixes: PrefixTable): EpcisEvent {
  const event: Target = { type: element.local };
  for (const attribute of element.attributes) {
    if (attribute.namespace === XSI) continue;
    if (attribute.namespace !== '') event[jsonNameOf(attribute, prefixes)] = attribute.value;
  }
  readFields(element, prefixes, event);
  if (element.local === 'QuantityEvent') upgradeQuantityEvent(event);
  return event as unknown as EpcisEvent;
}

function upgradeQuantityEvent(event: Target): void {
  event.type = 'ObjectEvent';
  event.action = 'OBSERVE';
  const { epcClass, quantity } = event;
  event.quantityList = [{ epcClass: epcClass!, quantity: Number(quantity) }];
  delete event.epcClass;
  delete event.quantity;
}

function readFields(element: XmlElement, prefixes: PrefixTable, event: Target): void {
  const extensions: XmlElement[] = [];
  for (const child of element.children) {
    if (child.namespace !== '' && !isEpcisNamespace(child.namespace)) extensions.push(child);
    else if (WRAPPERS.has(child.local)) readFields(child, prefixes, event);
    else readField(child, prefixes, event, extensions);
  }
  readExtensions(extensions, prefixes, event);
}

// Files put EPCIS elements into its namespace although the schema has them in none.
const isEpcisNamespace = (namespace: string): boolean => namespace.startsWith('urn:epcglobal:epcis:xsd:');

function readField(child: XmlElement, prefixes: PrefixTable, event: Target, extensions: XmlElement[]): void {
  const text = child.text.trim();
  switch (child.local) {
    case 'epcList':
    case 'childEPCs':
    case 'inputEPCList':
    case 'outputEPCList':
      event[child.local] = child.children.map((epc) => epc.text.trim());
      return;
    case 'quantityList':
    case 'childQuantityList':
    case 'inputQuantityList':
    case 'outputQuantityList':
      event[child.local] = child.children.map(readQuantity);
      return;
    case 'readPoint':
    case 'bizLocation':
      event[child.local] = readPlace(child, prefixes);
      return;
    case 'bizTransactionList':
      event.bizTransactionList = child.children.map((one) => readTyped(one, 'bizTransaction', 'bizTransaction'));
      return;
    case 'sourceList':
      event.sourceList = child.children.map((one) => readTyped(one, 'source', 'sourceDestination'));
      return;
    case 'destinationList':
      event.destinationList = child.children.map((one) => readTyped(one, 'destination', 'sourceDestination'));
      return;
    case 'persistentDisposition':
      event.persistentDisposition = readPersistent(child);
      return;
    case 'sensorElementList':
      event.sensorElementList = child.children
        .filter((one) => one.local === 'sensorElement')
        .map((one) => readSensorElement(one, prefixes));
      return;
    case 'ilmd': {
      const ilmd: Target = {};
      readExtensions(unwrapped(child), prefixes, ilmd);
      event.ilmd = ilmd;
      return;
    }
    case 'errorDeclaration':
      event.errorDeclaration = readErrorDeclaration(child, prefixes);
      return;
    case 'certificationInfo': {
      const present = event.certificationInfo;
      event.certificationInfo =
        present === undefined ? text : [...(Array.isArray(present) ? present : [present]), text];
      return;
    }
    default:
      if (child.children.length > 0) extensions.push(child);
      else event[child.local] = vocabularyOf(child.local, text);
  }
}

function vocabularyOf(name: string, text: string): string {
  const kind = VOCABULARY_FIELDS[name];
  return kind === undefined ? text : shortenVocabulary(kind, text);
}

/** The children of an element with the wrapper `extension` opened. */
function unwrapped(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) =>
    child.local === 'extension' && child.namespace === '' ? child.children : [child],
  );
}

function readQuantity(element: XmlElement): Target {
  const quantity: Target = {};
  for (const child of element.children) {
    const text = child.text.trim();
    if (child.local !== 'quantity') quantity[child.local] = text;
    else if (text !== '') quantity.quantity = Number(text);
  }
  return quantity;
}

function readPlace(element: XmlElement, prefixes: PrefixTable): Target {
  const place: Target = {};
  const extensions: XmlElement[] = [];
  for (const child of unwrapped(element)) {
    if (child.local === 'id' && (child.namespace === '' || isEpcisNamespace(child.namespace)))
      place.id = child.text.trim();
    else extensions.push(child);
  }
  readExtensions(extensions, prefixes, place);
  return place;
}

function readTyped(element: XmlElement, name: string, kind: VocabularyKind): Target {
  const type = attributeOf(element, 'type');
  return { ...(type === undefined ? {} : { type: shortenVocabulary(kind, type.trim()) }), [name]: element.text.trim() };
}

function readPersistent(element: XmlElement): Target {
  const persistent: Record<string, string[]> = {};
  for (const child of element.children) {
    const list = persistent[child.local] ?? [];
    list.push(shortenVocabulary('disposition', child.text.trim()));
    persistent[child.local] = list;
  }
  return persistent;
}

function readErrorDeclaration(element: XmlElement, prefixes: PrefixTable): Target {
  const declaration: Target = {};
  const extensions: XmlElement[] = [];
  for (const child of unwrapped(element)) {
    if (child.namespace !== '' && !isEpcisNamespace(child.namespace)) extensions.push(child);
    else if (child.local === 'correctiveEventIDs')
      declaration.correctiveEventIDs = child.children.map((one) => one.text.trim());
    else if (child.children.length > 0) extensions.push(child);
    else declaration[child.local] = vocabularyOf(child.local, child.text.trim());
  }
  readExtensions(extensions, prefixes, declaration);
  return declaration;
}

function readSensorElement(element: XmlElement, prefixes: PrefixTable): Target {
  const sensor: Target = {};
  const reports: Target[] = [];
  const extensions: XmlElement[] = [];
  for (const child of unwrapped(element)) {
    if (child.local === 'sensorMetadata' && child.namespace === '')
      sensor.sensorMetadata = readSensorPart(child, prefixes);
    else if (child.local === 'sensorReport' && child.namespace === '') reports.push(readSensorPart(child, prefixes));
    else extensions.push(child);
  }
  sensor.sensorReport = reports;
  readExtensions(extensions, prefixes, sensor);
  return sensor;
}

function readSensorPart(element: XmlElement, prefixes: PrefixTable): Target {
  const part: Target = {};
  for (const attribute of element.attributes) {
    if (attribute.namespace === XSI) continue;
    const { local, value } = attribute;
    if (attribute.namespace !== '') part[jsonNameOf(attribute, prefixes)] = value;
    else if (NUMBERS.has(local)) part[local] = Number(value);
    else if (local === 'booleanValue') part[local] = value === 'true' || value === '1';
    else part[local] = REPORT_KINDS[local] === undefined ? value : shortenVocabulary(REPORT_KINDS[local], value);
  }
  readExtensions(element.children, prefixes, part);
  return part;
}
