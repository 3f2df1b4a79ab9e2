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
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { Body } from '../task/sample-fields.ts';
import { Price } from './kinds.ts';

const work = {
  sampling: { zh: '抽样', en: 'Sampling' },
  testing: { zh: '检验', en: 'Testing' },
  retest: { zh: '复检', en: 'Retest' },
} as const;
export type EntrustedWork = keyof typeof work;

const shape = {
  body: field.object('受托机构', Body, { en: 'Body' }),
  kind: field.choice(
    '委托方式',
    {
      procured: { zh: '政府采购', en: 'Procured' },
      'own-unit': { zh: '所属机构承担', en: 'Own institution' },
    },
    { en: 'How chosen' },
  ),
  procurement: optional(field.text('采购编号', { en: 'Procurement reference' })),
  agreementNumber: field.text('协议编号', { en: 'Agreement number' }),
  signedOn: field.date('签订日期', { en: 'Signed on' }),
  validFrom: field.date('有效期起', { en: 'Valid from' }),
  validUntil: field.date('有效期止', { en: 'Valid until' }),
  work: field.list('委托工作', field.choice('工作', work, { en: 'Work' }), { en: 'Work', max: 3 }),
  products: field.list('产品分类代码（空为全部）', field.text('产品分类代码', { en: 'Product class', max: 40 }), {
    en: 'Product classes, none for all',
    max: 1_000,
  }),
  share: optional(
    field.integer('承担份额', {
      en: 'Share',
      max: 100,
      unit: '%',
      help: { zh: '只在协议内约定。', en: 'Only within agreements.' },
    }),
  ),
  ceiling: field.money('协议金额上限', { en: 'Ceiling' }),
  prices: field.list('协议单价', Price, { en: 'Prices', max: 500 }),
  qualification: optional(field.text('资质证书编号（CMA）', { en: 'Qualification certificate' })),
  qualifiedUntil: optional(field.date('资质有效期至', { en: 'Qualified until' })),
  duties: field.longText('权利、义务', { en: 'Rights and duties' }),
  liability: field.longText('违约责任', { en: 'Liability' }),
};

/** 委托协议: with whom the organiser samples and tests, on what terms (order 18 art. 13; order 15 art. 5; practice M7). */
export const Entrustment = entity(
  'sampling.entrustment',
  { zh: '抽样检验委托协议', en: 'Entrustment agreement' },
  {
    fields: {
      ...shape,
      approvedOn: optional(field.date('批准日期', { en: 'Approved on' })),
      reason: optional(field.longText('终止理由', { en: 'Why it ended', max: 2000 })),
    },
    title: (row) => `${row.body.name} · ${row.agreementNumber}`,
    subject: (row) => ({ id: row.body.id, name: row.body.name }),
    words: (row) => [row.procurement, row.qualification],
    purpose: {
      zh: '与抽样、检验机构签订的委托协议：采购编号、份额、单价、上限、权利义务和违约责任；没有有效协议的机构不派任务。',
      en: 'Agreements with bodies: procurement, share, prices, ceiling, duties, liability. No task goes to a body without one.',
    },
  },
);
export type EntrustmentRow = RecordRow<typeof Entrustment>;
const Agreement = z.strictObject(shape);
type Agreement = z.infer<typeof Agreement>;
const Ending = z.strictObject({ reason: field.longText('终止理由', { en: 'Why it ends', max: 2000 }) });

/** Shares of one kind of work on one product add up to at most the whole. */
async function checkShares(row: EntrustmentRow, input: Agreement, act: Act): Promise<true | Refusal> {
  if (!input.share) return true;
  const others = await act.sql.query<Pick<EntrustmentRow, 'share' | 'work' | 'products'>>(
    `select share, work, products from sampling.entrustment where office = $1 and id <> $2 and state = 'inForce' and share is not null
       and valid_from <= $4 and valid_until >= $3 and body ->> 'id' <> $5`,
    [row.office, row.id, input.validFrom, input.validUntil, input.body.id],
  );
  const overlaps = (a: readonly string[], b: readonly string[]): boolean =>
    a.length === 0 || b.length === 0 || a.some((entry) => b.includes(entry));
  const taken = others
    .filter((other) => overlaps(other.work, input.work) && overlaps(other.products, input.products))
    .reduce((sum, { share }) => sum + share!, 0);
  return (
    taken + input.share <= 100 ||
    refuse(
      'shares-exceed',
      `同类工作的份额已约定 ${taken}%，再加 ${input.share}% 超过 100%。`,
      `Shares of ${taken} % are agreed for such work; ${input.share} % more is over the whole.`,
      'share',
    )
  );
}

