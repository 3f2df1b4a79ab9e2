import type {
  EpcisEvent,
  ErrorDeclaration,
  Location,
  PersistentDisposition,
  QuantityElement,
  SensorElement,
} from '../model.ts';
import type { VocabularyKind } from '../vocabulary/cbv.ts';
import { element, escapeAttribute, writeExtensions, type XmlScope } from './write-parts.ts';

// The order of the schema (EPCIS 2.0 §9.5) of what follows the head of an event.
const COMMON = ['bizStep', 'disposition', 'readPoint', 'bizLocation'];
const TAIL = ['sensorElementList', 'persistentDisposition'];
const PARTIES = ['sourceList', 'destinationList'];
const ORDER: Readonly<Record<EpcisEvent['type'], readonly string[]>> = {
  ObjectEvent: ['epcList', 'action', ...COMMON, 'bizTransactionList', 'quantityList', ...PARTIES, ...TAIL, 'ilmd'],
  AggregationEvent: [
    'parentID',
    'childEPCs',
    'action',
    ...COMMON,
    'bizTransactionList',
    'childQuantityList',
    ...PARTIES,
    ...TAIL,
  ],
  TransactionEvent: [
    'bizTransactionList',
    'parentID',
    'epcList',
    'action',
    ...COMMON,
    'quantityList',
    ...PARTIES,
    ...TAIL,
  ],
  TransformationEvent: [
    'inputEPCList',
    'inputQuantityList',
    'outputEPCList',
    'outputQuantityList',
    'transformationID',
    ...COMMON,
    'bizTransactionList',
    ...PARTIES,
    ...TAIL,
    'ilmd',
  ],
  AssociationEvent: [
    'parentID',
    'childEPCs',
    'childQuantityList',
    'action',
    ...COMMON,
    'bizTransactionList',
    ...PARTIES,
    ...TAIL,
  ],
};
const HEAD = ['eventTime', 'recordTime', 'eventTimeZoneOffset', 'eventID', 'errorDeclaration', 'certificationInfo'];

const VOCABULARIES: Readonly<Record<string, VocabularyKind>> = { bizStep: 'bizStep', disposition: 'disposition' };
const REPORT_KINDS: Readonly<Record<string, VocabularyKind>> = {
  type: 'measurement',
  exception: 'alert',
  component: 'component',
};
const DECLARATION = new Set(['declarationTime', 'reason', 'correctiveEventIDs']);
const PLACE = new Set(['id']);
const SENSOR = new Set(['sensorMetadata', 'sensorReport']);

/** Writes one event; a list that is absent stays absent, an empty one is written empty. */
export function writeEvent(event: EpcisEvent, outer: XmlScope): string {
  const scope = outer.inside(event['@context']);
  const order = [...HEAD, ...ORDER[event.type]];
  const values = event as unknown as Readonly<Record<string, unknown>>;
  let inner = '';
  for (const name of order) if (values[name] !== undefined) inner += writeField(name, values[name], scope);
  inner += writeExtensions(event, scope, new Set(['type', ...order]));
  return `<${event.type}>${inner}</${event.type}>`;
}

