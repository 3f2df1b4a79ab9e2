import type { Act } from '@hengjian/kernel';

/** The next number of a series, taken in the transaction of the act: no gap when the act is refused. */
export async function nextInSeries(sql: Act['sql'], series: string): Promise<number> {
  const [taken] = await sql.query<{ last: number }>(
    `insert into licensing.sequence (series, last) values ($1, 1)
     on conflict (series) do update set last = licensing.sequence.last + 1 returning last`,
    [series],
  );
  return taken!.last;
}
