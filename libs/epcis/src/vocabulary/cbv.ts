import {
  BUSINESS_STEPS,
  BUSINESS_TRANSACTION_TYPES,
  COMPONENTS,
  DISPOSITIONS,
  ERROR_REASONS,
  MEASUREMENT_TYPES,
  SENSOR_ALERTS,
  SOURCE_DESTINATION_TYPES,
} from './words.ts';

/** Kinds of vocabulary whose standard members are bare words in JSON. */
export type VocabularyKind =
  | 'bizStep'
  | 'disposition'
  | 'bizTransaction'
  | 'sourceDestination'
  | 'errorReason'
  | 'component'
  | 'measurement'
  | 'alert';

export const CBV_NAMESPACE = 'https://ref.gs1.org/cbv/';
export const GS1_VOCABULARY = 'https://gs1.org/voc/';
export const EPCIS_NAMESPACE = 'https://ref.gs1.org/epcis/';

interface Vocabulary {
  readonly words: ReadonlySet<string>;
  /** Before the word in its Web URI. */
  readonly web: string;
  /** Before the word in its URN of CBV 1.x, which the XML binding still uses. */
  readonly urn: string;
}

const vocabulary = (words: readonly string[], web: string, urn: string): Vocabulary => ({
  words: new Set(words),
  web,
  urn,
});

const VOCABULARIES: Readonly<Record<VocabularyKind, Vocabulary>> = {
  bizStep: vocabulary(BUSINESS_STEPS, `${CBV_NAMESPACE}BizStep-`, 'urn:epcglobal:cbv:bizstep:'),
  disposition: vocabulary(DISPOSITIONS, `${CBV_NAMESPACE}Disp-`, 'urn:epcglobal:cbv:disp:'),
  bizTransaction: vocabulary(BUSINESS_TRANSACTION_TYPES, `${CBV_NAMESPACE}BTT-`, 'urn:epcglobal:cbv:btt:'),
  sourceDestination: vocabulary(SOURCE_DESTINATION_TYPES, `${CBV_NAMESPACE}SDT-`, 'urn:epcglobal:cbv:sdt:'),
  errorReason: vocabulary(ERROR_REASONS, `${CBV_NAMESPACE}ER-`, 'urn:epcglobal:cbv:er:'),
  component: vocabulary(COMPONENTS, `${CBV_NAMESPACE}Comp-`, `${CBV_NAMESPACE}Comp-`),
  measurement: vocabulary(MEASUREMENT_TYPES, GS1_VOCABULARY, 'gs1:'),
  alert: vocabulary(SENSOR_ALERTS, GS1_VOCABULARY, 'gs1:'),
};

const CURIES: readonly (readonly [prefix: string, namespace: string])[] = [
  ['cbv:', CBV_NAMESPACE],
  ['gs1:', GS1_VOCABULARY],
  ['epcis:', EPCIS_NAMESPACE],
];

/** The words of a vocabulary, as the JSON binding writes them. */
export function wordsOf(kind: VocabularyKind): readonly string[] {
  return [...VOCABULARIES[kind].words];
}

/**
 * One full URI for a vocabulary value however it is written: bare word, CURIE, CBV URN or Web URI. Private URIs stay.
 * An unknown bare word is expanded too, so that a query for it finds nothing else.
 */
export function expandVocabulary(kind: VocabularyKind, value: string): string {
  const { web, urn } = VOCABULARIES[kind];
  if (!value.includes(':')) return web + value;
  if (value.startsWith(urn)) return web + value.slice(urn.length);
  return expandStandardUri(value);
}

/** Expands the CURIEs that every EPCIS context declares, and CBV URNs of any vocabulary; other values stay. */
export function expandStandardUri(value: string): string {
  if (value.startsWith('urn:epcglobal:cbv:')) {
    for (const { web, urn } of Object.values(VOCABULARIES)) {
      if (value.startsWith(urn)) return web + value.slice(urn.length);
    }
    return value.startsWith('urn:epcglobal:cbv:inchikey:')
      ? `https://identifiers.org/inchikey:${value.slice('urn:epcglobal:cbv:inchikey:'.length)}`
      : value;
  }
  for (const [prefix, namespace] of CURIES) {
    if (value.startsWith(prefix)) return namespace + value.slice(prefix.length);
  }
  return value;
}

/** The bare word of a standard value, or the value as it is when it is none of CBV 2.0. */
export function shortenVocabulary(kind: VocabularyKind, value: string): string {
  const { words, web } = VOCABULARIES[kind];
  const full = expandVocabulary(kind, value);
  if (!full.startsWith(web)) return value;
  const word = full.slice(web.length);
  return words.has(word) ? word : value;
}

/** How the XML binding writes a value: URN of the CBV, `gs1:` CURIE for measurements, or Web URI when asked for. */
export function xmlVocabulary(kind: VocabularyKind, value: string, form: 'urn' | 'web' = 'urn'): string {
  const { words, web, urn } = VOCABULARIES[kind];
  const word = shortenVocabulary(kind, value);
  if (!words.has(word)) return value;
  return (form === 'web' ? web : urn) + word;
}
