import { instantOf } from '../hash/canonical-values.ts';
import { eventHash } from '../hash/event-hash.ts';
import { identifyScheme } from '../identifiers/identifier-schemes.ts';
import type { EpcisEvent, QuantityElement } from '../model.ts';
import { fieldsOf } from '../query/event-fields.ts';

/** Why one thing leads to another. */
export type TraceLink = 'transformation' | 'aggregation' | 'association';

/** From what something comes (or is put in) to what comes of it (or holds it), with the time in which that holds. */
export interface TraceEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: TraceLink;
  /** Milliseconds since 1970: when the link begins; for a transformation the last use of the input before the output. */
  readonly opens: number;
  /** When it ends; `Infinity` while nothing ends it. A transformation is over when it happens: `opens` and `closes` are equal. */
  readonly closes: number;
  /** Positions of the events that prove it. */
  readonly events: readonly number[];
}

/** Events as a graph of things. Identifiers are canonical, so a thing has one node however it is written. */
export interface TraceGraph {
  readonly events: readonly EpcisEvent[];
  readonly forward: ReadonlyMap<string, readonly TraceEdge[]>;
  readonly backward: ReadonlyMap<string, readonly TraceEdge[]>;
  /** Positions of the events that name a thing, by time. */
  readonly mentions: ReadonlyMap<string, readonly number[]>;
  /** Positions of events that are declared to be errors, and of their declarations: they link nothing. */
  readonly withdrawn: ReadonlySet<number>;
  /** Time of each event; NaN where it cannot be read. */
  readonly times: readonly number[];
}

const nodeOf = (identifier: string): string => identifyScheme(identifier).canonical;
const classesOf = (list: readonly QuantityElement[] | undefined): string[] =>
  list?.map((one) => nodeOf(one.epcClass)) ?? [];

/** Everything that an event puts in, by role. */
export function partsOf(event: EpcisEvent): {
  readonly parent: string | undefined;
  readonly children: string[];
  readonly inputs: string[];
  readonly outputs: string[];
  readonly objects: string[];
} {
  const fields = fieldsOf(event);
  const nodes = (list: readonly string[] | undefined): string[] => list?.map(nodeOf) ?? [];
  return {
    parent: fields.parentID === undefined ? undefined : nodeOf(fields.parentID),
    children: [...nodes(fields.childEPCs), ...classesOf(fields.childQuantityList)],
    inputs: [...nodes(fields.inputEPCList), ...classesOf(fields.inputQuantityList)],
    outputs: [...nodes(fields.outputEPCList), ...classesOf(fields.outputQuantityList)],
    objects: [...nodes(fields.epcList), ...classesOf(fields.quantityList)],
  };
}

/**
 * Makes a graph of events in any order. Aggregations and associations are open from ADD to DELETE (a DELETE without
 * children ends all of them); transformations link inputs to outputs, also across events by `transformationID`. Events
 * under an error declaration are listed as withdrawn and link nothing (EPCIS 2.0 §7.4.1.4).
 */
