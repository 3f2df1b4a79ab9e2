import { identifyScheme } from '../identifiers/identifier-schemes.ts';
import type { EpcisEvent, QuantityElement } from '../model.ts';
import { fieldsOf } from '../query/event-fields.ts';
import { expandVocabulary } from '../vocabulary/cbv.ts';
import type { TraceGraph } from './trace-graph.ts';

/** Where a thing was seen last and who had it, as far as the events tell. */
export interface Whereabouts {
  /** Position of the event that tells it. */
  readonly event: number;
  readonly time: number;
  /** The container through which it was seen, when the event does not name the thing itself. */
  readonly through?: string;
  readonly location?: string;
  readonly bizStep?: string;
  readonly disposition?: string;
  /** Party or place that has it after this event. */
  readonly holder?: string;
  /** On its way: sent to `holder` (or nobody known) and never received. */
  readonly inTransit: boolean;
  /** Destroyed, dispensed, sold or otherwise gone from the chain. */
  readonly ended: boolean;
}

const step = (word: string): string => expandVocabulary('bizStep', word);
const SENDING = new Set(['shipping', 'departing', 'transporting', 'loading', 'consigning'].map(step));
const ENDING = new Set(['destroying', 'decommissioning', 'retail_selling', 'killing', 'dispensing'].map(step));
const GONE = new Set(
  ['destroyed', 'disposed', 'retail_sold', 'dispensed', 'stolen'].map((word) => expandVocabulary('disposition', word)),
);

/** The things that hold a thing at a time, from the nearest to the outermost. */
export function containersAt(graph: TraceGraph, id: string, time: number): string[] {
  const found: string[] = [];
  let current = identifyScheme(id).canonical;
  for (;;) {
    const edge = graph.forward
      .get(current)
      ?.find((one) => one.kind === 'aggregation' && one.opens <= time && one.closes > time);
    if (edge === undefined || found.includes(edge.to)) return found;
    found.push(edge.to);
    current = edge.to;
  }
}

/** What a container holds at a time, at any depth. */
export function contentsAt(graph: TraceGraph, id: string, time: number): string[] {
  const found = new Set<string>();
  const open = [identifyScheme(id).canonical];
  while (open.length > 0) {
    for (const edge of graph.backward.get(open.pop()!) ?? []) {
      if (edge.kind !== 'aggregation' || edge.opens > time || edge.closes <= time || found.has(edge.from)) continue;
      found.add(edge.from);
      open.push(edge.from);
    }
  }
  return [...found];
}

/**
 * Where a thing was seen last up to a time: in events that name it, and in those that name the container it was in. Events
 * under an error declaration tell nothing.
 */
export function findWhereabouts(
  graph: TraceGraph,
  id: string,
  until = Number.POSITIVE_INFINITY,
): Whereabouts | undefined {
  const node = identifyScheme(id).canonical;
  let best: { event: number; through?: string } | undefined;
  const consider = (event: number, through?: string): void => {
    const time = graph.times[event]!;
    if (graph.withdrawn.has(event) || !(time <= until)) return;
    if (
      best === undefined ||
      time > graph.times[best.event]! ||
      (time === graph.times[best.event] && through === undefined)
    ) {
      best = { event, ...(through === undefined ? {} : { through }) };
    }
  };
  for (const event of graph.mentions.get(node) ?? []) consider(event);
  const seen = new Set([node]);
  const follow = (inner: string, from: number, to: number): void => {
    for (const edge of graph.forward.get(inner) ?? []) {
      const [opens, closes] = [Math.max(from, edge.opens), Math.min(to, edge.closes)];
      if (edge.kind !== 'aggregation' || opens >= closes) continue;
      for (const event of graph.mentions.get(edge.to) ?? []) {
        if (graph.times[event]! >= opens && graph.times[event]! < closes) consider(event, edge.to);
      }
      if (!seen.has(edge.to)) {
        seen.add(edge.to);
        follow(edge.to, opens, closes);
      }
    }
  };
  follow(node, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  return best === undefined ? undefined : describe(graph, best.event, best.through);
}

function describe(graph: TraceGraph, index: number, through: string | undefined): Whereabouts {
  const event = graph.events[index]!;
  const bizStep = event.bizStep === undefined ? undefined : step(event.bizStep);
  const disposition = event.disposition === undefined ? undefined : expandVocabulary('disposition', event.disposition);
  const sending = bizStep !== undefined && SENDING.has(bizStep);
  const location = event.bizLocation?.id ?? event.readPoint?.id;
  const holder = holderAfter(event, sending);
  const ended =
    (bizStep !== undefined && ENDING.has(bizStep)) ||
    (disposition !== undefined && GONE.has(disposition)) ||
    (event.type === 'ObjectEvent' && event.action === 'DELETE');
  return {
    event: index,
    time: graph.times[index]!,
    ...(through === undefined ? {} : { through }),
    ...(location === undefined ? {} : { location: identifyScheme(location).canonical }),
    ...(bizStep === undefined ? {} : { bizStep }),
    ...(disposition === undefined ? {} : { disposition }),
    ...(holder === undefined ? {} : { holder }),
    inTransit: sending && !ended,
    ended,
  };
}

// Who possesses counts before who owns; while something is on its way, that is the one it is sent to.
function holderAfter(event: EpcisEvent, sending: boolean): string | undefined {
  const parties = new Map(
    [...(event.destinationList ?? [])].map((one) => [expandVocabulary('sourceDestination', one.type), one.destination]),
  );
  const find = (word: string): string | undefined => parties.get(expandVocabulary('sourceDestination', word));
  const party = find('possessing_party') ?? find('owning_party') ?? find('location');
  const place = sending ? party : (party ?? event.bizLocation?.id ?? event.readPoint?.id);
  return place === undefined ? undefined : identifyScheme(place).canonical;
}

/** Amounts of a class that an event tells of. */
export function amountsOf(event: EpcisEvent, id: string): QuantityElement[] {
  const fields = fieldsOf(event);
  const lists = [fields.quantityList, fields.childQuantityList, fields.inputQuantityList, fields.outputQuantityList];
  return lists.flatMap((list) => list ?? []).filter((one) => identifyScheme(one.epcClass).canonical === id);
}
