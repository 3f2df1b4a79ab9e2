import { identifyScheme } from '../identifiers/identifier-schemes.ts';
import { partsOf, type TraceGraph } from './trace-graph.ts';

/**
 * The events that tell the history of a thing, as chains of custody are queried in practice (GDST traceback): every event
 * of the thing and, over and over, of what it was made of and what it held; then, for each aggregation whose parent was
 * not asked about, the events of that parent until the child's next event.
 * @returns positions of events in the order of the graph
 */
export function findTraceback(graph: TraceGraph, start: string): number[] {
  const found = new Set<number>();
  const asked = new Set<string>();
  const open = [identifyScheme(start).canonical];
  while (open.length > 0) {
    const id = open.pop()!;
    if (asked.has(id)) continue;
    asked.add(id);
    for (const index of graph.mentions.get(id) ?? []) {
      found.add(index);
      const { children, inputs } = partsOf(graph.events[index]!);
      open.push(...children, ...inputs);
    }
  }
  for (const index of [...found]) {
    const event = graph.events[index]!;
    const { parent, children } = partsOf(event);
    if (event.type !== 'AggregationEvent' || event.action !== 'ADD' || parent === undefined || asked.has(parent))
      continue;
    const time = graph.times[index]!;
    const later = children.flatMap((child) => graph.mentions.get(child) ?? []).map((other) => graph.times[other]!);
    const end = Math.min(...later.filter((other) => other > time), Number.POSITIVE_INFINITY);
    for (const other of graph.mentions.get(parent) ?? []) if (graph.times[other]! <= end) found.add(other);
  }
  return [...found].sort((a, b) => a - b);
}
