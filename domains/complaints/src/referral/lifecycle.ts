import {
  type Act,
  entity,
  field,
  type Lifecycle,
  lifecycle,
  on,
  optional,
  type RecordRow,
  refuse,
} from '@hengjian/kernel';
import { z } from 'zod';
import { edition, o2, o121, reportReaders } from '../clauses.ts';
import { clueRule } from '../clocks.ts';

const kinds = {
  report: { zh: '举报立案', en: 'Case filed on a report' },
  clue: { zh: '调解中发现的线索', en: 'Clue found in mediation' },
} as const;
const openShape = {
  kind: field.choice('种类', kinds, { en: 'Kind' }),
  report: optional(field.reference('举报', 'complaints.report', { en: 'Report' })),
  complaint: optional(field.reference('投诉', 'complaints.complaint', { en: 'Complaint' })),
  subjectId: optional(field.identifier('当事人编号', { en: 'Subject (id)' })),
  subjectName: field.text('当事人', { en: 'Subject' }),
  subjectCode: optional(field.text('统一社会信用代码', { en: 'Credit code', max: 18 })),
  region: field.region('行为发生地', { en: 'Place' }),
  productName: optional(field.text('商品或者服务', { en: 'Goods or service' })),
  facts: field.longText('事实和核查情况', { en: 'Facts and findings', max: 10_000 }),
  foundOn: field.date('发现或者收到日期', { en: 'Found or received on' }),
};
const Referral = entity(
  'complaints.referral',
  { zh: '案源移交', en: 'Handed to cases' },
  {
    fields: {
      ...openShape,
      sentOn: field.date('移交日期', { en: 'Handed over on' }),
      caseNumber: optional(field.text('案件编号', { en: 'Case number', max: 80 })),
      receivedOn: optional(field.date('签收日期', { en: 'Signed for on' })),
      reason: optional(field.longText('理由', { en: 'Reasons', max: 4000 })),
      extended: optional(field.flag('已延长', { en: 'Extended' })),
      fined: optional(field.money('罚款', { en: 'Fine' })),
      confiscated: optional(field.money('没收', { en: 'Confiscated' })),
      concludedOn: optional(field.date('办结日期', { en: 'Concluded on' })),
    },
    title: (row) => `${row.subjectName}：${kinds[row.kind].zh}`,
    subject: (row) => (row.subjectId ? { id: row.subjectId, name: row.subjectName } : null),
    words: (row) => [row.subjectCode, row.caseNumber, row.productName],
    purpose: {
      zh: '从投诉举报移交办案机构的案源：签收、案件编号、办结结果；不含举报人的任何信息。',
      en: 'What goes from complaints and reports to those who investigate: signed for, case number, result. It holds nothing of the reporter.',
    },
  },
);
type ReferralRow = RecordRow<typeof Referral>;

const Receiving = z.strictObject({ caseNumber: field.text('案件编号', { en: 'Case number', max: 80 }) });
const Reasoned = z.strictObject({ reason: field.longText('理由', { en: 'Reasons', max: 4000 }) });
const Concluding = z.strictObject({
  fined: field.money('罚款', { en: 'Fine' }),
  confiscated: field.money('没收', { en: 'Confiscated' }),
});
const investigators = ['report-verifier', 'section-chief', 'system'];

/** 案源移交: waits, visible with its owner, until whoever files cases signs for it; the result comes back to the report. */
export const referralLifecycle: Lifecycle = lifecycle(Referral, {
  editions: [edition],
  states: {
    sent: { zh: '待签收', en: 'To be signed for' },
    received: { zh: '已签收，办理中', en: 'Signed for, under way' },
    returned: { zh: '不予立案', en: 'No case filed', closed: true },
    concluded: { zh: '案件办结', en: 'Concluded', closed: true },
  },
  readers: [...reportReaders, 'complaint-handler'],
  columns: ['kind', 'subjectName', 'sentOn', 'caseNumber', 'concludedOn'],
  actions: {
    open: on({
      label: { zh: '移交案源', en: 'Hand over' },
      from: null,
      to: 'sent',
      by: ['system'],
      basis: `${o121('第二十七条、第三十五条')}；${o2('第十八条')}`,
      input: z.strictObject(openShape),
      run: (_row: ReferralRow, _input, act: Act) => ({ sentOn: act.occurredOn }),
    }),
    receive: on({
      label: { zh: '签收并登记案件编号', en: 'Sign for, with the case number' },
      from: 'sent',
      to: 'received',
      by: investigators,
      basis: o2('第十九条'),
      input: Receiving,
      run: (_row: ReferralRow, _input, act: Act) => ({ receivedOn: act.occurredOn }),
    }),
    extend: on({
      label: { zh: '延长线索核查期限', en: 'Extend the time to verify' },
      from: 'sent',
      to: 'same',
      by: ['report-verifier'],
      aside: true,
      basis: o121('第二十七条第一款'),
      approval: ['bureau-head'],
      input: Reasoned,
      when: (row: ReferralRow) =>
        (row.kind === 'clue' && !row.extended) ||
        refuse('extended-already', '只有线索核查可以延长，且只延长一次。', 'A clue alone may be extended, and once.'),
      run: (_row: ReferralRow) => ({ extended: true }),
    }),
    return: on({
      label: { zh: '核查后不予立案', en: 'Verified: no case' },
      from: 'sent',
      to: 'returned',
      by: investigators,
      basis: o2('第二十条'),
      input: Reasoned,
      when: (row: ReferralRow) =>
        row.kind === 'clue' ||
        refuse('decided-already', '举报已经决定立案。', 'That a case is filed was decided on the report.'),
    }),
    conclude: on({
      label: { zh: '登记案件办结', en: 'The case is concluded' },
      from: 'received',
      to: 'concluded',
      by: investigators,
      basis: o2('第七十六条'),
      input: Concluding,
      run: async (row: ReferralRow, input: z.infer<typeof Concluding>, act: Act) => {
        const concluded = { ...input, concludedOn: act.occurredOn };
        if (row.report) await act.perform('complaints.report', row.report, 'noteConclusion', concluded);
        return concluded;
      },
    }),
  },
  clocks: {
    clue: {
      label: { zh: '线索核查期限', en: 'Time to verify a clue' },
      rule: clueRule,
      starts: { at: ['open'], from: (row: ReferralRow) => (row.kind === 'clue' ? row.foundOn : null) },
      stops: ['receive', 'return'],
      extends: { by: 'extend', amount: 15 },
    },
  },
});
