/** What follows the company prefix in a tag. */
export interface TagReference {
  /** Bits of the reference by partition value 0 to 6 (company prefix of 12 to 6 digits). */
  readonly bits: readonly number[];
  /** Digits of the reference with a company prefix of 12 digits; one more for each digit less there. */
  readonly digits: number;
}

/** How one EPC binary encoding of the Tag Data Standard is laid out (TDS 2.x §14). */
export interface TagScheme {
  /** As in `urn:epc:tag:NAME:`. */
  readonly name: string;
  /** Scheme of the pure identity URI. */
  readonly epc: string;
  readonly header: number;
  readonly bits: number;
  /** Numeric reference; absent where the reference is the whole rest. */
  readonly reference?: TagReference;
  /** What follows the reference: a number, or characters of seven bits; absent where zeros fill the tag. */
  readonly serial?: { readonly kind: 'number' | 'text'; readonly bits: number };
  /** For GIAI: bits of the rest by partition value. */
  readonly rest?: { readonly kind: 'number' | 'text'; readonly bits: readonly number[] };
}

/** Bits of the company prefix by partition value. */
export const PREFIX_BITS: readonly number[] = [40, 37, 34, 30, 27, 24, 20];

const LONG: TagReference = { bits: [4, 7, 10, 14, 17, 20, 24], digits: 1 };
const SHORT: TagReference = { bits: [1, 4, 7, 11, 14, 17, 21], digits: 0 };
const TYPE: TagReference = { bits: [4, 7, 10, 14, 17, 20, 24], digits: 0 };
const UNIT: TagReference = { bits: [18, 21, 24, 28, 31, 34, 38], digits: 5 };

const number = (bits: number) => ({ kind: 'number', bits }) as const;
const text = (characters: number) => ({ kind: 'text', bits: characters * 7 }) as const;

/** TDS 2.x §14.6; the partition tables are §14.6.1.1 and the like. */
export const TAG_SCHEMES: readonly TagScheme[] = [
  { name: 'sgtin-96', epc: 'sgtin', header: 0x30, bits: 96, reference: LONG, serial: number(38) },
  { name: 'sgtin-198', epc: 'sgtin', header: 0x36, bits: 198, reference: LONG, serial: text(20) },
  { name: 'sscc-96', epc: 'sscc', header: 0x31, bits: 96, reference: UNIT },
  { name: 'sgln-96', epc: 'sgln', header: 0x32, bits: 96, reference: SHORT, serial: number(41) },
  { name: 'sgln-195', epc: 'sgln', header: 0x39, bits: 195, reference: SHORT, serial: text(20) },
  { name: 'grai-96', epc: 'grai', header: 0x33, bits: 96, reference: TYPE, serial: number(38) },
  { name: 'grai-170', epc: 'grai', header: 0x37, bits: 170, reference: TYPE, serial: text(16) },
  {
    name: 'giai-96',
    epc: 'giai',
    header: 0x34,
    bits: 96,
    rest: { kind: 'number', bits: [42, 45, 48, 52, 55, 58, 62] },
  },
  {
    name: 'giai-202',
    epc: 'giai',
    header: 0x38,
    bits: 202,
    rest: { kind: 'text', bits: [148, 151, 154, 158, 161, 164, 168] },
  },
  { name: 'gsrn-96', epc: 'gsrn', header: 0x2d, bits: 96, reference: UNIT },
  { name: 'gsrnp-96', epc: 'gsrnp', header: 0x2e, bits: 96, reference: UNIT },
  { name: 'gdti-96', epc: 'gdti', header: 0x2c, bits: 96, reference: SHORT, serial: number(41) },
  { name: 'gdti-174', epc: 'gdti', header: 0x3e, bits: 174, reference: SHORT, serial: text(17) },
];

/** What a filter value says of the thing (TDS 2.x §10). */
export function describeFilter(epc: string, filter: number): { readonly zh: string; readonly en: string } {
  const named = FILTERS[epc]?.[filter];
  if (named !== undefined) return { zh: named[0], en: named[1] };
  return filter === 0 ? { zh: '其他', en: 'all others' } : { zh: '保留', en: 'reserved' };
}

const FILTERS: Readonly<Record<string, Readonly<Record<number, readonly [zh: string, en: string]>>>> = {
  sgtin: {
    1: ['零售单元', 'point of sale trade item'],
    2: ['整箱', 'full case for transport'],
    4: ['内包装', 'inner pack trade item grouping'],
    6: ['单元装载', 'unit load'],
    7: ['部件', 'unit inside trade item or component'],
  },
  sscc: { 2: ['整箱', 'full case for transport'], 6: ['单元装载', 'unit load'] },
  giai: { 1: ['铁路车辆', 'rail vehicle'] },
};
