import { type Act, field, on, optional, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf, refuseExpiredCertificate } from '@hengjian/people';
import { z } from 'zod';
import { o2, penaltyLaw } from '../clauses.ts';
import { type EvidenceKind, evidenceKinds, evidenceShape, takingAction } from '../evidence/lifecycle.ts';
import { proposeShape } from '../measure/entity.ts';
import { freeForms, type ServedForm, servedFormLabels } from '../paper/entity.ts';
import { issuing } from '../paper/lifecycle.ts';
import { type CaseRow, pauseGrounds } from './entity.ts';
import { Reason } from './opening.ts';
import { refuseUnlessTwo } from './people.ts';
import { remediesText } from './rules.ts';

const by = ['officer'] as const;
const present = field.list('在场办案人员', field.identifier('办案人员', { en: 'Officer' }), {
  en: 'Officers present',
  max: 12,
});
const kinds = Object.fromEntries(
  Object.entries(evidenceKinds).map(([kind, { zh, en }]) => [kind, { zh, en }]),
) as Record<EvidenceKind, { zh: string; en: string }>;
const Evidence = z.strictObject({
  kind: field.choice('证据种类', kinds, { en: 'Kind' }),
  ...evidenceShape,
  present,
});
const Measure = z.strictObject({
  ...proposeShape,
  atOnce: optional(
    field.flag('情况紧急，当场实施', {
      en: 'Urgent: done at once',
      help: { zh: '二十四小时内向负责人报告并补办批准手续。', en: 'Approved within twenty-four hours.' },
    }),
  ),
  present,
});
const IssuedPaper = z.strictObject({
  form: field.choice('文书', Object.fromEntries(freeForms.map((form) => [form, servedFormLabels[form]])), {
    en: 'Form',
  }),
  addressee: field.text('受送达人', { en: 'Addressee' }),
  deliverTo: optional(field.text('送达地址', { en: 'Address', max: 300 })),
  text: field.longText('事项和要求', { en: 'What it says', max: 6000 }),
  legalBasis: field.text('依据', { en: 'Basis', max: 300 }),
  until: optional(field.date('期限', { en: 'Until' })),
});

async function twoWithCertificates(row: CaseRow, input: { present: string[] }, act: Act): Promise<true | Refusal> {
  const verdict = refuseUnlessTwo(row, input.present);
  return verdict === true ? refuseExpiredCertificate(act) : verdict;
}

async function takeEvidence(row: CaseRow, input: z.infer<typeof Evidence>, act: Act): Promise<void> {
  const { kind, present: people, ...piece } = input;
  await act.create('cases.evidence', takingAction(kind), {
    penaltyCase: row.id,
    ...piece,
    present: (row.officers ?? []).filter(({ person }) => people.includes(person)),
  });
}

async function beginMeasure(row: CaseRow, input: z.infer<typeof Measure>, act: Act): Promise<void> {
  const { atOnce, present: _people, ...measure } = input;
  const action = !atOnce ? 'propose' : measure.kind === 'preservation' ? 'preserveAtOnce' : 'seizeAtOnce';
  await act.create('cases.measure', action, {
    penaltyCase: row.id,
    partyName: row.partyName,
    party: row.party,
    violation: row.violation,
    ...measure,
  });
}

async function issuePaper(row: CaseRow, input: z.infer<typeof IssuedPaper>, act: Act): Promise<void> {
  const form = input.form as ServedForm;
  const bureau = authorityOf(act.offices, row.office).label.zh;
  const own = input.addressee === row.partyName;
  await act.create('cases.paper', issuing(form), {
    penaltyCase: row.id,
    addressee: input.addressee,
    addresseeCode: own ? row.partyCode : null,
    party: own ? row.party : null,
    address: input.deliverTo ?? (own ? row.address : null),
    content: {
      to: input.addressee,
      paragraphs: [
        `依据${input.legalBasis}的规定：`,
        input.text,
        ...(form === 'correction' || form === 'refund' ? [remediesText(bureau, row.violation)] : []),
      ],
      facts: [
        ['案由', row.cause],
        ['期限', input.until ?? null],
        ['联系机关', bureau],
      ],
    },
  });
}

