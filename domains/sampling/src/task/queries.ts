import { field, query } from '@hengjian/kernel';
import { replay, type Verdict, wilsonInterval } from '@hengjian/statistics';
import { z } from 'zod';
import type { FinalConclusion, TestItem } from './items.ts';
import { taskLifecycle } from './lifecycle.ts';
import { representationOf } from './representation.ts';
import { resultsOf } from './results.ts';

const officers = ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'] as const;

/** How far a campaign has come, and its failure rate with a Wilson 95 % interval. Reserves that were not called are no tasks. */
export const campaignProgress = query({
  name: 'sampling.campaign-progress',
  label: { zh: '抽查进度', en: 'Progress of a campaign' },
  roles: officers,
  input: z.object({ scheme: field.reference('抽查方案', 'sampling.scheme', { en: 'Scheme' }) }),
  answer: async ({ scheme }, { sql }) => {
    const rows = await sql.query<{ state: string; n: number; reserves: number; failed: number; decided: number }>(
      `select t.state, count(*) as n, count(t.replaces) as reserves,
         count(*) filter (where coalesce(c.conclusion, t.conclusion) = 'fails') as failed,
         count(*) filter (where coalesce(c.conclusion, t.conclusion) in ('conforms', 'fails')) as decided
       from sampling.task t join sampling.effective_conclusion c on c.task = t.id
       where t.scheme = $1 and t.state not in ('reserved', 'released') group by t.state`,
      [scheme],
    );
    const sum = (of: 'n' | 'reserves' | 'failed' | 'decided'): number =>
      rows.reduce((total, row) => total + Number(row[of]), 0);
    const [x, n] = [sum('failed'), sum('decided')];
    const interval = n === 0 ? null : wilsonInterval(x, n);
    return {
      total: sum('n'),
      byState: Object.entries(taskLifecycle.states).flatMap(([state, { zh, en }]) => {
        const found = rows.find((row) => row.state === state);
        return found === undefined ? [] : [{ state, label: { zh, en }, n: Number(found.n) }];
      }),
      reservesUsed: sum('reserves'),
      failed: x,
      rate: { x, n, low: interval?.lower ?? null, high: interval?.upper ?? null, method: 'Wilson 95 %' },
      representation: await representationOf(sql, scheme),
    };
  },
});

interface ReportedTask {
  items: TestItem[];
  verdictRule: string;
  conclusion: string | null;
  seriousness: string | null;
  reportNumber: string | null;
  reportedOn: string | null;
  finalConclusion: FinalConclusion | null;
}

type ShownItem = TestItem & {
  result:
    | (Pick<Verdict, 'verdict' | 'reason' | 'steps' | 'clause'> & {
        value: string;
        unit: string | null;
        enteredOn: string;
        rechecked: boolean;
      })
    | null;
};

/**
 * The items of a task with limit, result and the steps of each verdict. `rechecked` says that the stored verdict was reached
 * again from its stored input just now. Retests follow with the same shape.
 */
export const taskResults = query({
  name: 'sampling.task-results',
  label: { zh: '检验结果', en: 'Test results of a task' },
  roles: [...officers, 'result-handler', 'laboratory-tester', 'laboratory-signatory', 'enterprise-agent'],
  input: z.object({ task: field.reference('抽样任务', 'sampling.task', { en: 'Task' }) }),
  answer: async ({ task }, { sql }) => {
    const [found] = await sql.query<ReportedTask>(
      `select items, verdict_rule as "verdictRule", conclusion, seriousness, report_number as "reportNumber", reported_on as "reportedOn",
         final_conclusion as "finalConclusion" from sampling.task where id = $1`,
      [task],
    );
    if (found === undefined) return null;
    const retests = await sql.query<{
      id: string;
      lab: string | null;
      conclusion: string | null;
      report: string | null;
    }>(
      `select id, retest_lab ->> 'name' as lab, retest_conclusion as conclusion, retest_report as report from sampling.objection
       where task = $1 and retest_lab is not null order by id`,
      [task],
    );
    const shown = async (record: string): Promise<ShownItem[]> => {
      const results = new Map((await resultsOf(sql, record)).map((result) => [result.item, result]));
      return found.items
        .filter(({ item }) => record === task || results.has(item))
        .map((item) => {
          const result = results.get(item.item);
          if (result === undefined) return { ...item, result: null };
          const { judgement, value, unit, verdict, enteredOn } = result;
          const { reason, steps, clause } = judgement;
          return {
            ...item,
            result: { value, unit, verdict, reason, steps, clause, enteredOn, rechecked: replay(judgement).identical },
          };
        });
    };
    const { items: _items, ...rest } = found;
    const again = [];
    for (const { id, ...retest } of retests) again.push({ objection: id, ...retest, items: await shown(id) });
    return { task, ...rest, items: await shown(task), retests: again };
  },
});

