import { field, query } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { readers } from '../figures/queries.ts';
import { compileSections, type Difference, differences } from './compile.ts';
import type { ReportRow } from './entity.ts';

/** Records that are listed as having come late; the counts are of all. */
const mostLate = 50;

interface Late {
  id: string;
  entity: string;
  title: string;
  updated: string;
}

/** reporting.recompute: a report counted again over the records of now, line by line beside what was frozen; it changes nothing. */
export const recompute = query({
  name: 'reporting.recompute',
  label: { zh: '复算定期报告', en: 'Recompute a report' },
  roles: readers,
  input: z.object({ report: field.reference('报告', 'reporting.report', { en: 'Report' }) }),
  answer: async ({ report }, { sql, kernel }) => {
    const [row] = await sql.query<
      Pick<ReportRow, 'template' | 'sections' | 'asOf' | 'office'> & { from: string; until: string }
    >(
      'select template, sections, as_of as "asOf", office, period_from as "from", period_until as "until" from reporting.report where id = $1',
      [report],
    );
    if (row === undefined) return null;
    const organiser = authorityOf(kernel.offices, row.office).code;
    const now = kernel.now().toISOString();
    const asked = { template: row.template, organiser, from: row.from, until: row.until };
    const sections = await compileSections(sql, asked, { now, offices: kernel.offices });
    const frozen = row.sections.flatMap(({ figures }) => figures);
    const today = new Map(sections.flatMap(({ figures }) => figures).map((figure) => [keyOf(figure), figure]));
    const changed: Difference[] = [];
    let same = 0;
    for (const figure of frozen) {
      const again = today.get(keyOf(figure));
      if (again?.hash === figure.hash) same += 1;
      else if (again !== undefined) changed.push(...differences(figure, again));
    }
    const late =
      changed.length === 0
        ? []
        : await sql.query<Late>(
            `select r.id, r.entity, r.title, r.updated_at as updated from kernel.record r where r.updated_at > $1 and (
               r.id in (select f.task from reporting.sampling_fact f where f.above @> array[$2] and (
                 f.concluded_on between $3::date and $4::date or f.sampled_on between $3::date and $4::date or f.due_on between $3::date and $4::date))
               or r.id in (select f.loop from reporting.loop_fact f where f.above @> array[$2] and f.opened_on between $3::date and $4::date))
             order by r.updated_at desc limit ${mostLate}`,
            [row.asOf, `office:${organiser}`, row.from, row.until],
          );
    return { asOf: row.asOf, now, figures: frozen.length, same, changed, late };
  },
});

const keyOf = ({ figure, parameters }: { figure: string; parameters: unknown }): string =>
  `${figure}|${(parameters as { by?: string }).by ?? ''}`;
