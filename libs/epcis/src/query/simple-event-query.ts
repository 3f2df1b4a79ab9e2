import { instantOf } from '../hash/canonical-values.ts';
import type { EpcisEvent, JsonValue } from '../model.ts';
import { clarkName, type Namespaces, STANDARD_NAMESPACES } from '../namespaces.ts';
import { EpcisError, type EpcisProblem, type EpcisResult } from '../problems.ts';
import { extensionValues, plainValue } from './event-fields.ts';
import type { MasterData } from './master-data.ts';
import { type Condition, createCondition, refuseParameter } from './parameters.ts';

/** Parameters of `SimpleEventQuery` by name, as the REST binding sends them (EPCIS 2.0 §8.2.7.1). */
export type QueryParameters = Readonly<Record<string, JsonValue>>;

/** What a SimpleEventQuery needs to know beside its parameters. */
export interface QueryOptions {
  /** Prefixes that names of parameters use; names may also be full URIs. */
  readonly namespaces?: Namespaces;
  /** For `WD_`, `HASATTR_` and `EQATTR_`. */
  readonly masterData?: MasterData;
}

/** A checked query that can be put to one event after another. */
export interface PreparedQuery {
  /** Whether an event meets every parameter; `namespaces` are those of the document around it. */
  matches(event: EpcisEvent, namespaces?: Namespaces): boolean;
  /** Order of two events by `orderBy` and `orderDirection`; absent without `orderBy`. */
  readonly compare?: (left: EpcisEvent, right: EpcisEvent) => number;
  readonly eventCountLimit?: number;
  readonly maxEventCount?: number;
}

const CONTROLS = new Set([
  'orderBy',
  'orderDirection',
  'eventCountLimit',
  'maxEventCount',
  'perPage',
  'nextPageToken',
  'queryType',
  '@context',
]);
const NO_MASTER_DATA: MasterData = { attributes: new Map(), children: new Map() };

/** Checks parameters and makes a query of them. Problems have the code `query-parameter` (`QueryParameterException`). */
export function prepareQuery(parameters: QueryParameters, options: QueryOptions = {}): EpcisResult<PreparedQuery> {
  const namespaces = options.namespaces ?? STANDARD_NAMESPACES;
  const scope = { namespaces, masterData: options.masterData ?? NO_MASTER_DATA };
  const conditions: Condition[] = [];
  const problems: EpcisProblem[] = [];
  const attempt = <T>(make: () => T): T | undefined => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof EpcisError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (CONTROLS.has(name)) continue;
    const condition = attempt(() => createCondition(name, value, scope));
    if (condition !== undefined) conditions.push(condition);
  }
  const controls = attempt(() => readControls(parameters, namespaces));
  if (problems.length > 0) return { ok: false, problems };
  const value: PreparedQuery = {
    matches: (event, outer = STANDARD_NAMESPACES) => {
      for (const condition of conditions) if (!condition(event, outer)) return false;
      return true;
    },
    ...controls,
  };
  return { ok: true, value, warnings: [] };
}

function readControls(parameters: QueryParameters, namespaces: Namespaces): Omit<PreparedQuery, 'matches'> {
  const { orderBy, orderDirection } = parameters;
  const count = (name: string): number | undefined => {
    const value = parameters[name];
    if (value === undefined) return undefined;
    const number = Number(value);
    return Number.isInteger(number) && number > 0
      ? number
      : refuseParameter(name, '应为正整数', 'must be a positive whole number');
  };
  const [eventCountLimit, maxEventCount] = [count('eventCountLimit'), count('maxEventCount')];
  if (eventCountLimit !== undefined && maxEventCount !== undefined) {
    refuseParameter('eventCountLimit', '不能与maxEventCount同时使用', 'may not stand beside maxEventCount');
  }
  if (eventCountLimit !== undefined && orderBy === undefined) {
    refuseParameter('eventCountLimit', '必须与orderBy一起使用', 'needs orderBy');
  }
  if (orderDirection !== undefined && orderDirection !== 'ASC' && orderDirection !== 'DESC') {
    refuseParameter('orderDirection', '应为ASC或DESC', 'must be ASC or DESC');
  }
  return {
    ...(eventCountLimit === undefined ? {} : { eventCountLimit }),
    ...(maxEventCount === undefined ? {} : { maxEventCount }),
    ...(orderBy === undefined ? {} : { compare: ordering(orderBy, orderDirection === 'ASC' ? 1 : -1, namespaces) }),
  };
}

type SortKey = number | string | undefined;

function ordering(
  orderBy: JsonValue,
  direction: 1 | -1,
  namespaces: Namespaces,
): (left: EpcisEvent, right: EpcisEvent) => number {
  if (typeof orderBy !== 'string') refuseParameter('orderBy', '应为字段名', 'must name a field');
  let read: (event: EpcisEvent) => SortKey;
  if (orderBy === 'eventTime' || orderBy === 'recordTime') {
    read = (event) => instantOf(event[orderBy] ?? '');
  } else if (orderBy.includes(':')) {
    const name = clarkName(orderBy, namespaces);
    read = (event) => {
      const plain = plainValue(extensionValues(event, 'event', name, false, namespaces)[0] ?? null);
      if (typeof plain !== 'string') return plain === undefined ? undefined : Number(plain);
      return instantOf(plain) ?? (Number.isFinite(Number(plain)) && plain !== '' ? Number(plain) : plain);
    };
  } else {
    refuseParameter('orderBy', '应为eventTime、recordTime或扩展字段', 'must be eventTime, recordTime or an extension');
  }
  return (left, right) => {
    const [a, b] = [read(left), read(right)];
    // What has no value comes last in both directions.
    if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
    return a === b ? 0 : (a < b ? -1 : 1) * direction;
  };
}

/**
 * Answers a query from a list of events: those that match, in order, cut by `eventCountLimit`. More than `maxEventCount`
 * is refused with the code `query-too-large` (`QueryTooLargeException`), never cut.
 */
export function runQuery(
  events: readonly EpcisEvent[],
  parameters: QueryParameters,
  options: QueryOptions & { readonly eventNamespaces?: Namespaces } = {},
): EpcisResult<EpcisEvent[]> {
  const prepared = prepareQuery(parameters, options);
  if (!prepared.ok) return prepared;
  const { matches, compare, eventCountLimit, maxEventCount } = prepared.value;
  const found = events.filter((event) => matches(event, options.eventNamespaces));
  if (maxEventCount !== undefined && found.length > maxEventCount) {
    const zh = `查询结果有${found.length}个事件，超过maxEventCount的${maxEventCount}个。`;
    const en = `The query finds ${found.length} events, more than the ${maxEventCount} of maxEventCount.`;
    return { ok: false, problems: [{ code: 'query-too-large', path: 'maxEventCount', zh, en }] };
  }
  if (compare !== undefined) found.sort(compare);
  return { ok: true, value: eventCountLimit === undefined ? found : found.slice(0, eventCountLimit), warnings: [] };
}
