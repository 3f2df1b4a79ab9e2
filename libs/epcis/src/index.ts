export { eventsOf, vocabulariesOf } from './documents.ts';
export { type AffectedThing, type BlastRadius, findBlastRadius } from './genealogy/blast-radius.ts';
export { buildTraceGraph, type TraceEdge, type TraceGraph, type TraceLink } from './genealogy/trace-graph.ts';
export { findTraceback } from './genealogy/traceback.ts';
export {
  pathTo,
  type Trace,
  type TracedThing,
  type TraceOptions,
  traceBackward,
  traceForward,
} from './genealogy/traverse.ts';
export {
  amountsOf,
  containersAt,
  contentsAt,
  findWhereabouts,
  type Whereabouts,
} from './genealogy/whereabouts.ts';
export { checkElements } from './gs1/check-elements.ts';
export { type SyntaxComponent, type SyntaxEntry, syntaxDictionary } from './gs1/dictionary.ts';
export { documentHashes, type EventHashOptions, eventHash, isEventHash } from './hash/event-hash.ts';
export { preHashString } from './hash/pre-hash.ts';
export { canonicalUri } from './identifiers/canonical-uri.ts';
export { type CompanyPrefixLength, companyPrefixLengthFrom, firstKnownLength } from './identifiers/company-prefix.ts';
export { digitalLinkOfEpcUri, epcUriOfDigitalLink } from './identifiers/epc-digital-link.ts';
export { EPC_SCHEMES, type EpcScheme } from './identifiers/epc-schemes.ts';
export { composeEpcUri, type EpcUri, parseEpcUri } from './identifiers/epc-uri.ts';
export {
  type IdentifierKind,
  type IdentifierScheme,
  identifyScheme,
  isSameIdentifier,
} from './identifiers/identifier-schemes.ts';
export type * from './model.ts';
export {
  clarkName,
  EPCIS_CONTEXT,
  expandName,
  extendNamespaces,
  type Namespaces,
  STANDARD_NAMESPACES,
} from './namespaces.ts';
export { EpcisError, type EpcisProblem, type EpcisResult, requireValue } from './problems.ts';
export { type MasterData, masterDataOf, withDescendants } from './query/master-data.ts';
export {
  type PreparedQuery,
  prepareQuery,
  type QueryOptions,
  type QueryParameters,
  runQuery,
} from './query/simple-event-query.ts';
export { decodeTag, type EncodeTagOptions, type EpcTag, encodeTag } from './tags/tag.ts';
export { describeFilter, TAG_SCHEMES, type TagScheme } from './tags/tag-schemes.ts';
export {
  createProfileValidator,
  parseJson,
  type ValidateOptions,
  type ValidationReport,
  validateJson,
  validateJsonText,
  validateXmlText,
} from './validation/validate.ts';
export { expandVocabulary, shortenVocabulary, type VocabularyKind, wordsOf } from './vocabulary/cbv.ts';
export { areComparableUnits, convertUnit } from './vocabulary/units.ts';
export { readXml, type XmlContent } from './xml/read-xml.ts';
export { validateXml } from './xml/validate-xml.ts';
export { type WriteXmlOptions, writeEventXml, writeXml } from './xml/write-xml.ts';
