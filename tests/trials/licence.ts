/** Trial of the kernel on its second procedure, the one that differs most from a campaign: the smallest licence there is. */
import { entity, field, lifecycle, on, optional, type RecordRow, refuse } from '@hengjian/kernel';
import { z } from 'zod';

export const Licence = entity(
  'trial.licence',
  { zh: '许可申请', en: 'Licence application' },
  {
    fields: {
      firm: field.identifier('申请人', { en: 'Applicant' }),
      firmName: field.text('申请人名称', { en: 'Name of applicant', public: true }),
      kind: field.choice(
        '许可事项',
        { fireworks: '烟花爆竹批发', scales: '计量器具制造' },
        { en: 'Licence', public: true },
      ),
      contact: optional(field.text('联系人', { en: 'Contact', personal: { zh: '联系', en: 'to contact' } })),
      missing: optional(
        field.list('需补正材料', z.object({ paper: field.text('材料', { en: 'Paper' }) }), { en: 'Missing papers' }),
      ),
      decision: optional(field.choice('决定', { granted: '准予', refused: '不予' }, { en: 'Decision', public: true })),
      validUntil: optional(field.date('有效期至', { en: 'Valid until', public: true })),
      reason: optional(field.longText('理由', { en: 'Reason' })),
    },
    title: (row) => `${row.firmName}·${row.kind}`,
    subject: (row) => ({ id: row.firm, name: row.firmName }),
    purpose: { zh: '企业申请的许可。', en: 'Licences that firms apply for.' },
  },
);
type Row = RecordRow<typeof Licence>;

const workingDays = (amount: number, basis: string) =>
  ({ kind: 'within', unit: 'working-day', amount, basis }) as const;

export const licence = lifecycle(Licence, {
  editions: [{ name: '2019', basis: '《行政许可法》（2019 修正）', inForce: '2019-04-23' }],
  states: {
    submitted: '已提交',
    correcting: '待补正',
    accepted: '已受理',
    reviewed: '已审查',
    testing: '检验中',
    granted: { zh: '已准予', en: 'Granted' },
    refused: { zh: '不予许可', en: 'Refused', closed: true },
    notAccepted: { zh: '不予受理', en: 'Not accepted', closed: true },
    ended: { zh: '已注销', en: 'Deregistered', closed: true },
  },
  readers: ['organiser', 'section-chief', 'bureau-head', 'auditor'],
  documents: {
    application: { zh: '申请书', en: 'Application' },
    certificate: {
      zh: '许可证',
      en: 'Certificate',
      number: '许',
      paper: (row: Row) => ({ template: 'sheet', title: '许可证', content: { to: row.firmName } }),
    },
  },
  parties: {
    applicant: {
      label: { zh: '申请人', en: 'Applicant' },
      of: (row: Row) => [`org:${row.firm}`],
      sees: ['firmName', 'kind', 'missing', 'decision', 'validUntil', 'reason'],
      from: 'submitted',
    },
  },
  actions: {
    apply: on({
      label: '提交申请',
      from: null,
      to: 'submitted',
      by: ['organiser'],
      basis: '《行政许可法》第二十九条',
      input: z.strictObject({
        firm: field.identifier('申请人'),
        firmName: field.text('名称'),
        kind: field.choice('许可事项', { fireworks: '烟花爆竹批发', scales: '计量器具制造' }),
        contact: optional(field.text('联系人')),
      }),
    }),
    askCorrection: on({
      label: '一次告知补正',
      from: 'submitted',
      to: 'correcting',
      by: ['organiser'],
      basis: '《行政许可法》第三十二条',
      input: z.strictObject({ missing: field.list('需补正材料', z.object({ paper: field.text('材料') })) }),
      check: (row: Row) =>
        row.missing === null || refuse('told-once', '补正材料应当一次告知。', 'What is missing is told once.'),
    }),
    correct: on({
      label: '补正',
      from: 'correcting',
      to: 'submitted',
      by: ['applicant'],
      basis: '《行政许可法》第三十二条',
    }),
    accept: on({
      label: '受理',
      from: 'submitted',
      to: 'accepted',
      by: ['organiser', 'system'],
      basis: '《行政许可法》第三十二条',
    }),
    reject: on({
      label: '不予受理',
      from: 'submitted',
      to: 'notAccepted',
      by: ['organiser'],
      basis: '《行政许可法》第三十二条',
      input: z.strictObject({ reason: field.longText('理由') }),
    }),
    sendToTest: on({
      label: '送检',
      from: 'accepted',
      to: 'testing',
      by: ['organiser'],
      basis: '《行政许可法》第四十五条',
    }),
    takeBack: on({
      label: '收到检验结果',
      from: 'testing',
      to: 'accepted',
      by: ['organiser'],
      basis: '《行政许可法》第四十五条',
    }),
    review: on({
      label: '审查',
      from: 'accepted',
      to: 'reviewed',
      by: ['organiser'],
      basis: '《行政许可法》第三十四条',
      notBy: [{ actions: ['accept'], same: 'person' }],
    }),
    extend: on({
      label: '延长',
      from: ['accepted', 'reviewed'],
      to: 'same',
      by: ['organiser'],
      aside: true,
      basis: '《行政许可法》第四十二条',
      approval: ['bureau-head'],
    }),
    decide: on({
      label: '作出决定',
      from: 'reviewed',
      to: ['granted', 'refused'],
      by: ['section-chief'],
      basis: '《行政许可法》第三十八条',
      approval: ['bureau-head'],
      notBy: [{ actions: ['accept', 'review'], same: 'person' }],
      papers: ['certificate'],
      input: z.strictObject({
        decision: field.choice('决定', { granted: '准予', refused: '不予' }),
        validUntil: optional(field.date('有效期至')),
        reason: optional(field.longText('理由')),
      }),
      check: (_row: Row, input) =>
        input.decision === 'granted' ||
        Boolean(input.reason) ||
        refuse('reason-needed', '不予许可应当说明理由。', 'A refusal gives its reasons.', 'reason'),
      run: async (row: Row, input, act) => {
        if (input.decision === 'granted')
          await act.publish({
            kind: 'licence',
            title: { zh: `${row.firmName}获得许可`, en: `Licence granted to ${row.firmName}` },
            region: act.offices.get(row.office)!.region,
            subjects: [],
            words: [],
            body: { firmName: row.firmName },
          });
        return { to: input.decision };
      },
    }),
    deregister: on({
      label: '注销',
      from: 'granted',
      to: 'ended',
      by: ['organiser', 'system'],
      aside: true,
      basis: '《行政许可法》第七十条',
    }),
  },
  clocks: {
    acceptance: {
      label: '受理期限',
      rule: workingDays(5, '《行政许可法》第三十二条'),
      starts: { at: ['apply', 'correct'] },
      stops: ['accept', 'reject', 'askCorrection'],
      onExpiry: 'accept',
    },
    decision: {
      label: '决定期限',
      rule: workingDays(20, '《行政许可法》第四十二条'),
      starts: { at: ['accept'] },
      stops: ['decide'],
      suspends: { from: ['sendToTest'], until: ['takeBack'] },
      extends: { by: 'extend', amount: 10 },
    },
    validity: {
      label: '有效期',
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: '许可证载明' },
      starts: { at: ['decide'], on: 'validUntil' },
      stops: ['deregister'],
      onExpiry: 'deregister',
    },
  },
});
