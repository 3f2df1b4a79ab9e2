import {
  type Act,
  entity,
  field,
  lifecycle,
  on,
  optional,
  type RecordRow,
  type Refusal,
  refuse,
} from '@hengjian/kernel';
import { z } from 'zod';
import { reportTemplates } from '../../../../data/reports/index.ts';
import { cycles } from '../report/entity.ts';
import { periodAfter, periodOf } from '../report/periods.ts';

/** 定期报告安排: what the platform drafts for an authority when each period has ended. */
export const Series = entity(
  'reporting.series',
  { zh: '定期报告安排', en: 'Series of reports' },
  {
    fields: {
      template: field.choice('种类', cycles, { en: 'Kind' }),
      periodFrom: field.date('本期起', { en: 'This period from' }),
      periodUntil: field.date('本期止', { en: 'This period until' }),
      drafted: field.integer('已起草', { en: 'Drafted so far' }),
      reason: optional(field.longText('终止理由', { en: 'Why it was ended', max: 2000 })),
    },
    title: (row) => reportTemplates()[row.template].zh,
    purpose: {
      zh: '设定之后，每期结束的次日由平台自动汇总一份报告，等待核对和签发。',
      en: 'Once set up, the platform drafts a report on the day after each period, to be checked and signed.',
    },
  },
);
type SeriesRow = RecordRow<typeof Series>;

const basis = '统计报告制度（按配置执行）；实务 M14';
const Opening = z.strictObject({ template: field.choice('种类', cycles, { en: 'Kind' }) });

async function checkOpening(row: SeriesRow, { template }: z.infer<typeof Opening>, act: Act): Promise<true | Refusal> {
  const running = await act.sql.query(
    `select id from reporting.series where state = 'running' and template = $1 and office = $2 and id <> $3`,
    [template, row.office, row.id],
  );
  return (
    running.length === 0 ||
    refuse('series-running', '本单位已经有这种定期报告。', 'Your office has a series of this kind already.', 'template')
  );
}

/** Drafts the report of the period that has ended and waits for the next one. */
async function draftPeriod(row: SeriesRow, _input: unknown, act: Act): Promise<Partial<SeriesRow>> {
  const { template, periodFrom, periodUntil } = row;
  await act.create('reporting.report', 'draft', { template, periodFrom, series: row.id });
  const next = periodAfter(template, { from: periodFrom, until: periodUntil });
  return { periodFrom: next.from, periodUntil: next.until, drafted: row.drafted + 1 };
}

export const seriesLifecycle = lifecycle(Series, {
  editions: [{ name: 'M14', basis, inForce: '2020-01-01' }],
  states: {
    running: { zh: '执行中', en: 'Running' },
    ended: { zh: '已终止', en: 'Ended', closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['template', 'periodFrom', 'periodUntil', 'drafted'],
  actions: {
    open: on({
      label: { zh: '设定定期报告', en: 'Set up a series' },
      from: null,
      to: 'running',
      by: ['planner', 'organiser'],
      basis,
      input: Opening,
      check: checkOpening,
      run: (_row: SeriesRow, { template }, act) => {
        const { from, until } = periodOf(template, act.occurredOn);
        return { template, periodFrom: from, periodUntil: until, drafted: 0 };
      },
    }),
    draftPeriod: on({
      label: { zh: '期末汇总', en: 'Draft the period' },
      from: 'running',
      to: 'same',
      by: ['system'],
      basis,
      run: draftPeriod,
    }),
    end: on({
      label: { zh: '终止', en: 'End' },
      from: 'running',
      to: 'ended',
      by: ['planner', 'organiser'],
      aside: true,
      basis,
      input: z.strictObject({ reason: field.longText('终止理由', { en: 'Why it is ended', max: 2000 }) }),
      run: (_row: SeriesRow, { reason }) => ({ reason }),
    }),
  },
  clocks: {
    period: {
      label: { zh: '本期', en: 'Period' },
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis },
      starts: { at: ['open', 'draftPeriod'], from: (row: SeriesRow) => row.periodUntil },
      stops: ['draftPeriod', 'end'],
      onExpiry: 'draftPeriod',
    },
  },
});
