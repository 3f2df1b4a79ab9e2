/** Types of EPCIS 2.0 in the shape of its JSON binding (EPCIS 2.0 §7, §10). */

/** Any JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** `@context` of a document or an event: addresses and objects that give prefixes a namespace. */
export type LinkedDataContext = string | JsonContextObject | readonly (string | JsonContextObject)[];
export interface JsonContextObject {
  readonly [term: string]: JsonValue;
}

/** The five event types of EPCIS 2.0 (§7.4). */
export type EventType =
  | 'ObjectEvent'
  | 'AggregationEvent'
  | 'TransactionEvent'
  | 'TransformationEvent'
  | 'AssociationEvent';
/** What an event says of the life of its objects: ADD, OBSERVE or DELETE (EPCIS 2.0, clause 7.3). */
export type Action = 'ADD' | 'OBSERVE' | 'DELETE';

/** Vendor and user extensions: keys `prefix:name` with a declared prefix, or full URIs. */
export interface Extensions {
  readonly [name: `${string}:${string}`]: JsonValue;
}

/** Amount of a class: `quantity` with `uom` (UN/ECE Rec. 20) when measured, without when counted. */
export interface QuantityElement {
  readonly epcClass: string;
  readonly quantity?: number;
  readonly uom?: string;
}

/** A read point or business location (EPCIS 2.0, clause 7.3). */
export interface Location extends Extensions {
  readonly id: string;
}

/** A business transaction and its type (EPCIS 2.0, clause 7.3). */
export interface BusinessTransaction {
  readonly type?: string;
  readonly bizTransaction: string;
}

/** Whom or where a transfer starts from (EPCIS 2.0, clause 7.3). */
export interface Source {
  readonly type: string;
  readonly source: string;
}

/** Whom or where a transfer goes to (EPCIS 2.0, clause 7.3). */
export interface Destination {
  readonly type: string;
  readonly destination: string;
}

/** Dispositions that stay set, and those that end (EPCIS 2.0, clause 7.3). */
export interface PersistentDisposition {
  readonly set?: readonly string[];
  readonly unset?: readonly string[];
}

/** A withdrawal of an event; the event is captured again with the same `eventID` and this inside (EPCIS §7.4.1.4). */
export interface ErrorDeclaration extends Extensions {
  readonly declarationTime: string;
  readonly reason?: string;
  readonly correctiveEventIDs?: readonly string[];
}

/** When, by which device and under which rules the reports of a sensor element were made (EPCIS 2.0, clause 7.3). */
export interface SensorMetadata extends Extensions {
  readonly time?: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly deviceID?: string;
  readonly deviceMetadata?: string;
  readonly rawData?: string;
  readonly dataProcessingMethod?: string;
  readonly bizRules?: string;
}

/** One quantity that a sensor reported, with its unit (EPCIS 2.0, clause 7.3). */
export interface SensorReport extends Extensions {
  readonly type?: string;
  readonly exception?: string;
  readonly deviceID?: string;
  readonly deviceMetadata?: string;
  readonly rawData?: string;
  readonly dataProcessingMethod?: string;
  readonly bizRules?: string;
  readonly time?: string;
  readonly microorganism?: string;
  readonly chemicalSubstance?: string;
  readonly coordinateReferenceSystem?: string;
  readonly value?: number;
  readonly component?: string;
  readonly stringValue?: string;
  readonly booleanValue?: boolean;
  readonly hexBinaryValue?: string;
  readonly uriValue?: string;
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly meanValue?: number;
  readonly sDev?: number;
  readonly percRank?: number;
  readonly percValue?: number;
  readonly uom?: string;
}

/** Sensor reports that share their metadata (EPCIS 2.0, clause 7.3). */
export interface SensorElement extends Extensions {
  readonly sensorMetadata?: SensorMetadata;
  readonly sensorReport: readonly SensorReport[];
}

interface EventCommon extends Extensions {
  readonly '@context'?: LinkedDataContext;
  readonly type: EventType;
  /** ISO 8601 instant with offset. */
  readonly eventTime: string;
  /** `+08:00`: how the time is to be shown where the event happened. */
  readonly eventTimeZoneOffset: string;
  /** Set by the repository, never by who captures. */
  readonly recordTime?: string;
  readonly eventID?: string;
  readonly errorDeclaration?: ErrorDeclaration;
  readonly certificationInfo?: string | readonly string[];
  readonly bizStep?: string;
  readonly disposition?: string;
  readonly persistentDisposition?: PersistentDisposition;
  readonly readPoint?: Location;
  readonly bizLocation?: Location;
  readonly bizTransactionList?: readonly BusinessTransaction[];
  readonly sourceList?: readonly Source[];
  readonly destinationList?: readonly Destination[];
  readonly sensorElementList?: readonly SensorElement[];
}

