import type { AnyEpcisDocument, EpcisEvent } from '@hengjian/epcis';

/** A pseudo-random sequence that every run repeats. */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const LOCATIONS = 5_000;

/**
 * Mixed events as repositories get them: 70 % Object, 15 % Aggregation, 7 % Transformation, 5 % Transaction,
 * 3 % Association; four objects on average, 10 % with sensors, 10 % of births with ilmd, half of the identifiers as URN.
 */
export function makeEvents(count: number, seed = 42): EpcisEvent[] {
  const random = sequence(seed);
  const whole = (below: number): number => Math.floor(random() * below);
  const epc = (): string => {
    const serial = String(whole(1e9));
    return random() < 0.5
      ? `urn:epc:id:sgtin:4012345.0${String(whole(1000)).padStart(5, '0')}.${serial}`
      : `https://id.gs1.org/01/04012345111118/21/${serial}`;
  };
  const lot = (): string =>
    random() < 0.5
      ? `urn:epc:class:lgtin:4012345.012345.L${whole(9999)}`
      : `https://example.com/01/04012345111118/10/L${whole(9999)}`;
  const sscc = (): string => `urn:epc:id:sscc:4012345.3${String(whole(1e9)).padStart(9, '0')}`;
  const place = (): string => `urn:epc:id:sgln:4012345.0${String(whole(LOCATIONS)).padStart(4, '0')}.0`;
  const epcs = (): string[] => Array.from({ length: 1 + whole(7) }, epc);
  const quantity = (): { epcClass: string; quantity: number; uom: string } => ({
    epcClass: lot(),
    quantity: whole(1000) / 4,
    uom: 'KGM',
  });
  const transactions = (): { type: string; bizTransaction: string }[] => [
    { type: 'po', bizTransaction: `urn:epcglobal:cbv:bt:4012345000009:PO${whole(99999)}` },
    { type: 'desadv', bizTransaction: `https://example.com/253/4012345000016${whole(99999)}` },
  ];
  return Array.from({ length: count }, (_, index): EpcisEvent => {
    const time = new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString();
    const head = {
      eventTime: random() < 0.5 ? time : time.replace('Z', '+00:00'),
      eventTimeZoneOffset: '+00:00',
      bizStep: random() < 0.5 ? 'receiving' : 'shipping',
      disposition: 'in_transit',
      readPoint: { id: place() },
      bizLocation: { id: place() },
      ...(random() < 0.1
        ? {
            sensorElementList: [
              {
                sensorMetadata: { time, deviceID: 'urn:epc:id:giai:4000001.111' },
                sensorReport: [{ type: 'Temperature', value: whole(400) / 10, uom: 'CEL' }],
              },
            ],
          }
        : {}),
      ...(random() < 0.2 ? { 'example:vehicle': `T-${whole(999)}` } : {}),
    };
    const kind = random();
    if (kind < 0.7) {
      const born = random() < 0.1;
      return {
        ...head,
        type: 'ObjectEvent',
        action: born ? 'ADD' : 'OBSERVE',
        epcList: [...new Set(epcs())],
        ...(random() < 0.2 ? { quantityList: [quantity()] } : {}),
        ...(born ? { ilmd: { 'example:bestBefore': '2027-01-01' } } : {}),
      };
    }
    if (kind < 0.85) return { ...head, type: 'AggregationEvent', action: 'ADD', parentID: sscc(), childEPCs: epcs() };
    if (kind < 0.92) {
      return {
        ...head,
        type: 'TransformationEvent',
        inputQuantityList: [quantity(), quantity()],
        outputEPCList: [...new Set(epcs())],
      };
    }
    if (kind < 0.97)
      return { ...head, type: 'TransactionEvent', action: 'ADD', bizTransactionList: transactions(), epcList: epcs() };
    return { ...head, type: 'AssociationEvent', action: 'ADD', parentID: place(), childEPCs: epcs() };
  });
}

/** Documents for capture of so many events each. */
export function makeDocuments(events: readonly EpcisEvent[], size: number): AnyEpcisDocument[] {
  return Array.from({ length: Math.ceil(events.length / size) }, (_, index) => ({
    '@context': [
      'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      { example: 'https://ns.example.com/epcis/' },
    ],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-01-01T00:00:00Z',
    epcisBody: { eventList: events.slice(index * size, (index + 1) * size) },
  }));
}
