import { describe, expect, it } from 'vitest';
import { corpusNote, hasCorpus, readCorpus } from '../../fixtures/corpus.ts';
import {
  convertUnit,
  type EpcisEvent,
  extendNamespaces,
  type JsonValue,
  masterDataOf,
  prepareQuery,
  type QueryParameters,
  readXml,
  requireValue,
  runQuery,
  STANDARD_NAMESPACES,
} from '../index.ts';
import { wordsOf } from '../vocabulary/cbv.ts';

const namespaces = extendNamespaces(STANDARD_NAMESPACES, { ext: 'https://ns.example.com/epcis/' });
const EVENT: EpcisEvent = {
  type: 'ObjectEvent',
  eventTime: '2026-01-31T08:00:00+08:00',
  eventTimeZoneOffset: '+08:00',
  recordTime: '2026-02-01T00:00:00Z',
  eventID: 'urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8',
  action: 'ADD',
  bizStep: 'commissioning',
  disposition: 'active',
  persistentDisposition: { set: ['conformant'], unset: ['non_conformant'] },
  epcList: ['https://example.com/01/10614141123459/21/6789'],
  quantityList: [
    { epcClass: 'urn:epc:class:lgtin:4012345.012345.L1', quantity: 2.5, uom: 'KGM' },
    { epcClass: 'https://example.com/classes/1', quantity: 12 },
  ],
  readPoint: { id: 'urn:epc:id:sgln:4012345.00001.7', 'ext:door': 'D1' },
  bizLocation: { id: 'urn:epc:id:sgln:4012345.00001.0' },
  bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:4012345000009:4711' }],
  sourceList: [{ type: 'https://example.com/roles/grower', source: 'urn:epc:id:pgln:4012345.00000' }],
  sensorElementList: [
    {
      sensorMetadata: { time: '2026-01-30T23:00:00Z', deviceID: 'urn:epc:id:giai:4000001.111', 'ext:battery': 80 },
      sensorReport: [
        { type: 'Temperature', value: 4.5, sDev: 0.5, uom: 'CEL', 'ext:quality': 'good' },
        { percRank: 95, stringValue: 'ok', booleanValue: true, hexBinaryValue: 'f0' },
      ],
      'ext:shelf': 3,
    },
  ],
  ilmd: { 'ext:harvest': { 'ext:field': 'F7', 'ext:date': '2026-01-01T00:00:00Z' } },
  'ext:batch': 2,
  'ext:tested': '2026-01-15T00:00:00+08:00',
};
const DECLARED: EpcisEvent = {
  ...EVENT,
  errorDeclaration: {
    declarationTime: '2026-02-02T00:00:00Z',
    reason: 'incorrect_data',
    correctiveEventIDs: ['urn:x:2'],
    'ext:by': 'Li',
  },
};
const masterData = masterDataOf([
  {
    type: 'x',
    vocabularyElementList: [
      { id: 'https://id.gs1.org/414/4012345000016', attributes: [{ id: 'urn:x:city', attribute: 'Changsha' }] },
      { id: 'urn:x:region', children: ['urn:x:county'] },
      { id: 'urn:x:county', children: ['urn:epc:id:sgln:4012345.00001.0', 'urn:x:region'] },
    ],
  },
]);
const matches = (parameters: QueryParameters, event: EpcisEvent = EVENT): boolean =>
  requireValue(prepareQuery(parameters, { namespaces, masterData })).matches(event, namespaces);

