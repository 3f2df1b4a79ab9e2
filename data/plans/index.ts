import { once, readJson } from '../read.ts';
import { UnknownCodeError } from '../unknown-code.ts';

/** One figure of a real planning document, with the words it was read from. */
export interface PlanFigure {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly comparator: '=' | '>=';
  /** Decimal string. */
  readonly value: string;
  readonly unit: string;
  /** A year, or first and last year. */
  readonly period: string;
  readonly status: 'target' | 'achieved';
  /** Key of `documents`. */
  readonly document: string;
  /** The sentence as printed. */
  readonly quote: string;
}

/** A task that the document gives to a unit. */
export interface PlanTask {
  /** Number of the item in the document. */
  readonly item: number;
  readonly task: string;
  readonly lead: readonly string[];
  readonly cooperating: readonly string[];
  readonly metric: string | null;
  readonly quote: string;
}

/** Entities and batches that a bulletin of the same province reports: what a plan of so many batches meets in practice. */
export interface PlanComparison {
  readonly bulletin: string;
  readonly zh: string;
  readonly period: string;
  readonly entities: string;
  readonly batches: string;
  readonly source: string;
}

export interface PlanFigures {
  readonly version: number;
  /** Six-digit region code. */
  readonly province: string;
  readonly documents: Readonly<
    Record<string, { zh: string; number: string | null; date: string | null; seed: string }>
  >;
  readonly figures: readonly PlanFigure[];
  readonly tasks: readonly PlanTask[];
  readonly comparisons: readonly PlanComparison[];
}

const REGISTER = {
  code: 'plan-figure-unknown',
  zh: '湖南省2018年抽查计划指标',
  en: 'figure of the Hunan plan of 2018',
};

/** Hunan's figures for 2018 and the baseline it had stated before; a real plan to measure a drafted one against. */
export const hunan2018 = once(() => readJson<PlanFigures>(import.meta.dirname, 'hunan-2018.json'));

/** @throws UnknownCodeError `plan-figure-unknown` */
export function getPlanFigure(id: string): PlanFigure {
  const figure = hunan2018().figures.find((one) => one.id === id);
  if (figure === undefined) throw new UnknownCodeError(REGISTER, id);
  return figure;
}
