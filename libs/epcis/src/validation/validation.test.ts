import { describe, expect, it } from 'vitest';
import { documentOf } from '../../fixtures/arbitraries.ts';
import { corpusDocuments, corpusNote, hasCorpus, readCorpus, readFixture } from '../../fixtures/corpus.ts';
import {
  createProfileValidator,
  type EpcisEvent,
  eventHash,
  validateJson,
  validateJsonText,
  validateXml,
  validateXmlText,
} from '../index.ts';

const event = (more: object): EpcisEvent =>
  ({
    type: 'ObjectEvent',
    eventTime: '2026-01-31T08:00:00+08:00',
    eventTimeZoneOffset: '+08:00',
    action: 'OBSERVE',
    epcList: ['urn:epc:id:sgtin:4012345.011111.1'],
    ...more,
  }) as EpcisEvent;
const check = (...events: EpcisEvent[]) => validateJson(documentOf(...events));

describe('structure of JSON documents', () => {
  it('accepts a document and a bare event', () => {
    expect(check(event({}))).toEqual({ valid: true, structure: [], meaning: [], warnings: [] });
    expect(validateJson({ '@context': [], ...event({}) }).valid).toBe(true);
  });

  it.each([
    [event({ bizStep: 'shiping' }), 'vocabulary-unknown', '/epcisBody/eventList/0/bizStep', 'shipping'],
    [
      event({ bizStep: 'urn:epcglobal:cbv:bizstep:shipping' }),
      'vocabulary-not-bare',
      '/epcisBody/eventList/0/bizStep',
      'shipping',
    ],
    [
      event({ bizTransactionList: [{ type: 'poo', bizTransaction: 'urn:x:1' }] }),
      'vocabulary-unknown',
      '/epcisBody/eventList/0/bizTransactionList/0/type',
      'po',
    ],
    [event({ batch: 'A1' }), 'field-unknown', '/epcisBody/eventList/0/batch', undefined],
    [event({ eventTimeZoneOffset: undefined }), 'field-missing', '/epcisBody/eventList/0', 'eventTimeZoneOffset'],
    [event({ eventTime: '2026-01-31 08:00' }), 'value-format', '/epcisBody/eventList/0/eventTime', undefined],
    [
      event({ quantityList: [{ epcClass: 'urn:x:1', quantity: 'two' }] }),
      'value-type',
      '/epcisBody/eventList/0/quantityList/0/quantity',
      'a number',
    ],
    [
      event({ quantityList: [{ epcClass: 'urn:x:1', quantity: 2, uom: 'kilogram' }] }),
      'value-pattern',
      '/epcisBody/eventList/0/quantityList/0/uom',
      undefined,
    ],
    [event({ epcList: ['urn:x:1', 'urn:x:1'] }), 'repeated', '/epcisBody/eventList/0/epcList', undefined],
  ])('names what is wrong (%#): %s', (wrong, code, path, expected) => {
    const { valid, structure } = validateJson(JSON.parse(JSON.stringify(documentOf(wrong))));
    expect(valid).toBe(false);
    expect(structure).toHaveLength(1);
    expect(structure[0]).toMatchObject({ code, path, ...(expected === undefined ? {} : { expected }) });
    expect(structure[0]!.zh).toMatch(/[\u4e00-\u9fff].*。$/);
    expect(structure[0]!.en).toMatch(/[.?]$/);
  });

  it('says which of several fields is needed', () => {
    const { structure } = validateJsonText(readFixture('documents/2.0-JSON-ObjectEvent_without_identifier_list.json'));
    expect(structure).toMatchObject([{ code: 'one-of-missing', expected: expect.stringContaining('epcList') }]);
  });

  it.each([
    ['{\n  "type": EPCISDocument }', 2, 11],
    ['{ "a": [1, 2,] }', 1, 14],
    ['{ "a": 1,\n}', 2, 1],
    ['{ "a" 1 }', 1, 7],
    ['[1] 2', 1, 5],
    ['{ "a": "tab\there" }', 1, 8],
    ['', 1, 1],
  ])('gives line and column of what makes %j no JSON', (text, line, column) => {
    expect(validateJsonText(text).structure).toMatchObject([{ code: 'json-not-well-formed', line, column }]);
  });
});

