import { field, type Label, optional, query } from '@hengjian/kernel';
import { z } from 'zod';
import { overseers } from '../clauses.ts';
import { duties, type LoopRow } from '../loop/entity.ts';
import { blocksSale } from '../loop/rules.ts';
import { type RecordSight, sightsOf } from './records.ts';

interface LoopFacts
  extends Pick<
    LoopRow,
    'id' | 'state' | 'regime' | 'duty' | 'subjectName' | 'productName' | 'source' | 'closing' | 'announcedOn'
  > {
  task: string | null;
  outsideFailure: string | null;
  upstream: string | null;
  told: boolean;
}

/** One loop on a failure, with everything that hangs on it. */
export interface LoopSight {
  id: string;
  duty: Label;
  subject: string;
  closing: string | null;
  upstream: string | null;
  /** What still stands between the firm and selling the product again. */
  blocks: Label[];
  loop: RecordSight;
  records: RecordSight[];
}

/** Every loop on one failure: the seller's and the producer's, those passed on, and their records, clocks and papers. */
export const failureLoops = query({
  name: 'handling.failure-loops',
  label: { zh: '不合格处理全过程', en: 'Loops of one failure' },
  roles: [...overseers, 'enterprise-agent'],
  input: z.object({
    task: optional(field.reference('抽样任务', 'sampling.task', { en: 'Task' })),
    outsideFailure: optional(field.reference('外来不合格', 'sampling.outside-failure', { en: 'Outside failure' })),
    loop: optional(field.reference('结果处理', 'handling.loop', { en: 'Loop' })),
  }),
  answer: async ({ task, outsideFailure, loop }, reader) => {
    const { sql } = reader;
    const facts = await sql.query<LoopFacts>(
      `with asked as (select task, outside_failure from handling.loop where id = $3
         union all select $1::uuid, $2::uuid where $1::uuid is not null or $2::uuid is not null)
       select l.id, l.state, l.regime, l.duty, l.subject_name as "subjectName", l.product_name as "productName", l.source, l.closing,
         l.announced_on as "announcedOn", l.task, l.outside_failure as "outsideFailure", l.upstream,
         exists (select from handling.order o where o.loop = l.id and o.kind = 'recheck-passed' and o.served_on is not null) as told
       from handling.loop l where l.id = $3 or exists (select from asked a where a.task = l.task or a.outside_failure = l.outside_failure)
       order by l.duty desc, l.id`,
      [task ?? null, outsideFailure ?? null, loop ?? null],
    );
    const ids = facts.map(({ id }) => id);
    const hanging = await sql.query<{ id: string; loop: string }>(
      `select id, loop from handling.order where loop = any($1::uuid[]) union all select id, loop from handling.recheck where loop = any($1::uuid[])
       union all select id, loop from handling.referral where loop = any($1::uuid[])
       union all select id, loop from handling.report_up where loop = any($1::uuid[])
       union all select id, loop from handling.block_entry where loop = any($1::uuid[])
       union all select a.id, (unit ->> 'loop')::uuid from handling.announcement a, jsonb_array_elements(a.rows) as unit
         where unit ->> 'loop' = any($1::text[])
       union all select u.id, urged.loop::uuid from handling.urging u, jsonb_array_elements_text(u.loops) as urged (loop) where urged.loop = any($1::text[])
       union all select h.id, l.id from kernel.handover h join handling.loop l on l.handover = h.id where l.id = any($1::uuid[])`,
      [ids],
    );
    const sights = new Map(
      (await sightsOf([...ids, ...hanging.map(({ id }) => id)], reader)).map((sight) => [sight.id, sight]),
    );
    const loops: LoopSight[] = facts.map((row) => ({
      id: row.id,
      duty: { ...duties[row.duty] },
      subject: row.subjectName,
      closing: row.closing ?? null,
      upstream: row.upstream,
      blocks: blocksSale(row, row.told),
      loop: sights.get(row.id)!,
      records: hanging
        .filter((held) => held.loop === row.id)
        .flatMap(({ id }) => sights.get(id) ?? [])
        .sort((a, b) => a.openedAt.localeCompare(b.openedAt)),
    }));
    const [first] = facts;
    return {
      failure:
        first === undefined
          ? null
          : {
              task: first.task,
              outsideFailure: first.outsideFailure,
              product: first.productName,
              source: first.source,
            },
      loops,
      open: loops.filter((held) => !held.loop.closed).length,
    };
  },
});
