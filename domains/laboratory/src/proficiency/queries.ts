import { field, query } from '@hengjian/kernel';
import { z } from 'zod';
import { type Grade, gradeOf, sharesByGrade } from './scoring.ts';

interface Standing {
  organisation: string;
  name: string;
  rounds: number;
  grade: Grade;
  /** Part of the next campaign's tasks among the bodies listed, from 0 to 1. */
  share: number;
}

/** laboratory.next-shares: each body's grade from rounds scored since a day, and its share of the next campaign's tasks, as data for the planner. */
export const nextShares = query({
  name: 'laboratory.next-shares',
  label: { zh: '检验机构等级和下期任务份额', en: 'Grades and shares of the next campaign' },
  roles: ['accreditation-officer', 'section-chief', 'auditor'],
  input: z.object({ since: field.date('起始日', { en: 'Since' }) }),
  answer: async ({ since }, { sql }) => {
    const rows = await sql.query<{
      organisation: string;
      name: string;
      class: 'acceptable' | 'warning' | 'action';
      corrected: boolean;
    }>(
      `select organisation, name, class, corrected_on is not null as corrected from laboratory.round_result
       where class is not null and submitted_on >= $1 order by name`,
      [since],
    );
    const graded = [...Map.groupBy(rows, ({ organisation }) => organisation)].map(([organisation, found]) => ({
      organisation,
      name: found[0]!.name,
      rounds: found.length,
      grade: gradeOf(found)!,
    }));
    const whole = graded.reduce((sum, { grade }) => sum + sharesByGrade[grade], 0);
    return graded.map(
      (body): Standing => ({
        ...body,
        share: whole === 0 ? 0 : Number((sharesByGrade[body.grade] / whole).toFixed(4)),
      }),
    );
  },
});
