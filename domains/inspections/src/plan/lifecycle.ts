import {
  type Act,
  disclose,
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
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { inspectionSettings } from '../../../../data/inspections/index.ts';
import { arrangers, doubleRandom, edition, enterpriseInspections, overseers } from '../clauses.ts';

const planKinds = {
  annual: { zh: '年度检查计划', en: 'Annual plan' },
  campaign: { zh: '专项整治', en: 'Special campaign' },
} as const;

const ItemField = z.object({
  matter: field.text('检查事项', { en: 'Matter', max: 120, public: true }),
  basis: field.text('依据', { en: 'Legal basis', max: 300, public: true }),
  scope: field.text('检查对象范围', { en: 'Who is inspected', max: 300, public: true }),
  share: optional(field.decimal('抽查比例（%）', { en: 'Share in percent', public: true })),
  firms: field.integer('计划户数', { en: 'Firms planned', max: 1_000_000, public: true }),
  cap: field.integer('同一企业年度频次上限', { en: 'Cap for one firm a year', min: 1, max: 12, public: true }),
});
const TargetField = z.object({
  region: field.region('地区', { en: 'Region', public: true }),
  visits: field.integer('检查户次目标', { en: 'Visits to be made', max: 1_000_000, public: true }),
  hazards: optional(field.integer('隐患销号目标', { en: 'Hazards to be signed off', max: 1_000_000, public: true })),
});

const draftShape = {
  kind: field.choice('类型', planKinds, { en: 'Kind', public: true }),
  year: field.integer('年度', { en: 'Year', min: 2000, max: 2100, public: true }),
  name: field.text('名称', { en: 'Name', public: true }),
  ground: field.longText('依据和目的', { en: 'Ground and aim', max: 3000, public: true }),
  firstDay: field.date('起始日', { en: 'First day', public: true }),
  lastDay: field.date('截止日', { en: 'Last day', public: true }),
  items: field.list('检查事项', ItemField, { en: 'Matters', max: 200, public: true }),
  targets: optional(field.list('分地区目标', TargetField, { en: 'Targets by region', max: 500, public: true })),
};

/** 年度检查计划 and 专项整治: which matters, how many firms, how often at most; public before the first visit. */
const Plan = entity(
  'inspections.plan',
  { zh: '检查计划', en: 'Plan of inspections' },
  {
    fields: {
      ...draftShape,
      publishedOn: optional(field.date('公布日期', { en: 'Published on', public: true })),
      entry: optional(field.identifier('公开条目', { en: 'Public entry' })),
      summary: optional(field.longText('总结', { en: 'Closing report', max: 5000 })),
      reason: optional(field.longText('理由', { en: 'Reason', max: 2000 })),
    },
    title: (row) => row.name,
    words: (row) => row.items.map(({ matter }) => matter),
    purpose: {
      zh: '年度“双随机、一公开”检查计划和专项整治方案：事项、范围、户数、频次上限；经批准公布后才能派任务。',
      en: 'The annual plan and special campaigns: matters, scope, numbers, caps. Nobody is sent before it is approved and public.',
    },
  },
);
type PlanRow = RecordRow<typeof Plan>;

const Draft = z.strictObject(draftShape);
const Reason = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 2000 }) });
const Closing = z.strictObject({ summary: field.longText('总结', { en: 'Closing report', max: 5000 }) });

/** The cap that holds for a matter whatever a plan says: the lower of both counts. */
export function legalCap(matter: string): { value: number; basis: string } {
  const { yearlyCap, yearlyCapByMatter } = inspectionSettings();
  return yearlyCapByMatter.find((own) => own.matter === matter) ?? yearlyCap;
}

function checkDraft(_row: PlanRow, input: z.infer<typeof Draft>): true | Refusal {
  if (input.items.length === 0) return refuse('no-matters', '计划没有检查事项。', 'The plan has no matter.', 'items');
  if (input.lastDay < input.firstDay)
    return refuse('ends-before-start', '截止日早于起始日。', 'It ends before it starts.', 'lastDay');
  const twice = input.items.find(
    ({ matter }, index) => input.items.findIndex((one) => one.matter === matter) !== index,
  );
  if (twice !== undefined)
    return refuse('matter-twice', `“${twice.matter}”列了两次。`, `${twice.matter} is listed twice.`, 'items');
  const over = input.items.findIndex(({ matter, cap }) => cap > legalCap(matter).value);
  if (over !== -1) {
    const { matter } = input.items[over]!;
    const { value, basis } = legalCap(matter);
    return refuse(
      'cap-above-law',
      `“${matter}”同一企业年度频次上限不得超过 ${value} 次（${basis}）。`,
      `At most ${value} visits a year for ${matter}.`,
      `items.${over}.cap`,
    );
  }
  return (
    input.kind !== 'campaign' ||
    (input.targets ?? []).length > 0 ||
    refuse('targets-missing', '专项整治须分地区定目标。', 'A campaign has targets by region.', 'targets')
  );
}

