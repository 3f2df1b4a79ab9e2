import { type Gs1Element, modulus10 } from '@hengjian/identifiers';

/** The parts of a pure identity EPC URI after its scheme, decoded, such as `['0614141', '112345', '6789']`. */
export type EpcParts = readonly string[];

/** How one EPC scheme of the Tag Data Standard (TDS 2.x §6.3, §7) hangs together with its GS1 key. */
export interface EpcScheme {
  /** As in `urn:epc:id:NAME:`. */
  readonly name: string;
  /** Application identifier of the GS1 key. */
  readonly key: string;
  /** Application identifier of the qualifier that makes it an instance (or a lot). */
  readonly qualifier?: string;
  /** Number of parts of an instance URI. */
  readonly size: number;
  /** Digits of company prefix and reference together; absent where the reference is not numeric. */
  readonly digits?: number;
  /** Longest company prefix and reference together, for references that are not numeric. */
  readonly longest?: number;
  /** Whether the last part tells instances of one class apart, so that `*` there names the class. */
  readonly serialised: boolean;
  /** Key value and qualifier value; a missing serial makes the class. */
  compose(parts: EpcParts): { readonly key: string; readonly qualifier?: string };
  /** Parts from a key value; `length` is that of the company prefix. The last part is absent for a class. */
  divide(key: string, qualifier: string | undefined, length: number): string[];
  /** The digits of the key value from which the company prefix begins. */
  prefixAt: number;
}

const withCheck = (body: string): string => body + modulus10(body);

function division(
  prefixAt: number,
  read: (digits: string, key: string, qualifier: string | undefined, length: number) => string[],
): Pick<EpcScheme, 'prefixAt' | 'divide'> {
  return {
    prefixAt,
    divide: (key, qualifier, length) => read(key.slice(prefixAt, prefixAt + length), key, qualifier, length),
  };
}

const present = (...parts: readonly (string | undefined)[]): string[] =>
  parts.filter((part): part is string => part !== undefined);

const optional = (text: string): string | undefined => (text === '' ? undefined : text);

function item(name: string, qualifier: string): EpcScheme {
  return {
    name,
    key: '01',
    qualifier,
    size: 3,
    digits: 13,
    serialised: true,
    compose: ([prefix = '', reference = '', serial]) => ({
      key: withCheck(reference.slice(0, 1) + prefix + reference.slice(1)),
      ...(serial === undefined ? {} : { qualifier: serial }),
    }),
    ...division(1, (prefix, key, serial, length) => present(prefix, key[0]! + key.slice(1 + length, 13), serial)),
  };
}

function relation(name: string, key: string): EpcScheme {
  return {
    name,
    key,
    size: 2,
    digits: 17,
    serialised: false,
    compose: ([prefix = '', reference = '']) => ({ key: withCheck(prefix + reference) }),
    ...division(0, (prefix, value, _, length) => [prefix, value.slice(length, 17)]),
  };
}

function document(name: string, key: string): EpcScheme {
  return {
    name,
    key,
    size: 3,
    digits: 12,
    serialised: true,
    compose: ([prefix = '', type = '', serial = '']) => ({ key: withCheck(prefix + type) + serial }),
    ...division(0, (prefix, value, _, length) => present(prefix, value.slice(length, 12), optional(value.slice(13)))),
  };
}

function open(name: string, key: string): EpcScheme {
  return {
    name,
    key,
    size: 2,
    longest: 30,
    serialised: false,
    compose: ([prefix = '', reference = '']) => ({ key: prefix + reference }),
    ...division(0, (prefix, value, _, length) => [prefix, value.slice(length)]),
  };
}

