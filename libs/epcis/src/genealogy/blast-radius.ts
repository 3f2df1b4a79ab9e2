import { identifyScheme } from '../identifiers/identifier-schemes.ts';
import type { TraceEdge, TraceGraph } from './trace-graph.ts';
import { pathTo, type TraceOptions, traceForward } from './traverse.ts';
import { findWhereabouts, type Whereabouts } from './whereabouts.ts';

/** One thing that a bad lot has got into, with the proof and the place to look for it. */
export interface AffectedThing {
  readonly id: string;
  /** `contains` for a container that only holds an affected thing, `made-from` for what was made of one. */
  readonly reason: 'start' | 'made-from' | 'contains';
  readonly level?: 'instance' | 'class';
  /** Earliest time at which it can have been affected, milliseconds since 1970; -Infinity when unknown. */
  readonly since: number;
  /** Links from the start. */
  readonly path: readonly TraceEdge[];
  /** eventIDs of the events that prove the path, where events have one. */
  readonly proof: readonly string[];
  /** `certain` along instances only; `lot` where a class stands on the path, as not every piece of a lot need be affected. */
  readonly confidence: 'certain' | 'lot';
  readonly whereabouts?: Whereabouts;
}

/** Who holds units of a lot, how many, and what of it cannot be told. */
export interface BlastRadius {
  readonly affected: readonly AffectedThing[];
  /** Things that were sent and never received: nobody known has them. */
  readonly openEnds: readonly string[];
  /** Known holders with the things that they have, ended things left out. */
  readonly holders: ReadonlyMap<string, readonly string[]>;
  /** Positions of withdrawn events that name an affected thing: excluded, but to be looked at. */
  readonly withdrawn: readonly number[];
}

/** Everything that a thing or lot has got into within a window of time, who has it, and how that is known. */
export function findBlastRadius(graph: TraceGraph, start: string, options: TraceOptions = {}): BlastRadius {
  const trace = traceForward(graph, start, { kinds: ['transformation', 'aggregation'], ...options });
  const affected: AffectedThing[] = [];
  const openEnds: string[] = [];
  const holders = new Map<string, string[]>();
  const withdrawn = new Set<number>();
  for (const { id, time, edge, level } of trace.things.values()) {
    const path = pathTo(trace, id);
    const proof = path.flatMap((one) => one.events.flatMap((index) => graph.events[index]!.eventID ?? []));
    const nodes = [identifyScheme(start).canonical, ...path.map((one) => one.to)];
    const lot = nodes.some((node) => trace.things.get(node)?.level === 'class');
    const whereabouts = findWhereabouts(graph, id);
    const reason = edge === undefined ? 'start' : edge.kind === 'transformation' ? 'made-from' : 'contains';
    affected.push({
      id,
      reason,
      ...(level === undefined ? {} : { level }),
      since: time,
      path,
      proof: [...new Set(proof)],
      confidence: lot ? 'lot' : 'certain',
      ...(whereabouts === undefined ? {} : { whereabouts }),
    });
    if (whereabouts !== undefined && !whereabouts.ended) {
      if (whereabouts.inTransit) openEnds.push(id);
      if (whereabouts.holder !== undefined)
        holders.set(whereabouts.holder, [...(holders.get(whereabouts.holder) ?? []), id]);
    }
    for (const index of graph.mentions.get(id) ?? []) if (graph.withdrawn.has(index)) withdrawn.add(index);
  }
  return { affected, openEnds, holders, withdrawn: [...withdrawn].sort((a, b) => a - b) };
}
