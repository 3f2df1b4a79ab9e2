import { type Label, query } from '@hengjian/kernel';
import { z } from 'zod';
import { readers } from '../enterprise/reading.ts';
import { type Rule, rules } from '../quality/rules.ts';

const completeness: Record<string, { label: Label; test: string }> = {
  creditCode: { label: { zh: '有统一社会信用代码', en: 'Has a credit code' }, test: 'credit_code is not null' },
  county: {
    label: { zh: '所在地精确到县', en: 'Region known to the county' },
    test: `region ~ '^\\d{4}(?!00)\\d{2}$'`,
  },
  address: { label: { zh: '有地址', en: 'Has an address' }, test: 'address is not null' },
  industry: { label: { zh: '有行业代码', en: 'Has an industry' }, test: 'industry is not null' },
  registeredOn: { label: { zh: '有成立日期', en: 'Has a date of registration' }, test: 'registered_on is not null' },
  businessScope: { label: { zh: '有经营范围', en: 'Has a business scope' }, test: 'business_scope is not null' },
  capital: { label: { zh: '注册资本可识别', en: 'Capital can be read' }, test: 'capital_amount is not null' },
};

/** How good the register is: how much of it is filled in, and which issues wait since when. */
export const qualitySummary = query({
  name: 'subjects.quality-summary',
  label: { zh: '主体资料质量', en: 'Quality of the register' },
  roles: readers,
  input: z.object({ office: z.string().max(40).optional() }),
  answer: async ({ office }, { kernel, sql }) => {
    const offices =
      office === undefined
        ? null
        : [...kernel.offices.values()].filter(({ place }) => place.includes(office)).map(({ code }) => code);
    const counts = Object.entries(completeness).map(
      ([name, { test }]) => `count(*) filter (where ${test}) as "${name}"`,
    );
    const [held] = await sql.query<Record<string, number>>(
      `select count(*) as total, ${counts.join(', ')} from subjects.enterprise where state in ('registered', 'closed') and ($1::text[] is null or office = any($1))`,
      [offices],
    );
    const byRule = await sql.query<{
      rule: Rule;
      found: number;
      resolved: number;
      dismissed: number;
      oldest: string | null;
    }>(
      `select rule, count(*) filter (where state = 'found') as found, count(*) filter (where state = 'resolved') as resolved,
         count(*) filter (where state = 'dismissed') as dismissed, min(found_on) filter (where state = 'found') as oldest
       from subjects.quality_issue where $1::text[] is null or office = any($1) group by rule order by 2 desc, rule`,
      [offices],
    );
    return {
      total: Number(held!.total),
      completeness: Object.entries(completeness).map(([name, { label }]) => ({
        name,
        label,
        held: Number(held![name]),
      })),
      issues: byRule.map(({ rule, found, resolved, dismissed, oldest }) => ({
        rule,
        label: rules[rule],
        found: Number(found),
        resolved: Number(resolved),
        dismissed: Number(dismissed),
        oldest,
      })),
    };
  },
});
