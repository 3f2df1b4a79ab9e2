import { createHash } from 'node:crypto';
import {
  type Act,
  entity,
  field,
  lifecycle,
  on,
  optional,
  type RecordRow,
  type Refusal,
  refuse,
} from '@hengjian/kernel';
import { parseLimit, StatisticsError } from '@hengjian/statistics';
import { canonicalJson } from '@hengjian/transparency';
import { z } from 'zod';
import type { Limit } from './library.ts';

const LimitSet = entity(
  'laboratory.limit-set',
  { zh: '限量库', en: 'Set of limits' },
  {
    fields: {
      name: field.text('名称', { en: 'Name' }),
      source: field.text('来源', { en: 'Source', max: 500 }),
      contentHash: field.text('内容校验值', { en: 'Hash of the rows', max: 64 }),
      rows: field.integer('条数', { en: 'Rows' }),
      reason: optional(field.longText('理由', { en: 'Reason', max: 2000 })),
    },
    title: (row) => row.name,
    purpose: {
      zh: '标准限量：类别、项目、限量原文、条款和有效期；采用后供判定使用。',
      en: 'Limits of standards as written, with clause and validity; used for judging once adopted.',
    },
  },
);
type LimitSetRow = RecordRow<typeof LimitSet>;

const LimitFields = z.strictObject({
  parameter: field.text('项目', { en: 'Parameter' }),
  category: field.text('类别', { en: 'Category' }),
  limit: field.text('限量', { en: 'Limit', max: 500 }),
  unit: optional(field.text('单位', { en: 'Unit', max: 40 })),
  method: optional(field.text('方法', { en: 'Method' })),
  standard: field.text('标准', { en: 'Standard' }),
  clause: optional(field.text('条款', { en: 'Clause' })),
  validFrom: field.date('实施日期', { en: 'Valid from' }),
  validUntil: optional(field.date('废止前一日', { en: 'Valid until' })),
  dayOf: field.choice(
    '适用日期',
    { production: { zh: '生产日期', en: 'Production' }, sampling: { zh: '抽样日期', en: 'Sampling' } },
    { en: 'Day that decides' },
  ),
  confidence: field.choice(
    '可信程度',
    {
      sourced: { zh: '有出处', en: 'Sourced' },
      derived: { zh: '推得', en: 'Derived' },
      unverified: { zh: '未核对', en: 'Unverified' },
    },
    { en: 'Confidence' },
  ),
});
const Load = z.strictObject({
  name: LimitSet.shape.name,
  source: LimitSet.shape.source,
  limits: field.list('限量', LimitFields, { en: 'Limits', max: 20_000 }),
});
type Load = z.infer<typeof Load>;

/** What is wrong with rows of limits, each with its row from 1; empty when all can be used. */
export function faultsOf(limits: readonly z.infer<typeof LimitFields>[]): (Refusal & { row: number })[] {
  const faults: (Refusal & { row: number })[] = [];
  const periods = new Map<string, { from: string; until: string; row: number }[]>();
  for (const [at, { parameter, category, limit, unit, validFrom, validUntil }] of limits.entries()) {
    const row = at + 1;
    const add = (refusal: Refusal): number => faults.push({ ...refusal, row, path: `limits.${at}.${refusal.path}` });
    try {
      parseLimit(limit, unit ?? null);
    } catch (error) {
      if (!(error instanceof StatisticsError)) throw error;
      add(refuse(error.code, `第${row}行：${error.zh}`, `Row ${row}: ${error.en}`, 'limit'));
    }
    const until = validUntil ?? '9999-12-31';
    if (until < validFrom)
      add(refuse('ends-before-start', `第${row}行：废止早于实施。`, `Row ${row} ends before it starts.`, 'validUntil'));
    const held = periods.get(`${parameter}|${category}`) ?? [];
    const other = held.find((period) => period.from <= until && validFrom <= period.until);
    if (other !== undefined)
      add(
        refuse(
          'limit-twice',
          `第${row}行与第${other.row}行是同一类别、同一项目，有效期重叠。`,
          `Row ${row} and row ${other.row} are one category and parameter on overlapping days.`,
          'validFrom',
        ),
      );
    periods.set(`${parameter}|${category}`, [...held, { from: validFrom, until, row }]);
  }
  return faults;
}