async function publish(row: PlanRow, _input: unknown, act: Act): Promise<Partial<PlanRow>> {
  const publishedOn = act.occurredOn;
  const entry = await act.publish({
    kind: 'inspection-plan',
    title: { zh: row.name, en: `${planKinds[row.kind].en} ${row.year}` },
    region: authorityOf(act.offices, row.office).region,
    subjects: [],
    body: disclose(Plan as unknown as Parameters<typeof disclose>[0], { ...row, publishedOn }),
    words: row.items.map(({ matter }) => matter),
  });
  return { publishedOn, entry };
}

const paper = (row: PlanRow): Paper => ({
  template: 'inspection-plan',
  title: row.name,
  content: {
    paragraphs: [row.ground],
    facts: [
      ['类型', planKinds[row.kind].zh],
      ['期间', `${row.firstDay} 至 ${row.lastDay}`],
    ],
    tables: [
      {
        caption: '检查事项',
        columns: ['事项', '依据', '对象范围', '户数', '频次上限'],
        rows: row.items.map(({ matter, basis, scope, firms, cap }) => [
          matter,
          basis,
          scope,
          String(firms),
          String(cap),
        ]),
      },
    ],
  },
});

export const planLifecycle = lifecycle(Plan, {
  editions: [edition],
  states: {
    drafted: { zh: '拟定中', en: 'Drafted' },
    published: { zh: '已公布', en: 'Published' },
    finished: { zh: '已结束', en: 'Finished', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: [...overseers],
  columns: ['kind', 'year', 'firstDay', 'lastDay', 'publishedOn'],
  documents: { plan: { zh: '检查计划', en: 'Plan', number: '检计', paper } },
  actions: {
    draft: on({
      label: { zh: '拟定', en: 'Draft' },
      from: null,
      to: 'drafted',
      by: arrangers,
      basis: doubleRandom,
      input: Draft,
      check: checkDraft,
    }),
    redraft: on({
      label: { zh: '修改', en: 'Change' },
      from: 'drafted',
      to: 'same',
      by: arrangers,
      aside: true,
      basis: doubleRandom,
      input: Draft,
      check: checkDraft,
    }),
    publish: on({
      label: { zh: '报批并公布', en: 'Submit and publish' },
      from: 'drafted',
      to: 'published',
      by: arrangers,
      basis: `${doubleRandom}；${enterpriseInspections}`,
      approval: ['section-chief', 'bureau-head'],
      papers: ['plan'],
      run: publish,
    }),
    finish: on({
      label: { zh: '总结结束', en: 'Finish' },
      from: 'published',
      to: 'finished',
      by: arrangers,
      basis: doubleRandom,
      input: Closing,
      check: (row: PlanRow, _input, act) =>
        act.occurredOn >= row.lastDay ||
        refuse('before-its-end', `计划到 ${row.lastDay} 为止。`, `The plan runs until ${row.lastDay}.`),
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' },
      from: ['drafted', 'published'],
      to: 'withdrawn',
      by: arrangers,
      aside: true,
      danger: true,
      basis: doubleRandom,
      approval: ['section-chief'],
      input: Reason,
      run: async (row: PlanRow, input, act) => {
        if (row.entry) await act.withdraw(row.entry, input.reason);
        return {};
      },
    }),
  },
});

/** A plan under which somebody may be sent on a day for a matter, with the cap that it sets. */
export async function findMatter(
  sql: Act['sql'],
  plan: string,
  matter: string,
  day: string,
): Promise<{ cap: number } | Refusal> {
  const [found] = await sql.query<{
    state: string;
    firstDay: string;
    lastDay: string;
    items: { matter: string; cap: number }[];
  }>(
    `select state, to_char(first_day, 'YYYY-MM-DD') as "firstDay", to_char(last_day, 'YYYY-MM-DD') as "lastDay", items from inspections.plan where id = $1`,
    [plan],
  );
  if (found?.state !== 'published' || day < found.firstDay || day > found.lastDay)
    return refuse(
      'plan-not-in-force',
      '检查计划没有公布，或者不在期间内；未公布的检查不得实施（国办发〔2024〕54号）。',
      'The plan is not published or does not run on that day; what is not published is not inspected.',
      'plan',
    );
  const item = found.items.find((one) => one.matter === matter);
  return item ?? refuse('matter-not-planned', `计划中没有“${matter}”。`, `The plan does not have ${matter}.`, 'matter');
}
