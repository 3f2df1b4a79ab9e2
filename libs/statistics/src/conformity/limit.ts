/** One end of an allowed range, as the standard writes it. */
export interface Bound {
  /** Plain decimal string in the limit's unit. */
  readonly value: string;
  /** Last decimal place the standard wrote (-2 = hundreds); null when the bound was computed and no place was written. */
  readonly decimals: number | null;
  /** Whether the bound itself is allowed. */
  readonly inclusive: boolean;
}

/** What the measured quantity has to be before it is compared. */
export type LimitBasis =
  /** Sum of named analytes; an empty list when the text only says "total". */
  | { readonly kind: 'sum'; readonly analytes: readonly string[] }
  /** One substance expressed as another, such as arsenic as As. */
  | { readonly kind: 'expressed-as'; readonly substance: string };

/** A decimal string with its unit. */
export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

interface AsWritten {
  /** The limit exactly as given. */
  readonly text: string;
  readonly basis: LimitBasis | null;
  /** Bracketed words that restrict nothing numeric, such as an alternative name; shown, never interpreted. */
  readonly remarks: readonly string[];
}

/** Numeric limit: at least one bound is present. */
export interface RangeLimit extends AsWritten {
  readonly kind: 'range';
  readonly lower: Bound | null;
  readonly upper: Bound | null;
  /** Canonical symbol of a known unit; `1` for a pure number. */
  readonly unit: string;
}

/** "不得检出": must not be detected. */
export interface NotDetectedLimit extends AsWritten {
  readonly kind: 'not-detected';
  readonly unit: string | null;
  /** Detection limit that the standard demands of the method, when the text states it. */
  readonly detectionLimit: Quantity | null;
  /** Test portion, such as 25 g, when the text states it. */
  readonly portion: Quantity | null;
}

/** Limits without a number: use is forbidden; no value is set; use as needed; a requirement in words. */
export interface WordedLimit extends AsWritten {
  readonly kind: 'prohibited' | 'no-value' | 'as-needed' | 'requirement';
}

/** A limit as regulators write them, parsed; plain JSON. */
export type Limit = RangeLimit | NotDetectedLimit | WordedLimit;
