import { field, optional, query } from '@hengjian/kernel';
import { z } from 'zod';
import { topicsOf } from '../analysis/topics.ts';
import { compileDigest, mattersIn, periodOf } from '../digest/compile.ts';

const readers = ['complaint-desk', 'section-chief', 'bureau-head', 'auditor'] as const;

/** complaints.topics: what many tell of at the same time, by clusters of texts over a period. */
export const topics = query({
  name: 'complaints.topics',
  label: { zh: '热点', en: 'Hot topics' },
  roles: readers,
  input: z.object({ from: field.date('起', { en: 'From' }), until: field.date('止', { en: 'Until' }) }),
  answer: async (period, { sql }) => topicsOf(await mattersIn(sql, period)).slice(0, 20),
});

/** complaints.analysis: a week in numbers, by category, goods, trader and place. */
export const analysis = query({
  name: 'complaints.analysis',
  label: { zh: '投诉举报分析', en: 'Analysis of complaints' },
  roles: readers,
  input: z.object({ day: optional(field.date('周内任一天', { en: 'Any day of the week' })) }),
  answer: async ({ day }, { sql, kernel, today }) => {
    const period = periodOf('weekly', day ?? today);
    return { ...period, ...(await compileDigest(sql, period, kernel.offices)) };
  },
});

interface Pattern {
  tag: string;
  matters: number;
  complaints: number;
  reports: number;
  subjects: number;
  categories: number;
  first: string;
  last: string;
  refused: number;
  agreed: number;
  ended: number;
  filed: number;
  declined: number;
}

/**
 * complaints.patterns: how many matters came from one person, over what and with what results, as facts. The person stands under a short
 * mark that names nobody; whether anything was misused is decided in each case by its own facts (order 121 arts 7, 17).
 */
export const patterns = query({
  name: 'complaints.patterns',
  label: { zh: '同一人多次提出的情况', en: 'Many matters by one person' },
  roles: readers,
  input: z.object({ least: optional(field.integer('至少件数', { en: 'At least', min: 2, max: 1000 })) }),
  answer: async ({ least }, { sql }) => {
    const rows = await sql.query<Pattern>(
      `with m as (
         select id, 'complaint' as kind, subject_name, category, received_on, state from complaints.complaint where state <> 'transferred'
         union all
         select id, 'report', subject_name, category, received_on, state from complaints.report where state <> 'designated')
       select i.tag, count(*)::int as matters, count(*) filter (where kind = 'complaint')::int as complaints, count(*) filter (where kind = 'report')::int as reports,
         count(distinct subject_name)::int as subjects, count(distinct category)::int as categories,
         to_char(min(received_on), 'YYYY-MM-DD') as first, to_char(max(received_on), 'YYYY-MM-DD') as last,
         count(*) filter (where kind = 'complaint' and state = 'refused')::int as refused,
         count(*) filter (where kind = 'complaint' and state in ('agreed', 'closed', 'settled'))::int as agreed,
         count(*) filter (where kind = 'complaint' and state = 'terminated')::int as ended,
         count(*) filter (where kind = 'report' and state = 'filed')::int as filed,
         count(*) filter (where kind = 'report' and state = 'declined')::int as declined
       from m join complaints.identity i on i.record = m.id group by i.tag having count(*) >= $1 order by 2 desc, 1 limit 50`,
      [least ?? 3],
    );
    return {
      note: {
        zh: '以下只是件数和结果的事实，不是对任何人的评价；次数多不等于滥用权利。',
        en: 'These are numbers and results, no verdict on anybody: many matters are no misuse by themselves.',
      },
      people: rows.map(({ tag, ...facts }) => ({ mark: tag.slice(0, 6), ...facts })),
    };
  },
});
