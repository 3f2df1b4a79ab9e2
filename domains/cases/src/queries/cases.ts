import { query } from '@hengjian/kernel';
import { z } from 'zod';
import { benchmarks, discretionFactors, exemptions } from '../../../../data/penalties/index.ts';
import type { CaseRow } from '../case/entity.ts';
import { handsIn, type Part } from '../case/people.ts';
import { surchargeOn } from '../case/performance.ts';
import { readers } from '../clauses.ts';
import { benchmarkOn, rangeOf } from '../discretion/rules.ts';

/** 裁量基准: the benchmarks in force on a day, their factors, and what is not penalised the first time. */
export const benchmarkTable = query({
  name: 'cases.benchmarks',
  label: { zh: '自由裁量基准', en: 'Benchmarks of discretion' },
  roles: ['public', ...readers],
  input: z.object({
    on: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .optional(),
  }),
  answer: async ({ on }, { today }) => {
    const day = on ?? today;
    const inForce = ({ inForce: from, until }: { inForce: string; until: string | null }) =>
      from <= day && (until === null || day < until);
    return {
      on: day,
      benchmarks: benchmarks().filter(inForce),
      ...discretionFactors(),
      exemptions: exemptions().filter(inForce),
    };
  },
});

/** The range of a fine with its arithmetic, before a report is written. */
export const discretionRange = query({
  name: 'cases.range',
  label: { zh: '裁量幅度', en: 'Range of discretion' },
  roles: readers,
  input: z.object({
    violation: z.string().max(200),
    on: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    goodsValue: z.string().regex(/^\d{1,15}(?:\.\d{1,2})?$/),
    factors: z.string().max(500).default(''),
  }),
  answer: async ({ violation, on, goodsValue, factors }) => {
    const benchmark = benchmarkOn(violation, on);
    if (benchmark === undefined) return null;
    return { benchmark, range: rangeOf(benchmark, { goodsValue, factors: factors.split(',').filter(Boolean) }) };
  },
});

/** 类案: decided cases of the same violation, nearest in the value of the goods first. */
export const similarCases = query({
  name: 'cases.similar',
  label: { zh: '类案', en: 'Similar cases' },
  roles: readers,
  input: z.object({
    violation: z.string().max(200),
    goodsValue: z
      .string()
      .regex(/^\d{1,15}(?:\.\d{1,2})?$/)
      .default('0'),
    limit: z.coerce.number().int().min(1).max(50).default(10),
  }),
  answer: ({ violation, goodsValue, limit }, { sql }) =>
    sql.query(
      `select id, party_name as "partyName", cause, goods_value as "goodsValue", factors, range_from as "rangeFrom", range_to as "rangeTo",
         fine, proposal, deviates, decision_number as "decisionNumber", to_char(decided_on, 'YYYY-MM-DD') as "decidedOn"
       from cases.case where violation = $1 and decided_on is not null
       order by abs(coalesce(goods_value, 0) - $2::numeric), decided_on desc limit $3`,
      [violation, goodsValue, limit],
    ),
});

