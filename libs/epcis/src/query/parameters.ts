import { canonicalTime, instantOf } from '../hash/canonical-values.ts';
import { canonicalUri } from '../identifiers/canonical-uri.ts';
import type { EpcisEvent, JsonValue } from '../model.ts';
import { clarkName, type Namespaces } from '../namespaces.ts';
import { brief, EpcisError } from '../problems.ts';
import { expandVocabulary, type VocabularyKind } from '../vocabulary/cbv.ts';
import { areComparableUnits, convertUnit } from '../vocabulary/units.ts';
import { createEpcMatcher } from './epc-pattern.ts';
import {
  type ExtensionPlace,
  extensionValues,
  fieldsOf,
  MATCH_FIELDS,
  type MatchField,
  plainValue,
  quantitiesOf,
  reportsOf,
  someIdentifier,
} from './event-fields.ts';
import { type MasterData, withDescendants } from './master-data.ts';

/** One condition on an event; `namespaces` are those of the document around it. */
export type Condition = (event: EpcisEvent, namespaces: Namespaces) => boolean;

export interface ParameterScope {
  /** Prefixes in the names of parameters. */
  readonly namespaces: Namespaces;
  readonly masterData: MasterData;
}

type Order = 'EQ' | 'GT' | 'GE' | 'LT' | 'LE';

/** Refuses a parameter as `QueryParameterException` asks for. */
export function refuseParameter(name: string, zh: string, en: string): never {
  throw new EpcisError([
    { code: 'query-parameter', path: name, zh: `查询参数“${name}”${zh}。`, en: `Query parameter “${name}” ${en}.` },
  ]);
}

function texts(name: string, value: JsonValue): string[] {
  const list = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
  if (list.length === 0 || list.some((one) => typeof one === 'object')) {
    refuseParameter(name, '应为一个或多个文字', 'must be one text or several');
  }
  return list.map(String);
}

function time(name: string, value: JsonValue): number {
  const instant = typeof value === 'string' ? instantOf(value) : undefined;
  return (
    instant ??
    refuseParameter(
      name,
      `应为带时区的时间，现为“${brief(value)}”`,
      `must be a time with offset, not “${brief(value)}”`,
    )
  );
}

function numberOf(name: string, value: JsonValue): number {
  const number = typeof value === 'boolean' || value === '' || typeof value === 'object' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : refuseParameter(name, '应为数', `must be a number, not “${brief(value)}”`);
}

function compare(order: Order, left: number, right: number): boolean {
  switch (order) {
    case 'EQ':
      // A converted unit carries rounding of binary fractions, far below any sensor.
      return Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left), Math.abs(right));
    case 'GT':
      return left > right;
    case 'GE':
      return left >= right;
    case 'LT':
      return left < right;
    case 'LE':
      return left <= right;
  }
}

const within = (set: ReadonlySet<string>, value: string | undefined): boolean => value !== undefined && set.has(value);

function vocabularySet(kind: VocabularyKind, name: string, value: JsonValue): Set<string> {
  return new Set(texts(name, value).map((one) => expandVocabulary(kind, one)));
}

const uriSet = (name: string, value: JsonValue): Set<string> => new Set(texts(name, value).map(canonicalUri));

function timeCondition(
  name: string,
  value: JsonValue,
  read: (event: EpcisEvent) => readonly (string | undefined)[],
): Condition {
  const bound = time(name, value);
  const least = name.startsWith('GE');
  return (event) =>
    read(event).some((text) => {
      const instant = text === undefined ? undefined : instantOf(text);
      return instant !== undefined && (least ? instant >= bound : instant < bound);
    });
}

const metadataOf = (event: EpcisEvent) => event.sensorElementList?.map((element) => element.sensorMetadata) ?? [];

const TIMES: Readonly<Record<string, (event: EpcisEvent) => readonly (string | undefined)[]>> = {
  eventTime: (event) => [event.eventTime],
  recordTime: (event) => [event.recordTime],
  errorDeclarationTime: (event) => [event.errorDeclaration?.declarationTime],
  // The query schema of GS1 has this spelling, its OpenAPI the other.
  errorDeclaration_Time: (event) => [event.errorDeclaration?.declarationTime],
  time: (event) => [...metadataOf(event).map((one) => one?.time), ...reportsOf(event).map((one) => one.time)],
  startTime: (event) => metadataOf(event).map((one) => one?.startTime),
  endTime: (event) => metadataOf(event).map((one) => one?.endTime),
};

