import { describe, expect, it } from 'vitest';
import { readFixture } from '../../fixtures/corpus.ts';
import {
  amountsOf,
  buildTraceGraph,
  containersAt,
  contentsAt,
  type EpcisDocument,
  type EpcisEvent,
  eventsOf,
  findBlastRadius,
  findTraceback,
  findWhereabouts,
  pathTo,
  traceBackward,
  traceForward,
} from '../index.ts';

const at = (hour: number): string => `2026-01-01T${String(hour).padStart(2, '0')}:00:00Z`;
const when = (hour: number): number => Date.parse(at(hour));
const event = (hour: number, more: object): EpcisEvent =>
  ({ eventTime: at(hour), eventTimeZoneOffset: '+00:00', eventID: `urn:x:event:${hour}`, ...more }) as EpcisEvent;
const make = (hour: number, inputEPCList: string[], outputEPCList: string[], more: object = {}): EpcisEvent =>
  event(hour, { type: 'TransformationEvent', inputEPCList, outputEPCList, ...more });
const pack = (hour: number, action: string, parentID: string, ...childEPCs: string[]): EpcisEvent =>
  event(hour, { type: 'AggregationEvent', action, parentID, childEPCs });
const see = (hour: number, epc: string, more: object = {}): EpcisEvent =>
  event(hour, { type: 'ObjectEvent', action: 'OBSERVE', epcList: [epc], ...more });
const [RAW, LOT, OTHER, CASE, PALLET] = ['urn:x:raw', 'urn:x:lot', 'urn:x:other', 'urn:x:case', 'urn:x:pallet'];
const reached = (trace: { things: ReadonlyMap<string, unknown> }): string[] => [...trace.things.keys()].sort();

describe('traceback oracles of OpenTraceability', () => {
  interface Oracle {
    readonly cases: readonly {
      readonly file: string;
      readonly epc: string;
      readonly expectedEventIDs: readonly string[];
    }[];
  }
  const { cases } = JSON.parse(readFixture('genealogy/traceback-oracle.json')) as Oracle;
  it.each(cases)('finds the history of $epc', ({ file, epc, expectedEventIDs }) => {
    const graph = buildTraceGraph(eventsOf(JSON.parse(readFixture(`genealogy/${file}`)) as EpcisDocument));
    const found = new Set(findTraceback(graph, epc).map((index) => graph.events[index]!.eventID));
    expect([...found].sort()).toEqual([...expectedEventIDs].sort());
  });
});

describe('links respect time', () => {
  it('follows a lot into what is made and packed of it, and back', () => {
    const graph = buildTraceGraph([pack(3, 'ADD', PALLET, CASE), make(1, [RAW], [LOT]), pack(2, 'ADD', CASE, LOT)]);
    expect(reached(traceForward(graph, RAW))).toEqual([CASE, LOT, PALLET, RAW]);
    expect(reached(traceBackward(graph, PALLET))).toEqual([CASE, LOT, PALLET, RAW]);
    expect(pathTo(traceForward(graph, RAW), PALLET).map(({ kind, to }) => [kind, to])).toEqual([
      ['transformation', LOT],
      ['aggregation', CASE],
      ['aggregation', PALLET],
    ]);
  });

  it('does not follow what was unpacked before the lot arrived', () => {
    const graph = buildTraceGraph([
      pack(1, 'ADD', PALLET, CASE),
      pack(2, 'DELETE', PALLET, CASE),
      pack(3, 'ADD', CASE, LOT),
    ]);
    expect(reached(traceForward(graph, LOT))).toEqual([CASE, LOT]);
    expect(reached(traceBackward(graph, PALLET))).toEqual([CASE, PALLET]);
  });

  it('does not follow what was made before the window, nor what happens after it', () => {
    const graph = buildTraceGraph([make(1, [RAW], [OTHER]), make(3, [RAW], [LOT]), pack(5, 'ADD', CASE, LOT)]);
    expect(reached(traceForward(graph, RAW, { from: when(2) }))).toEqual([LOT, RAW].concat(CASE).sort());
    expect(reached(traceForward(graph, RAW, { from: when(2), until: when(4) }))).toEqual([LOT, RAW].sort());
  });

  it('reaches a thing by its earliest way, so that nothing later is missed', () => {
    // The direct way arrives at hour 6, the longer one at hour 2, in time for the case of hour 4.
    const graph = buildTraceGraph([
      make(6, [RAW], [LOT]),
      make(1, [RAW], [OTHER]),
      make(2, [OTHER], [LOT]),
      pack(3, 'ADD', CASE, LOT),
      pack(4, 'DELETE', CASE, LOT),
    ]);
    expect(traceForward(graph, RAW).things.get(LOT!)?.time).toBe(when(2));
    expect(reached(traceForward(graph, RAW))).toContain(CASE);
  });

  it('ends all children by a DELETE without children', () => {
    const graph = buildTraceGraph([pack(1, 'ADD', PALLET, CASE, LOT), pack(2, 'DELETE', PALLET), see(3, PALLET)]);
    expect(contentsAt(graph, PALLET, when(1))).toEqual([CASE, LOT]);
    expect(contentsAt(graph, PALLET, when(2))).toEqual([]);
    expect(containersAt(graph, CASE, when(1))).toEqual([PALLET]);
  });

  it('links the parts of a long transformation by transformationID', () => {
    const run = { transformationID: 'urn:x:run' };
    const graph = buildTraceGraph([
      make(1, [RAW], [], run),
      make(2, [], [LOT], run),
      make(3, [OTHER], [], run),
      make(4, [], [CASE], { transformationID: 'urn:x:another' }),
    ]);
    expect(reached(traceForward(graph, RAW))).toEqual([LOT, RAW].sort());
    expect(reached(traceBackward(graph, LOT))).toEqual([LOT, OTHER, RAW].sort());
  });

  it('joins what is written as EPC URI here and as Digital Link there', () => {
    const graph = buildTraceGraph([
      make(1, [RAW], ['urn:epc:id:sgtin:0614141.112345.6789']),
      pack(2, 'ADD', CASE, 'https://example.com/01/10614141123459/21/6789'),
    ]);
    expect(reached(traceForward(graph, RAW))).toContain(CASE);
  });

  it('ends in circles of rework', () => {
    const graph = buildTraceGraph([make(1, [RAW], [LOT]), make(2, [LOT], [RAW])]);
    expect(reached(traceForward(graph, RAW))).toEqual([LOT, RAW].sort());
  });
});

