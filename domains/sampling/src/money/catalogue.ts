import {
  type Act,
  entity,
  field,
  lifecycle,
  on,
  optional,
  type Paper,
  type RecordRow,
  type Refusal,
  refuse,
} from '@hengjian/kernel';
import { z } from 'zod';
import { expenseKinds, Price } from './kinds.ts';

const shape = {
  name: field.text('目录名称', { en: 'Name' }),
  document: field.text('依据文件', { en: 'Document it rests on' }),
  effectiveFrom: field.date('生效日期', { en: 'Effective from' }),
  effectiveUntil: optional(field.date('失效日期', { en: 'Effective until' })),
  lines: field.list('费用标准', Price, { en: 'Prices', max: 2_000 }),
};

/** 成本核算指导目录: unit costs with the days on which they count (order 18 art. 6; practice M7). */
export const CostCatalogue = entity(
  'sampling.cost-catalogue',
  { zh: '抽查成本核算指导目录', en: 'Cost catalogue' },
  {
    fields: { ...shape, reason: optional(field.longText('撤回理由', { en: 'Why it was withdrawn', max: 2000 })) },
    title: (row) => row.name,
    purpose: {
      zh: '购样、抽样、检验、运输、复检的费用标准及其生效日期；预算和结算都按当日有效的标准。',
      en: 'Unit costs of purchase, sampling, testing, carriage and retest, with the days on which they count.',
    },
  },
);
export type CostCatalogueRow = RecordRow<typeof CostCatalogue>;
const Version = z.strictObject(shape);
type Version = z.infer<typeof Version>;

export function checkVersion(_row: CostCatalogueRow, input: Version): true | Refusal {
  if (input.effectiveUntil && input.effectiveUntil < input.effectiveFrom)
    return refuse('effect-reversed', '失效日期早于生效日期。', 'It ends before it begins.', 'effectiveUntil');
  if (input.lines.length === 0) return refuse('no-lines', '目录中没有费用标准。', 'The catalogue is empty.', 'lines');
  const keys = input.lines.map(({ kind, product }) => `${kind}/${product ?? ''}`);
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  return (
    twice < 0 ||
    refuse('line-twice', '同一类别、同一产品的标准填了两次。', 'A price is listed twice.', `lines.${twice}.kind`)
  );
}

const paper = (row: CostCatalogueRow): Paper => ({
  template: 'cost-catalogue',
  title: row.name,
  content: {
    document: row.document,
    effectiveFrom: row.effectiveFrom,
    effectiveUntil: row.effectiveUntil ?? null,
    tables: [
      {
        columns: ['费用类别', '产品分类', '单价（元）'],
        rows: row.lines.map(({ kind, product, amount }) => [expenseKinds[kind].zh, product ?? '全部', amount]),
      },
    ],
  },
});

export const costCatalogueLifecycle = lifecycle(CostCatalogue, {
  editions: [{ name: 'O18-2020', basis: '总局令第18号第六条；《产品质量法》第十五条第三款', inForce: '2020-01-01' }],
  states: {
    drafted: { zh: '拟定中', en: 'Drafted' },
    inForce: { zh: '执行中', en: 'In force' },
    ended: { zh: '已停用', en: 'Ended', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['document', 'effectiveFrom', 'effectiveUntil'],
  documents: { catalogue: { zh: '成本核算指导目录', en: 'Cost catalogue', paper } },
  actions: {
    draft: on({
      label: { zh: '拟定目录', en: 'Draft' },
      from: null,
      to: 'drafted',
      by: ['planner', 'organiser'],
      basis: '总局令第18号第六条',
      input: Version,
      check: checkVersion,
    }),
    submit: on({
      label: { zh: '报批', en: 'Submit for approval' },
      from: 'drafted',
      to: 'inForce',
      by: ['planner', 'organiser'],
      basis: '总局令第18号第六条',
      approval: ['section-chief', 'bureau-head'],
      papers: ['catalogue'],
    }),
    end: on({
      label: { zh: '停用', en: 'End' },
      from: 'inForce',
      to: 'ended',
      by: ['planner', 'organiser'],
      aside: true,
      danger: true,
      basis: '总局令第18号第六条',
      input: z.strictObject({ effectiveUntil: field.date('失效日期', { en: 'Effective until' }) }),
      check: (row: CostCatalogueRow, input) =>
        input.effectiveUntil >= row.effectiveFrom ||
        refuse('effect-reversed', '失效日期早于生效日期。', 'It ends before it begins.', 'effectiveUntil'),
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' },
      from: 'drafted',
      to: 'withdrawn',
      by: ['planner', 'organiser'],
      aside: true,
      basis: '总局令第18号第六条',
      input: z.strictObject({ reason: field.longText('撤回理由', { en: 'Why', max: 2000 }) }),
    }),
  },
});

/** Prices that count on a day: the version that took effect last, those ended later included up to their day. */
export async function pricesOn(
  sql: Act['sql'],
  office: string,
  day: string,
): Promise<{ id: string; name: string; lines: Price[] } | undefined> {
  const [version] = await sql.query<{ id: string; name: string; lines: Price[] }>(
    `select id, name, lines from sampling.cost_catalogue
     where office = $1 and state in ('inForce', 'ended') and effective_from <= $2 and (effective_until is null or effective_until >= $2)
     order by effective_from desc, id desc limit 1`,
    [office, day],
  );
  return version;
}