type Factory = (name: string, value: JsonValue, scope: ParameterScope) => Condition;

const equalsVocabulary =
  (kind: VocabularyKind, read: (event: EpcisEvent) => readonly (string | undefined)[]): Factory =>
  (name, value) => {
    const set = vocabularySet(kind, name, value);
    return (event) => read(event).some((one) => one !== undefined && set.has(expandVocabulary(kind, one)));
  };

const equalsUri =
  (read: (event: EpcisEvent) => readonly (string | undefined)[]): Factory =>
  (name, value) => {
    const set = uriSet(name, value);
    return (event) => read(event).some((one) => one !== undefined && set.has(canonicalUri(one)));
  };

const sensorUri = (field: 'deviceID' | 'deviceMetadata' | 'rawData' | 'dataProcessingMethod' | 'bizRules'): Factory =>
  equalsUri((event) => [
    ...metadataOf(event).map((one) => one?.[field]),
    ...reportsOf(event).map((one) => (one as Readonly<Record<string, string | undefined>>)[field]),
  ]);

const reportText =
  (field: 'stringValue' | 'booleanValue' | 'hexBinaryValue', fold = false): Factory =>
  (name, value) => {
    const shape = (one: string): string => (fold ? one.toUpperCase() : one);
    const set = new Set(texts(name, value).map(shape));
    return (event) => reportsOf(event).some((one) => one[field] !== undefined && set.has(shape(String(one[field]))));
  };

const locationBelow =
  (field: 'readPoint' | 'bizLocation'): Factory =>
  (name, value, { masterData }) => {
    const set = new Set(texts(name, value).flatMap((id) => [...withDescendants(id, masterData)]));
    return (event) => within(set, event[field] === undefined ? undefined : canonicalUri(event[field].id));
  };

const FIXED: Readonly<Record<string, Factory>> = {
  eventType: (name, value) => {
    const set = new Set(texts(name, value));
    return (event) => set.has(event.type);
  },
  EQ_action: (name, value) => {
    const set = new Set(texts(name, value));
    for (const one of set)
      if (!/^(?:ADD|OBSERVE|DELETE)$/.test(one))
        refuseParameter(name, '应为ADD、OBSERVE或DELETE', 'must be ADD, OBSERVE or DELETE');
    return (event) => within(set, fieldsOf(event).action);
  },
  EQ_bizStep: equalsVocabulary('bizStep', (event) => [event.bizStep]),
  EQ_disposition: equalsVocabulary('disposition', (event) => [event.disposition]),
  EQ_persistentDisposition_set: equalsVocabulary('disposition', (event) => event.persistentDisposition?.set ?? []),
  EQ_persistentDisposition_unset: equalsVocabulary('disposition', (event) => event.persistentDisposition?.unset ?? []),
  EQ_readPoint: equalsUri((event) => [event.readPoint?.id]),
  EQ_bizLocation: equalsUri((event) => [event.bizLocation?.id]),
  WD_readPoint: locationBelow('readPoint'),
  WD_bizLocation: locationBelow('bizLocation'),
  EQ_transformationID: equalsUri((event) => [fieldsOf(event).transformationID]),
  EQ_eventID: equalsUri((event) => [event.eventID]),
  EXISTS_errorDeclaration: () => (event) => event.errorDeclaration !== undefined,
  EQ_errorReason: equalsVocabulary('errorReason', (event) => [event.errorDeclaration?.reason]),
  EQ_correctiveEventID: equalsUri((event) => event.errorDeclaration?.correctiveEventIDs ?? []),
  EXISTS_sensorElementList: () => (event) =>
    event.sensorElementList !== undefined && event.sensorElementList.length > 0,
  EXISTS_sensorElement: () => (event) => event.sensorElementList !== undefined && event.sensorElementList.length > 0,
  EQ_type: equalsVocabulary('measurement', (event) => reportsOf(event).map((one) => one.type)),
  EQ_deviceID: sensorUri('deviceID'),
  EQ_deviceMetadata: sensorUri('deviceMetadata'),
  EQ_rawData: sensorUri('rawData'),
  EQ_dataProcessingMethod: sensorUri('dataProcessingMethod'),
  EQ_bizRules: sensorUri('bizRules'),
  EQ_microorganism: equalsUri((event) => reportsOf(event).map((one) => one.microorganism)),
  EQ_chemicalSubstance: equalsUri((event) => reportsOf(event).map((one) => one.chemicalSubstance)),
  EQ_uriValue: equalsUri((event) => reportsOf(event).map((one) => one.uriValue)),
  EQ_stringValue: reportText('stringValue'),
  EQ_booleanValue: reportText('booleanValue'),
  EQ_hexBinaryValue: reportText('hexBinaryValue', true),
  EQ_time: (name, value) => {
    const set = new Set(texts(name, value).map(canonicalTime));
    return (event) => TIMES.time!(event).some((one) => one !== undefined && set.has(canonicalTime(one)));
  },
};

