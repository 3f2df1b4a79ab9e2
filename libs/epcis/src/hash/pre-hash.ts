import type {
  BusinessTransaction,
  Destination,
  EpcisEvent,
  Extensions,
  JsonValue,
  Location,
  QuantityElement,
  SensorElement,
  SensorMetadata,
  SensorReport,
  Source,
} from '../model.ts';
import { clarkName, extendNamespaces, type Namespaces, STANDARD_NAMESPACES } from '../namespaces.ts';
import { expandVocabulary, type VocabularyKind } from '../vocabulary/cbv.ts';
import { canonicalNumber, canonicalText, canonicalTime, joinInOrder } from './canonical-values.ts';

/** All fields of all event types, as the canonical order meets them. */
interface AnyFields {
  readonly epcList?: readonly string[];
  readonly parentID?: string;
  readonly inputEPCList?: readonly string[];
  readonly childEPCs?: readonly string[];
  readonly quantityList?: readonly QuantityElement[];
  readonly childQuantityList?: readonly QuantityElement[];
  readonly inputQuantityList?: readonly QuantityElement[];
  readonly outputEPCList?: readonly string[];
  readonly outputQuantityList?: readonly QuantityElement[];
  readonly action?: string;
  readonly transformationID?: string;
  readonly ilmd?: Extensions;
}

const NOTHING: ReadonlySet<string> = new Set();
const METADATA_TIMES = ['time', 'startTime', 'endTime'] as const;
const METADATA_URIS = ['deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod', 'bizRules'] as const;
type ReportField = keyof SensorReport & string;
const REPORT_FIELDS = (
  'type exception deviceID deviceMetadata rawData dataProcessingMethod bizRules time microorganism chemicalSubstance ' +
  'value component stringValue booleanValue hexBinaryValue uriValue minValue maxValue meanValue sDev percRank percValue ' +
  'uom coordinateReferenceSystem'
).split(' ') as ReportField[];
const REPORT_VOCABULARIES: Readonly<Record<string, VocabularyKind>> = {
  type: 'measurement',
  exception: 'alert',
  component: 'component',
};

/**
 * The pre-hash string of an event (CBV 2.0 §8.9.2): what is hashed to make its identity, the same for every way to write
 * the event. `eventID`, `recordTime` and `errorDeclaration` are left out, so a declared error has the hash of its event.
 * @param namespaces prefixes declared by the document around the event
 * @param ignored names `{namespace}local` of extensions of the event to leave out, such as what a repository adds
 */
export function preHashString(
  event: EpcisEvent,
  namespaces: Namespaces = STANDARD_NAMESPACES,
  ignored: ReadonlySet<string> = NOTHING,
): string {
  const scope = event['@context'] === undefined ? namespaces : extendNamespaces(namespaces, event['@context']);
  const fields = event as AnyFields & typeof event;
  let text = `eventType=${canonicalText(event.type)}`;
  if (event.eventTime !== undefined) text += `eventTime=${canonicalTime(event.eventTime)}`;
  if (event.eventTimeZoneOffset !== undefined) text += `eventTimeZoneOffset=${event.eventTimeZoneOffset.trim()}`;
  if (event.certificationInfo !== undefined) {
    const infos = typeof event.certificationInfo === 'string' ? [event.certificationInfo] : event.certificationInfo;
    text += repeated('certificationInfo', infos);
  }
  text += epcs('epcList', fields.epcList);
  if (fields.parentID !== undefined) text += `parentID=${canonicalText(fields.parentID)}`;
  text += epcs('inputEPCList', fields.inputEPCList);
  text += epcs('childEPCs', fields.childEPCs);
  text += quantities('quantityList', fields.quantityList);
  text += quantities('childQuantityList', fields.childQuantityList);
  text += quantities('inputQuantityList', fields.inputQuantityList);
  text += epcs('outputEPCList', fields.outputEPCList);
  text += quantities('outputQuantityList', fields.outputQuantityList);
  if (fields.action !== undefined) text += `action=${fields.action}`;
  if (fields.transformationID !== undefined) text += `transformationID=${canonicalText(fields.transformationID)}`;
  if (event.bizStep !== undefined) text += `bizStep=${expandVocabulary('bizStep', event.bizStep)}`;
  if (event.disposition !== undefined) text += `disposition=${expandVocabulary('disposition', event.disposition)}`;
  if (event.persistentDisposition !== undefined) {
    const { set = [], unset = [] } = event.persistentDisposition;
    const expand = (value: string): string => expandVocabulary('disposition', value);
    const all = repeated('set', set.map(expand)) + repeated('unset', unset.map(expand));
    if (all !== '') text += `persistentDisposition${all}`;
  }
  text += place('readPoint', event.readPoint, scope);
  text += place('bizLocation', event.bizLocation, scope);
  text += typed('bizTransaction', 'bizTransaction', event.bizTransactionList);
  text += typed('destination', 'sourceDestination', event.destinationList);
  text += typed('source', 'sourceDestination', event.sourceList);
  text += sensors(event.sensorElementList, scope);
  if (fields.ilmd !== undefined) {
    const inner = extensionsOf(fields.ilmd, scope);
    if (inner !== '') text += `ilmd${inner}`;
  }
  return text + extensionsOf(event, scope, false, ignored);
}