describe('meaning of events', () => {
  const association = { type: 'AssociationEvent', parentID: 'urn:epc:id:sgln:4012345.00001.0', epcList: undefined };
  it.each([
    ['TCR-54 step 4: nothing associated', event({ ...association, action: 'ADD' }), 'children-missing', ''],
    [
      'TCR-54 step 4: nothing seen associated',
      event({ ...association, action: 'OBSERVE', childEPCs: [] }),
      'children-missing',
      '',
    ],
    [
      'an aggregation into nothing',
      event({ type: 'AggregationEvent', action: 'ADD', epcList: undefined, childEPCs: ['urn:x:1'] }),
      'parent-missing',
      '',
    ],
    [
      'a transformation of nothing',
      event({
        type: 'TransformationEvent',
        action: undefined,
        epcList: undefined,
        outputEPCList: ['urn:x:1'],
        inputEPCList: [],
      }),
      'inputs-missing',
      '',
    ],
    ['birth data without birth', event({ ilmd: { 'ext:lot': 'A' } }), 'ilmd-without-birth', '/ilmd'],
    [
      'TCR-53 step 29: a device told twice',
      event({
        sensorElementList: [
          {
            sensorMetadata: { deviceID: 'urn:x:1' },
            sensorReport: [{ type: 'Temperature', value: 1, uom: 'CEL', deviceID: 'urn:x:2' }],
          },
        ],
      }),
      'sensor-field-twice',
      '/sensorElementList/0/sensorReport/0/deviceID',
    ],
    [
      'sensor data that ends before it starts',
      event({
        sensorElementList: [
          {
            sensorMetadata: { startTime: '2026-01-31T07:00:00Z', endTime: '2026-01-31T06:00:00Z' },
            sensorReport: [{ type: 'Temperature', value: 1, uom: 'CEL' }],
          },
        ],
      }),
      'sensor-times-turned',
      '/sensorElementList/0/sensorMetadata',
    ],
    [
      'an error declared before its event',
      event({ errorDeclaration: { declarationTime: '2026-01-30T00:00:00Z' } }),
      'declared-before-event',
      '/errorDeclaration/declarationTime',
    ],
  ])('refuses %s', (_, wrong, code, place) => {
    const document = JSON.parse(JSON.stringify(documentOf(wrong)));
    const { valid, meaning } = validateJson(document);
    expect(valid).toBe(false);
    expect(meaning).toContainEqual(expect.objectContaining({ code, path: `/epcisBody/eventList/0${place}` }));
  });

  it('lets a DELETE without children end all, and a long transformation tell its parts in several events', () => {
    const unpacking = event({ ...association, type: 'AggregationEvent', action: 'DELETE', childEPCs: [] });
    const part = event({
      type: 'TransformationEvent',
      action: undefined,
      epcList: undefined,
      inputEPCList: ['urn:x:1'],
      transformationID: 'urn:x:run',
    });
    expect(validateJson(JSON.parse(JSON.stringify(documentOf(unpacking, part)))).valid).toBe(true);
  });

  it('warns of another zone, a record time, a late sensor, pieces that are not whole, and an undeclared prefix', () => {
    const odd = event({
      eventTimeZoneOffset: '+00:00',
      recordTime: '2026-02-01T00:00:00Z',
      quantityList: [{ epcClass: 'urn:x:1', quantity: 1.5 }],
      sensorElementList: [
        { sensorReport: [{ type: 'Temperature', value: 1, uom: 'CEL', time: '2026-02-01T00:00:00Z' }] },
      ],
      'cbvmda:lotNumber': 'A',
    });
    const { valid, warnings } = check(odd);
    expect(valid).toBe(true);
    expect(warnings.map(({ code }) => code)).toEqual([
      'count-not-whole',
      'zone-differs',
      'sensor-after-event',
      'record-time-given',
      'prefix-undeclared',
    ]);
  });

  it('compares an eventID that is a hash with its event when asked to', () => {
    const right = event({ eventID: eventHash(event({})) });
    const wrong = event({ eventID: eventHash(event({ action: 'DELETE' })) });
    expect(validateJson(documentOf(right, wrong), { hashes: true }).meaning).toMatchObject([
      { code: 'event-hash-differs', path: '/epcisBody/eventList/1/eventID' },
    ]);
    expect(check(right, wrong).valid).toBe(true);
  });
});

