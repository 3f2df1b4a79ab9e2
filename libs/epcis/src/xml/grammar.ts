import { GRAMMAR_12, GRAMMAR_20 } from './grammar-text.ts';

/** What may stand in one place of an element. */
export type Particle =
  | {
      readonly kind: 'element';
      readonly name: string;
      readonly space: Space;
      readonly type: string;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: 'any'; readonly rule: 'other' | 'local' | 'any'; readonly min: number; readonly max: number }
  | {
      readonly kind: 'group';
      readonly choice: boolean;
      readonly parts: readonly Particle[];
      readonly min: number;
      readonly max: number;
    };

/** Elements of the standard have no namespace, or that of queries or of the business document header. */
export type Space = 'none' | 'query' | 'header';

export interface GrammarType {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, { readonly type: string; readonly required: boolean }>;
  readonly openAttributes: boolean;
  /** Simple content of that type, `any` for anything, or elements. */
  readonly content: { readonly simple: string } | { readonly any: true } | { readonly parts: readonly Particle[] };
}

export type Grammar = ReadonlyMap<string, GrammarType>;

function readGrammar(text: string): Grammar {
  const types = new Map<string, GrammarType>();
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const type = readType(line);
    types.set(type.name, type);
  }
  return types;
}

function readType(line: string): GrammarType {
  const simple = / = (\S+)$/.exec(line);
  const [head = '', body = ''] = simple === null ? line.split(' ;') : [line.slice(0, simple.index)];
  const [name = '', ...attributeTexts] = head.trim().split(' ');
  const attributes = new Map<string, { type: string; required: boolean }>();
  for (const text of attributeTexts) {
    const match = /^@(\w+):(\w+)(!?)$/.exec(text);
    if (match !== null) attributes.set(match[1]!, { type: match[2]!, required: match[3] === '!' });
  }
  const tokens = body.trim() === '' ? [] : body.trim().split(/\s+/);
  const content =
    simple !== null
      ? { simple: simple[1]! }
      : tokens[0] === 'any'
        ? { any: true as const }
        : { parts: readParts(tokens) };
  return { name, attributes, openAttributes: attributeTexts.includes('@*'), content };
}

const TIMES: Readonly<Record<string, readonly [min: number, max: number]>> = {
  '': [1, 1],
  '?': [0, 1],
  '*': [0, Number.POSITIVE_INFINITY],
  '+': [1, Number.POSITIVE_INFINITY],
};

function readParts(tokens: string[]): Particle[] {
  const parts: Particle[] = [];
  while (tokens.length > 0) {
    const token = tokens.shift()!;
    if (token === '(') {
      const inner: string[] = [];
      while (!/^\)[?*+]?$/.test(tokens[0]!)) inner.push(tokens.shift()!);
      const [min, max] = TIMES[tokens.shift()!.slice(1)]!;
      const choice = inner.includes('|');
      parts.push({ kind: 'group', choice, parts: readParts(inner.filter((one) => one !== '|')), min, max });
      continue;
    }
    const [, core = '', times = ''] = /^(.*?)([?*+]?)$/.exec(token)!;
    const [min, max] = TIMES[times]!;
    if (core.startsWith('##')) {
      parts.push({ kind: 'any', rule: core.slice(2) as 'other' | 'local' | 'any', min, max });
      continue;
    }
    const match = /^(?:([qs]):)?(\w+)(?::(\w+))?$/.exec(core)!;
    const space: Space = match[1] === 'q' ? 'query' : match[1] === 's' ? 'header' : 'none';
    parts.push({ kind: 'element', name: match[2]!, space, type: match[3] ?? match[2]!, min, max });
  }
  return parts;
}

interface GrammarVersion {
  readonly version: '2.0' | '1.2';
  readonly grammar: Grammar;
  readonly query: string;
}

const VERSION_20: GrammarVersion = {
  version: '2.0',
  grammar: readGrammar(GRAMMAR_20),
  query: 'urn:epcglobal:epcis-query:xsd:2',
};
const VERSION_12: GrammarVersion = {
  version: '1.2',
  grammar: readGrammar(GRAMMAR_12),
  query: 'urn:epcglobal:epcis-query:xsd:1',
};

const ROOTS: Readonly<Record<string, string>> = {
  EPCISDocument: 'epcis:Document',
  EPCISQueryDocument: 'epcis-query:QueryDocument',
  EPCISMasterDataDocument: 'epcis-masterdata:MasterDataDocument',
  EPCISCaptureJob: 'epcis:CaptureJob',
  EPCISException: 'epcis:ProblemDetails',
  // Elements of the SOAP binding may stand alone in a file.
  ...Object.fromEntries(
    ['Poll', 'Subscribe', 'Unsubscribe', 'GetSubscriptionIDs', 'QueryResults', 'ImplementationException'].map(
      (name) => [name, `epcis-query:${name}`],
    ),
  ),
  GetQueryNames: 'epcis-query:Empty',
  GetStandardVersion: 'epcis-query:Empty',
  GetVendorVersion: 'epcis-query:Empty',
};

/** The grammar and type of a root element; `undefined` when the standard declares no such element. */
export function findRoot(
  namespace: string,
  local: string,
): (GrammarVersion & { readonly type: GrammarType; readonly target: string }) | undefined {
  const root = ROOTS[local];
  const match = /^urn:epcglobal:(epcis(?:-query|-masterdata)?):xsd:([12])$/.exec(namespace);
  if (root === undefined || match === null) return undefined;
  const [space, typeName = ''] = root.split(':');
  if (space !== match[1]) return undefined;
  const version = match[2] === '2' ? VERSION_20 : VERSION_12;
  const type = version.grammar.get(typeName);
  return type === undefined ? undefined : { ...version, type, target: namespace };
}
