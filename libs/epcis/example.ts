/** Run it: `npx node libs/epcis/example.ts`. */
import {
  buildTraceGraph,
  decodeTag,
  documentHashes,
  type EpcisDocument,
  eventsOf,
  findBlastRadius,
  prepareQuery,
  readXml,
  requireValue,
  validateJson,
  writeXml,
} from '@hengjian/epcis';

const document: EpcisDocument = {
  '@context': [
    'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
    { ext: 'https://ns.example.com/epcis/' },
  ],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-01-31T10:00:00+08:00',
  epcisBody: {
    eventList: [
      {
        type: 'TransformationEvent',
        eventTime: '2026-01-31T08:00:00+08:00',
        eventTimeZoneOffset: '+08:00',
        bizStep: 'commissioning',
        inputQuantityList: [{ epcClass: 'urn:epc:class:lgtin:6901234.012345.R7', quantity: 120, uom: 'KGM' }],
        outputEPCList: ['urn:epc:id:sgtin:6901234.011111.1', 'https://example.com/01/06901234111118/21/2'],
        ilmd: { 'ext:bestBefore': '2027-01-31' },
      },
      {
        type: 'AggregationEvent',
        eventTime: '2026-01-31T09:00:00+08:00',
        eventTimeZoneOffset: '+08:00',
        action: 'ADD',
        bizStep: 'packing',
        parentID: 'urn:epc:id:sscc:6901234.1234567890',
        childEPCs: ['https://id.gs1.org/01/06901234111118/21/1'],
      },
    ],
  },
};

console.log('valid:', validateJson(document).valid);
const misspelt = JSON.parse(JSON.stringify(document).replace('"packing"', '"packng"')) as unknown;
console.log(validateJson(misspelt).structure[0]?.zh);

const hashes = documentHashes(document);
const content = requireValue(readXml(writeXml(document)));
console.log(
  'same hashes from XML:',
  content.kind === 'document' && String(documentHashes(content.document)) === String(hashes),
);
console.log(hashes[1]);

const packed = requireValue(
  prepareQuery({ MATCH_anyEPC: ['urn:epc:idpat:sgtin:6901234.011111.*'], EQ_action: ['ADD'] }),
);
console.log('packed:', eventsOf(document).filter((event) => packed.matches(event)).length);

console.log(requireValue(decodeTag('3074257BF7194E4000001A85')).tagUri);

const graph = buildTraceGraph(eventsOf(document));
for (const { id, reason } of findBlastRadius(graph, 'https://id.gs1.org/01/06901234123456/10/R7').affected) {
  console.log(reason, id);
}