describe('profiles of a sector', () => {
  it('speaks of a missing field in the same way', () => {
    const validate = createProfileValidator({ type: 'object', required: ['bizLocation'] });
    expect(validate(event({}))).toMatchObject([{ code: 'field-missing', expected: 'bizLocation' }]);
  });

  it.skipIf(!hasCorpus)(`refuses what GDST and FSMA 204 refuse (${corpusNote})`, () => {
    const gdst = createProfileValidator(JSON.parse(readCorpus('standard/gdst/gdst_json_schema.json')));
    const folder = 'epcis-docs/event-sentry/test/data/schema/FSMA-204';
    const fsma = createProfileValidator(JSON.parse(readCorpus(`${folder}/FSMA-1-Harvesting-Event-Schema.json`)));
    const rejected = corpusDocuments().filter(
      ({ jsonSchemaRef200, expect: expected }) => jsonSchemaRef200 === 'valid' && expected === 'reject',
    );
    for (const { path } of rejected) {
      if (path.includes('fastnt')) continue;
      const value = JSON.parse(readCorpus(path));
      expect((path.includes('gdst_') ? gdst : fsma)(value), path).not.toEqual([]);
    }
    expect(fsma(JSON.parse(readCorpus(`${folder}/FSMA-1-Harvesting-Valid-Event-with-URN.json`)))).toEqual([]);
    expect(rejected).toHaveLength(7);
  });
});

describe.skipIf(!hasCorpus)(`verdicts on the documents of others (${corpusNote})`, () => {
  it('agrees with the JSON Schema of GS1 on all 199', () => {
    const documents = corpusDocuments().filter((entry) => entry.jsonSchemaRef200 !== undefined);
    expect(documents).toHaveLength(199);
    for (const { path, jsonSchemaRef200 } of documents) {
      const { structure } = validateJsonText(readCorpus(path));
      expect(structure.length === 0, path).toBe(jsonSchemaRef200 === 'valid');
    }
  });

  it('agrees with the XML schemas of GS1 on 100 of 102; the other two are valid by a schema that the verdict left out', () => {
    const documents = corpusDocuments().filter((entry) => entry.xsd !== undefined);
    expect(documents).toHaveLength(102);
    // EPCISMasterDataDocument is declared in EPCglobal-epcis-masterdata-2_0.xsd (EPCIS 2.0 §9.4).
    const differing = documents.filter(
      ({ path, xsd }) => (validateXml(readCorpus(path)).length === 0) !== xsd!.startsWith('valid'),
    );
    expect(differing.map(({ path }) => path.split('/').at(-1))).toEqual([
      'CBV-11.4-2020-06-16a.xml',
      'Example-masterData.xml',
    ]);
    for (const { path } of differing)
      expect(validateXmlText(readCorpus(path))).toMatchObject({ valid: true, content: { kind: 'masterData' } });
  });

  it('finds XML errors in the line that the schema processor names', () => {
    let compared = 0;
    for (const { path, xsd } of corpusDocuments()) {
      const line = /\.xml:(\d+): element/.exec(xsd ?? '')?.[1];
      const [first] = line === undefined ? [] : validateXml(readCorpus(path));
      if (line === undefined || first === undefined) continue;
      compared++;
      expect(first.line, path).toBe(Number(line));
    }
    expect(compared).toBeGreaterThan(15);
  });
});
