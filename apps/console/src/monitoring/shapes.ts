/** Electronic monitoring and the power list as the server answers them (monitoring.board, monitoring.powers, monitoring.power). */
import type { IsoDate, Label } from '../api.ts';

export type Counts = {
  acts: number;
  yellow: number;
  red: number;
  open: number;
  late: number;
  struck: number;
  points: number;
  excused: number;
  /** Points that count, excused cards by their share. */
  weighed: string;
  score: string | null;
};
export type Board = {
  from: IsoDate;
  until: IsoDate;
  today: IsoDate;
  edition: string;
  formula: { formula: Label; basis: Label; confidence: string; edition: string };
  offices: (Counts & { office: string; officeLabel: Label })[];
  officers: (Counts & { office: string; officeLabel: Label; officer: string; name: string })[];
  rules: {
    code: string;
    level: 'yellow' | 'red';
    points: number;
    basis: string;
    confidence: string;
    label: Label;
    kindLabel: Label;
    cards: number;
    struck: number;
  }[];
  months: { month: string; yellow: number; red: number }[];
};

export type PowerItem = Label & {
  entity: string;
  type: string;
  scope: Label;
  duties: Label;
  basis: string;
  confidence: string;
  public: boolean;
};
export type PowerList = { edition: string; types: Record<string, Label>; items: PowerItem[] };
export type ChartStep = Label & {
  number: number;
  from: number[];
  to: number[];
  by: Label[];
  approval: Label[];
  basis: string;
  needs: Label[];
  papers: Label[];
  clocks: (Label & { turn: 'starts' | 'ends' | 'suspends' | 'resumes' | 'extends'; rule: Label; basis: string })[];
  apartFrom: Label[];
  lane: number | null;
};
export type Chart = { states: (Label & { name: string; closed: boolean })[]; steps: ChartStep[]; lanes: number };
export type Power = PowerItem & { typeLabel: Label; edition: string; law: string; chart: Chart };
