import { field, optional, query, searchQuery } from '@hengjian/kernel';
import { z } from 'zod';
import { BODY_ENTRY } from './body/lifecycle.ts';
import { mayTest } from './permission.ts';
import { findStanding } from './standing.ts';

const laboratory = ['laboratory-receiver', 'laboratory-tester', 'laboratory-signatory', 'laboratory-quality'] as const;
const officers = ['accreditation-officer', 'organiser', 'planner', 'section-chief', 'auditor'] as const;

interface Offer {
  entry: string;
  name: string;
  region: string;
  address: string;
  certificateNumber: string;
  validUntil: string;
  asOf: string;
  kind: string;
  kindName: string;
  parameter: string;
  method: string;
  limitation: string | null;
  quantification: string | null;
  quantificationUnit: string | null;
  price: string | null;
  days: number | null;
}

/** institutions.who-can-test: who tests what, where, by which method, at which price and how soon. From the public record alone. */
export const whoCanTest = query({
  name: 'institutions.who-can-test',
  label: { zh: '检验检测资源查询', en: 'Who can test' },
  roles: ['public', ...laboratory, ...officers],
  input: z.object({
    words: field.text('类别、项目或方法', { en: 'Kind, parameter or method', max: 100 }),
    region: optional(field.region('地区', { en: 'Region' })),
    order: optional(
      field.choice(
        '排序',
        { price: { zh: '收费', en: 'Price' }, days: { zh: '检验周期', en: 'Days' } },
        { en: 'Order by' },
      ),
    ),
  }),
  answer: async ({ words, region, order }, { sql, today }) => {
    const terms = searchQuery(words);
    if (terms === null) return [];
    const wanted = words.trim().split(/[\s,，、]+/);
    // The entry's words find the body; the line itself must then hold every word that was asked for.
    const text = `concat_ws(' ', l->>'kindName', l->>'kind', l->>'parameter', l->>'method')`;
    return sql.query<Offer>(
      `select e.id as entry, e.body->>'name' as name, e.region, e.body->>'address' as address, e.body->>'certificateNumber' as "certificateNumber",
         e.body->>'validUntil' as "validUntil", e.body->>'asOf' as "asOf", l->>'kind' as kind, l->>'kindName' as "kindName",
         l->>'parameter' as parameter, l->>'method' as method, l->>'limitation' as limitation, l->>'quantification' as quantification,
         l->>'quantificationUnit' as "quantificationUnit", l->>'price' as price, (l->>'days')::int as days
       from public_record.entry e, jsonb_array_elements(e.body->'lines') l
       where e.kind = '${BODY_ENTRY}' and e.withdrawn_at is null and e.body->>'validUntil' >= $1 and e.words @@ $2::tsquery
         and e.region like $3 and not exists (select from unnest($4::text[]) w where position(lower(w) in lower(${text})) = 0)
       order by ${order === 'days' ? 'days nulls last, price' : `(l->>'price')::numeric nulls last, days`}, name limit 200`,
      [today, terms, `${(region ?? '').replace(/(00)+$/, '')}%`, wanted],
    );
  },
});

interface SharedInstrument {
  body: string;
  region: string;
  name: string;
  model: string;
  calibratedUntil: string | null;
  hoursOfThirtyDays: string;
  /** Hours used of the thirty working days' eight hours each, in percent; above 100 it runs longer than a shift. */
  useRate: number;
}

/** institutions.shared-instruments: instruments that bodies open to others, with how much they are used. From the public record. */
export const sharedInstruments = query({
  name: 'institutions.shared-instruments',
  label: { zh: '共享仪器', en: 'Shared instruments' },
  roles: ['public', ...laboratory, ...officers],
  input: z.object({ words: optional(field.text('仪器名称', { en: 'Instrument', max: 100 })) }),
  answer: ({ words }, { sql }) =>
    sql.query<SharedInstrument>(
      `select e.body->>'name' as body, e.region, i->>'name' as name, i->>'model' as model, i->>'calibratedUntil' as "calibratedUntil",
         i->>'hoursOfThirtyDays' as "hoursOfThirtyDays", round((i->>'hoursOfThirtyDays')::numeric / 240 * 100)::int as "useRate"
       from public_record.entry e, jsonb_array_elements(e.body->'instruments') i
       where e.kind = '${BODY_ENTRY}' and e.withdrawn_at is null and position(lower($1) in lower(concat_ws(' ', i->>'name', i->>'model'))) > 0
       order by "useRate", name limit 200`,
      [words ?? ''],
    ),
});

/** institutions.may-test: whether a body may test and report something on a day, and if not, which piece is missing. */
export const mayTestToday = query({
  name: 'institutions.may-test',
  label: { zh: '能力核查', en: 'May it test' },
  roles: [...officers, ...laboratory],
  input: z.object({
    organisation: field.identifier('机构编号', { en: 'Organisation' }),
    kind: field.text('类别代码', { en: 'Kind' }),
    parameter: field.text('项目（参数）', { en: 'Parameter' }),
    method: field.text('标准（方法）', { en: 'Method' }),
    day: optional(field.date('日期', { en: 'Day' })),
  }),
  answer: async ({ organisation, kind, parameter, method, day }, { sql, today }) =>
    mayTest({ kinds: [kind], parameter, method }, await findStanding(sql, organisation, [parameter]), day ?? today),
});