const PLACES: Readonly<Record<string, ExtensionPlace>> = {
  ILMD: 'ilmd',
  ERROR_DECLARATION: 'errorDeclaration',
  SENSORELEMENT: 'sensorElement',
  SENSORMETADATA: 'sensorMetadata',
  SENSORREPORT: 'sensorReport',
  readPoint: 'readPoint',
  bizLocation: 'bizLocation',
};
const EXTENSION = new RegExp(`^(EQ|GT|GE|LT|LE|EXISTS)_(INNER_)?(?:(${Object.keys(PLACES).join('|')})_)?(.*:.*)$`);
const MEASURE = /^(EQ|GT|GE|LT|LE)_(value|minValue|maxValue|meanValue|sDev|percValue|quantity)(?:_([A-Z0-9]{2,3}))?$/;
const TYPED = /^EQ_(bizTransaction|source|destination)_(.+)$/;

/** Makes the condition of one parameter; throws `EpcisError` (`query-parameter`) when there is none by that name. */
export function createCondition(name: string, value: JsonValue, scope: ParameterScope): Condition {
  const fixed = FIXED[name];
  if (fixed !== undefined) return fixed(name, value, scope);
  const timed = /^(?:GE|LT)_(\w+)$/.exec(name);
  if (timed !== null && TIMES[timed[1]!] !== undefined) return timeCondition(name, value, TIMES[timed[1]!]!);
  const match = /^MATCH_(\w+)$/.exec(name);
  if (match !== null && MATCH_FIELDS.has(match[1]!)) {
    const matchers = texts(name, value).map(createEpcMatcher);
    return (event) =>
      someIdentifier(event, match[1] as MatchField, (canonical) => matchers.some((one) => one(canonical)));
  }
  const typed = TYPED.exec(name);
  if (typed !== null) return typedCondition(name, typed[1] as 'bizTransaction', typed[2]!, value);
  const measure = MEASURE.exec(name);
  if (measure !== null) return measureCondition(name, measure[1] as Order, measure[2]!, measure[3], value);
  const rank = /^(EQ|GT|GE|LT|LE)_percRank$/.exec(name);
  if (rank !== null) {
    const bound = numberOf(name, value);
    return (event) =>
      reportsOf(event).some((one) => one.percRank !== undefined && compare(rank[1] as Order, one.percRank, bound));
  }
  const attribute =
    /^(HASATTR|EQATTR)_(epc|epcClass|readPoint|bizLocation|bizStep|disposition|parentID)(?:_(.+))?$/.exec(name);
  if (attribute !== null) return attributeCondition(name, attribute[2]!, attribute[3], value, scope.masterData);
  const extension = EXTENSION.exec(name);
  if (extension !== null) return extensionCondition(name, extension, value, scope.namespaces);
  return refuseParameter(name, '不存在', 'does not exist');
}

function typedCondition(
  name: string,
  field: 'bizTransaction' | 'source' | 'destination',
  type: string,
  value: JsonValue,
): Condition {
  const kind = field === 'bizTransaction' ? 'bizTransaction' : 'sourceDestination';
  const wanted = expandVocabulary(kind, type);
  const set = uriSet(name, value);
  return (event) => {
    const list: readonly object[] | undefined = event[`${field}List`];
    return (
      list?.some((item) => {
        const entry = item as Readonly<Record<string, string | undefined>>;
        return (
          entry.type !== undefined &&
          expandVocabulary(kind, entry.type) === wanted &&
          within(set, canonicalUri(entry[field] ?? ''))
        );
      }) === true
    );
  };
}