/** One case as its page shows it: what belongs to it, who is kept apart from what, and what is owed today. */
export const casePage = query({
  name: 'cases.page',
  label: { zh: '案件办理', en: 'Case' },
  roles: readers,
  input: z.object({ case: z.uuid() }),
  answer: async ({ case: id }, { sql, today, actor, kernel }) => {
    const [row] = await sql.query<Record<string, unknown>>(
      `select c.*, r.number, r.title from cases.case c join kernel.record r on r.id = c.id where c.id = $1`,
      [id],
    );
    if (row === undefined) return null;
    const children = await sql.query<Record<string, unknown>>(
      `select r.id, r.entity, r.title, r.number, r.state, r.due, r.opened_at as "openedAt" from kernel.record r
       where r.parent = $1 and r.entity like 'cases.%' order by r.opened_at, r.id`,
      [id],
    );
    const papers = await sql.query<Record<string, unknown>>(
      `select d.id, d.record, r.entity, d.kind, d.title, d.number, d.created_at as "createdAt" from kernel.document d join kernel.record r on r.id = d.record
       where (r.id = $1 or r.parent = $1) and d.superseded_by is null order by d.created_at, d.id`,
      [id],
    );
    const act = { sql } as Parameters<typeof handsIn>[2];
    const apart: { part: Part; people: { person: string; name: string }[] }[] = [];
    for (const part of ['investigation', 'review', 'hearing'] as const) {
      const people = [...(await handsIn(id, part, act))];
      const named = await sql.query<{ person: string; name: string }>(
        'select id as person, name from kernel.person where id = any($1::uuid[]) order by name',
        [people],
      );
      apart.push({ part, people: named });
    }
    const clocks = await sql.query<Record<string, unknown>>(
      `select name, basis, rule, status, to_char(started_on, 'YYYY-MM-DD') as "startedOn", to_char(due_on, 'YYYY-MM-DD') as "dueOn",
         suspensions, extensions from kernel.clock where record = $1 order by started_on, name`,
      [id],
    );
    const own = apart
      .filter(({ people }) => people.some(({ person }) => person === actor.person))
      .map(({ part }) => part);
    const lifecycle = kernel.register.lifecycles.get('cases.case')!;
    const fine = row.fine as string | null;
    const due = row.payment_due_on as string | null;
    return {
      id,
      title: row.title,
      number: row.number,
      state: { name: row.state, ...lifecycle.states[row.state as string] },
      party: { name: row.party_name, code: row.party_code, kind: row.party_kind },
      cause: row.cause,
      officers: row.officers ?? [],
      figures: {
        violation: row.violation,
        goodsValue: row.goods_value,
        factors: row.factors ?? [],
        rangeFrom: row.range_from,
        rangeTo: row.range_to,
        fine,
        deviates: row.deviates,
        deviationReason: row.deviation_reason,
      },
      surcharge:
        fine && due
          ? surchargeOn(
              {
                fine,
                paymentDueOn: due,
                reviewDays: row.review_days,
                underReview: row.under_review,
                reviewSince: row.review_since,
              } as CaseRow,
              today,
            )
          : null,
      clocks: clocks.map((clock) => ({ ...clock, label: lifecycle.clocks[clock.name as string]?.label })),
      children: children.map((child) => ({
        ...child,
        entityLabel: kernel.register.lifecycles.get(child.entity as string)?.entity.label,
        stateLabel: kernel.register.lifecycles.get(child.entity as string)?.states[child.state as string],
      })),
      papers,
      apart,
      keptFrom: own,
    };
  },
});

/** 案件统计: how many of which violation were filed, decided and closed in a year, and which kinds have had a case. */
export const caseFigures = query({
  name: 'cases.figures',
  label: { zh: '案件统计', en: 'Figures of cases' },
  roles: readers,
  input: z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() }),
  answer: async ({ year }, { sql, today }) => {
    const asked = year ?? Number(today.slice(0, 4));
    const rows = await sql.query<{
      violation: string | null;
      filed: number;
      decided: number;
      closed: number;
      fines: string;
    }>(
      `select violation, count(*)::int as filed, count(decided_on)::int as decided, count(*) filter (where state = 'closed')::int as closed,
         coalesce(sum(fine) filter (where decided_on is not null), 0)::text as fines
       from cases.case where extract(year from filed_on) = $1 group by violation order by 2 desc, 1`,
      [asked],
    );
    const sources = await sql.query<{ source: string; cases: number }>(
      'select source, count(*)::int as cases from cases.case where extract(year from filed_on) = $1 group by source order by 2 desc',
      [asked],
    );
    const kinds = [...new Set(benchmarks().map(({ violation }) => violation))];
    const had = new Set(rows.map(({ violation }) => violation));
    return {
      year: asked,
      violations: rows,
      sources,
      coverage: {
        kinds: kinds.length,
        withCase: kinds.filter((kind) => had.has(kind)).length,
        without: kinds.filter((kind) => !had.has(kind)),
      },
    };
  },
});