/** Every scheme with a GS1 key. ADI, BIC, GID, IMOVN and USDOD have none: their URIs stay as they are. */
export const EPC_SCHEMES: readonly EpcScheme[] = [
  item('sgtin', '21'),
  item('upui', '235'),
  item('lgtin', '10'),
  {
    name: 'sscc',
    key: '00',
    size: 2,
    digits: 17,
    serialised: false,
    compose: ([prefix = '', reference = '']) => ({
      key: withCheck(reference.slice(0, 1) + prefix + reference.slice(1)),
    }),
    ...division(1, (prefix, key, _, length) => [prefix, key[0]! + key.slice(1 + length, 17)]),
  },
  {
    name: 'sgln',
    key: '414',
    qualifier: '254',
    size: 3,
    digits: 12,
    serialised: false,
    compose: ([prefix = '', location = '', extension = '0']) => ({
      key: withCheck(prefix + location),
      ...(extension === '0' ? {} : { qualifier: extension }),
    }),
    ...division(0, (prefix, key, extension, length) => [prefix, key.slice(length, 12), extension ?? '0']),
  },
  {
    name: 'pgln',
    key: '417',
    size: 2,
    digits: 12,
    serialised: false,
    compose: ([prefix = '', party = '']) => ({ key: withCheck(prefix + party) }),
    ...division(0, (prefix, key, _, length) => [prefix, key.slice(length, 12)]),
  },
  {
    name: 'grai',
    key: '8003',
    size: 3,
    digits: 12,
    serialised: true,
    compose: ([prefix = '', type = '', serial = '']) => ({ key: `0${withCheck(prefix + type)}${serial}` }),
    ...division(1, (prefix, key, _, length) => present(prefix, key.slice(1 + length, 13), optional(key.slice(14)))),
  },
  open('giai', '8004'),
  relation('gsrn', '8018'),
  relation('gsrnp', '8017'),
  document('gdti', '253'),
  document('sgcn', '255'),
  open('ginc', '401'),
  {
    name: 'gsin',
    key: '402',
    size: 2,
    digits: 16,
    serialised: false,
    compose: ([prefix = '', reference = '']) => ({ key: withCheck(prefix + reference) }),
    ...division(0, (prefix, key, _, length) => [prefix, key.slice(length, 16)]),
  },
  {
    name: 'cpi',
    key: '8010',
    qualifier: '8011',
    size: 3,
    longest: 30,
    serialised: true,
    compose: ([prefix = '', reference = '', serial]) => ({
      key: prefix + reference,
      ...(serial === undefined ? {} : { qualifier: serial }),
    }),
    ...division(0, (prefix, key, serial, length) => present(prefix, key.slice(length), serial)),
  },
  {
    name: 'itip',
    key: '8006',
    qualifier: '21',
    size: 5,
    digits: 13,
    serialised: true,
    compose: ([prefix = '', reference = '', piece = '', total = '', serial]) => ({
      key: withCheck(reference.slice(0, 1) + prefix + reference.slice(1)) + piece + total,
      ...(serial === undefined ? {} : { qualifier: serial }),
    }),
    ...division(1, (prefix, key, serial, length) =>
      present(prefix, key[0]! + key.slice(1 + length, 13), key.slice(14, 16), key.slice(16, 18), serial),
    ),
  },
];

const BY_NAME = new Map(EPC_SCHEMES.map((scheme) => [scheme.name, scheme]));

/** The scheme of `urn:epc:id:NAME:` or `urn:epc:class:NAME:`. */
export function findEpcScheme(name: string): EpcScheme | undefined {
  return BY_NAME.get(name);
}

/** The scheme of a key with the qualifiers present. A serial tells more than a lot, so it wins. */
export function schemeOfElements(elements: readonly Gs1Element[]): EpcScheme | undefined {
  const [key] = elements;
  if (key === undefined) return undefined;
  if (key.identifier !== '01') return EPC_SCHEMES.find((scheme) => scheme.key === key.identifier);
  const has = (identifier: string): boolean => elements.some((element) => element.identifier === identifier);
  return BY_NAME.get(has('21') ? 'sgtin' : has('235') ? 'upui' : has('10') ? 'lgtin' : 'sgtin');
}
