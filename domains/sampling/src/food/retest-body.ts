import { entity, field, lifecycle, on, optional, type RecordRow, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { Body } from '../task/sample-fields.ts';
import { o15 } from './terms.ts';

const listing = {
  body: field.object('复检机构', Body, { en: 'Body' }),
  region: field.region('所在地', { en: 'Region', public: true }),
  scope: field.longText('承担范围', { en: 'Scope', max: 2000, public: true }),
  listName: field.text('公布的名录', { en: 'Published list', public: true }),
  listedOn: field.date('列入日期', { en: 'Listed on', public: true }),
};

/** 复检机构名录: the published list from which retests of food are drawn (order 15 art. 32(2)). */
export const RetestBody = entity(
  'sampling.retest-body',
  { zh: '食品复检机构名录', en: 'List of retest bodies' },
  {
    fields: { ...listing, reason: optional(field.longText('移出理由', { en: 'Why it was removed', max: 2000 })) },
    title: (row) => row.body.name,
    purpose: {
      zh: '公布的食品复检机构；复检时从中随机确定，不得选择。',
      en: 'The published bodies that retest food; one of them is drawn, none is chosen.',
    },
  },
);
type RetestBodyRow = RecordRow<typeof RetestBody>;
const Listing = z.strictObject(listing);

export const retestBodyLifecycle = lifecycle(RetestBody, {
  editions: [
    {
      name: 'O15-2025',
      basis: '《食品安全抽样检验管理办法》（市场监管总局令第15号，2025年修正）',
      inForce: '2019-10-01',
    },
  ],
  states: {
    listed: { zh: '在册', en: 'Listed' },
    removed: { zh: '已移出', en: 'Removed', closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  ingestible: ['listed'],
  columns: ['region', 'listName', 'listedOn'],
  actions: {
    list: on({
      label: { zh: '列入名录', en: 'List' },
      from: null,
      to: 'listed',
      by: ['planner', 'organiser'],
      basis: o15('第三十二条第二款'),
      input: Listing,
      reserves: (_row: RetestBodyRow, { body }: z.infer<typeof Listing>) => [
        {
          key: `sampling.retest-body|${body.id}`,
          refusal: refuse('listed-already', '该机构已在名录中。', 'This body is on the list already.', 'body'),
        },
      ],
    }),
    remove: on({
      label: { zh: '移出名录', en: 'Remove' },
      from: 'listed',
      to: 'removed',
      by: ['planner', 'organiser'],
      aside: true,
      danger: true,
      basis: o15('第五十条第三款'),
      input: z.strictObject({ reason: field.longText('移出理由', { en: 'Why', max: 2000 }) }),
    }),
  },
});
