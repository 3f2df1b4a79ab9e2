import { field, optional, query, searchQuery } from '@hengjian/kernel';
import { z } from 'zod';
import { applicationLifecycle } from '../application/lifecycle.ts';
import { findKind, kindChoices, kinds } from '../kinds/catalogue.ts';
import { commitmentOpen, feesOn, formOn, papersOf } from '../kinds/rules.ts';
import { LICENCE_ENTRY } from '../licence/publishing.ts';

/** Everybody, signed in or not. */
const everybody = [
  'public',
  'enterprise-agent',
  'licence-window',
  'licence-examiner',
  'licence-decider',
  'auditor',
] as const;

/** licensing.kinds: what licences there are, by the activity that needs them. */
export const licenceKinds = query({
  name: 'licensing.kinds',
  label: { zh: '许可事项', en: 'Kinds of licences' },
  roles: everybody,
  input: z.object({}),
  answer: async () =>
    kinds.map(({ code, zh, en, question, subject, authority, products }) => ({
      code,
      zh,
      en,
      question,
      subject,
      level: authority[0]!.level,
      products: products.map(({ code: product, zh: productZh, en: productEn, level, policy }) => ({
        code: product,
        zh: productZh,
        en: productEn,
        level: level ?? authority[0]!.level,
        policy: policy ?? null,
      })),
    })),
});

/** licensing.kind: one licence in full, as it must be posted up (行政许可法 art. 30): basis, papers, clocks, fees, validity. */
export const licenceKind = query({
  name: 'licensing.kind',
  label: { zh: '许可事项公示', en: 'One kind of licence' },
  roles: everybody,
  input: z.object({ kind: field.text('事项', { en: 'Licence', max: 40 }) }),
  answer: async ({ kind: code }, { today }) => {
    const kind = findKind(code);
    if (kind === undefined) return null;
    const products = kind.products.map((product) => product.code);
    return {
      ...kind,
      form: formOn(kind, today),
      fees: feesOn(kind, today),
      commitmentOpen: commitmentOpen(
        kind,
        kind.commitment?.products.includes('*') ? products : (kind.commitment?.products ?? []),
        today,
      ),
      papersFor: Object.fromEntries(
        (['new', 'change', 'renewal', 'reissue'] as const).map((purpose) => [
          purpose,
          papersOf(kind, purpose, products),
        ]),
      ),
    };
  },
});

export interface PublicLicence {
  entry: string;
  licence: string;
  kind: string;
  kindName: { zh: string; en: string };
  number: string;
  holder: string;
  holderCode: string | null;
  status: string;
  exit: string | null;
  validFrom: string;
  validUntil: string | null;
  region: string;
  address: string | null;
  issuedOn: string;
  commitment: string;
  office: string;
  productNames: { code: string; zh: string; en: string }[];
  publishedAt: string;
  statusIndex: number;
}

const columns = `id as entry, record as licence, body->>'kind' as kind, body->'kindName' as "kindName", body->>'number' as number,
  body->>'holder' as holder, body->>'holderCode' as "holderCode", body->>'status' as status, body->>'exit' as exit,
  body->>'validFrom' as "validFrom", body->>'validUntil' as "validUntil", region, body->>'address' as address,
  body->>'issuedOn' as "issuedOn", body->>'commitment' as commitment, office_zh as office, body->'productNames' as "productNames",
  published_at as "publishedAt", (body->>'statusIndex')::int as "statusIndex"`;

