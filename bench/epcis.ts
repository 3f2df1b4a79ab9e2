/**
 * The EPCIS library on one thread: event hashes and validation with reasons, beside epcis2.js, Ajv and bare SHA-256, by
 * turns. The figures count only when every reference hash is met and both validators give the same verdicts.
 */
import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import {
  type AnyEpcisDocument,
  documentHashes,
  eventHash,
  eventsOf,
  extendNamespaces,
  parseJson,
  preHashString,
  readXml,
  STANDARD_NAMESPACES,
  validateJsonText,
  validateXml,
  writeXml,
} from '@hengjian/epcis';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { makeDocuments, makeEvents } from './epcis-events.ts';
import { median, rounded } from './measure.ts';
import { loadPeers } from './peers.ts';

const ROUNDS = 5;
const library = new URL('../libs/epcis/', import.meta.url);
const digest = (text: string): string => hash('sha256', text);

interface Peer {
  eventToHashedId(event: unknown, context: unknown): string;
  EPCISDocument: new (document: unknown) => { isValid(): boolean };
}

/** epcis2.js needs another package in place of one that is gone. */
async function peersOfEpcis(): Promise<{ epcis2?: Peer; parseXml?: (text: string) => unknown; missing?: string }> {
  try {
    const versions = { 'epcis2.js': '2.7.3', 'fast-xml-parser': '5.12.1' };
    const peers = await loadPeers('epcis', versions, { fs: 'npm:ms@2.1.3' });
    const { XMLParser } = peers['fast-xml-parser'] as {
      XMLParser: new (options: object) => { parse(text: string): unknown };
    };
    const parser = new XMLParser({ ignoreAttributes: false, preserveOrder: true, parseTagValue: false });
    return { epcis2: peers['epcis2.js'] as Peer, parseXml: (text) => parser.parse(text) };
  } catch (error) {
    return { missing: (error as Error).message };
  }
}

interface Vectors {
  readonly hashes: string[];
  readonly document: AnyEpcisDocument;
}

/** Documents with their reference hashes, in both syntaxes. */
function readVectors(): { readonly json: Vectors[]; readonly xml: Vectors[] } {
  const folder = new URL('fixtures/event-hash/', library);
  const json: Vectors[] = [];
  const xml: Vectors[] = [];
  for (const file of readdirSync(folder)) {
    const [stem, syntax] = file.split('.');
    if (syntax !== 'jsonld' && syntax !== 'xml') continue;
    const text = readFileSync(new URL(file, folder), 'utf8');
    const hashes = readFileSync(new URL(`${stem}.hashes`, folder), 'utf8')
      .trim()
      .split('\n');
    const read = syntax === 'xml' ? readXml(text) : undefined;
    if (read?.ok === true && read.value.kind === 'document') xml.push({ hashes, document: read.value.document });
    if (syntax === 'jsonld') json.push({ hashes, document: JSON.parse(text) as AnyEpcisDocument });
  }
  return { json, xml };
}

// Two extensions that a repository added are left out by the reference when told so.
const ignored = new Set(['{https://ns.example.com/epcis/}captureID', '{https://repository-x.example.com/}hash']);

function agreeing(vectors: readonly Vectors[], hashesOf: (document: AnyEpcisDocument) => string[]): number {
  return vectors.flatMap(({ hashes, document }) => hashesOf(document).filter((one, index) => one === hashes[index]))
    .length;
}

function perSecond(events: number, work: () => unknown): number {
  const start = performance.now();
  work();
  return events / ((performance.now() - start) / 1000);
}

