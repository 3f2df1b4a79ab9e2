import type { Act } from '@hengjian/kernel';
import type { Verdict } from '@hengjian/statistics';

type Sql = Pick<Act['sql'], 'query'>;

/** The result that holds for one item of a sample: its last attempt, with how many came before it. */
export interface SampleResult {
  item: string;
  value: string;
  unit: string | null;
  verdict: 'conforms' | 'fails' | 'not-judged';
  judgement: Verdict;
  attempt: number;
  tester: string;
  testerName: string;
  checked: boolean;
  checker: string | null;
  earlier: { attempt: number; value: string; unit: string | null; verdict: string }[];
}

/** Results of a sample over all its worksheets, in the order of entry; needs sight of the worksheets. */
export function resultsOfSample(sql: Sql, sample: string): Promise<SampleResult[]> {
  return sql.query<SampleResult>(
    `select distinct on (r.item) r.item, r.value, r.unit, r.verdict, r.judgement, r.attempt, r.tester, r.tester_name as "testerName",
       w.state = 'checked' as checked,
       (select e.actor from kernel.event e where e.record = w.id and e.action = 'check' order by e.recorded_at desc limit 1) as checker,
       coalesce((select jsonb_agg(jsonb_build_object('attempt', o.attempt, 'value', o.value, 'unit', o.unit, 'verdict', o.verdict) order by o.attempt)
         from laboratory.result o where o.record = r.record and o.line = r.line and o.attempt < r.attempt), '[]') as earlier
     from laboratory.result r join laboratory.worksheet w on w.id = r.record where r.sample = $1 order by r.item, r.attempt desc`,
    [sample],
  );
}
