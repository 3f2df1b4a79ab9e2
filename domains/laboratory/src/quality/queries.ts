import { sharesByGrade } from '@hengjian/institutions';
import { field, type Label, query } from '@hengjian/kernel';
import { z } from 'zod';
import type { Grade } from '../proficiency/scoring.ts';
import { gradeBody, type Work } from './grading.ts';

interface Known {
  organisation: string;
  name: string;
  scores: { class: 'acceptable' | 'warning' | 'action'; corrected: boolean }[];
  work: Work | null;
  spotChecks: { score: number; major: boolean }[];
}

interface Standing {
  organisation: string;
  name: string;
  rounds: number;
  work: Work | null;
  spotChecks: number;
  grade: Grade;
  reasons: readonly Label[];
  /** Part of the next campaign's tasks among the bodies listed, from 0 to 1. */
  share: number;
}

/** Scored rounds, reported tasks and final spot checks of each body since a day, as far as the reader sees them. */
const known = `with scored as (
    select organisation, max(name) as name, jsonb_agg(jsonb_build_object('class', class, 'corrected', corrected_on is not null)) as scores
    from laboratory.round_result where class is not null and submitted_on >= $1 group by organisation),
  worked as (
    select (t.lab->>'id')::uuid as organisation, max(t.lab->>'name') as name, jsonb_build_object(
      'reports', count(*), 'late', count(*) filter (where t.reported_on > t.due_on), 'corrected', count(*) filter (where t.report_revision > 1),
      'overturned', count(*) filter (where exists (select from sampling.objection o
        where o.task = t.id and o.retest_conclusion <> t.conclusion)
        or exists (select from sampling.food_retest f where f.task = t.id and f.retest_conclusion <> f.first_conclusion))) as work
    from sampling.task t where t.reported_on >= $1 group by t.lab->>'id'),
  looked as (
    select organisation, max(body_name) as name, jsonb_agg(jsonb_build_object('score', score, 'major', major)) as checks
    from laboratory.spot_check where state = 'final' and planned_on >= $1 group by organisation)
  select organisation, coalesce(s.name, w.name, l.name) as name, coalesce(s.scores, '[]') as scores, w.work, coalesce(l.checks, '[]') as "spotChecks"
  from scored s full join worked w using (organisation) full join looked l using (organisation) order by 2`;

/**
 * laboratory.next-shares: each body's grade from its rounds, its work for supervision and spot checks since a day, with the reasons, and
 * its share of the next campaign's tasks, as data for the planner.
 */
export const nextShares = query({
  name: 'laboratory.next-shares',
  label: { zh: '检验机构等级和下期任务份额', en: 'Grades and shares of the next campaign' },
  roles: ['accreditation-officer', 'planner', 'section-chief', 'auditor'],
  input: z.object({ since: field.date('起始日', { en: 'Since' }) }),
  answer: async ({ since }, { sql }) => {
    const graded = (await sql.query<Known>(known, [since])).flatMap(({ organisation, name, ...body }) => {
      const found = gradeBody(body);
      return found === undefined
        ? []
        : [
            {
              organisation,
              name,
              rounds: body.scores.length,
              work: body.work,
              spotChecks: body.spotChecks.length,
              ...found,
            },
          ];
    });
    const whole = graded.reduce((sum, { grade }) => sum + sharesByGrade[grade], 0);
    return graded.map(
      (body): Standing => ({
        ...body,
        share: whole === 0 ? 0 : Number((sharesByGrade[body.grade] / whole).toFixed(4)),
      }),
    );
  },
});
