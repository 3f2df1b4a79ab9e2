import { identifyScheme } from '../identifiers/identifier-schemes.ts';
import type { TraceEdge, TraceGraph, TraceLink } from './trace-graph.ts';

/** How far a trace goes and in which window of time. */
export interface TraceOptions {
  /** Milliseconds since 1970. Forward: nothing before this matters; backward: nothing after `until`. Default: all times. */
  readonly from?: number;
  readonly until?: number;
  /** Links to follow; default all. */
  readonly kinds?: readonly TraceLink[];
}

/** A thing that a trace reaches. */
export interface TracedThing {
  /** Canonical identifier. */
  readonly id: string;
  /** Forward: the earliest time at which it can have been reached; backward: the latest at which it can have given. */
  readonly time: number;
  /** Number of links from the start. */
  readonly distance: number;
  /** The link by which it was reached; absent for the start. */
  readonly edge?: TraceEdge;
  /** Whether the identifier names one thing or a lot; a class makes every path through it less certain. */
  readonly level?: 'instance' | 'class';
}

/** What a trace reached: nodes, the events that lead to each, and its open ends. */
export interface Trace {
  readonly direction: 'forward' | 'backward';
  /** Things in the order in which they were reached, the start first. */
  readonly things: ReadonlyMap<string, TracedThing>;
}

/**
 * Follows a thing to everything that comes of it and holds it, respecting time: a link counts only if it is still open
 * when the thing arrives. Each thing is reached at its earliest time, so nothing that can be reached is missed.
 */
export function traceForward(graph: TraceGraph, start: string, options: TraceOptions = {}): Trace {
  const { from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = options;
  return walk(graph.forward, start, from, 'forward', options, (edge, time) => {
    if (edge.opens > until) return undefined;
    if (edge.kind === 'transformation') return edge.opens >= time ? edge.opens : undefined;
    // A link that ends the moment the thing arrives no longer carries it, unless it was only a moment itself.
    const carries = edge.closes > time || (edge.closes === edge.opens && edge.opens >= time);
    return carries ? Math.max(time, edge.opens) : undefined;
  });
}

/** The same backward: everything that a thing is made of and holds, with the latest time at which it can have given. */
export function traceBackward(graph: TraceGraph, start: string, options: TraceOptions = {}): Trace {
  const { from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = options;
  return walk(graph.backward, start, until, 'backward', options, (edge, time) => {
    if (edge.closes < from || edge.opens > time) return undefined;
    return Math.min(time, edge.closes);
  });
}

function walk(
  edges: ReadonlyMap<string, readonly TraceEdge[]>,
  start: string,
  time: number,
  direction: Trace['direction'],
  options: TraceOptions,
  pass: (edge: TraceEdge, time: number) => number | undefined,
): Trace {
  const forward = direction === 'forward';
  const first = thing(identifyScheme(start).canonical, time, 0);
  const settled = new Map<string, TracedThing>();
  const open = new TimeQueue(forward ? 1 : -1);
  open.add(first);
  for (let current = open.take(); current !== undefined; current = open.take()) {
    if (settled.has(current.id)) continue;
    settled.set(current.id, current);
    for (const edge of edges.get(current.id) ?? []) {
      if (options.kinds !== undefined && !options.kinds.includes(edge.kind)) continue;
      const next = forward ? edge.to : edge.from;
      if (settled.has(next)) continue;
      const arrival = pass(edge, current.time);
      if (arrival !== undefined) open.add(thing(next, arrival, current.distance + 1, edge));
    }
  }
  return { direction, things: settled };
}

function thing(id: string, time: number, distance: number, edge?: TraceEdge): TracedThing {
  const { level } = identifyScheme(id);
  return { id, time, distance, ...(edge === undefined ? {} : { edge }), ...(level === undefined ? {} : { level }) };
}

/** The links from the start to a thing: the proof that it is concerned. Empty for the start and for what was not reached. */
export function pathTo(trace: Trace, id: string): TraceEdge[] {
  const path: TraceEdge[] = [];
  let current = trace.things.get(identifyScheme(id).canonical);
  while (current?.edge !== undefined) {
    path.unshift(current.edge);
    current = trace.things.get(trace.direction === 'forward' ? current.edge.from : current.edge.to);
  }
  return path;
}

/** A heap by time; with sign -1 the latest comes first. Equal times come in the order of their distance. */
class TimeQueue {
  private readonly heap: TracedThing[] = [];
  private readonly sign: 1 | -1;

  constructor(sign: 1 | -1) {
    this.sign = sign;
  }

  private before(left: TracedThing, right: TracedThing): boolean {
    return left.time === right.time ? left.distance < right.distance : left.time * this.sign < right.time * this.sign;
  }

  add(item: TracedThing): void {
    const { heap } = this;
    let at = heap.length;
    heap.push(item);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.before(item, heap[above]!)) break;
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = item;
  }

  take(): TracedThing | undefined {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let below = at * 2 + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && this.before(heap[below + 1]!, heap[below]!)) below++;
      if (!this.before(heap[below]!, last)) break;
      heap[at] = heap[below]!;
      at = below;
    }
    heap[at] = last;
    return top;
  }
}