/** One failure from the draw to what became of it: every step with its day, and what is still open. */
export const failureLoop = query({
  name: 'sampling.failure-loop',
  label: { zh: '不合格闭环', en: 'Loop of one failure' },
  roles: [...officers, 'result-handler'],
  input: z.object({ task: field.reference('抽样任务', 'sampling.task', { en: 'Task' }) }),
  answer: async ({ task }, { sql }) => {
    const [found] = await sql.query(
      `select t.id, r.number, t.enterprise_name as "enterpriseName", t.product_name as "productName", t.state, t.draw, t.sampled_on as "sampledOn",
         t.received_on as "receivedOn", t.reported_on as "reportedOn", t.notified_on as "notifiedOn", t.concluded_on as "concludedOn",
         t.conclusion, t.final_conclusion as "finalConclusion", c.conclusion as "effectiveConclusion", c.producer_denied as "producerDenied",
         t.failed_items as "failedItems", d.drawn_on as "drawnOn"
       from sampling.task t join kernel.record r on r.id = t.id join sampling.effective_conclusion c on c.task = t.id
         left join sampling.draw d on d.id = t.draw where t.id = $1`,
      [task],
    );
    if (found === undefined) return null;
    const dated = [
      ['drawn', '抽取', 'Drawn', found.drawnOn],
      ['sampled', '抽样', 'Sampled', found.sampledOn],
      ['received', '收样', 'Received', found.receivedOn],
      ['reported', '报告', 'Reported', found.reportedOn],
      ['notified', '告知', 'Told', found.notifiedOn],
      ['concluded', '结论生效', 'Final', found.concludedOn],
    ] as const;
    const notices = await sql.query(
      `select id, state, addressee ->> 'name' as addressee, addressee ->> 'kind' as kind, way, served_on as "servedOn" from sampling.notice
       where task = $1 order by id`,
      [task],
    );
    const objections = await sql.query(
      `select id, state, kind, ground, filed_on as "filedOn", outcome, fee_bearer as "feeBearer" from sampling.objection where task = $1 order by id`,
      [task],
    );
    const reversals = await sql.query(
      `select id, state, ground, change, effective_on as "effectiveOn" from sampling.reversal where task = $1 order by id`,
      [task],
    );
    const followUps = await sql.query(
      `select f.id, f.kind, f.state, f.subject_name as subject, f.started_on as "startedOn", f.to_office as "toOffice", h.state as handover, r.due
       from sampling.follow_up f join kernel.record r on r.id = f.id left join kernel.handover h on h.id = f.handover
       where f.task = $1 order by f.id`,
      [task],
    );
    const bulletins = await sql.query(
      `select id, name, state, published_on as "publishedOn", entry from sampling.bulletin
       where failing @> jsonb_build_array(jsonb_build_object('task', $1::text)) order by id`,
      [task],
    );
    return {
      task: found,
      steps: dated.map(([name, zh, en, on]) => ({ name, label: { zh, en }, on: (on as string | null) ?? null })),
      notices,
      objections,
      reversals,
      followUps,
      bulletins,
      open: followUps.filter(({ state }) => state === 'open' || state === 'handed-over').length,
    };
  },
});
