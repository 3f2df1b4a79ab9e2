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
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { partyShape } from '../case/entity.ts';
import { limitsOn, remediesText } from '../case/rules.ts';
import { edition, o2, penaltyLaw, readers } from '../clauses.ts';
import { formNumber, formTitle } from '../forms.ts';

const collections = {
  bank: { zh: '指定银行、电子支付', en: 'Bank or electronic payment' },
  small: { zh: '一百元以下，当场收缴', en: 'Up to 100 yuan, on the spot' },
  hard: { zh: '不当场收缴事后难以执行，当场收缴', en: 'Hard to collect later, on the spot' },
  remote: { zh: '边远、水上、交通不便，经当事人提出，当场收缴', en: 'Remote place, at the request of the party' },
} as const;
const Told = z.strictObject({
  ...partyShape,
  place: field.text('处罚地点', { en: 'Place', max: 300 }),
  facts: field.longText('违法事实', { en: 'Facts', max: 4000 }),
  violates: field.text('违反的规定', { en: 'Rule broken', max: 300 }),
  legalBasis: field.text('处罚依据', { en: 'Basis', max: 300 }),
  warning: optional(field.flag('警告', { en: 'Warning' })),
  fine: optional(field.money('罚款', { en: 'Fine' })),
  collection: field.choice('缴款方式', collections, { en: 'Collection' }),
  rightsTold: field.flag('已出示执法证件并告知内容、事实、理由、依据和陈述申辩权', {
    en: 'Identity shown, rights told',
  }),
  statement: optional(field.longText('陈述、申辩（记入笔录）', { en: 'Statement', max: 4000 })),
});

/** 当场处罚: small, certain, decided on the spot by two officers. */
const Summary = entity(
  'cases.summary',
  { zh: '当场行政处罚', en: 'Penalty on the spot' },
  {
    fields: {
      ...Told.shape,
      firstOfficer: optional(field.text('执法人员甲及证号', { en: 'First officer' })),
      secondOfficer: optional(field.text('执法人员乙及证号', { en: 'Second officer' })),
      decidedOn: optional(field.date('决定日期', { en: 'Decided on' })),
      paidOn: optional(field.date('缴款日期', { en: 'Paid on' })),
      handedInOn: optional(field.date('罚款缴付日期', { en: 'Cash handed in on' })),
    },
    title: (row) => `当场处罚：${row.partyName}`,
    subject: (row) => (row.party ? { id: row.party, name: row.partyName } : null),
    purpose: { zh: '事实确凿的小额处罚，当场决定、当场交付。', en: 'Small, certain penalties decided on the spot.' },
  },
);
type SummaryRow = RecordRow<typeof Summary>;

/** The certificate of whoever acts, valid today; each officer brings his own. */
async function ownCertificate(act: Act): Promise<{ told: string } | { refusal: Refusal }> {
  const [grant] = await act.sql.query<{ certificate: string | null; until: string | null }>(
    'select certificate, certificate_until as until from kernel.grant where id = $1',
    [act.actor.grant],
  );
  if (grant?.certificate && grant.until && grant.until >= act.occurredOn)
    return { told: `${act.actor.name}（执法证号 ${grant.certificate}）` };
  return {
    refusal: refuse(
      'certificate-missing',
      `您没有有效的行政执法证，不能实施行政处罚（${penaltyLaw('第四十二条')}；${o2('第六十七条')}）。`,
      `You hold no valid enforcement certificate (${penaltyLaw('第四十二条')}; ${o2('第六十七条')}).`,
    ),
  };
}
const officerSays = async (field: 'firstOfficer' | 'secondOfficer', act: Act): Promise<Partial<SummaryRow>> => {
  const answer = await ownCertificate(act);
  return 'told' in answer ? { [field]: answer.told } : {};
};

