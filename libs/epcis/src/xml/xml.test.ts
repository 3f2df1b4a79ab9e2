import { describe, expect, it } from 'vitest';
import { documentOf } from '../../fixtures/arbitraries.ts';
import { corpusDocuments, corpusNote, hasCorpus, readCorpus, readFixture } from '../../fixtures/corpus.ts';
import {
  type AnyEpcisDocument,
  documentHashes,
  type EpcisDocument,
  type EpcisEvent,
  eventsOf,
  readXml,
  requireValue,
  validateJson,
  validateXml,
  writeEventXml,
  writeXml,
} from '../index.ts';

function read(text: string): AnyEpcisDocument {
  const content = requireValue(readXml(text));
  if (content.kind !== 'document') throw new Error('no document');
  return content.document;
}

const EVENT: EpcisEvent = {
  type: 'ObjectEvent',
  eventTime: '2026-01-31T08:00:00+08:00',
  eventTimeZoneOffset: '+08:00',
  action: 'ADD',
  epcList: ['urn:epc:id:sgtin:4012345.011111.1'],
  bizStep: 'commissioning',
};

describe('reading XML', () => {
  it('upgrades EPCIS 1.2 with all its wrappers to valid 2.0', () => {
    const document = read(readFixture('documents/1.2-XML-All_eventTypes_in_single_document.xml'));
    expect(new Set(eventsOf(document).map(({ type }) => type))).toEqual(
      new Set(['ObjectEvent', 'AggregationEvent', 'TransactionEvent', 'TransformationEvent', 'AssociationEvent']),
    );
    expect(validateJson(document).structure).toEqual([]);
    expect(validateXml(writeXml(document))).toEqual([]);
  });

  it('makes a quantity event of EPCIS 1.x an observed quantity', () => {
    const content = requireValue(
      readXml(`<QuantityEvent><eventTime>2006-06-25T00:01:00Z</eventTime><eventTimeZoneOffset>-06:00</eventTimeZoneOffset>
        <epcClass>urn:epc:idpat:sgtin:0614141.107340.*</epcClass><quantity>10</quantity></QuantityEvent>`),
    );
    expect(content).toMatchObject({
      kind: 'event',
      event: {
        type: 'ObjectEvent',
        action: 'OBSERVE',
        quantityList: [{ epcClass: 'urn:epc:idpat:sgtin:0614141.107340.*', quantity: 10 }],
      },
    });
  });

  it('gives one prefix to each namespace, wherever and however often it is declared', () => {
    const text = `<ObjectEvent xmlns:a="urn:one"><a:x>1</a:x><a:x xmlns:a="urn:two">2</a:x><b:x xmlns:b="urn:one">3</b:x><x xmlns="urn:three">4</x></ObjectEvent>`;
    const content = requireValue(readXml(text));
    expect(content).toMatchObject({
      event: {
        '@context': [expect.any(String), { a: 'urn:one', a1: 'urn:two', ext: 'urn:three' }],
        'a:x': ['1', '3'],
        'a1:x': '2',
        'ext:x': '4',
      },
    });
  });

  it('keeps attributes, typed values and nested parts of extensions', () => {
    const text = `<ObjectEvent xmlns:e="urn:e" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      <e:weight unit="KGM" xsi:type="xsd:decimal">2.5</e:weight><e:list><e:item>1</e:item><e:item>2</e:item></e:list></ObjectEvent>`;
    expect(requireValue(readXml(text))).toMatchObject({
      event: { 'e:weight': { '@unit': 'KGM', '#text': 2.5 }, 'e:list': { 'e:item': ['1', '2'] } },
    });
  });

  it('reads a Poll with its parameters', () => {
    const text = `<q:EPCISQueryDocument xmlns:q="urn:epcglobal:epcis-query:xsd:2" schemaVersion="2.0" creationDate="2026-01-31T08:00:00Z"><EPCISBody><q:Poll>
      <queryName>SimpleEventQuery</queryName><params><param><name>EQ_action</name><value><string>ADD</string></value></param>
      <param><name>maxEventCount</name><value>10</value></param></params></q:Poll></EPCISBody></q:EPCISQueryDocument>`;
    expect(validateXml(text)).toEqual([]);
    expect(requireValue(readXml(text))).toMatchObject({
      kind: 'call',
      name: 'Poll',
      queryName: 'SimpleEventQuery',
      parameters: { EQ_action: ['ADD'], maxEventCount: '10' },
    });
  });

  it.each([
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'xml-doctype'],
    ['<a><b></a>', 'xml-not-well-formed'],
    ['<e:a/>', 'xml-not-well-formed'],
    ['<html/>', 'xml-root-unknown'],
  ])('refuses %s with %s', (text, code) => {
    expect(readXml(text)).toMatchObject({ ok: false, problems: [{ code }] });
  });
});