describe('one event against the parameters of SimpleEventQuery', () => {
  const table: readonly (readonly [string, JsonValue, JsonValue])[] = [
    ['eventType', ['ObjectEvent'], ['AggregationEvent']],
    ['GE_eventTime', '2026-01-31T00:00:00Z', '2026-01-31T00:00:00.001Z'],
    ['LT_eventTime', '2026-01-31T00:00:01Z', '2026-01-31T00:00:00Z'],
    ['GE_recordTime', '2026-02-01T08:00:00+08:00', '2026-02-01T08:00:01+08:00'],
    ['EQ_action', ['OBSERVE', 'ADD'], ['DELETE']],
    ['EQ_bizStep', ['urn:epcglobal:cbv:bizstep:commissioning'], ['packing']],
    ['EQ_bizStep', 'https://ref.gs1.org/cbv/BizStep-commissioning', 'cbv:BizStep-packing'],
    ['EQ_disposition', ['active'], ['inactive']],
    ['EQ_persistentDisposition_set', ['conformant'], ['non_conformant']],
    ['EQ_persistentDisposition_unset', ['non_conformant'], ['conformant']],
    ['EQ_readPoint', ['https://example.com/414/4012345000016/254/7'], ['https://id.gs1.org/414/4012345000016']],
    ['WD_bizLocation', ['urn:x:region'], ['urn:x:elsewhere']],
    ['HASATTR_bizLocation', ['urn:x:city'], ['urn:x:street']],
    ['EQATTR_bizLocation_urn:x:city', ['Changsha'], ['Yueyang']],
    ['MATCH_epc', ['urn:epc:id:sgtin:0614141.112345.6789'], ['urn:epc:id:sgtin:0614141.112345.6788']],
    ['MATCH_epc', ['urn:epc:idpat:sgtin:0614141.112345.*'], ['urn:epc:idpat:sgtin:0614141.112346.*']],
    ['MATCH_epc', ['urn:epc:idpat:sgtin:0614141.*.*'], ['urn:epc:idpat:sgtin:0614142.*.*']],
    ['MATCH_epc', ['urn:epc:idpat:sgtin:*.*.*'], ['urn:epc:idpat:sscc:*.*']],
    ['MATCH_epc', ['https://id.gs1.org/01/10614141123459'], ['https://id.gs1.org/01/10614141123466']],
    ['MATCH_anyEPC', ['https://id.gs1.org/01/10614141123459/21/6789'], ['urn:epc:id:sscc:0614141.1234567890']],
    ['MATCH_epcClass', ['https://id.gs1.org/01/04012345123456/10/L1'], ['https://id.gs1.org/01/04012345123456']],
    ['MATCH_anyEPCClass', ['https://example.com/classes/*'], ['https://example.com/lots/*']],
    ['EQ_quantity', 12, 2.5],
    ['GE_quantity_GRM', 2500, 2501],
    ['LT_quantity_KGM', 2.6, 2.5],
    ['EQ_eventID', ['urn:uuid:374d95fc-9457-4a51-bd6a-0bba133845a8'], ['urn:x:1']],
    ['EQ_bizTransaction_po', ['urn:epcglobal:cbv:bt:4012345000009:4711'], ['urn:epcglobal:cbv:bt:4012345000009:4712']],
    ['EQ_bizTransaction_urn:epcglobal:cbv:btt:po', 'urn:epcglobal:cbv:bt:4012345000009:4711', 'urn:x:1'],
    [
      'EQ_source_https://example.com/roles/grower',
      ['https://id.gs1.org/417/4012345000009'],
      ['https://id.gs1.org/417/0614141000005'],
    ],
    ['EQ_ext:batch', 2, 3],
    ['EQ_https://ns.example.com/epcis/batch', ['2'], ['3']],
    ['GE_ext:batch', 2, 2.5],
    ['LT_ext:tested', '2026-01-15T00:00:00Z', '2026-01-14T00:00:00Z'],
    ['EQ_ILMD_ext:harvest', 'never', 'never'],
    ['EQ_INNER_ILMD_ext:field', ['F7'], ['F8']],
    ['EQ_readPoint_ext:door', ['D1'], ['D2']],
    ['EQ_type', ['gs1:Temperature'], ['RelativeHumidity']],
    ['EQ_deviceID', ['https://id.gs1.org/8004/4000001111'], ['https://id.gs1.org/8004/4000001112']],
    ['GE_time', '2026-01-30T23:00:00Z', '2026-01-30T23:00:01Z'],
    ['GE_value_KEL', 277.65, 277.66],
    ['EQ_value_FAH', 40.1, 40.2],
    ['LE_sDev_KEL', 0.5, 0.4],
    ['GE_percRank', 95, 96],
    ['EQ_stringValue', ['ok'], ['no']],
    ['EQ_booleanValue', true, false],
    ['EQ_hexBinaryValue', ['F0'], ['F1']],
    ['GT_SENSORMETADATA_ext:battery', 79, 80],
    ['EQ_SENSORREPORT_ext:quality', ['good'], ['bad']],
    ['LE_SENSORELEMENT_ext:shelf', 3, 2],
  ];
  it.each(table.filter(([name]) => name !== 'EQ_ILMD_ext:harvest'))('%s: %j is met, %j is not', (name, met, unmet) => {
    expect([matches({ [name]: met }), matches({ [name]: unmet })]).toEqual([true, false]);
  });

  it.each([
    ['EXISTS_errorDeclaration', '', DECLARED],
    ['GE_errorDeclarationTime', '2026-02-02T00:00:00Z', DECLARED],
    ['LT_errorDeclaration_Time', '2026-02-03T00:00:00Z', DECLARED],
    ['EQ_errorReason', ['incorrect_data'], DECLARED],
    ['EQ_correctiveEventID', ['urn:x:2'], DECLARED],
    ['EQ_ERROR_DECLARATION_ext:by', ['Li'], DECLARED],
    ['EXISTS_sensorElementList', '', EVENT],
    ['EXISTS_ILMD_ext:harvest', '', EVENT],
    ['EXISTS_INNER_ILMD_ext:date', '', EVENT],
  ])('%s holds only where there is one', (name, value, event) => {
    const {
      errorDeclaration: _,
      sensorElementList: __,
      ilmd: ___,
      ...bare
    } = DECLARED as EpcisEvent & { ilmd: object };
    expect([matches({ [name]: value }, event), matches({ [name]: value }, bare as EpcisEvent)]).toEqual([true, false]);
  });

  it('asks all parameters at once', () => {
    expect(matches({ EQ_action: ['ADD'], EQ_bizStep: ['commissioning'] })).toBe(true);
    expect(matches({ EQ_action: ['ADD'], EQ_bizStep: ['packing'] })).toBe(false);
  });

  it.each([
    [{ EQ_colour: ['red'] }, 'EQ_colour'],
    [{ GE_eventTime: 'yesterday' }, 'GE_eventTime'],
    [{ GE_value_CEL: 'warm' }, 'GE_value_CEL'],
    [{ EQ_action: ['MOVE'] }, 'EQ_action'],
    [{ eventCountLimit: 5 }, 'eventCountLimit'],
    [{ eventCountLimit: 5, maxEventCount: 5, orderBy: 'eventTime' }, 'eventCountLimit'],
    [{ orderBy: 'bizStep' }, 'orderBy'],
    [{ orderBy: 'eventTime', orderDirection: 'UP' }, 'orderDirection'],
  ])('refuses %j', (parameters, path) => {
    expect(prepareQuery(parameters)).toMatchObject({
      ok: false,
      problems: [{ code: 'query-parameter', path, zh: expect.stringMatching(/。$/) }],
    });
  });

  it('orders by an extension and puts what lacks it last', () => {
    const [one, two, none] = [
      { ...EVENT, 'ext:batch': 1 },
      EVENT,
      { ...EVENT, 'ext:batch': undefined },
    ] as EpcisEvent[];
    const order = (orderDirection: string) =>
      requireValue(
        runQuery(
          [none!, one!, two!],
          { orderBy: 'ext:batch', orderDirection },
          { namespaces, eventNamespaces: namespaces },
        ),
      );
    expect([order('ASC'), order('DESC')]).toEqual([
      [one, two, none],
      [two, one, none],
    ]);
  });
});