/** What may be decided on the spot, and what may be collected there (order 2 arts 66, 72). */
export function refuseSummary(
  input: {
    partyKind: string;
    fine?: string | null | undefined;
    warning?: boolean | null | undefined;
    collection: string;
  },
  day: string,
): true | Refusal {
  const scale = input.partyKind === 'entity' ? 'entity' : 'person';
  const { summary, onTheSpot } = limitsOn(day);
  const fine = new Decimal(input.fine ?? 0);
  if (fine.lte(0) && !input.warning)
    return refuse('nothing-proposed', '请填写警告或者罚款。', 'Say what the penalty is.', 'fine');
  if (fine.gt(summary[scale]))
    return refuse(
      'not-summary',
      `当场罚款不得超过 ${summary[scale]} 元，应当适用普通程序（${summary.clause}）。`,
      `Above ${summary[scale]} yuan the ordinary procedure applies (${summary.clause}).`,
      'fine',
    );
  if (input.collection === 'small' && fine.gt(onTheSpot.anybody))
    return refuse(
      'not-on-the-spot',
      `超过 ${onTheSpot.anybody} 元的，不能以此为由当场收缴（${onTheSpot.clause}）。`,
      `Above ${onTheSpot.anybody} yuan this is no ground to collect on the spot (${onTheSpot.clause}).`,
      'collection',
    );
  return true;
}

const printed = (row: SummaryRow, act: Act): Paper => {
  const bureau = authorityOf(act.offices, row.office).label.zh;
  return {
    template: 'penalty-form-44',
    title: formTitle(44),
    content: {
      facts: [
        ['当事人', row.partyName],
        ['统一社会信用代码', row.partyCode ?? null],
        ['住所（住址）', row.address ?? null],
        ['执法人员', row.firstOfficer ?? null],
        ['执法人员', row.secondOfficer ?? act.actor.name],
        ['处罚地点', row.place],
      ],
      paragraphs: [
        `你（单位）${row.facts}的行为，违反了${row.violates}的规定。依据《中华人民共和国行政处罚法》第二十八条第一款、第五十一条、${row.legalBasis}的规定，现责令你（单位）改正上述违法行为，并作出如下行政处罚：${[row.warning ? '警告' : '', row.fine ? `罚款 ${row.fine} 元` : ''].filter(Boolean).join('；')}。`,
        row.collection === 'bank'
          ? '即日起15日内到指定银行或者通过电子支付系统缴纳罚款。逾期不缴纳的，每日按罚款数额的百分之三加处罚款，并依法申请人民法院强制执行。'
          : `当场缴纳（${collections[row.collection].zh}），出具财政部门统一制发的专用票据。`,
        remediesText(bureau, null, true),
        '本行政处罚决定作出前执法人员已向你（单位）出示执法证件，告知拟作出的行政处罚内容及事实、理由、依据，并告知有权进行陈述和申辩。',
      ],
      signatures: ['当事人签收', '执法人员', '执法人员'],
    },
  };
};