export function checkAgreement(
  row: EntrustmentRow,
  input: Agreement,
  act: Act,
): true | Refusal | Promise<true | Refusal> {
  if (input.validUntil < input.validFrom)
    return refuse('validity-reversed', '有效期止早于有效期起。', 'It ends before it begins.', 'validUntil');
  if (input.signedOn > act.occurredOn)
    return refuse('signed-in-future', '签订日期不能晚于今天。', 'It cannot be signed in the future.', 'signedOn');
  if (input.work.length === 0) return refuse('no-work', '请选择委托工作。', 'Say what work is entrusted.', 'work');
  if (input.kind === 'procured' && !input.procurement)
    return refuse(
      'procurement-missing',
      '应当按照政府采购等有关要求确定机构（第十三条），请填写采购编号。',
      'Bodies are chosen by procurement (art. 13): give its reference.',
      'procurement',
    );
  const tests = input.work.some((entry) => entry !== 'sampling');
  if (tests && !(input.qualification && input.qualifiedUntil && input.qualifiedUntil >= input.validFrom))
    return refuse(
      'not-qualified',
      '检验、复检应当委托具备法定资质的机构（第十三条第二款），请填写有效的资质证书。',
      'Testing is entrusted to qualified bodies alone (art. 13(2)): give a valid certificate.',
      'qualification',
    );
  return checkShares(row, input, act);
}

const paper = (row: EntrustmentRow): Paper => ({
  template: 'entrustment',
  title: '抽样检验委托协议',
  content: {
    to: row.body.name,
    agreement: row.agreementNumber,
    procurement: row.procurement ?? null,
    validFrom: row.validFrom,
    validUntil: row.validUntil,
    ceiling: row.ceiling,
    share: row.share ?? null,
    paragraphs: [
      row.duties,
      row.liability,
      '不得转包，未经同意不得分包；不得向被抽样单位收取费用；承担任务期间不得与被抽样单位就同类产品签订有偿服务协议（第十四条）。',
    ],
    signatures: ['委托方', '受托方'],
  },
});

