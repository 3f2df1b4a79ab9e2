import { once, readJson } from '../read.ts';
import { UnknownCodeError } from '../unknown-code.ts';

/** The five classes of key industrial products of provincial sampling catalogues. */
export type ProductGroup = 'consumer' | 'building' | 'industrial' | 'agricultural' | 'food-contact';

/** `sourced`: name and licence were read in a published list. `illustrative`: from general knowledge, to be checked before use. */
export type Confidence = 'sourced' | 'illustrative';

/** A product class of supervision sampling. */
export interface Product {
  /** The platform’s own code: `P`, one digit for the group, two for the class. */
  readonly code: string;
  readonly group: ProductGroup;
  readonly zh: string;
  readonly en: string;
  /** Class of GB/T 4754-2017 in which producers are usually found. */
  readonly industry: string;
  /** XK: industrial production licence; CCC: compulsory certification. A class may hold products outside the duty. */
  readonly licence: 'XK' | 'CCC' | null;
  /** Category of the licence catalogue of 2024, for XK. */
  readonly licenceCategory: string | null;
  /** Governing standards; the year is left out where it was not certain. Never checked against the standards themselves. */
  readonly standards: readonly string[];
  readonly risk: 'high' | 'medium' | 'low';
  readonly confidence: Confidence;
}

/** One line of the test programme. */
export interface TestItem {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** Number of the method standard. */
  readonly method: string;
  /** As regulators write it: `≤7.41 Ω/km`, `150～250 N`, `±4.5 %`, or words. See {@link parseLimit}. */
  readonly limit: string;
  /** A: of utmost importance (极重要); B: important (重要). */
  readonly severity: 'A' | 'B';
  /** A failure endangers people at once and is reported without waiting for the other items. */
  readonly critical: boolean;
}

/** A template of detailed rules (实施细则) for one product class. */
export interface DetailedRules {
  readonly product: string;
  /** The specification that the limits are for. */
  readonly specification: string;
  /** Sizes of test sample and spare sample, and the stock that must be there to sample from, all in `unit`. */
  readonly sample: {
    readonly unit: string;
    readonly test: number;
    readonly spare: number;
    readonly minimumStock: number;
  };
  readonly confidence: Confidence;
  readonly items: readonly TestItem[];
}

/** The templates with what must be said beside them. */
export interface DetailedRulesBook {
  readonly version: number;
  /** That the limits are demonstration data; to be shown wherever they are. */
  readonly notice: { readonly zh: string; readonly en: string };
  /** How items make a conclusion. */
  readonly verdict: { readonly zh: string; readonly en: string };
  readonly rules: readonly DetailedRules[];
}

const REGISTER = { code: 'product-unknown', zh: '产品分类目录', en: 'product class' };

const byCode = once(
  () => new Map(readJson<Product[]>(import.meta.dirname, 'classes.json').map((product) => [product.code, product])),
);

/** All product classes in order of code. */
export const products = (): readonly Product[] => [...byCode().values()];

export const findProduct = (code: string): Product | undefined => byCode().get(code);

/** @throws UnknownCodeError `product-unknown` */
export function getProduct(code: string): Product {
  const product = findProduct(code);
  if (product === undefined) throw new UnknownCodeError(REGISTER, code);
  return product;
}

/** The templates of detailed rules, with their notice. */
export const detailedRules = once(() => readJson<DetailedRulesBook>(import.meta.dirname, 'detailed-rules.json'));

/** The template for a product class; most classes have none. */
export const findDetailedRules = (product: string): DetailedRules | undefined =>
  detailedRules().rules.find((rules) => rules.product === product);

/** A limit taken apart. Numbers are decimal strings as written, so that no digit is lost. `unit` is empty for a ratio. */
export type Limit =
  | {
      readonly kind: 'at-most' | 'below' | 'at-least' | 'above' | 'tolerance';
      readonly value: string;
      readonly unit: string;
    }
  | { readonly kind: 'between'; readonly lower: string; readonly upper: string; readonly unit: string }
  | { readonly kind: 'descriptive'; readonly text: string };

const SIGNS = { '≤': 'at-most', '<': 'below', '≥': 'at-least', '>': 'above', '±': 'tolerance' } as const;

/** Reads the limit of a test item; whatever is not a sign and a number, or a range, is descriptive. */
export function parseLimit(text: string): Limit {
  const single = /^([≤≥<>±])(\d+(?:\.\d+)?)(?: (.+))?$/.exec(text);
  if (single) return { kind: SIGNS[single[1] as keyof typeof SIGNS], value: single[2]!, unit: single[3] ?? '' };
  const range = /^(\d+(?:\.\d+)?)～(\d+(?:\.\d+)?)(?: (.+))?$/.exec(text);
  if (range) return { kind: 'between', lower: range[1]!, upper: range[2]!, unit: range[3] ?? '' };
  return { kind: 'descriptive', text };
}