async function load(row: LimitSetRow, { limits }: Load, act: Act): Promise<void> {
  await act.sql.query(
    `insert into laboratory.limit (record, position, parameter, category, "limit", unit, method, standard, clause, valid_from, valid_until, day_of, confidence)
     select $1, l.ordinality, l.value->>'parameter', l.value->>'category', l.value->>'limit', l.value->>'unit', l.value->>'method', l.value->>'standard',
       l.value->>'clause', (l.value->>'validFrom')::date, (l.value->>'validUntil')::date, l.value->>'dayOf', l.value->>'confidence'
     from jsonb_array_elements($2::jsonb) with ordinality l`,
    [row.id, JSON.stringify(limits)],
  );
}

async function setAdopted(row: LimitSetRow, adopted: boolean, act: Act): Promise<void> {
  await act.sql.query('update laboratory.limit set adopted = $2 where record = $1', [row.id, adopted]);
}

const basis = '《食品安全法》第二十五条；《标准化法》第十条、第二十五条';

/** 限量库: rows come in whole or not at all, a second person adopts them, and a set is withdrawn, never changed. */
export const limitSetLifecycle = lifecycle(LimitSet, {
  editions: [{ name: '2026', basis, inForce: '2000-01-01' }],
  states: {
    drafted: { zh: '草拟', en: 'Drafted' },
    loaded: { zh: '待采用', en: 'Loaded' },
    adopted: { zh: '已采用', en: 'Adopted' },
    withdrawn: { zh: '已停用', en: 'Withdrawn', closed: true },
  },
  readers: ['test-expert', 'section-chief', 'planner', 'organiser', 'auditor'],
  columns: ['rows'],
  actions: {
    draft: on({
      label: { zh: '新建限量库', en: 'New set of limits' },
      from: null,
      to: 'drafted',
      by: ['test-expert', 'system'],
      basis,
      input: z.strictObject({ name: LimitSet.shape.name, source: LimitSet.shape.source }),
      run: () => ({ contentHash: '-', rows: 0 }),
    }),
    load: on({
      label: { zh: '导入限量', en: 'Load the limits' },
      from: 'drafted',
      to: 'loaded',
      by: ['test-expert', 'system'],
      basis,
      input: Load,
      check: (_row: LimitSetRow, input) => {
        if (input.limits.length === 0) return refuse('no-limits', '没有限量。', 'There is no limit.', 'limits');
        const faults = faultsOf(input.limits);
        return faults.length === 0 || withCount(faults);
      },
      run: async (row: LimitSetRow, input, act) => {
        await load(row, input, act);
        const bytes = canonicalJson(JSON.parse(JSON.stringify(input.limits)));
        return { contentHash: createHash('sha256').update(bytes).digest('hex'), rows: input.limits.length };
      },
    }),
    adopt: on({
      label: { zh: '采用', en: 'Adopt' },
      from: 'loaded',
      to: 'adopted',
      by: ['section-chief', 'system'],
      basis,
      notBy: [{ actions: ['load'], same: 'person' }],
      run: (row: LimitSetRow, _input, act) => setAdopted(row, true, act),
    }),
    withdraw: on({
      label: { zh: '停用', en: 'Withdraw' },
      from: ['drafted', 'loaded', 'adopted'],
      to: 'withdrawn',
      by: ['section-chief', 'test-expert'],
      aside: true,
      danger: true,
      basis,
      input: z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 2000 }) }),
      run: (row: LimitSetRow, _input, act) => setAdopted(row, false, act),
    }),
  },
});

/** The first fault, with how many more there are: `faultsOf` lists them all for whoever prepares the file. */
function withCount([first, ...more]: readonly (Refusal & { row: number })[]): Refusal {
  const { code, zh, en, path } = first!;
  const [zhMore, enMore] =
    more.length === 0 ? ['', ''] : [`另有${more.length}处问题。`, ` ${more.length} more rows have faults.`];
  return refuse(code, `${zh}${zhMore}`, `${en}${enMore}`, path);
}

/** Limits of every adopted set, for `createLibrary`. Anybody who is signed in may read them. */
export function readLimits(sql: Pick<Act['sql'], 'query'>, parameters: readonly string[] | null): Promise<Limit[]> {
  return sql.query<Limit>(
    `select l.parameter, l.category, l."limit", l.unit, l.standard, l.clause, to_char(l.valid_from, 'YYYY-MM-DD') as "validFrom",
       to_char(l.valid_until, 'YYYY-MM-DD') as "validUntil", l.day_of as "dayOf", l.confidence
     from laboratory.limit l where l.adopted and ($1::text[] is null or l.parameter = any($1)) order by l.record, l.position`,
    [parameters],
  );
}
