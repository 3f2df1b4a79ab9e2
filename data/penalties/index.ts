import { once, readJson } from '../read.ts';

const read = <T>(file: string) => once((): T => readJson<T>(import.meta.dirname, file));

/** What was read in a text, or stands here until a province puts its own table in its place. */
export type Confidence = 'read' | 'illustrative';
interface Dated {
  /** First day, and the day on which the next edition takes over; YYYY-MM-DD. */
  readonly inForce: string;
  readonly until: string | null;
}

/** Amounts in yuan at which the procedure changes; "以上" and "以下" include the number. */
export interface PenaltyLimits extends Dated {
  readonly summary: { readonly person: string; readonly entity: string; readonly clause: string };
  readonly onTheSpot: {
    readonly anybody: string;
    readonly person: string;
    readonly entity: string;
    readonly clause: string;
  };
  readonly hearing: { readonly person: string; readonly entity: string; readonly clause: string };
  readonly lowFine: { readonly operator: string; readonly person: string; readonly clause: string };
}

/** One edition of the benchmark of one violation. */
export interface Benchmark extends Dated {
  readonly violation: string;
  readonly edition: string;
  readonly zh: string;
  readonly en: string;
  readonly violates: string;
  readonly basis: string;
  /** Whether the statutory range is in yuan or in multiples of the value of the goods. */
  readonly unit: 'yuan' | 'multiple-of-goods';
  readonly statutory: { readonly from: string; readonly to: string };
  readonly confiscation: boolean;
  /** Of the classes whose decisions stay public for three years. */
  readonly long: boolean;
  /** Time to sue. */
  readonly suit: { readonly amount: number; readonly unit: 'month' | 'day' };
  readonly confidence: Confidence;
}

export interface DiscretionFactors {
  readonly source: string;
  readonly confidence: Confidence;
  readonly grades: readonly {
    readonly grade: string;
    readonly zh: string;
    readonly en: string;
    /** Part of the statutory range, 0 to 1. */
    readonly from: string;
    readonly to: string;
  }[];
  readonly factors: readonly {
    readonly factor: string;
    readonly zh: string;
    readonly en: string;
    readonly weight: number;
    /** A statutory ground to go below the range. */
    readonly mitigates: boolean;
  }[];
}

/** A violation that is not penalised when found for the first time. */
export interface Exemption extends Dated {
  readonly exemption: string;
  readonly violation: string;
  readonly ground: 'first' | 'minor';
  readonly zh: string;
  readonly en: string;
  readonly goodsBelow: string | null;
  /** How far back a penalty for the same counts. */
  readonly within: { readonly amount: number; readonly unit: 'year' };
  readonly confidence: Confidence;
}

export interface ScoreSheet {
  readonly sheet: string;
  readonly inForce: string;
  readonly confidence: Confidence;
  readonly full: string;
  readonly grades: readonly {
    readonly grade: string;
    readonly zh: string;
    readonly en: string;
    readonly from: string;
  }[];
  readonly items: readonly {
    readonly item: string;
    readonly zh: string;
    readonly en: string;
    readonly points: string;
    /** Nothing for it fails the whole file. */
    readonly veto: boolean;
  }[];
}

export const penaltyLimits = read<readonly PenaltyLimits[]>('limits.json');
export const benchmarks = read<readonly Benchmark[]>('benchmarks.json');
export const discretionFactors = read<DiscretionFactors>('factors.json');
export const exemptions = read<readonly Exemption[]>('exemptions.json');
export const scoreSheet = read<ScoreSheet>('score-sheet.json');