const Pause = z.strictObject({
  pauseGround: field.choice('事由', pauseGrounds, { en: 'Ground' }),
  reason: field.longText('理由', { en: 'Reason', max: 4000 }),
});
const open = ['investigating', 'weighing'] as const;
const handled = [
  'investigating',
  'paused',
  'under-review',
  'reviewed',
  'noticing',
  'notified',
  'hearing',
  'weighing',
  'legal-review',
  'proposed',
] as const;
const Organ = Reason.extend({ otherOrgan: field.text('移送的机关', { en: 'To whom' }) });
const Answer = z.strictObject({ answer: field.longText('回复', { en: 'Reply', max: 4000 }) });

/** What the officers of a case do until they conclude, and what may interrupt them (order 2 arts 13–17, 21–47, 64). */
export const investigationActions = {
  takeEvidence: on({
    label: { zh: '取证', en: 'Take evidence' },
    from: 'investigating',
    to: 'same',
    by,
    basis: o2('第二十一条至第三十一条'),
    input: Evidence,
    check: (row: CaseRow, input: z.infer<typeof Evidence>, act) =>
      !input.rightsTold
        ? refuse(
            'rights-not-told',
            `首次取证应当出示证件，告知陈述权、申辩权和申请回避的权利（${o2('第二十一条第二款、第二十二条')}）。`,
            `Identity is shown and rights are told first (${o2('第二十一条第二款、第二十二条')}).`,
            'rightsTold',
          )
        : twoWithCertificates(row, input, act),
    run: takeEvidence,
  }),
  beginMeasure: on({
    label: { zh: '拟采取保存、查封扣押措施', en: 'Propose a measure' },
    from: 'investigating',
    to: 'same',
    by,
    aside: true,
    basis: o2('第三十三条、第三十六条'),
    input: Measure,
    check: (row: CaseRow, input: z.infer<typeof Measure>, act) =>
      input.goods.length === 0
        ? refuse(
            'no-goods',
            `应当当场清点，开具清单（${o2('第三十四条、第三十七条')}）。`,
            `A list of the goods is made on the spot (${o2('第三十四条、第三十七条')}).`,
            'goods',
          )
        : twoWithCertificates(row, input, act),
    run: beginMeasure,
  }),
  issuePaper: on({
    label: { zh: '制作调查文书', en: 'Issue a paper' },
    from: [...open, 'paused'],
    to: 'same',
    by,
    aside: true,
    basis: o2('第二十九条、第三十条、第三十二条、第三十九条、第四十五条、第五十九条'),
    input: IssuedPaper,
    run: issuePaper,
  }),
  pause: on({
    label: { zh: '中止调查、不计入期限', en: 'Suspend: the time stands' },
    from: open,
    to: 'paused',
    by,
    aside: true,
    basis: o2('第四十六条、第六十四条第二款'),
    approval: ['bureau-head'],
    needs: ['pausePaper'],
    papers: ['mattersSheet'],
    input: Pause,
    run: (row: CaseRow) => ({ returnTo: row.state }),
  }),
  resume: on({
    label: { zh: '恢复调查', en: 'Resume' },
    from: 'paused',
    to: open,
    by: [...by, 'section-chief'],
    basis: `${o2('第四十六条第二款')}：原因消除后应当立即恢复`,
    papers: ['mattersSheet'],
    input: Reason,
    run: (row: CaseRow) => ({ to: row.returnTo ?? 'investigating', pauseGround: null, returnTo: null }),
  }),
  extend: on({
    label: { zh: '延长办案期限三十日', en: 'Extend by thirty days' },
    from: handled,
    to: 'same',
    by,
    aside: true,
    basis: o2('第六十四条第一款'),
    approval: ['bureau-head'],
    papers: ['mattersSheet'],
    input: Reason,
    when: (row: CaseRow) =>
      !row.extended ||
      refuse(
        'extended-once',
        `已经延长三十日，继续延期须经负责人集体讨论决定（${o2('第六十四条第一款')}）。`,
        `Extended already; going on takes the heads together (${o2('第六十四条第一款')}).`,
      ),
    run: (_row: CaseRow) => ({ extended: true }),
  }),
  continueTerm: on({
    label: { zh: '集体讨论继续延期', en: 'The heads extend again' },
    from: handled,
    to: 'same',
    by,
    aside: true,
    basis: o2('第六十四条第一款'),
    approval: ['bureau-head'],
    needs: ['deliberationSigned'],
    papers: ['mattersSheet'],
    input: Reason.extend({ continuedUntil: field.date('延长至', { en: 'Until' }) }),
    when: (row: CaseRow) =>
      row.extended === true ||
      refuse(
        'extend-first',
        `应当先经负责人批准延长三十日（${o2('第六十四条第一款')}）。`,
        `The thirty days come first (${o2('第六十四条第一款')}).`,
      ),
    check: (_row: CaseRow, input: { continuedUntil: string }, act) =>
      input.continuedUntil > act.occurredOn ||
      refuse('day-past', '延长的期限应在今天之后。', 'The new term ends after today.', 'continuedUntil'),
  }),
  terminate: on({
    label: { zh: '终止调查', en: 'Terminate' },
    from: ['investigating', 'paused'],
    to: 'terminated',
    by,
    aside: true,
    danger: true,
    basis: o2('第四十七条'),
    approval: ['section-chief', 'bureau-head'],
    needs: ['deathOrEnd'],
    papers: ['mattersSheet'],
    input: Reason,
  }),
  dispute: on({
    label: { zh: '管辖权争议', en: 'Dispute jurisdiction' },
    from: 'investigating',
    to: 'disputed',
    by,
    aside: true,
    basis: o2('第十三条'),
    input: Reason.extend({ disputeWith: field.text('争议机关', { en: 'With whom' }) }),
  }),
  keepCase: on({
    label: { zh: '协商或者指定由本机关管辖', en: 'The case stays here' },
    from: 'disputed',
    to: 'investigating',
    by,
    basis: o2('第十二条、第十三条、第十六条'),
    needs: ['jurisdictionPaper'],
    input: Answer,
    run: (_row: CaseRow) => ({ disputeWith: null }),
  }),
  yieldCase: on({
    label: { zh: '协商或者指定由其他机关管辖', en: 'The case goes to the other' },
    from: 'disputed',
    to: 'transferred',
    by,
    basis: o2('第十三条、第十四条'),
    needs: ['jurisdictionPaper'],
    papers: ['transferLetter'],
    input: Answer,
    run: (row: CaseRow, _input, act) => ({ otherOrgan: row.disputeWith ?? null, sentOn: act.occurredOn }),
  }),
  transferOut: on({
    label: { zh: '移送其他机关', en: 'Transfer to another organ' },
    from: ['investigating', 'reviewed'],
    to: 'transferred',
    by,
    aside: true,
    danger: true,
    basis: o2('第十四条、第十七条第一款、第六十条第一款第四项'),
    approval: ['section-chief', 'bureau-head'],
    papers: ['transferLetter'],
    input: Organ,
    run: (_row: CaseRow, _input, act) => ({ sentOn: act.occurredOn }),
  }),
  transferPolice: on({
    label: { zh: '涉嫌犯罪，移送公安机关', en: 'Transfer to the police' },
    from: ['investigating', 'reviewed'],
    to: 'with-police',
    by,
    aside: true,
    danger: true,
    basis: `${penaltyLaw('第二十七条')}；《行政执法机关移送涉嫌犯罪案件的规定》第三条；${o2('第十七条第二款')}`,
    approval: ['section-chief', 'bureau-head'],
    papers: ['policeLetter'],
    input: Organ,
    run: (_row: CaseRow, _input, act) => ({ sentOn: act.occurredOn }),
  }),
  policeAccepts: on({
    label: { zh: '公安机关立案', en: 'The police take it' },
    from: 'with-police',
    to: 'transferred',
    by,
    basis: `${penaltyLaw('第二十七条')}；${o2('第六十条第一款第五项')}`,
    needs: ['policeReply'],
    input: Answer,
  }),
  policeRefuses: on({
    label: { zh: '公安机关不予立案、退回', en: 'The police send it back' },
    from: 'with-police',
    to: 'investigating',
    by,
    basis: `${penaltyLaw('第二十七条第一款')}：依法不需要追究刑事责任但应当给予行政处罚的，及时移送回来`,
    needs: ['policeReply'],
    input: Answer,
  }),
};
