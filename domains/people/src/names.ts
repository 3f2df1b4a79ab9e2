import { Problem, type Transaction } from '@hengjian/kernel';

/** @throws Problem 422 `unknown-person` */
export async function nameOf(person: string, sql: Transaction): Promise<string> {
  const [row] = await sql.query<{ name: string }>(`select name from kernel.person where id = $1 and kind = 'person'`, [
    person,
  ]);
  if (row === undefined) throw new Problem(422, 'unknown-person', '没有这个人员。', 'There is no such person.');
  return row.name;
}
