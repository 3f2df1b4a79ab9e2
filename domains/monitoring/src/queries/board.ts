import { field, query } from '@hengjian/kernel';
import { z } from 'zod';
import { levels } from '../card/entity.ts';
import { findRule, ruleFile, ruleKinds } from '../rules/declaration.ts';
import { formula, scoreOf, weighed } from '../score.ts';
import { watchers } from './roles.ts';

const mostOfficers = 200;

interface Counts {
  acts: number;
  yellow: number;
  red: number;
  open: number;
  late: number;
  struck: number;
  points: number;
  excused: number;
}

const cardCounts = `count(*) filter (where c.state <> 'struck' and c.level = 'yellow')::int as yellow,
  count(*) filter (where c.state <> 'struck' and c.level = 'red')::int as red,
  count(*) filter (where c.state not in ('closed', 'struck'))::int as open,
  count(*) filter (where c.state = 'ordered' and c.deadline < $3)::int as late,
  count(*) filter (where c.state = 'struck')::int as struck,
  coalesce(sum(c.points) filter (where c.state <> 'struck'), 0)::int as points,
  coalesce(sum(c.points) filter (where c.state <> 'struck' and c.finding = 'excused'), 0)::int as excused`;

const scored = <T extends Counts>(row: T) => ({ ...row, weighed: weighed(row).toString(), score: scoreOf(row) });

/** monitoring.board: cards, acts and scores of a period by office, officer and rule, and cards month by month; everything a score is counted from. */
export const board = query({
  name: 'monitoring.board',
  label: { zh: '电子监察台', en: 'Monitoring board' },
  roles: watchers,
  input: z.object({
    from: field.date('自', { en: 'From' }),
    until: field.date('至', { en: 'Until' }),
  }),
  answer: async ({ from, until }, { sql, kernel, today }) => {
    const period = [from, until, today];
    const offices = await sql.query<{ office: string } & Counts>(
      `select coalesce(c.office, a.office) as office, coalesce(a.acts, 0)::int as acts, coalesce(c.yellow, 0) as yellow, coalesce(c.red, 0) as red,
         coalesce(c.open, 0) as open, coalesce(c.late, 0) as late, coalesce(c.struck, 0) as struck, coalesce(c.points, 0) as points, coalesce(c.excused, 0) as excused
       from (select office, ${cardCounts} from monitoring.card c where found_on between $1 and $2 group by office) c
       full join (select office, sum(acts) as acts from monitoring.tally where day between $1 and $2 group by office) a using (office)
       order by coalesce(c.points, 0) desc, 1`,
      period,
    );
    const officers = await sql.query<{ office: string; officer: string; name: string } & Counts>(
      `select office, officer, coalesce(a.name, c.name) as name, coalesce(a.acts, 0)::int as acts, coalesce(c.yellow, 0) as yellow, coalesce(c.red, 0) as red,
         coalesce(c.open, 0) as open, coalesce(c.late, 0) as late, coalesce(c.struck, 0) as struck, coalesce(c.points, 0) as points, coalesce(c.excused, 0) as excused
       from (select office, officer, max(officer_name) as name, ${cardCounts} from monitoring.card c
             where found_on between $1 and $2 and officer is not null group by office, officer) c
       full join (select office, officer, max(officer_name) as name, sum(acts) as acts from monitoring.tally where day between $1 and $2 group by office, officer) a using (office, officer)
       order by coalesce(c.points, 0) desc, a.acts desc nulls last, officer limit ${mostOfficers}`,
      period,
    );
    const rules = await sql.query<{ rule: string; cards: number; struck: number }>(
      `select rule, count(*) filter (where state <> 'struck')::int as cards, count(*) filter (where state = 'struck')::int as struck
       from monitoring.card where found_on between $1 and $2 group by rule`,
      [from, until],
    );
    const months = await sql.query<{ month: string; yellow: number; red: number }>(
      `select to_char(m.first, 'YYYY-MM') as month, count(c.id) filter (where c.level = 'yellow')::int as yellow, count(c.id) filter (where c.level = 'red')::int as red
       from generate_series(date_trunc('month', $1::date) - interval '11 months', date_trunc('month', $1::date), interval '1 month') m (first)
       left join monitoring.card c on c.state <> 'struck' and c.found_on >= m.first and c.found_on < m.first + interval '1 month'
       group by 1 order by 1`,
      [until],
    );
    const named = <T extends { office: string }>(row: T) => ({
      ...row,
      officeLabel: kernel.offices.get(row.office)?.label ?? { zh: row.office, en: row.office },
    });
    return {
      from,
      until,
      today,
      edition: ruleFile.edition,
      formula,
      levels,
      offices: offices.map((row) => named(scored(row))),
      officers: officers.map((row) => named(scored(row))),
      rules: ruleFile.rules.map(({ code, kind, level, points, zh, en, basis, confidence }) => ({
        code,
        level,
        points,
        basis,
        confidence,
        label: { zh, en },
        kindLabel: ruleKinds[kind],
        cards: rules.find(({ rule }) => rule === code)?.cards ?? 0,
        struck: rules.find(({ rule }) => rule === code)?.struck ?? 0,
      })),
      months,
    };
  },
});

/** monitoring.of-record: cards about one record, for whoever reads them. */
export const cardsOfRecord = query({
  name: 'monitoring.of-record',
  label: { zh: '一条记录的监察牌', en: 'Cards about a record' },
  roles: watchers,
  input: z.object({ record: field.identifier('记录', { en: 'Record' }) }),
  answer: async ({ record }, { sql }) => {
    const rows = await sql.query<{ id: string; rule: string; level: string; state: string; foundOn: string }>(
      `select id, rule, level, state, found_on::text as "foundOn" from monitoring.card where target = $1 order by found_on, id`,
      [record],
    );
    return rows.map(({ rule, ...row }) => {
      const { zh, en } = findRule(rule) ?? { zh: rule, en: rule };
      return { ...row, rule: { zh, en } };
    });
  },
});
