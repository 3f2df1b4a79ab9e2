import { field, optional, query, searchQuery } from '@hengjian/kernel';
import { z } from 'zod';
import { kinds } from '../kinds/catalogue.ts';
import { LICENCE_ENTRY } from '../licence/publishing.ts';

const personKinds = kinds.filter(({ subject }) => subject === 'person');
const most = 200;

/** licensing.persons: the register of certified persons as everybody reads it; names masked, no identity, no address. */
export const certifiedPersons = query({
  name: 'licensing.persons',
  label: { zh: '持证人员名册', en: 'Certified persons' },
  roles: [
    'public',
    'licence-window',
    'licence-examiner',
    'licence-decider',
    'licence-supervisor',
    'section-chief',
    'bureau-head',
    'auditor',
  ],
  input: z.object({
    words: optional(field.text('证书编号或者聘用单位', { en: 'Number or employer', max: 100 })),
    class: optional(field.text('作业项目', { en: 'Class', max: 20 })),
  }),
  answer: async ({ words, class: wanted }, { sql, today }) => {
    const typed = words?.trim() ?? '';
    const persons = await sql.query<{
      licence: string;
      number: string;
      holder: string;
      kind: string;
      classes: { code: string; zh: string; en: string }[];
      validUntil: string | null;
      employer: string | null;
      violations: { on: string; decision: string }[] | null;
      status: string;
      office: string;
    }>(
      `select record as licence, body->>'number' as number, body->>'holder' as holder, body->>'kind' as kind, body->'productNames' as classes,
         body->>'validUntil' as "validUntil", body->>'employer' as employer, body->'violations' as violations, body->>'status' as status, office_zh as office
       from public_record.entry where kind = '${LICENCE_ENTRY}' and withdrawn_at is null and body->>'kind' = any($1)
         and ($2::text is null or body->>'number' = $2 or body->>'employer' = $2 or ($3::text is not null and words @@ $3::tsquery))
         and ($4::text is null or body->'productNames' @> jsonb_build_array(jsonb_build_object('code', $4::text)))
       order by published_at desc limit ${most}`,
      [
        personKinds.map(({ code }) => code),
        typed === '' ? null : typed,
        typed === '' ? null : searchQuery(typed),
        wanted ?? null,
      ],
    );
    return {
      today,
      classes: personKinds.flatMap(({ products }) => products.map(({ code, zh, en }) => ({ code, zh, en }))),
      persons: persons.map((one) => ({ ...one, violations: one.violations ?? [] })),
    };
  },
});