function measureCondition(
  name: string,
  order: Order,
  field: string,
  unit: string | undefined,
  value: JsonValue,
): Condition {
  const bound = numberOf(name, value);
  const passes = (amount: number | undefined, uom: string | undefined): boolean => {
    if (amount === undefined || (unit === undefined) !== (uom === undefined)) return false;
    if (unit === undefined || uom === undefined) return compare(order, amount, bound);
    if (!areComparableUnits(uom, unit)) return false;
    const converted = field === 'sDev' ? convertSpan(amount, uom, unit) : convertUnit(amount, uom, unit);
    return converted !== undefined && compare(order, converted, bound);
  };
  if (field === 'quantity') return (event) => quantitiesOf(event).some((one) => passes(one.quantity, one.uom));
  return (event) =>
    reportsOf(event).some((one) => passes((one as Readonly<Record<string, number | undefined>>)[field], one.uom));
}

// A deviation is a difference: the zero points of the scales do not enter.
function convertSpan(amount: number, from: string, to: string): number | undefined {
  const [end, start] = [convertUnit(amount, from, to), convertUnit(0, from, to)];
  return end === undefined || start === undefined ? undefined : end - start;
}

function attributeCondition(
  name: string,
  field: string,
  attribute: string | undefined,
  value: JsonValue,
  { attributes }: MasterData,
): Condition {
  const wanted = texts(name, value);
  const equal = name.startsWith('EQATTR');
  if (equal !== (attribute !== undefined)) refuseParameter(name, '不存在', 'does not exist');
  const passes = (id: string): boolean => {
    const known = attributes.get(id);
    if (known === undefined) return false;
    return equal ? wanted.includes(known.get(attribute!) ?? '\u0000') : wanted.some((one) => known.has(one));
  };
  switch (field) {
    case 'readPoint':
    case 'bizLocation':
      return (event) => event[field] !== undefined && passes(canonicalUri(event[field].id));
    case 'bizStep':
    case 'disposition':
      return (event) => event[field] !== undefined && passes(event[field]);
    case 'epc':
    case 'parentID':
      return (event) => someIdentifier(event, field === 'epc' ? 'anyEPC' : 'parentID', passes);
    default:
      return (event) => someIdentifier(event, 'anyEPCClass', passes);
  }
}

function extensionCondition(name: string, match: RegExpExecArray, value: JsonValue, namespaces: Namespaces): Condition {
  const [, operator = '', inner, place, field = ''] = match;
  const where = place === undefined ? 'event' : PLACES[place]!;
  const wanted = clarkName(field, namespaces);
  const read = (event: EpcisEvent, outer: Namespaces) =>
    extensionValues(event, where, wanted, inner !== undefined, outer);
  if (operator === 'EXISTS') return (event, outer) => read(event, outer).length > 0;
  const passes = operator === 'EQ' ? equality(name, value) : inequality(name, operator as Order, value);
  return (event, outer) =>
    read(event, outer).some((one) => {
      const plain = plainValue(one);
      return plain !== undefined && passes(plain);
    });
}

function equality(name: string, value: JsonValue): (plain: string | number | boolean) => boolean {
  const set = new Set(texts(name, value).map((one) => String(plainValue(one))));
  const number = typeof value === 'number' ? value : undefined;
  const instant = typeof value === 'string' ? instantOf(value) : undefined;
  return (plain) => {
    if (set.has(String(plain))) return true;
    if (number !== undefined) return plain !== '' && Number(plain) === number;
    return instant !== undefined && typeof plain === 'string' && instantOf(plain) === instant;
  };
}

function inequality(name: string, order: Order, value: JsonValue): (plain: string | number | boolean) => boolean {
  const instant = typeof value === 'string' ? instantOf(value) : undefined;
  if (instant !== undefined) {
    return (plain) => {
      const other = typeof plain === 'string' ? instantOf(plain) : undefined;
      return other !== undefined && compare(order, other, instant);
    };
  }
  const bound = numberOf(name, value);
  return (plain) => {
    const number = typeof plain === 'boolean' || plain === '' ? Number.NaN : Number(plain);
    return Number.isFinite(number) && compare(order, number, bound);
  };
}