/** licensing.results: every grant, change and end by name, code or number. From the public record alone. */
export const licensingResults = query({
  name: 'licensing.results',
  label: { zh: '许可结果查询', en: 'Results of licensing' },
  roles: everybody,
  input: z.object({
    words: optional(field.text('名称、信用代码或者证书编号', { en: 'Name, credit code or number', max: 100 })),
    kind: optional(field.choice('许可事项', kindChoices, { en: 'Licence' })),
    region: optional(field.region('地区', { en: 'Region' })),
  }),
  answer: ({ words, kind, region }, { sql }) => {
    const typed = words?.trim() ?? '';
    const terms = typed === '' ? null : searchQuery(typed);
    return sql.query<PublicLicence>(
      `select ${columns} from public_record.entry
       where kind = '${LICENCE_ENTRY}' and withdrawn_at is null
         and ($1::text is null or body->>'number' = $1 or subjects @> array[$1::text] or ($2::text is not null and words @@ $2::tsquery))
         and ($3::text is null or body->>'kind' = $3) and region like $4
       order by published_at desc limit 200`,
      [typed === '' ? null : typed, terms, kind ?? null, `${(region ?? '').replace(/(00)+$/, '')}%`],
    );
  },
});

/** licensing.history: what was published of one licence, from its grant on. */
export const licenceHistory = query({
  name: 'licensing.history',
  label: { zh: '许可证公开历程', en: 'Published history of a licence' },
  roles: everybody,
  input: z.object({ licence: field.identifier('许可证', { en: 'Licence' }) }),
  answer: ({ licence }, { sql }) =>
    sql.query<PublicLicence & { withdrawnAt: string | null; why: string | null }>(
      `select ${columns}, withdrawn_at as "withdrawnAt", reason as why from public_record.entry
       where kind = '${LICENCE_ENTRY}' and record = $1 order by published_at desc limit 100`,
      [licence],
    ),
});

/** licensing.statuses: index and standing of every public licence: what the status lists are made of. */
export const licenceStatuses = query({
  name: 'licensing.statuses',
  label: { zh: '许可证状态清单', en: 'Standing of all licences' },
  roles: everybody,
  input: z.object({}),
  answer: (_input, { sql }) =>
    sql.query<{ index: number; status: string }>(
      `select (body->>'statusIndex')::int as index, body->>'status' as status from public_record.entry
       where kind = '${LICENCE_ENTRY}' and withdrawn_at is null order by 1`,
    ),
});

/** licensing.outcome: how an application stands, for whoever holds its number and secret; a refusal is told to nobody else. */
export const applicationOutcome = query({
  name: 'licensing.outcome',
  label: { zh: '申请进度查询', en: 'How an application stands' },
  roles: everybody,
  input: z.object({
    number: field.text('查询编号', { en: 'Query number', pattern: /^\d{16}$/ }),
    secret: field.text('查询密码', { en: 'Secret', pattern: /^[0-9A-HJ-NPQRTUWXY]{10}$/ }),
  }),
  answer: async ({ number, secret }, { sql }) => {
    const [told] = await sql.query<{ kind: string; state: string; reason: string | null; on: string }>(
      `select kind, state, reason, to_char(told_on, 'YYYY-MM-DD') as "on" from licensing.outcome_of($1, $2)`,
      [number, secret],
    );
    if (told === undefined) return null;
    const kind = findKind(told.kind);
    const state = applicationLifecycle.states[told.state];
    return {
      ...told,
      kindName: kind && { zh: kind.zh, en: kind.en },
      stateName: state && { zh: state.zh, en: state.en },
    };
  },
});

/** licensing.evaluations: what applicants thought, counted by office and licence; no words, no names. */
export const evaluationCounts = query({
  name: 'licensing.evaluation-counts',
  label: { zh: '好差评统计', en: 'Evaluations, counted' },
  roles: ['section-chief', 'bureau-head', 'auditor', 'licence-window'],
  input: z.object({}),
  answer: (_input, { sql }) =>
    sql.query<{ office: string; kind: string; count: number; mean: string; bad: number; unanswered: number }>(
      `select office, kind, count(*)::int as count, round(avg(stars), 2)::text as mean, count(*) filter (where stars <= 2)::int as bad,
         count(*) filter (where state = 'bad')::int as unanswered
       from licensing.evaluation group by office, kind order by office, kind`,
    ),
});
