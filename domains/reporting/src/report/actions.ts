import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { type ReportCycle, reportTemplates } from '../../../../data/reports/index.ts';
import { compileSections, digestOf } from './compile.ts';
import { cycles, type ReportRow } from './entity.ts';
import { isDay, nameOf, type Period, periodOf } from './periods.ts';

const reason = (zh: string, en: string) => field.longText(zh, { en, max: 2000 });
export const Reason = z.strictObject({ reason: reason('理由', 'Reason') });

export const Draft = z.strictObject({
  template: field.choice('种类', cycles, { en: 'Kind' }),
  periodFrom: field.date('期间内的任一天', { en: 'Any day of the period' }),
  series: optional(field.reference('报告安排', 'reporting.series', { en: 'Series' })),
});
type Draft = z.infer<typeof Draft>;

export const Edition = z.strictObject({
  replaces: field.reference('更正的报告', 'reporting.report', { en: 'Corrects' }),
  reason: reason('更正理由', 'Why it is corrected'),
});
type Edition = z.infer<typeof Edition>;

export const Check = z.strictObject({
  remarks: optional(field.longText('情况说明', { en: 'Remarks', max: 4000 })),
});

/** What the records say at this moment, over the period and for the authority of the report. */
async function counted(
  { template, from, until }: { template: ReportCycle } & Period,
  row: ReportRow,
  act: Act,
): Promise<Pick<ReportRow, 'sections' | 'digest' | 'asOf'>> {
  const organiser = authorityOf(act.offices, row.office).code;
  const place = { now: act.occurredAt, offices: act.offices };
  const sections = await compileSections(act.sql, { template, organiser, from, until }, place);
  return { sections, digest: digestOf(sections), asOf: act.occurredAt };
}

/** A period that has not ended has no report. */
export function checkEnded(_row: ReportRow, { template, periodFrom }: Draft, act: Act): true | Refusal {
  if (!isDay(periodFrom)) return refuse('no-such-day', '没有这一天。', 'There is no such day.', 'periodFrom');
  const { until } = periodOf(template, periodFrom);
  return (
    until < act.today ||
    refuse(
      'period-open',
      `期间到 ${until} 结束，结束之后才能汇总。`,
      `The period ends on ${until}; it is put together after that.`,
      'periodFrom',
    )
  );
}

export async function draft(
  row: ReportRow,
  { template, periodFrom, series }: Draft,
  act: Act,
): Promise<Partial<ReportRow>> {
  const period = periodOf(template, periodFrom);
  return {
    template,
    series: series ?? null,
    name: `${nameOf(template, period)}${reportTemplates()[template].zh}`,
    periodFrom: period.from,
    periodUntil: period.until,
    edition: 1,
    ...(await counted({ template, ...period }, row, act)),
  };
}

const periodOfRow = ({ periodFrom, periodUntil }: ReportRow): Period => ({ from: periodFrom, until: periodUntil });

export async function recount(row: ReportRow, _input: unknown, act: Act): Promise<Partial<ReportRow>> {
  return counted({ template: row.template, ...periodOfRow(row) }, row, act);
}

/** Whoever checks counts again: what goes to the chief is what the records say on the day of the check. */
export async function check(row: ReportRow, { remarks }: z.infer<typeof Check>, act: Act): Promise<Partial<ReportRow>> {
  return {
    ...(await recount(row, {}, act)),
    remarks: remarks ?? row.remarks ?? null,
    checkedOn: act.occurredOn,
    checkedBy: act.actor.name,
  };
}

/** Signed: from here on nothing in it changes. The edition that it corrects says so and stays readable. */
export async function freeze(row: ReportRow, _input: unknown, act: Act): Promise<Partial<ReportRow>> {
  if (row.replaces) await act.perform('reporting.report', row.replaces, 'supersede', { replacedBy: row.id });
  return { frozenOn: act.occurredOn };
}

export async function checkCorrection(row: ReportRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const open = await act.sql.query(`select id from reporting.report where replaces = $1 and state <> 'discarded'`, [
    row.id,
  ]);
  return (
    open.length === 0 ||
    refuse(
      'correction-open',
      '这份报告的更正版已经在起草。',
      'A corrected edition of this report is being drafted already.',
    )
  );
}

export async function correct(row: ReportRow, input: { reason: string }, act: Act): Promise<undefined> {
  await act.create(
    'reporting.report',
    'draftEdition',
    { replaces: row.id, reason: input.reason },
    { office: row.office },
  );
}

export async function draftEdition(
  row: ReportRow,
  { replaces, reason: why }: Edition,
  act: Act,
): Promise<Partial<ReportRow>> {
  const [former] = await act.sql.query<
    Pick<ReportRow, 'template' | 'name' | 'edition'> & { from: string; until: string; series: string | null }
  >(
    'select template, name, edition, series, period_from as "from", period_until as "until" from reporting.report where id = $1',
    [replaces],
  );
  if (former === undefined)
    throw act.problem('report-unknown', '找不到要更正的报告。', 'The report to be corrected was not found.');
  const { template, name, edition, series, from, until } = former;
  return {
    template,
    name,
    series,
    periodFrom: from,
    periodUntil: until,
    edition: edition + 1,
    replaces,
    reason: why,
    ...(await counted({ template, from, until }, row, act)),
  };
}