function repeated(name: string, values: readonly string[]): string {
  if (values.length === 0) return '';
  if (values.length === 1) return `${name}=${canonicalText(values[0]!)}`;
  return joinInOrder(values.map((value) => `${name}=${canonicalText(value)}`));
}

function epcs(list: string, values: readonly string[] | undefined): string {
  return values === undefined || values.length === 0 ? '' : list + repeated('epc', values);
}

function joined(list: string, items: string[]): string {
  return list + joinInOrder(items);
}

function quantities(list: string, elements: readonly QuantityElement[] | undefined): string {
  if (elements === undefined || elements.length === 0) return '';
  return joined(
    list,
    elements.map(({ epcClass, quantity, uom }) => {
      let text = `quantityElementepcClass=${canonicalText(epcClass)}`;
      if (quantity !== undefined) text += `quantity=${canonicalNumber(quantity)}`;
      if (uom !== undefined) text += `uom=${uom.trim()}`;
      return text;
    }),
  );
}

function place(name: string, location: Location | undefined, scope: Namespaces): string {
  return location === undefined ? '' : `${name}id=${canonicalText(location.id)}${extensionsOf(location, scope)}`;
}

function typed(
  name: 'bizTransaction' | 'source' | 'destination',
  kind: VocabularyKind,
  elements: readonly (BusinessTransaction | Source | Destination)[] | undefined,
): string {
  if (elements === undefined || elements.length === 0) return '';
  return joined(
    `${name}List`,
    elements.map((element) => {
      const value = `${name}=${canonicalText((element as unknown as Record<string, string>)[name]!)}`;
      return element.type === undefined ? value : `type=${expandVocabulary(kind, element.type)}${value}`;
    }),
  );
}

function sensors(elements: readonly SensorElement[] | undefined, scope: Namespaces): string {
  if (elements === undefined || elements.length === 0) return '';
  return joined(
    'sensorElementList',
    elements.map((element) => {
      let text = 'sensorElement';
      if (element.sensorMetadata !== undefined) text += metadata(element.sensorMetadata, scope);
      text += joinInOrder(element.sensorReport.map((one) => report(one, scope)));
      return text + extensionsOf(element, scope);
    }),
  );
}

function metadata(values: SensorMetadata, scope: Namespaces): string {
  let text = 'sensorMetadata';
  for (const name of METADATA_TIMES) if (values[name] !== undefined) text += `${name}=${canonicalTime(values[name])}`;
  for (const name of METADATA_URIS) if (values[name] !== undefined) text += `${name}=${canonicalText(values[name])}`;
  return text + extensionsOf(values, scope);
}

function report(values: SensorReport, scope: Namespaces): string {
  let text = 'sensorReport';
  for (const name of REPORT_FIELDS) {
    const value = values[name];
    if (value === undefined) continue;
    const kind = REPORT_VOCABULARIES[name];
    if (kind !== undefined) text += `${name}=${expandVocabulary(kind, String(value))}`;
    else if (name === 'time') text += `time=${canonicalTime(String(value))}`;
    else text += `${name}=${scalar(value)}`;
  }
  return text + extensionsOf(values, scope);
}

function scalar(value: JsonValue): string {
  if (typeof value === 'number') return canonicalNumber(value);
  return typeof value === 'string' ? canonicalText(value) : String(value);
}

// Only names with a colon are extensions at the levels of the standard; inside an extension every name counts.
function extensionsOf(holder: object, scope: Namespaces, everyName = false, ignored = NOTHING): string {
  let items: string[] | undefined;
  for (const name in holder) {
    if ((!everyName && !name.includes(':')) || name === '@context') continue;
    if (ignored.size > 0 && ignored.has(clarkName(name, scope))) continue;
    items ??= [];
    collect(name, (holder as Record<string, JsonValue>)[name]!, scope, items);
  }
  return items === undefined ? '' : joinInOrder(items);
}

function collect(name: string, value: JsonValue | undefined, scope: Namespaces, items: string[]): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    for (const one of value) collect(name, one, scope, items);
    return;
  }
  // An attribute of an XML extension counts like a child of that name.
  const written = clarkName(name.charCodeAt(0) === 64 ? name.slice(1) : name, scope);
  if (typeof value !== 'object') {
    items.push(value === '' ? written : `${written}=${scalar(value)}`);
    return;
  }
  // The text of an element with attributes, or the value of a typed literal, belongs to the name itself.
  const { '#text': text, '@value': literal, ...rest } = value as { readonly [key: string]: JsonValue };
  if (literal !== undefined) {
    items.push(`${written}=${scalar(literal)}`);
    return;
  }
  items.push(`${written}${text === undefined ? '' : `=${scalar(text)}`}${extensionsOf(rest, scope, true)}`);
}