describe('structure of XML', () => {
  it.each([
    ['documents/2.0-XML-ObjectEvent_with_wrong_element_order.xml', 'xml-element-order', 7],
    ['documents/2.0-XML-ObjectEvent_with_near_miss_action.xml', 'xml-value', 13],
  ])('names the place in %s', (name, code, line) => {
    expect(validateXml(readFixture(name))[0]).toMatchObject({
      code,
      line,
      path: expect.stringMatching(/^\/EPCISDocument\[1\]\/EPCISBody\[1\]\/EventList\[1\]\/ObjectEvent\[1\]\//),
    });
  });

  const broken = (from: string | RegExp, to: string) => validateXml(writeXml(documentOf(EVENT)).replace(from, to));
  it.each([
    ['an unknown element', '<action>', '<madeUp/><action>', 'xml-element-unexpected'],
    ['an element in a namespace', /<action>ADD<\/action>/, '<epcis:action>ADD</epcis:action>', 'xml-namespace'],
    ['a missing element', /<eventTimeZoneOffset>.*<\/eventTimeZoneOffset>/, '', 'xml-element-missing'],
    ['two elements turned round', /(<action>ADD<\/action>)(<bizStep>.*<\/bizStep>)/, '$2$1', 'xml-element-order'],
    ['a time without offset', '08:00:00+08:00', '08:00:00', 'xml-value'],
    ['a day that the month does not have', '>2026-01-31T08', '>2026-02-30T08', 'xml-value'],
    ['text between elements', '<action>', 'text<action>', 'xml-text'],
    ['a missing attribute', ' schemaVersion="2.0"', '', 'xml-attribute-missing'],
    ['an attribute that is no date', 'creationDate="2026', 'creationDate="in 2026', 'xml-attribute-value'],
    ['an attribute of a list', '<epcList>', '<epcList kind="x">', 'xml-attribute-unknown'],
    [
      'an undeclared prefix in xsi:type',
      '<epcList>',
      '<epcList xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="no:thing">',
      'xml-prefix-undeclared',
    ],
  ])('refuses %s', (_, from, to, code) => {
    const [first] = broken(from, to);
    expect(first).toMatchObject({
      code,
      zh: expect.stringMatching(/。$/),
      en: expect.stringMatching(/\.$/),
      line: expect.any(Number),
    });
  });
});

describe('writing XML', () => {
  it('writes standard words as URNs or Web URIs, private ones as they are', () => {
    const document = documentOf({ ...EVENT, disposition: 'https://example.com/disp/tested' });
    expect(writeXml(document)).toContain(
      '<bizStep>urn:epcglobal:cbv:bizstep:commissioning</bizStep><disposition>https://example.com/disp/tested</disposition>',
    );
    expect(writeXml(document, { vocabulary: 'web' })).toContain(
      '<bizStep>https://ref.gs1.org/cbv/BizStep-commissioning</bizStep>',
    );
  });

  it('keeps header, sender and master data', () => {
    const document: EpcisDocument = {
      ...documentOf(EVENT),
      sender: 'urn:epc:id:pgln:4012345.00000',
      receiver: 'urn:epc:id:pgln:0614141.00000',
      instanceIdentifier: 'A & B',
      epcisHeader: {
        epcisMasterData: {
          vocabularyList: [
            {
              type: 'urn:epcglobal:epcis:vtype:BusinessLocation',
              vocabularyElementList: [
                {
                  id: 'urn:epc:id:sgln:4012345.00001.0',
                  attributes: [{ id: 'urn:epcglobal:cbv:mda#city', attribute: '长沙' }],
                  children: ['urn:epc:id:sgln:4012345.00001.1'],
                },
              ],
            },
          ],
        },
      },
    };
    const xml = writeXml(document);
    expect(validateXml(xml)).toEqual([]);
    const { '@context': _, ...rest } = read(xml) as EpcisDocument;
    const { '@context': __, ...expected } = document;
    expect(rest).toEqual(expected);
  });

  it('escapes what XML reserves and replaces what it cannot hold', () => {
    const xml = writeEventXml({ ...EVENT, 'urn:x:y/note': 'a<b>&"c"\u0001' } as EpcisEvent);
    expect(xml).toContain('note>a&lt;b&gt;&amp;"c"\uFFFD</');
  });

  it.skipIf(!hasCorpus)(`brings every event of the corpus through XML with its hash (${corpusNote})`, () => {
    let events = 0;
    for (const { path, events: count, xsd, jsonSchemaRef200 } of corpusDocuments()) {
      const verdict = xsd ?? jsonSchemaRef200!;
      if (count === 0 || !verdict.startsWith('valid')) continue;
      // Two certificationInfo are allowed in JSON; the XML schema has room for one (EPCIS 2.0 §7.4.1 against §9.5).
      if (path.includes('StringCertificationInfoArray')) continue;
      const text = readCorpus(path);
      const content = xsd === undefined ? undefined : requireValue(readXml(text));
      if (content !== undefined && content.kind !== 'document') continue;
      const parsed = content?.document ?? (JSON.parse(text) as AnyEpcisDocument);
      const document =
        'epcisBody' in parsed
          ? parsed
          : {
              ...documentOf(parsed as unknown as EpcisEvent),
              '@context': (parsed as { '@context': string })['@context'],
            };
      const xml = writeXml(document);
      expect(validateXml(xml), path).toEqual([]);
      const hashes = documentHashes(document);
      expect(documentHashes(read(xml)), path).toEqual(hashes);
      events += hashes.length;
    }
    expect(events).toBeGreaterThan(1200);
  });
});