function writeField(name: string, value: unknown, scope: XmlScope): string {
  switch (name) {
    case 'epcList':
    case 'childEPCs':
    case 'inputEPCList':
    case 'outputEPCList':
      return element(name, (value as readonly string[]).map((epc) => element('epc', scope.text(epc))).join(''));
    case 'quantityList':
    case 'childQuantityList':
    case 'inputQuantityList':
    case 'outputQuantityList':
      return element(name, (value as readonly QuantityElement[]).map((one) => writeQuantity(one, scope)).join(''));
    case 'readPoint':
    case 'bizLocation': {
      const place = value as Location;
      return element(
        name,
        element('id', scope.text(place.id)) + writeExtensions(place, scope.inside(undefined), PLACE),
      );
    }
    case 'bizTransactionList':
      return writeTyped(name, 'bizTransaction', 'bizTransaction', value, scope);
    case 'sourceList':
      return writeTyped(name, 'source', 'sourceDestination', value, scope);
    case 'destinationList':
      return writeTyped(name, 'destination', 'sourceDestination', value, scope);
    case 'persistentDisposition': {
      const { unset = [], set = [] } = value as PersistentDisposition;
      const write = (tag: string, words: readonly string[]): string =>
        words.map((word) => element(tag, scope.text(scope.word('disposition', word)))).join('');
      return element(name, write('unset', unset) + write('set', set));
    }
    case 'sensorElementList':
      return element(name, (value as readonly SensorElement[]).map((one) => writeSensor(one, scope)).join(''));
    case 'ilmd':
      return element(name, writeExtensions(value as object, scope, new Set()));
    case 'errorDeclaration':
      return writeErrorDeclaration(value as ErrorDeclaration, scope);
    case 'certificationInfo':
      return [value as string | readonly string[]]
        .flat()
        .map((one) => element(name, scope.text(one)))
        .join('');
    default: {
      const kind = VOCABULARIES[name];
      const text = String(value);
      return element(name, scope.text(kind === undefined ? text : scope.word(kind, text)));
    }
  }
}

function writeQuantity({ epcClass, quantity, uom }: QuantityElement, scope: XmlScope): string {
  const amount = quantity === undefined ? '' : element('quantity', scope.text(quantity));
  const unit = uom === undefined ? '' : element('uom', scope.text(uom));
  return element('quantityElement', element('epcClass', scope.text(epcClass)) + amount + unit);
}

function writeTyped(list: string, name: string, kind: VocabularyKind, value: unknown, scope: XmlScope): string {
  const items = (value as readonly Readonly<Record<string, string>>[]).map((item) => {
    const type = item.type === undefined ? '' : ` type="${escapeAttribute(scope.word(kind, item.type))}"`;
    return `<${name}${type}>${scope.text(item[name] ?? '')}</${name}>`;
  });
  return element(list, items.join(''));
}

function writeErrorDeclaration(declaration: ErrorDeclaration, scope: XmlScope): string {
  const { declarationTime, reason, correctiveEventIDs } = declaration;
  let inner = element('declarationTime', scope.text(declarationTime));
  if (reason !== undefined) inner += element('reason', scope.text(scope.word('errorReason', reason)));
  if (correctiveEventIDs !== undefined) {
    const ids = correctiveEventIDs.map((id) => element('correctiveEventID', scope.text(id))).join('');
    inner += element('correctiveEventIDs', ids);
  }
  return element('errorDeclaration', inner + writeExtensions(declaration, scope, DECLARATION));
}

function writeSensor(sensor: SensorElement, scope: XmlScope): string {
  let inner = '';
  if (sensor.sensorMetadata !== undefined) inner += writeSensorPart('sensorMetadata', sensor.sensorMetadata, scope);
  for (const report of sensor.sensorReport) inner += writeSensorPart('sensorReport', report, scope);
  return element('sensorElement', inner + writeExtensions(sensor, scope, SENSOR));
}

// Fields are attributes, extensions too; an extension with parts cannot be an attribute and is written inside.
function writeSensorPart(name: string, part: object, scope: XmlScope): string {
  let attributes = '';
  const nested: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(part)) {
    if (typeof value === 'object') {
      nested[key] = value;
      continue;
    }
    const kind = name === 'sensorReport' ? REPORT_KINDS[key] : undefined;
    const written = kind === undefined ? scope.text(value) : scope.word(kind, String(value));
    const attribute = key.includes(':') ? scope.name(key) : key;
    attributes += ` ${attribute}="${typeof value === 'string' && kind === undefined ? escapeAttribute(value) : escapeAttribute(written)}"`;
  }
  const inner = writeExtensions(nested, scope, new Set());
  return `<${name}${attributes}${inner === '' ? '/>' : `>${inner}</${name}>`}`;
}
