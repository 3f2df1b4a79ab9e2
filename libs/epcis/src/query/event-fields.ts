import { canonicalText } from '../hash/canonical-values.ts';
import { canonicalUri } from '../identifiers/canonical-uri.ts';
import type { EpcisEvent, JsonValue, QuantityElement, SensorElement, SensorReport } from '../model.ts';
import { clarkName, extendNamespaces, type Namespaces } from '../namespaces.ts';

/** All fields of all event types, any of which may be absent. */
export interface EventFields {
  readonly epcList?: readonly string[];
  readonly childEPCs?: readonly string[];
  readonly inputEPCList?: readonly string[];
  readonly outputEPCList?: readonly string[];
  readonly quantityList?: readonly QuantityElement[];
  readonly childQuantityList?: readonly QuantityElement[];
  readonly inputQuantityList?: readonly QuantityElement[];
  readonly outputQuantityList?: readonly QuantityElement[];
  readonly parentID?: string;
  readonly action?: string;
  readonly transformationID?: string;
  readonly ilmd?: object;
}

export const fieldsOf = (event: EpcisEvent): EventFields & EpcisEvent => event as EventFields & EpcisEvent;

const EPC_FIELDS = {
  epc: ['epcList', 'childEPCs'],
  parentID: [],
  inputEPC: ['inputEPCList'],
  outputEPC: ['outputEPCList'],
  anyEPC: ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'],
} as const;
const CLASS_FIELDS = {
  epcClass: ['quantityList', 'childQuantityList'],
  inputEPCClass: ['inputQuantityList'],
  outputEPCClass: ['outputQuantityList'],
  anyEPCClass: ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'],
} as const;

export type MatchField = keyof typeof EPC_FIELDS | keyof typeof CLASS_FIELDS;
export const MATCH_FIELDS: ReadonlySet<string> = new Set([...Object.keys(EPC_FIELDS), ...Object.keys(CLASS_FIELDS)]);

/** Whether a `MATCH_` field of an event holds an identifier that passes (EPCIS 2.0 §8.2.7.1). */
export function someIdentifier(event: EpcisEvent, field: MatchField, passes: (canonical: string) => boolean): boolean {
  const fields = fieldsOf(event);
  if (field in CLASS_FIELDS) {
    for (const name of CLASS_FIELDS[field as keyof typeof CLASS_FIELDS]) {
      if (fields[name]?.some(({ epcClass }) => passes(canonicalUri(epcClass))) === true) return true;
    }
    return false;
  }
  // A parent is an object of its event too.
  if (
    (field === 'parentID' || field === 'anyEPC') &&
    fields.parentID !== undefined &&
    passes(canonicalUri(fields.parentID))
  )
    return true;
  for (const name of EPC_FIELDS[field as keyof typeof EPC_FIELDS]) {
    if (fields[name]?.some((epc) => passes(canonicalUri(epc))) === true) return true;
  }
  return false;
}

/** The quantities of all lists. */
export function quantitiesOf(event: EpcisEvent): QuantityElement[] {
  const fields = fieldsOf(event);
  return CLASS_FIELDS.anyEPCClass.flatMap((name) => fields[name] ?? []);
}

export const reportsOf = (event: EpcisEvent): readonly SensorReport[] =>
  event.sensorElementList?.flatMap((element) => element.sensorReport) ?? [];

/** Where an extension may stand. */
export type ExtensionPlace =
  | 'event'
  | 'ilmd'
  | 'errorDeclaration'
  | 'sensorElement'
  | 'sensorMetadata'
  | 'sensorReport'
  | 'readPoint'
  | 'bizLocation';

function holdersOf(event: EpcisEvent, place: ExtensionPlace): readonly (object | undefined)[] {
  const sensors: readonly SensorElement[] = event.sensorElementList ?? [];
  switch (place) {
    case 'event':
      return [event];
    case 'ilmd':
      return [fieldsOf(event).ilmd];
    case 'errorDeclaration':
    case 'readPoint':
    case 'bizLocation':
      return [event[place]];
    case 'sensorElement':
      return sensors;
    case 'sensorMetadata':
      return sensors.map((element) => element.sensorMetadata);
    case 'sensorReport':
      return reportsOf(event);
  }
}

/**
 * The values of an extension by its name `{namespace}local`; with `inner` those of any depth below the first level.
 * An object yields itself, so that its presence can be asked for.
 */
export function extensionValues(
  event: EpcisEvent,
  place: ExtensionPlace,
  name: string,
  inner: boolean,
  outer: Namespaces,
): JsonValue[] {
  const namespaces = extendNamespaces(outer, event['@context']);
  const found: JsonValue[] = [];
  const visit = (holder: object, depth: number): void => {
    for (const [key, value] of Object.entries(holder) as [string, JsonValue][]) {
      if (depth === 0 && !key.includes(':')) continue;
      if ((inner ? depth > 0 : depth === 0) && clarkName(key, namespaces) === name) found.push(...listOf(value));
      if (inner) for (const one of listOf(value)) if (typeof one === 'object' && one !== null) visit(one, depth + 1);
    }
  };
  for (const holder of holdersOf(event, place)) if (holder !== undefined) visit(holder, 0);
  return found;
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

/** A value of an extension to compare: text of an element with attributes, or the literal of a typed value. */
export function plainValue(value: JsonValue): string | number | boolean | undefined {
  if (typeof value === 'string') return canonicalText(value);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const { '#text': text, '@value': literal } = value as { readonly [key: string]: JsonValue };
  const own = text ?? literal;
  return own === undefined ? undefined : plainValue(own);
}
