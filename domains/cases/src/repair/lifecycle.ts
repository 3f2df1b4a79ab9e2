import { type Act, entity, field, lifecycle, on, optional, type Paper, type RecordRow, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { edition, o107, readers } from '../clauses.ts';

const openShape = {
  publication: field.reference('公示', 'cases.publication', { en: 'Publication' }),
  penaltyCase: field.reference('案件', 'cases.case', { en: 'Case' }),
  partyName: field.text('申请人', { en: 'Applicant' }),
  party: optional(field.identifier('申请人（经营主体）', { en: 'Applicant (register)' })),
  decisionNumber: field.text('决定书文号', { en: 'Decision' }),
  facts: field.longText('履行和改正情况', { en: 'What was done', max: 4000 }),
  askedOn: field.date('申请日期', { en: 'Asked on' }),
};
/** 信用修复: the early end of a publicity, on the conditions of order 107. */
const Repair = entity(
  'cases.repair',
  { zh: '信用修复', en: 'Repair of credit' },
  {
    fields: {
      ...openShape,
      missing: optional(field.longText('需要补正的材料', { en: 'What is missing', max: 2000 })),
      verification: optional(field.longText('核实情况', { en: 'What was verified', max: 4000 })),
      extended: optional(field.flag('已延长', { en: 'Extended' })),
      reason: optional(field.longText('理由', { en: 'Reason', max: 2000 })),
    },
    title: (row) => `信用修复：${row.partyName} ${row.decisionNumber}`,
    subject: (row) => (row.party ? { id: row.party, name: row.partyName } : null),
    purpose: { zh: '当事人履行义务、改正后申请提前停止公示。', en: 'The early end of a publicity.' },
  },
);
type RepairRow = RecordRow<typeof Repair>;
const Reason = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 2000 }) });
const by = ['case-officer'];
const letter =
  (title: string, says: (row: RepairRow) => string) =>
  (row: RepairRow): Paper => ({
    template: 'credit-repair',
    title,
    content: { to: row.partyName, paragraphs: [says(row)], facts: [['行政处罚决定', row.decisionNumber]] },
  });
const denied = (row: RepairRow, _input: unknown, act: Act): Promise<void> =>
  act.perform('cases.publication', row.publication, 'repairDenied', {});

/** The decision rests on performance: nothing is repaired while something is owed (order 107 arts 8, 9). */
async function performed(row: RepairRow, _input: unknown, act: Act) {
  const [held] = await act.sql.query<{ done: boolean }>(
    `select performed_on is not null or state in ('closed', 'performed') as done from cases.case where id = $1`,
    [row.penaltyCase],
  );
  return (
    held?.done === true ||
    refuse(
      'not-performed',
      `行政处罚决定还没有履行完毕，不能修复（${o107('第八条、第九条')}）。`,
      `The decision is not performed (${o107('第八条、第九条')}).`,
    )
  );
}