describe('blast radius', () => {
  const farm = { destinationList: [{ type: 'possessing_party', destination: 'urn:x:shop' }] };
  const events = [
    make(1, [RAW], [LOT]),
    pack(2, 'ADD', CASE, LOT),
    see(3, CASE, { bizStep: 'shipping', ...farm }),
    make(4, [RAW], [OTHER]),
    see(5, OTHER, { bizStep: 'destroying', disposition: 'destroyed', bizLocation: { id: 'urn:x:plant' } }),
  ];

  it('tells who has what, what is on its way and what is gone, with the proof', () => {
    const { affected, openEnds, holders } = findBlastRadius(buildTraceGraph(events), RAW);
    const by = new Map(affected.map((thing) => [thing.id, thing]));
    expect(by.get(CASE)).toMatchObject({
      reason: 'contains',
      confidence: 'certain',
      proof: ['urn:x:event:1', 'urn:x:event:2'],
      whereabouts: { inTransit: true, holder: 'urn:x:shop' },
    });
    expect(by.get(LOT)?.whereabouts).toMatchObject({ through: CASE, inTransit: true });
    expect(by.get(OTHER)?.whereabouts).toMatchObject({ ended: true, location: 'urn:x:plant' });
    expect(openEnds.toSorted()).toEqual([CASE, LOT].sort());
    expect(holders.get('urn:x:shop')?.toSorted()).toEqual([CASE, LOT].sort());
  });

  it('closes the open end when the goods are received', () => {
    const received = see(6, CASE, { bizStep: 'receiving', bizLocation: { id: 'urn:x:shop:store' } });
    const graph = buildTraceGraph([...events, received]);
    expect(findBlastRadius(graph, RAW).openEnds).toEqual([]);
    expect(findWhereabouts(graph, LOT!)).toMatchObject({
      through: CASE,
      location: 'urn:x:shop:store',
      inTransit: false,
    });
    expect(findWhereabouts(graph, LOT!, when(3))).toMatchObject({ inTransit: true });
  });

  it('leaves out events that were declared to be errors, and lists them', () => {
    const wrong = pack(2, 'ADD', CASE, LOT);
    const declared = { ...wrong, errorDeclaration: { declarationTime: at(9) } } as EpcisEvent;
    const { affected, withdrawn } = findBlastRadius(buildTraceGraph([make(1, [RAW], [LOT]), wrong, declared]), RAW);
    expect(affected.map(({ id }) => id).sort()).toEqual([LOT, RAW].sort());
    expect(withdrawn).toEqual([1, 2]);
  });

  it('says when a lot stands on the path, and how much an event tells of it', () => {
    const lot = 'https://id.gs1.org/01/04012345123456/10/L1';
    const used = event(1, {
      type: 'TransformationEvent',
      inputQuantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.012345.L1', quantity: 5, uom: 'KGM' }],
      outputEPCList: [LOT],
    });
    const { affected } = findBlastRadius(buildTraceGraph([used]), lot);
    expect(affected.map(({ id, confidence }) => [id, confidence])).toEqual([
      [lot, 'lot'],
      [LOT, 'lot'],
    ]);
    expect(amountsOf(used, lot)).toMatchObject([{ quantity: 5, uom: 'KGM' }]);
  });
});
