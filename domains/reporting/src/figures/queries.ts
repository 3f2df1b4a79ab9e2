import { query } from '@hengjian/kernel';
import { z } from 'zod';
import { leastForColour } from './answer.ts';
import { computeFigure } from './compute.ts';
import { Parameters } from './parameters.ts';
import { dimensions, type FigureSpec, figures } from './registry.ts';

export const readers = ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'] as const;

/** reporting.figures: the figures there are, in words, with what each may be broken down by. */
export const figureList = query({
  name: 'reporting.figures',
  label: { zh: '统计指标目录', en: 'Figures' },
  roles: readers,
  input: z.object({}),
  answer: async () => ({
    leastForColour,
    dimensions,
    figures: Object.entries<FigureSpec>(figures).map(([key, { label, definition, unit, period, by }]) => ({
      key,
      label,
      definition,
      unit,
      period: period.label,
      by,
    })),
  }),
});

/** reporting.figure: one figure over a period and a selection, whole and by group, with interval, n, worth, statement and hash. */
export const figureQuery = query({
  name: 'reporting.figure',
  label: { zh: '统计指标', en: 'A figure' },
  roles: readers,
  input: Parameters,
  answer: (asked, { sql, kernel }) =>
    computeFigure(sql, asked, { now: kernel.now().toISOString(), offices: kernel.offices }),
});