export function buildTraceGraph(events: readonly EpcisEvent[]): TraceGraph {
  const times = events.map((event) => instantOf(event.eventTime) ?? Number.NaN);
  const withdrawn = findWithdrawn(events);
  const order = events.map((_, index) => index).sort((a, b) => times[a]! - times[b]! || a - b);
  const collector = new EdgeCollector(times);
  const mentions = new Map<string, number[]>();
  for (const index of order) {
    const event = events[index]!;
    const { parent, children, inputs, outputs, objects } = partsOf(event);
    const named = new Set([...(parent === undefined ? [] : [parent]), ...children, ...inputs, ...outputs, ...objects]);
    for (const node of named) push(mentions, node, index);
    if (withdrawn.has(index)) continue;
    if (event.type === 'TransformationEvent') {
      const group = event.transformationID === undefined ? undefined : nodeOf(event.transformationID);
      collector.transform(group, inputs, outputs, index);
    } else if (event.type === 'AggregationEvent' || event.type === 'AssociationEvent') {
      const kind = event.type === 'AggregationEvent' ? 'aggregation' : 'association';
      collector.contain(kind, event.action, parent, children, index);
    }
  }
  const forward = new Map<string, TraceEdge[]>();
  const backward = new Map<string, TraceEdge[]>();
  for (const edge of collector.finish()) {
    push(forward, edge.from, edge);
    push(backward, edge.to, edge);
  }
  return { events, forward, backward, mentions, withdrawn, times };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

// A declaration repeats its event with the same eventID; where there is none, the event hash tells.
function findWithdrawn(events: readonly EpcisEvent[]): Set<number> {
  const declared = new Set<string>();
  const withdrawn = new Set<number>();
  events.forEach((event, index) => {
    if (event.errorDeclaration === undefined) return;
    withdrawn.add(index);
    declared.add(event.eventID ?? eventHash(event));
  });
  if (declared.size === 0) return withdrawn;
  events.forEach((event, index) => {
    if (event.errorDeclaration === undefined && declared.has(event.eventID ?? eventHash(event))) withdrawn.add(index);
  });
  return withdrawn;
}

interface OpenLink {
  readonly child: string;
  readonly parent: string;
  readonly kind: TraceLink;
  readonly opens: number;
  readonly event: number;
}

/** Collects edges while events pass in the order of their time. */
class EdgeCollector {
  private readonly edges: TraceEdge[] = [];
  private readonly open = new Map<string, Map<string, OpenLink>>();
  private readonly inputs = new Map<string, Map<string, number>>();
  private readonly outputs = new Map<string, { readonly to: string; readonly event: number }[]>();
  private readonly times: readonly number[];

  constructor(times: readonly number[]) {
    this.times = times;
  }

  transform(group: string | undefined, inputs: readonly string[], outputs: readonly string[], index: number): void {
    const time = this.times[index]!;
    // Inputs of a long run act on every output from their first use on; where the output is told first, both are linked at the output.
    const running =
      group === undefined ? new Map<string, number>() : (this.inputs.get(group) ?? new Map<string, number>());
    for (const input of inputs) if (!running.has(input)) running.set(input, index);
    if (group !== undefined) this.inputs.set(group, running);
    for (const [from, used] of running) {
      const events = used === index ? [index] : [used, index];
      for (const to of outputs)
        if (to !== from) this.edges.push({ from, to, kind: 'transformation', opens: time, closes: time, events });
    }
    if (group === undefined) return;
    const known = this.outputs.get(group) ?? [];
    for (const { to, event } of known) {
      for (const from of inputs) {
        if (from === to || running.get(from) !== index || event === index) continue;
        this.edges.push({ from, to, kind: 'transformation', opens: time, closes: time, events: [index, event] });
      }
    }
    this.outputs.set(group, [...known, ...outputs.map((to) => ({ to, event: index }))]);
  }

  contain(
    kind: TraceLink,
    action: string,
    parent: string | undefined,
    children: readonly string[],
    index: number,
  ): void {
    const time = this.times[index]!;
    if (action === 'ADD' && parent !== undefined) {
      const held = this.heldBy(kind, parent);
      for (const child of children) {
        if (!held.has(child)) held.set(child, { child, parent, kind, opens: time, event: index });
      }
    } else if (action === 'DELETE') {
      if (parent !== undefined) this.release(kind, parent, children, time, index);
      else
        for (const key of [...this.open.keys()])
          if (key.startsWith(`${kind} `)) this.release(kind, key.slice(kind.length + 1), children, time, index, true);
    } else if (action === 'OBSERVE' && parent !== undefined) {
      // Seen together without a known beginning: the link is proved for that moment only, unless it is open anyway.
      const held = this.heldBy(kind, parent);
      for (const child of children) {
        if (!held.has(child))
          this.edges.push({ from: child, to: parent, kind, opens: time, closes: time, events: [index] });
      }
    }
  }

  private heldBy(kind: TraceLink, parent: string): Map<string, OpenLink> {
    const key = `${kind} ${parent}`;
    const held = this.open.get(key) ?? new Map<string, OpenLink>();
    this.open.set(key, held);
    return held;
  }

  private release(
    kind: TraceLink,
    parent: string,
    children: readonly string[],
    time: number,
    index: number,
    named = false,
  ): void {
    const held = this.open.get(`${kind} ${parent}`);
    if (held === undefined) return;
    for (const child of children.length === 0 && !named ? [...held.keys()] : children) {
      const link = held.get(child);
      if (link === undefined) continue;
      held.delete(child);
      this.edges.push({ from: child, to: parent, kind, opens: link.opens, closes: time, events: [link.event, index] });
    }
  }

  finish(): readonly TraceEdge[] {
    for (const held of this.open.values()) {
      for (const { child, parent, kind, opens, event } of held.values()) {
        this.edges.push({ from: child, to: parent, kind, opens, closes: Number.POSITIVE_INFINITY, events: [event] });
      }
    }
    return this.edges;
  }
}