/** 委托协议: drafted, signed by chief and head, in force until its day. */
export const entrustmentLifecycle = lifecycle(Entrustment, {
  editions: [
    { name: 'O18-2020', basis: '总局令第18号第十三条、第十四条；总局令第15号第五条、第五十条', inForce: '2020-01-01' },
  ],
  states: {
    drafted: { zh: '拟定中', en: 'Drafted' },
    inForce: { zh: '有效', en: 'In force' },
    ended: { zh: '已到期', en: 'Ended', closed: true },
    terminated: { zh: '已终止', en: 'Terminated', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['kind', 'share', 'ceiling', 'validUntil'],
  documents: {
    agreement: { zh: '委托协议', en: 'Agreement', paper },
    signedAgreement: { zh: '委托协议（签章件）', en: 'Agreement, signed and sealed' },
  },
  parties: {
    entrustedBody: {
      label: { zh: '受托机构', en: 'Entrusted body' },
      of: (row) => [`org:${row.body.id}`],
      sees: [
        'body',
        'agreementNumber',
        'validFrom',
        'validUntil',
        'work',
        'products',
        'ceiling',
        'prices',
        'duties',
        'liability',
      ],
      from: 'inForce',
    },
  },
  actions: {
    draft: on({
      label: { zh: '拟定协议', en: 'Draft' },
      from: null,
      to: 'drafted',
      by: ['planner', 'organiser'],
      basis: '总局令第18号第十三条；总局令第15号第五条',
      input: Agreement,
      check: checkAgreement,
    }),
    amend: on({
      label: { zh: '修改', en: 'Amend' },
      from: 'drafted',
      to: 'same',
      by: ['planner', 'organiser'],
      aside: true,
      basis: '总局令第18号第十三条',
      input: Agreement,
      check: checkAgreement,
    }),
    submit: on({
      label: { zh: '报批', en: 'Submit for approval' },
      from: 'drafted',
      to: 'inForce',
      by: ['planner', 'organiser'],
      basis: '总局令第18号第十三条；总局令第15号第五条',
      approval: ['section-chief', 'bureau-head'],
      papers: ['agreement'],
      check: (row: EntrustmentRow, _input: unknown, act: Act) => checkAgreement(row, row as unknown as Agreement, act),
      run: (_row: EntrustmentRow, _input: unknown, act: Act) => ({ approvedOn: act.occurredOn }),
    }),
    expire: on({
      label: { zh: '协议到期', en: 'Run out' },
      from: 'inForce',
      to: 'ended',
      by: ['system'],
      basis: '委托协议约定的有效期',
    }),
    terminate: on({
      label: { zh: '终止协议', en: 'Terminate' },
      from: 'inForce',
      to: 'terminated',
      by: ['organiser'],
      aside: true,
      danger: true,
      basis: '总局令第18号第十四条第二款、第五十二条；总局令第15号第五条第三款、第五十条',
      approval: ['section-chief'],
      input: Ending,
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' },
      from: 'drafted',
      to: 'withdrawn',
      by: ['planner', 'organiser'],
      aside: true,
      basis: '总局令第18号第十三条',
      input: Ending,
    }),
  },
  clocks: {
    validity: {
      label: { zh: '协议有效期', en: 'Validity' },
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: '委托协议约定的有效期' },
      starts: { at: ['submit'], from: (row: EntrustmentRow) => row.validUntil },
      stops: ['expire', 'terminate'],
      onExpiry: 'expire',
    },
  },
});

/** An agreement as tasks need it. */
export interface Entrusted {
  id: string;
  body: string;
  share: number | null;
  prices: Price[];
}

/** Agreements of an authority in force on a day for a kind of work on a product. */
export async function entrustedFor(
  act: Pick<Act, 'sql' | 'offices'>,
  office: string,
  wanted: { work: EntrustedWork; product: string; day: string },
): Promise<Entrusted[]> {
  const authority = authorityOf(act.offices, office).code;
  const rows = await act.sql.query<Entrusted & { office: string }>(
    `select id, body ->> 'id' as body, share, prices, office from sampling.entrustment
     where state = 'inForce' and valid_from <= $1 and valid_until >= $1 and work @> jsonb_build_array($2::text)
       and (products = '[]' or products @> jsonb_build_array($3::text)) order by approved_on, id`,
    [wanted.day, wanted.work, wanted.product],
  );
  return rows.filter((row) => authorityOf(act.offices, row.office).code === authority);
}

/** Every body has its agreement, or the sentence that says which has none (order 18 art. 13; order 15 art. 5). */
export async function checkEntrusted(
  act: Pick<Act, 'sql' | 'offices' | 'occurredOn'>,
  office: string,
  product: string,
  asked: readonly { work: EntrustedWork; bodies: readonly { id: string; name: string }[]; path: string }[],
): Promise<true | Refusal> {
  for (const { work: kind, bodies, path } of asked) {
    const held = await entrustedFor(act, office, { work: kind, product, day: act.occurredOn });
    const without = bodies.find(({ id }) => !held.some(({ body }) => body === id));
    if (without !== undefined)
      return refuse(
        'not-entrusted',
        `与“${without.name}”没有有效的${work[kind].zh}委托协议（第十三条），不能向其下达任务。`,
        `There is no agreement in force with ${without.name} for ${work[kind].en.toLowerCase()} (art. 13).`,
        path,
      );
  }
  return true;
}
