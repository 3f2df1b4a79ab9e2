import { once, readJson } from '../read.ts';

/** One line of a report: a figure by its key, and what it is broken down by. */
export interface TemplateFigure {
  readonly figure: string;
  readonly by?: string;
}
export interface ReportTemplate {
  readonly zh: string;
  readonly en: string;
  readonly sections: readonly {
    readonly zh: string;
    readonly en: string;
    readonly figures: readonly TemplateFigure[];
  }[];
}
export type ReportCycle = 'weekly' | 'monthly' | 'quarterly';

/** 周报、月报、季报: what stands in each, in order. */
export const reportTemplates = once(
  (): Readonly<Record<ReportCycle, ReportTemplate>> => readJson(import.meta.dirname, 'templates.json'),
);
