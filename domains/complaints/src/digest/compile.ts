import { createHash } from 'node:crypto';
import type { Office, Transaction } from '@hengjian/kernel';
import { canonicalJson } from '@hengjian/transparency';
import { complaintCategories } from '../../../../data/complaints/index.ts';
import { type Told, topicsOf } from '../analysis/topics.ts';
import type { DigestRow, digestKinds } from './entity.ts';

export interface Period {
  from: string;
  until: string;
}
type Kind = keyof typeof digestKinds;

const shift = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The period that a day lies in: Monday to Sunday, or two days counted from Monday 2026-01-05. Pure. */
export function periodOf(kind: Kind, day: string): Period {
  const days = Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse('2026-01-05T00:00:00Z')) / 86_400_000);
  const length = kind === 'weekly' ? 7 : 2;
  const from = shift('2026-01-05', Math.floor(days / length) * length);
  return { from, until: shift(from, length - 1) };
}
export const periodBefore = ({ from, until }: Period): Period => {
  const length = Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000) + 1;
  return { from: shift(from, -length), until: shift(from, -1) };
};

/** What came in, without who brought it: records that were passed on count where they are now. */
export async function mattersIn(
  sql: Transaction,
  { from, until }: Period,
): Promise<(Told & { category: string; kind: 'complaint' | 'report' })[]> {
  return sql.query(
    `select id, 'complaint' as kind, matter || ' ' || demand as text, to_char(received_on, 'YYYY-MM-DD') as "on", subject_name as subject,
       product_name as product, region, category
     from complaints.complaint where received_on between $1 and $2 and state not in ('transferred', 'merged')
     union all
     select id, 'report', facts, to_char(received_on, 'YYYY-MM-DD'), subject_name, product_name, region, category
     from complaints.report where received_on between $1 and $2 and state not in ('designated', 'merged', 'repeated')
     order by 4, 1`,
    [from, until],
  );
}
type Matter = Awaited<ReturnType<typeof mattersIn>>[number];

const rootOf = (code: string): string => code.split('.')[0]!;
const categoryName = (code: string): string => complaintCategories().find((one) => one.code === code)?.zh ?? code;

function tableOf(
  title: string,
  now: readonly Matter[],
  before: readonly Matter[],
  by: (matter: Matter) => string | null,
) {
  const counts = new Map<string, { complaints: number; reports: number; before: number }>();
  const at = (key: string) => {
    const held = counts.get(key) ?? { complaints: 0, reports: 0, before: 0 };
    counts.set(key, held);
    return held;
  };
  for (const matter of now) {
    const key = by(matter);
    if (key !== null) at(key)[matter.kind === 'complaint' ? 'complaints' : 'reports'] += 1;
  }
  for (const matter of before) {
    const key = by(matter);
    if (key !== null && counts.has(key)) at(key).before += 1;
  }
  const lines = [...counts]
    .map(([name, count]) => ({ name, ...count }))
    .sort((a, b) => b.complaints + b.reports - a.complaints - a.reports || (a.name < b.name ? -1 : 1))
    .slice(0, 20);
  return { title, lines };
}

/** The content of a digest over a period, as its reader may see it now. */
export async function compileDigest(
  sql: Transaction,
  period: Period,
  offices: ReadonlyMap<string, Office>,
): Promise<DigestRow['content']> {
  const [now, before] = [await mattersIn(sql, period), await mattersIn(sql, periodBefore(period))];
  const place = ({ region }: Matter): string =>
    offices.get(region)?.label.zh.replace(/市场监督管理局$/, '') ?? region.slice(0, 6);
  const of = (matters: readonly Matter[], kind: Matter['kind']) => matters.filter((one) => one.kind === kind).length;
  return {
    totals: [{ name: '合计', complaints: of(now, 'complaint'), reports: of(now, 'report'), before: before.length }],
    tables: [
      tableOf('按类别', now, before, ({ category }) => categoryName(rootOf(category))),
      tableOf('按商品或者服务', now, before, ({ product }) => product),
      tableOf('按经营者', now, before, ({ subject }) => subject),
      tableOf('按地区', now, before, place),
    ],
    topics: topicsOf(now)
      .slice(0, 10)
      .map(({ words, count, subjects, products }) => ({
        words: words.join('、') || '—',
        count,
        subjects: subjects.join('、') || '—',
        products: products.join('、') || '—',
      })),
  };
}

export const digestOf = (content: DigestRow['content']): string =>
  createHash('sha256')
    .update(canonicalJson(JSON.parse(JSON.stringify(content))))
    .digest('hex');