export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const count = quick ? 4_000 : 20_000;
  const events = makeEvents(count);
  const documents = makeDocuments(events, 500);
  const texts = documents.map((document) => JSON.stringify(document));
  const xmlTexts = documents.map((document) => writeXml(document));
  const context = documents[0]!['@context'];
  const namespaces = extendNamespaces(STANDARD_NAMESPACES, context);
  const preHashes = events.map((event) => preHashString(event, namespaces));
  const { epcis2, parseXml, missing } = await peersOfEpcis();

  const ajv = new Ajv({ strict: false });
  (addFormats as unknown as (ajv: Ajv) => void)(ajv);
  const schema = parseJson(readFileSync(new URL('artefacts/epcis-json-schema-2.0.0.json', library), 'utf8'));
  const matches = ajv.compile(schema.ok ? (schema.value as object) : {});

  const vectors = readVectors();
  const all = [...vectors.json, ...vectors.xml];
  const reference = all.flatMap((one) => one.hashes).length;
  const met = agreeing(all, (document) => documentHashes(document, { ignored }));
  if (met !== reference) throw new Error(`only ${met} of ${reference} reference hashes are met`);
  for (const text of [...texts, ...all.map(({ document }) => JSON.stringify(document))]) {
    const structure = validateJsonText(text).structure.length === 0;
    if (structure !== matches(JSON.parse(text))) throw new Error('the two validators differ in a verdict');
  }
  const peerHash = (document: AnyEpcisDocument): string[] =>
    eventsOf(document).map((event) => {
      try {
        return epcis2!.eventToHashedId(event, document['@context']);
      } catch {
        return 'failed';
      }
    });

  const sides: Record<string, () => unknown> = {
    hashPortable: () => events.map((event) => eventHash(event, { namespaces })),
    hashWithNodeDigest: () => events.map((event) => eventHash(event, { namespaces, digest })),
    preHashOnly: () => events.map((event) => preHashString(event, namespaces)),
    sha256Floor: () => preHashes.map(digest),
    parse: () => texts.map((text) => JSON.parse(text)),
    parseAndAjv: () => texts.map((text) => matches(JSON.parse(text))),
    validate: () => texts.map((text) => validateJsonText(text)),
    readXml: () => xmlTexts.map((text) => readXml(text)),
    validateXml: () => xmlTexts.map((text) => validateXml(text)),
    ...(epcis2 === undefined
      ? {}
      : {
          epcis2Hash: () => events.slice(0, 2_000).map((event) => epcis2.eventToHashedId(event, context)),
          epcis2Valid: () => texts.slice(0, 4).map((text) => new epcis2.EPCISDocument(JSON.parse(text)).isValid()),
        }),
    ...(parseXml === undefined ? {} : { fastXmlParserOnly: () => xmlTexts.map(parseXml) }),
  };
  const part: Record<string, number> = { epcis2Hash: 2_000, epcis2Valid: 2_000 };
  const rates: Record<string, number[]> = {};
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, work] of Object.entries(sides)) {
      const rate = perSecond(Math.min(part[name] ?? count, count), work);
      if (round >= 0) rates[name] = [...(rates[name] ?? []), rate];
    }
  }
  const middle = (name: string): number => median(rates[name] ?? []);
  const ratio = (name: string, other: string): number | null =>
    rates[other] === undefined ? null : rounded(middle(name) / middle(other));
  return {
    events: count,
    ...(missing === undefined ? {} : { peersMissing: missing }),
    referenceHashes: {
      of: reference,
      met,
      metByEpcis2js: epcis2 === undefined ? null : agreeing(vectors.json, peerHash),
      ofThoseInJson: vectors.json.flatMap((one) => one.hashes).length,
    },
    eventsPerSecond: Object.fromEntries(
      Object.entries(rates).map(([name, list]) => [
        name,
        { median: Math.round(median(list)), least: Math.round(Math.min(...list)), most: Math.round(Math.max(...list)) },
      ]),
    ),
    ratio: {
      hashToEpcis2js: ratio('hashWithNodeDigest', 'epcis2Hash'),
      portableHashToEpcis2js: ratio('hashPortable', 'epcis2Hash'),
      hashToSha256Floor: ratio('hashWithNodeDigest', 'sha256Floor'),
      validationToParseAndAjv: ratio('validate', 'parseAndAjv'),
      validationToEpcis2js: ratio('validate', 'epcis2Valid'),
      readXmlToFastXmlParserAlone: ratio('readXml', 'fastXmlParserOnly'),
    },
    targets: { hashesPerSecond: 100_000, validatedPerSecond: 150_000 },
  };
}
