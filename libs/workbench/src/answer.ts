import type { Label, Text } from './label.ts';

/** A name with its value, and a remark where the value needs one. */
export interface Fact {
  readonly name: Label;
  readonly value: Text;
  readonly note?: Label;
}

/** A column of a table; numbers stand to the right. */
export interface Column {
  readonly name: Label;
  readonly numeric?: boolean;
}

/** Rows under named columns; the first cell names its row. */
export interface TableBlock {
  readonly kind: 'table';
  readonly title: Label;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Text[])[];
}

/** A point of a curve: a fraction nonconforming and a probability, both 0 to 1. */
export interface CurvePosition {
  readonly x: number;
  readonly y: number;
}

/** A curve of acceptance with the table that is read beside it. */
export interface CurveBlock {
  readonly kind: 'curve';
  readonly title: Label;
  /** What one must know to read it: plan, model, exactness. */
  readonly about: Label;
  readonly xLabel: Label;
  readonly yLabel: Label;
  readonly points: readonly CurvePosition[];
  readonly marks: readonly (CurvePosition & { readonly label: Label })[];
  readonly table: TableBlock;
}

/** One line of reasoning or arithmetic. */
export interface WorkedStep {
  /** The day or days it is about. */
  readonly when?: string;
  readonly text: Text;
  /** `off`: time that does not count; `mark`: where something begins or ends. */
  readonly weight?: 'off' | 'mark';
}

/** What an answer is made of; every face of the workbench shows each kind in its own way. */
export type Block =
  | { readonly kind: 'facts'; readonly title?: Label; readonly rows: readonly Fact[] }
  | TableBlock
  | CurveBlock
  | { readonly kind: 'steps'; readonly title: Label; readonly steps: readonly WorkedStep[] }
  /** `act`: wrong and to be read; `warn`: mind this; `link`: a statement to take along. */
  | { readonly kind: 'notice'; readonly tone: 'act' | 'warn' | 'link'; readonly text: Label }
  /** A text with the places (counted from 1) that are wrong. */
  | { readonly kind: 'marked'; readonly title: Label; readonly text: string; readonly wrong: readonly number[] };

/** What was found: one sentence, and everything that leads to it. */
export interface Answer {
  readonly headline: Label;
  /** `good` and `bad` are verdicts; `open` means that nothing was decided. */
  readonly tone: 'plain' | 'good' | 'bad' | 'open';
  readonly blocks: readonly Block[];
  /** The same for programs, as plain JSON. */
  readonly found: unknown;
}
