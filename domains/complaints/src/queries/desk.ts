import { field, optional, query, searchQuery } from '@hengjian/kernel';
import { z } from 'zod';
import { suggestCategories } from '../analysis/categories.ts';
import { likePairs } from '../analysis/duplicates.ts';
import { authorityAt } from '../moving.ts';

const desk = ['complaint-desk'] as const;
const readers = ['complaint-desk', 'complaint-handler', 'section-chief', 'bureau-head', 'auditor'] as const;

/** complaints.firms: traders found while their name is being typed: the register first, then those named in earlier matters. */
export const firms = query({
  name: 'complaints.firms',
  label: { zh: '查找经营者', en: 'Find a trader' },
  roles: desk,
  input: z.object({ words: field.text('名称', { en: 'Name', max: 60 }) }),
  answer: async ({ words }, { sql }) => {
    const terms = searchQuery(words);
    if (terms === null) return [];
    const registered = await sql.query<{
      id: string;
      name: string;
      code: string | null;
      region: string;
      address: string | null;
    }>(
      `select e.id, e.name, e.credit_code as code, e.region, e.address from kernel.page('updated', true, 8, of_entity => 'subjects.enterprise', with_words => $1::tsquery) p
       join subjects.enterprise e on e.id = p.id`,
      [terms],
    );
    const named = await sql.query<{ name: string; region: string; address: string | null }>(
      `select distinct on (subject_name) subject_name as name, region, address from complaints.complaint
       where subject_id is null and subject_name like '%' || $1 || '%' order by subject_name, received_on desc limit 5`,
      [words.replaceAll(/[%_\\]/g, '')],
    );
    return [
      ...registered.map((firm) => ({ ...firm, region: firm.region.slice(0, 6) })),
      ...named.map((firm) => ({ id: null, code: null, ...firm })),
    ];
  },
});

/** complaints.earlier: what came in about a trader before, newest first; no person. */
export const earlier = query({
  name: 'complaints.earlier',
  label: { zh: '该经营者以往的投诉举报', en: 'Earlier matters of a trader' },
  roles: readers,
  input: z.object({
    subject: optional(field.identifier('经营者', { en: 'Trader' })),
    name: field.text('名称', { en: 'Name' }),
  }),
  answer: ({ subject, name }, { sql }) =>
    sql.query(
      `select r.id, r.entity, r.number, r.title, r.state, to_char(r.due, 'YYYY-MM-DD') as due, m.received_on as "receivedOn", m.text from (
         select id, to_char(received_on, 'YYYY-MM-DD') as received_on, left(matter, 120) as text from complaints.complaint where subject_id = $1 or subject_name = $2
         union all
         select id, to_char(received_on, 'YYYY-MM-DD'), left(facts, 120) from complaints.report where subject_id = $1 or subject_name = $2) m
       join kernel.record r on r.id = m.id order by m.received_on desc, r.id desc limit 12`,
      [subject ?? null, name],
    ),
});

/** complaints.suggest: the class a text may belong to, the words that say so, and the authority of the place. Nothing is decided. */
export const suggest = query({
  name: 'complaints.suggest',
  label: { zh: '类别和机关建议', en: 'Suggested category and authority' },
  roles: readers,
  input: z.object({
    text: field.longText('内容', { en: 'Text', max: 8000 }),
    region: optional(field.region('经营地', { en: 'Place' })),
  }),
  answer: async ({ text, region }, { kernel }) => {
    const code = region ? authorityAt(kernel.offices, region) : undefined;
    return {
      categories: suggestCategories(text),
      authority: code === undefined ? null : { code, label: kernel.offices.get(code)!.label },
      mixed: {
        report: /举报|查处|处罚|立案|违法/.test(text),
        complaint: /退款|赔偿|退货|换货|维修|退一赔|赔付/.test(text),
      },
    };
  },
});

/** complaints.alike: earlier matters about the same trader that tell nearly the same, with why; same person where that is known. */
export const alike = query({
  name: 'complaints.alike',
  label: { zh: '相似的投诉举报', en: 'Matters that are alike' },
  roles: [...readers, 'report-verifier'],
  input: z.object({ record: field.identifier('记录', { en: 'Record' }) }),
  answer: async ({ record }, { sql }) => {
    const rows = await sql.query<{
      id: string;
      text: string;
      title: string;
      number: string | null;
      entity: string;
      state: string;
      tag: string | null;
    }>(
      `with asked as (select subject_name, received_on from complaints.complaint where id = $1 union all select subject_name, received_on from complaints.report where id = $1),
       near as (
         select m.id, m.matter || ' ' || m.demand as text from complaints.complaint m, asked a where m.subject_name = a.subject_name and m.received_on > a.received_on - 180
         union all
         select m.id, m.facts from complaints.report m, asked a where m.subject_name = a.subject_name and m.received_on > a.received_on - 180)
       select n.id, n.text, r.title, r.number, r.entity, r.state, i.tag from near n join kernel.record r on r.id = n.id left join complaints.identity i on i.record = n.id
       order by r.id desc limit 200`,
      [record],
    );
    const own = rows.find(({ id }) => id === record);
    if (own === undefined) return [];
    return likePairs(rows)
      .filter(({ one, other }) => one === record || other === record)
      .slice(0, 10)
      .map(({ one, other, contained, alike: cosine, because }) => {
        const found = rows.find(({ id }) => id === (one === record ? other : one))!;
        const { text: _text, tag, ...shown } = found;
        const samePerson = tag === null || own.tag === null ? null : tag === own.tag;
        return { ...shown, contained, alike: cosine, because, samePerson };
      });
  },
});