export const summaryLifecycle = lifecycle(Summary, {
  editions: [edition],
  states: {
    told: { zh: '已告知，待共同决定', en: 'Told, to be decided by two' },
    decided: { zh: '已决定，待交付', en: 'Decided, to be handed over' },
    delivered: { zh: '已交付', en: 'Handed over' },
    filed: { zh: '已归档', en: 'Filed', closed: true },
    dropped: { zh: '转普通程序或者不予处罚', en: 'Dropped', closed: true },
  },
  readers,
  columns: ['partyName', 'fine', 'decidedOn', 'paidOn'],
  documents: {
    evidence: { zh: '现场证据', en: 'Evidence of the scene' },
    decision: { zh: formTitle(44), en: 'Decision on the spot', number: formNumber(44), paper: printed },
    signedDecision: { zh: '当事人签收的决定书', en: 'Decision signed for' },
    receipt: { zh: '缴款凭证或者专用票据', en: 'Receipt' },
  },
  parties: {
    party: {
      label: { zh: '当事人', en: 'Party' },
      of: (row) => (row.party ? [`org:${row.party}`] : []),
      sees: [
        'partyName',
        'place',
        'facts',
        'violates',
        'legalBasis',
        'warning',
        'fine',
        'statement',
        'decidedOn',
        'paidOn',
      ],
      from: 'decided',
    },
  },
  actions: {
    tell: on({
      label: { zh: '当场告知', en: 'Tell on the spot' },
      from: null,
      to: 'told',
      by: ['case-officer'],
      basis: o2('第六十六条、第六十七条、第六十九条'),
      needs: ['evidence'],
      input: Told,
      check: async (_row: SummaryRow, input: z.infer<typeof Told>, act) => {
        if (!input.rightsTold)
          return refuse(
            'rights-not-told',
            `决定前应当告知内容、事实、理由、依据和陈述申辩权（${o2('第六十九条')}）。`,
            `The party is told first (${o2('第六十九条')}).`,
            'rightsTold',
          );
        const limits = refuseSummary(input, act.occurredOn);
        if (limits !== true) return limits;
        const answer = await ownCertificate(act);
        return 'refusal' in answer ? answer.refusal : true;
      },
      run: (_row: SummaryRow, _input, act) => officerSays('firstOfficer', act),
    }),
    decide: on({
      label: { zh: '第二名执法人员签名，当场决定', en: 'The second officer signs: decided' },
      from: 'told',
      to: 'decided',
      by: ['case-officer'],
      danger: true,
      basis: `${penaltyLaw('第四十二条、第五十一条、第五十二条')}；${o2('第六十七条、第六十八条')}`,
      papers: ['decision'],
      notBy: [{ actions: ['tell'], same: 'person' }],
      check: async (_row: SummaryRow, _input, act) => {
        const answer = await ownCertificate(act);
        return 'refusal' in answer ? answer.refusal : true;
      },
      run: async (_row: SummaryRow, _input, act) => ({
        ...(await officerSays('secondOfficer', act)),
        decidedOn: act.occurredOn,
      }),
    }),
    drop: on({
      label: { zh: '不当场处罚', en: 'Drop' },
      from: 'told',
      to: 'dropped',
      by: ['case-officer'],
      aside: true,
      basis: o2('第六十六条'),
    }),
    deliver: on({
      label: { zh: '当场交付', en: 'Hand over' },
      from: 'decided',
      to: 'delivered',
      by: ['case-officer'],
      basis: o2('第六十七条第二款'),
      needs: ['signedDecision'],
    }),
    pay: on({
      label: { zh: '登记缴款', en: 'Record the payment' },
      from: 'delivered',
      to: 'same',
      by: ['case-officer'],
      aside: true,
      basis: o2('第七十二条、第七十三条'),
      needs: ['receipt'],
      input: z.strictObject({
        paidOn: field.date('缴款日期', { en: 'Paid on' }),
        handedInOn: optional(field.date('当场收缴的，缴付日期', { en: 'Cash handed in on' })),
      }),
    }),
    file: on({
      label: { zh: '材料交回归档', en: 'File' },
      from: 'delivered',
      to: 'filed',
      by: ['case-officer'],
      basis: o2('第七十条'),
      when: (row: SummaryRow) =>
        !row.fine || Boolean(row.paidOn) || refuse('not-paid', '罚款还没有缴纳。', 'The fine is not paid yet.'),
    }),
  },
  clocks: {
    payment: {
      label: { zh: '缴款期限', en: 'To be paid' },
      rule: { kind: 'within', unit: 'day', amount: 15, basis: o2('第七十二条') },
      starts: {
        at: ['deliver'],
        from: (row: SummaryRow) => (row.fine && row.collection === 'bank' ? row.decidedOn! : null),
      },
      stops: ['pay'],
    },
    cash: {
      label: { zh: '当场收缴的罚款交回', en: 'Cash to be handed in' },
      rule: { kind: 'within', unit: 'working-day', amount: 2, basis: o2('第七十三条') },
      starts: {
        at: ['deliver'],
        from: (row: SummaryRow) => (row.fine && row.collection !== 'bank' ? row.decidedOn! : null),
      },
      stops: ['pay'],
    },
    filing: {
      label: { zh: '材料交回归档', en: 'To be filed' },
      rule: { kind: 'within', unit: 'working-day', amount: 7, basis: o2('第七十条') },
      starts: { at: ['decide'] },
      stops: ['file'],
    },
  },
});
