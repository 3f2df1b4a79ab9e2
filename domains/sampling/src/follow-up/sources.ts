import type { Act } from '@hengjian/kernel';
import type { PlanKind } from '../plan/index.ts';
import type { FailedItem } from '../task/items.ts';
import type { Channel, LabelledProducer } from '../task/sample-fields.ts';
import type { FollowUpKind } from './entity.ts';
import { type Failure, followUpsOf, type Opening, regionOf } from './rules.ts';

type Sql = Act['sql'];

interface ConcludedTask {
  office: string;
  region: string;
  channel: Channel;
  planKind: PlanKind;
  productName: string;
  enterprise: string;
  enterpriseName: string;
  enterpriseCode: string | null;
  enterpriseRegion: string;
  labelledProducer: LabelledProducer | null;
  denied: boolean;
  failedItems: FailedItem[];
  concludedOn: string;
  conclusion: string;
}

/** The failed items in words, for letters and grounds. */
export function summaryOf(failed: readonly FailedItem[]): string {
  return (
    failed
      .map(
        ({ item, limit, result, unit }) =>
          `${item}不合格（标准要求${limit}，实测${result}${unit && unit !== '1' ? ` ${unit}` : ''}）`,
      )
      .join('；') || '不合格'
  );
}

function failureOf(task: ConcludedTask): Failure {
  const { labelledProducer: producer } = task;
  const firm = {
    id: task.enterprise,
    name: task.enterpriseName,
    code: task.enterpriseCode,
    region: task.enterpriseRegion,
  };
  const isFirmItself =
    producer !== null && (producer.name === firm.name || (Boolean(producer.code) && producer.code === firm.code));
  return {
    planKind: task.planKind,
    productName: task.productName,
    summary: summaryOf(task.failedItems ?? []),
    finalOn: task.concludedOn,
    region: task.region,
    firm,
    firmIsProducer: task.channel === 'producer' || isFirmItself,
    producer:
      producer === null || task.denied
        ? null
        : {
            id: producer.enterprise ?? null,
            name: producer.name,
            code: producer.code ?? null,
            region: regionOf(producer),
          },
  };
}

/** What the final conclusion of a task asks for; nothing when it did not fail. */
export async function followUpsOfTask(sql: Sql, task: string): Promise<Opening[]> {
  const [found] = await sql.query<ConcludedTask>(
    `select t.office, o.region, t.channel, t.plan_kind as "planKind", t.product_name as "productName", t.enterprise,
       t.enterprise_name as "enterpriseName", t.enterprise_code as "enterpriseCode", t.enterprise_region as "enterpriseRegion",
       t.labelled_producer as "labelledProducer", c.producer_denied as denied, t.failed_items as "failedItems",
       t.concluded_on as "concludedOn", c.conclusion
     from sampling.task t join sampling.effective_conclusion c on c.task = t.id join kernel.office o on o.code = t.office where t.id = $1`,
    [task],
  );
  return found?.conclusion === 'fails' ? followUpsOf(failureOf(found)) : [];
}

/** The follow-ups that hang on a task or an outside failure. */
export function followUpsHeld(
  sql: Sql,
  source: string,
): Promise<
  {
    id: string;
    kind: FollowUpKind;
    state: string;
    office: string;
    subjectName: string;
    subjectCode: string | null;
    region: string | null;
    productName: string;
  }[]
> {
  return sql.query(
    `select id, kind, state, office, subject_name as "subjectName", subject_code as "subjectCode", region, product_name as "productName"
     from sampling.follow_up where task = $1 or outside_failure = $1 order by id`,
    [source],
  );
}