export const repairLifecycle = lifecycle(Repair, {
  editions: [edition],
  states: {
    asked: { zh: '待受理', en: 'To be accepted' },
    supplement: { zh: '待补正', en: 'To be supplemented' },
    accepted: { zh: '核实中', en: 'Being verified' },
    granted: { zh: '准予修复，待处理', en: 'Granted, to be carried out' },
    executed: { zh: '已停止公示', en: 'Carried out', closed: true },
    refused: { zh: '不予修复', en: 'Refused', closed: true },
    rejected: { zh: '不予受理', en: 'Not accepted', closed: true },
  },
  readers,
  columns: ['partyName', 'decisionNumber', 'askedOn'],
  documents: {
    receipt: {
      zh: '信用修复受理通知',
      en: 'Receipt',
      number: '信修受',
      paper: letter('信用修复受理通知', () => '你（单位）的信用修复申请材料齐全，本局予以受理。'),
    },
    supplementNotice: {
      zh: '补正告知',
      en: 'Supplement',
      number: '信修补',
      paper: letter('信用修复补正告知书', (row) => `请一次性补正：${row.missing ?? ''}`),
    },
    rejection: {
      zh: '不予受理告知书',
      en: 'Not accepted',
      number: '信修不受',
      paper: letter('信用修复不予受理告知书', (row) => `不予受理，理由：${row.reason ?? ''}`),
    },
    grant: {
      zh: '准予信用修复决定书',
      en: 'Granted',
      number: '信修准',
      paper: letter('准予信用修复决定书', (row) => `经核实，${row.verification ?? ''}。决定准予信用修复，停止公示。`),
    },
    refusal: {
      zh: '不予信用修复决定书',
      en: 'Refused',
      number: '信修不',
      paper: letter(
        '不予信用修复决定书',
        (row) => `决定不予信用修复，理由：${row.reason ?? ''}。如不服本决定，可以依法申请行政复议或者提起行政诉讼。`,
      ),
    },
  },
  parties: {
    applicant: {
      label: { zh: '申请人', en: 'Applicant' },
      of: (row) => (row.party ? [`org:${row.party}`] : []),
      sees: 'all',
      from: 'asked',
    },
  },
  actions: {
    open: on({
      label: { zh: '收到申请', en: 'Received' },
      from: null,
      to: 'asked',
      by: ['system'],
      basis: o107('第十三条、第十四条'),
      input: z.strictObject(openShape),
    }),
    askSupplement: on({
      label: { zh: '一次性告知补正', en: 'Ask for a supplement' },
      from: 'asked',
      to: 'supplement',
      by,
      aside: true,
      basis: o107('第十四条'),
      papers: ['supplementNotice'],
      input: z.strictObject({ missing: field.longText('需要补正的材料', { en: 'What is missing', max: 2000 }) }),
    }),
    accept: on({
      label: { zh: '受理', en: 'Accept' },
      from: ['asked', 'supplement'],
      to: 'accepted',
      by,
      basis: o107('第十四条'),
      papers: ['receipt'],
    }),
    reject: on({
      label: { zh: '不予受理', en: 'Do not accept' },
      from: ['asked', 'supplement'],
      to: 'rejected',
      by,
      aside: true,
      basis: o107('第十四条'),
      approval: ['bureau-head'],
      papers: ['rejection'],
      input: Reason,
      run: denied,
    }),
    extend: on({
      label: { zh: '延长十个工作日', en: 'Extend' },
      from: 'accepted',
      to: 'same',
      by,
      aside: true,
      basis: o107('第十六条'),
      approval: ['bureau-head'],
      input: Reason,
      when: (row: RepairRow) => !row.extended || refuse('extended-once', '只能延长一次。', 'It is extended once.'),
      run: () => ({ extended: true }),
    }),
    grant: on({
      label: { zh: '准予修复', en: 'Grant' },
      from: 'accepted',
      to: 'granted',
      by,
      basis: o107('第八条至第十一条、第十六条、第十七条'),
      approval: ['bureau-head'],
      papers: ['grant'],
      input: z.strictObject({ verification: field.longText('核实情况', { en: 'What was verified', max: 4000 }) }),
      check: performed,
    }),
    refuse: on({
      label: { zh: '不予修复', en: 'Refuse' },
      from: 'accepted',
      to: 'refused',
      by,
      aside: true,
      basis: o107('第十六条至第十八条'),
      approval: ['bureau-head'],
      papers: ['refusal'],
      input: Reason,
      run: denied,
    }),
    execute: on({
      label: { zh: '停止公示', en: 'End the publicity' },
      from: 'granted',
      to: 'executed',
      by,
      basis: o107('第四条、第十七条'),
      run: (row: RepairRow, _input, act) => act.perform('cases.publication', row.publication, 'stopEarly', {}),
    }),
  },
  clocks: {
    acceptance: {
      label: { zh: '受理期限', en: 'To be accepted' },
      rule: { kind: 'within', unit: 'working-day', amount: 2, basis: o107('第十四条') },
      starts: { at: ['open'], on: 'askedOn' },
      stops: ['askSupplement', 'accept', 'reject'],
    },
    decision: {
      label: { zh: '决定期限', en: 'To be decided' },
      rule: { kind: 'within', unit: 'working-day', amount: 7, basis: o107('第十六条') },
      starts: { at: ['accept'] },
      stops: ['grant', 'refuse'],
      extends: { by: 'extend', amount: 10 },
    },
    execution: {
      label: { zh: '处理期限', en: 'To be carried out' },
      rule: { kind: 'within', unit: 'working-day', amount: 3, basis: o107('第四条') },
      starts: { at: ['grant'] },
      stops: ['execute'],
    },
  },
});
