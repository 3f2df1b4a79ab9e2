import { type Act, field, type Refusal, refuse, type Transaction } from '@hengjian/kernel';
import { z } from 'zod';
import type { BodyRow } from './body/entity.ts';

export type Grade = 'A' | 'B' | 'C' | 'D';

/**
 * Share of the next campaign's tasks by grade, relative to grade A. A convention of this platform for order 39 art. 20 (supervision by
 * class), to be set by the province; D is given no task until its correction is accepted.
 */
export const sharesByGrade: Readonly<Record<Grade, number>> = { A: 1, B: 0.8, C: 0.4, D: 0 };

export const Grading = z.strictObject({
  grade: field.choice('等级', { A: 'A', B: 'B', C: 'C', D: 'D' }, { en: 'Grade' }),
  ground: field.longText('理由（能力验证、承检工作、抽查）', { en: 'Ground: rounds, work, spot checks', max: 2000 }),
  fromOn: field.date('生效日期', { en: 'In force from' }),
});

/** A grade is decided for the days to come: tasks that were given stay where they are. */
export function checkGrading(_row: BodyRow, input: z.infer<typeof Grading>, act: Act): true | Refusal {
  return (
    input.fromOn >= act.occurredOn ||
    refuse('graded-backwards', '等级不能溯及既往。', 'A grade does not reach back.', 'fromOn')
  );
}

/** The former grade ends the day before the new one begins. */
export async function grade(row: BodyRow, input: z.infer<typeof Grading>, act: Act): Promise<void> {
  await act.sql.query(
    'update institutions.grade set until_on = $2::date - 1 where record = $1 and from_on < $2 and (until_on is null or until_on >= $2)',
    [row.id, input.fromOn],
  );
  await act.sql.query(
    `insert into institutions.grade (record, organisation, grade, ground, from_on) values ($1, $2, $3, $4, $5)
     on conflict (record, from_on) do update set grade = excluded.grade, ground = excluded.ground`,
    [row.id, row.organisation, input.grade, input.ground, input.fromOn],
  );
}

/** The grades in force on a day, by body; a body that none was decided for is not among them. */
export async function gradesOn(
  sql: Pick<Transaction, 'query'>,
  organisations: readonly string[],
  day: string,
): Promise<Map<string, Grade>> {
  const rows = await sql.query<{ organisation: string; grade: Grade }>(
    `select distinct on (organisation) organisation, grade from institutions.grade
     where organisation = any($1::uuid[]) and from_on <= $2 and (until_on is null or until_on >= $2) order by organisation, from_on desc`,
    [organisations, day],
  );
  return new Map(rows.map((row) => [row.organisation, row.grade]));
}