describe('units and words', () => {
  it('converts temperatures with their zero points and refuses to mix quantities', () => {
    expect(convertUnit(100, 'CEL', 'FAH')).toBeCloseTo(212, 6);
    expect(convertUnit(0, 'KEL', 'CEL')).toBeCloseTo(-273.15, 6);
    expect(convertUnit(1, 'KGM', 'CEL')).toBeUndefined();
  });

  it('knows all words of CBV 2.0', () => {
    const kinds = [
      'bizStep',
      'disposition',
      'bizTransaction',
      'sourceDestination',
      'component',
      'errorReason',
    ] as const;
    expect(kinds.map((kind) => wordsOf(kind).length)).toEqual([41, 33, 13, 3, 14, 2]);
  });
});

describe.skipIf(!hasCorpus)(`the EPCglobal interoperability queries (${corpusNote})`, () => {
  interface Case {
    readonly id: string;
    readonly params10: QueryParameters;
    readonly params20: QueryParameters;
    readonly expectedEventIndexes: readonly number[];
    readonly expectedError: string | null;
  }
  const load = <T>(name: string): T => JSON.parse(readCorpus(`query-conformance/${name}`)) as T;
  const setUp = () => {
    const document = load<{ '@context': []; epcisBody: { eventList: EpcisEvent[] } }>('events-epcis20.json');
    const raw = load<{ attributes: Record<string, Record<string, string>>; children: Record<string, string[]> }>(
      'masterdata.json',
    );
    const eventNamespaces = extendNamespaces(STANDARD_NAMESPACES, document['@context']);
    const data = {
      attributes: new Map(
        Object.entries(raw.attributes).map(([id, attributes]) => [id, new Map(Object.entries(attributes))]),
      ),
      children: new Map(Object.entries(raw.children)),
    };
    return {
      events: document.epcisBody.eventList,
      options: { namespaces: eventNamespaces, eventNamespaces, masterData: data },
    };
  };
  const CODES: Readonly<Record<string, string>> = {
    QueryTooLargeException: 'query-too-large',
    QueryParameterException: 'query-parameter',
  };

  it('answers all 22 as expected, asked in the words of 1.0 and of 2.0', () => {
    const { events, options } = setUp();
    const cases = load<Case[]>('queries.json');
    expect(cases).toHaveLength(22);
    for (const { id, params10, params20, expectedEventIndexes, expectedError } of cases) {
      for (const parameters of [params10, params20]) {
        const answer = runQuery(events, parameters, options);
        if (expectedError !== null) expect(answer, id).toMatchObject({ problems: [{ code: CODES[expectedError] }] });
        else
          expect(
            requireValue(answer)
              .map((event) => events.indexOf(event))
              .sort((a, b) => a - b),
            id,
          ).toEqual(expectedEventIndexes);
      }
    }
  });

  it('answers the XML polls of the suite with the events of its XML responses, in their order', () => {
    const { events, options } = setUp();
    let compared = 0;
    for (const { id, expectedError } of load<Case[]>('queries.json')) {
      if (expectedError !== null) continue;
      const folder = 'query-conformance/raw/queries/webservice';
      const call = requireValue(readXml(readCorpus(`${folder}/requests/Test-EPCIS10-${id}-Request-1-poll.xml`)));
      const response = readCorpus(`${folder}/responses/Test-EPCIS10-${id}-Response-1-poll.xml`);
      if (call.kind !== 'call') throw new Error(id);
      const found = requireValue(runQuery(events, call.parameters, options)).map(({ eventTime }) =>
        Date.parse(eventTime),
      );
      const expected = [...response.matchAll(/<eventTime>([^<]+)/g)].map(([, time]) => Date.parse(time!));
      // Without orderBy the order is free.
      const ordered = 'orderBy' in call.parameters;
      expect(ordered ? found : found.sort((a, b) => a - b), id).toEqual(
        ordered ? expected : expected.sort((a, b) => a - b),
      );
      compared++;
    }
    expect(compared).toBe(21);
  });
});