/** What happened to objects (EPCIS §7.4.2). */
export interface ObjectEvent extends EventCommon {
  readonly type: 'ObjectEvent';
  readonly action: Action;
  readonly epcList?: readonly string[];
  readonly quantityList?: readonly QuantityElement[];
  readonly ilmd?: Extensions;
}

/** Objects put into, seen in, or taken out of a container (EPCIS §7.4.3). */
export interface AggregationEvent extends EventCommon {
  readonly type: 'AggregationEvent';
  readonly action: Action;
  readonly parentID?: string;
  readonly childEPCs?: readonly string[];
  readonly childQuantityList?: readonly QuantityElement[];
}

/** Objects bound to business transactions (EPCIS §7.4.4). */
export interface TransactionEvent extends EventCommon {
  readonly type: 'TransactionEvent';
  readonly action: Action;
  readonly bizTransactionList: readonly BusinessTransaction[];
  readonly parentID?: string;
  readonly epcList?: readonly string[];
  readonly quantityList?: readonly QuantityElement[];
}

/** Inputs used up to make outputs (EPCIS §7.4.5). */
export interface TransformationEvent extends EventCommon {
  readonly type: 'TransformationEvent';
  readonly inputEPCList?: readonly string[];
  readonly inputQuantityList?: readonly QuantityElement[];
  readonly outputEPCList?: readonly string[];
  readonly outputQuantityList?: readonly QuantityElement[];
  readonly transformationID?: string;
  readonly ilmd?: Extensions;
}

/** Objects bound to a place or to a larger object, such as a logger to a truck (EPCIS §7.4.6). */
export interface AssociationEvent extends EventCommon {
  readonly type: 'AssociationEvent';
  readonly action: Action;
  readonly parentID: string;
  readonly childEPCs?: readonly string[];
  readonly childQuantityList?: readonly QuantityElement[];
}

/** An event of any of the five types, discriminated by `type`. */
export type EpcisEvent = ObjectEvent | AggregationEvent | TransactionEvent | TransformationEvent | AssociationEvent;

/** One attribute of a master data element (EPCIS 2.0 §9.4). */
export interface VocabularyAttribute {
  readonly id: string;
  readonly attribute?: JsonValue;
}

/** A master data element with its attributes and children (EPCIS 2.0 §9.4). */
export interface VocabularyElement {
  readonly id: string;
  readonly attributes?: readonly VocabularyAttribute[];
  readonly children?: readonly string[];
}

/** Master data of one type, such as `urn:epcglobal:epcis:vtype:BusinessLocation` (EPCIS §6.1.1). */
export interface Vocabulary {
  readonly type: string;
  readonly vocabularyElementList?: readonly VocabularyElement[];
}

interface DocumentCommon extends Extensions {
  readonly '@context': LinkedDataContext;
  readonly id?: string;
  readonly schemaVersion: string;
  readonly creationDate: string;
}

/** A document for capture (EPCIS §9.3, §10). */
export interface EpcisDocument extends DocumentCommon {
  readonly type: 'EPCISDocument';
  readonly instanceIdentifier?: string;
  readonly sender?: string;
  readonly receiver?: string;
  readonly epcisHeader?: { readonly epcisMasterData?: { readonly vocabularyList?: readonly Vocabulary[] } };
  readonly epcisBody: { readonly eventList: readonly EpcisEvent[] };
}

/** What a query answers with (EPCIS §8, §10). */
export interface EpcisQueryDocument extends DocumentCommon {
  readonly type: 'EPCISQueryDocument';
  readonly epcisBody: {
    readonly queryResults: {
      readonly queryName: string;
      readonly subscriptionID?: string;
      readonly resultsBody: {
        readonly eventList: readonly EpcisEvent[];
        readonly vocabularyList?: readonly Vocabulary[];
      };
    };
  };
}

/** A capture document or a query document. */
export type AnyEpcisDocument = EpcisDocument | EpcisQueryDocument;
