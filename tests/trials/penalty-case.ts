/** Trial of the kernel on a case: people kept apart three ways, seizure that lapses, notice, hearing, collective deliberation. */
import { entity, field, lifecycle, on, optional, type RecordRow, refuse } from '@hengjian/kernel';
import { z } from 'zod';

export const PenaltyCase = entity(
  'trial.penalty-case',
  { zh: '行政处罚案件', en: 'Penalty case' },
  {
    fields: {
      party: field.identifier('当事人', { en: 'Party' }),
      partyName: field.text('当事人名称', { en: 'Name of party', public: true }),
      facts: field.longText('案情', { en: 'Facts' }),
      officers: field.list('承办人', z.object({ person: field.identifier('人员'), name: field.text('姓名') }), {
        en: 'Case officers',
      }),
      proposedFine: optional(field.money('拟罚款', { en: 'Proposed fine' })),
      fine: optional(field.money('罚款', { en: 'Fine', public: true })),
      seizedOn: optional(field.date('扣押日期', { en: 'Seized on' })),
      hearing: optional(field.flag('申请听证', { en: 'Hearing requested' })),
    },
    title: (row) => `${row.partyName}案`,
    subject: (row) => ({ id: row.party, name: row.partyName }),
    purpose: { zh: '立案查处的案件。', en: 'Cases that were filed.' },
  },
);
type Row = RecordRow<typeof PenaltyCase>;
const noneOf = (...actions: string[]) => [{ actions, same: 'person' as const }];

export const penaltyCase = lifecycle(PenaltyCase, {
  editions: [{ name: '2022', basis: '《市场监督管理行政处罚程序规定》（2022 修正）', inForce: '2022-11-01' }],
  states: {
    verified: '已核查',
    filed: '已立案',
    investigated: '调查终结',
    examined: '已审核',
    notified: '已告知',
    heard: '已听证',
    decided: '已决定',
    performed: '已履行',
    closed: { zh: '已结案', en: 'Closed', closed: true },
    dropped: { zh: '不予立案', en: 'Not filed', closed: true },
  },
  readers: ['organiser', 'section-chief', 'bureau-head', 'auditor', 'result-handler'],
  documents: {
    report: { zh: '调查终结报告', en: 'Final report' },
    minutes: { zh: '集体讨论记录', en: 'Minutes of deliberation' },
    notice: {
      zh: '行政处罚告知书',
      en: 'Notice',
      number: '罚告',
      paper: (row: Row) => ({ template: 'sheet', title: '行政处罚告知书', content: { to: row.partyName } }),
    },
    decision: {
      zh: '行政处罚决定书',
      en: 'Decision',
      number: '处罚',
      paper: (row: Row) => ({ template: 'sheet', title: '行政处罚决定书', content: { to: row.partyName } }),
    },
  },
  parties: {
    party: {
      label: { zh: '当事人', en: 'Party' },
      of: (row: Row) => [`org:${row.party}`],
      sees: ['partyName', 'proposedFine', 'fine'],
      from: 'notified',
    },
  },
  actions: {
    verify: on({
      label: '登记核查结果',
      from: null,
      to: 'verified',
      by: ['result-handler', 'system'],
      basis: '第十八条',
      input: z.strictObject({
        party: field.identifier('当事人'),
        partyName: field.text('名称'),
        facts: field.longText('案情'),
        officers: field.list('承办人', z.object({ person: field.identifier('人员'), name: field.text('姓名') })),
      }),
    }),
    file: on({
      label: '立案',
      from: 'verified',
      to: 'filed',
      by: ['result-handler'],
      basis: '第十八条、第十九条',
      approval: ['bureau-head'],
      numbers: '立',
      when: (row: Row) =>
        row.officers.length >= 2 || refuse('two-officers', '立案应当指定两名以上办案人员。', 'Two officers at least.'),
    }),
    drop: on({
      label: '不予立案',
      from: 'verified',
      to: 'dropped',
      by: ['result-handler'],
      basis: '第二十条',
      approval: ['bureau-head'],
    }),
    seize: on({
      label: '扣押',
      from: 'filed',
      to: 'same',
      by: ['result-handler'],
      aside: true,
      basis: '《行政强制法》第二十五条',
      input: z.strictObject({ seizedOn: field.date('扣押日期') }),
    }),
    release: on({
      label: '解除扣押',
      from: ['filed', 'investigated', 'examined', 'notified', 'heard'],
      to: 'same',
      by: ['result-handler', 'system'],
      aside: true,
      basis: '《行政强制法》第二十八条',
      run: (_row: Row) => ({ seizedOn: null }),
    }),
    report: on({
      label: '调查终结',
      from: 'filed',
      to: 'investigated',
      by: ['result-handler'],
      basis: '第四十八条',
      needs: ['report'],
      input: z.strictObject({ proposedFine: field.money('拟罚款') }),
    }),
    examine: on({
      label: '审核',
      from: 'investigated',
      to: 'examined',
      by: ['section-chief'],
      basis: '第四十九条至第五十二条',
      notBy: noneOf('verify', 'file', 'report'),
    }),
    notify: on({
      label: '告知',
      from: 'examined',
      to: 'notified',
      by: ['result-handler'],
      basis: '第五十七条',
      papers: ['notice'],
    }),
    state: on({ label: '陈述申辩', from: 'notified', to: 'same', by: ['party'], aside: true, basis: '第五十八条' }),
    askHearing: on({
      label: '申请听证',
      from: 'notified',
      to: 'same',
      by: ['party'],
      aside: true,
      basis: '《行政处罚法》第六十三条',
      run: (_row: Row) => ({ hearing: true }),
    }),
    hear: on({
      label: '听证',
      from: 'notified',
      to: 'heard',
      by: ['section-chief'],
      basis: '《行政处罚法》第六十四条',
      notBy: noneOf('verify', 'file', 'report'),
      when: (row: Row) =>
        row.hearing === true || refuse('not-asked', '当事人没有申请听证。', 'No hearing was asked for.'),
    }),
    decide: on({
      label: '决定',
      from: ['notified', 'heard'],
      to: 'decided',
      by: ['result-handler'],
      basis: '第六十条',
      approval: ['section-chief', 'bureau-head'],
      papers: ['decision'],
      input: z.strictObject({ fine: field.money('罚款') }),
      notBy: noneOf('examine'),
      check: (row: Row) =>
        row.hearing !== true ||
        row.state === 'heard' ||
        refuse('hearing-first', '当事人申请了听证，应当先听证。', 'The hearing comes first.'),
    }),
    pay: on({ label: '缴款', from: 'decided', to: 'performed', by: ['result-handler'], basis: '第七十一条' }),
    close: on({
      label: '结案',
      from: 'performed',
      to: 'closed',
      by: ['result-handler'],
      basis: '第七十六条',
      approval: ['bureau-head'],
    }),
    extend: on({
      label: '延长',
      from: ['filed', 'investigated', 'examined', 'notified', 'heard'],
      to: 'same',
      by: ['result-handler'],
      aside: true,
      basis: '第六十四条',
      approval: ['bureau-head'],
    }),
  },
  clocks: {
    filing: {
      label: '核查期限',
      rule: { kind: 'within', unit: 'working-day', amount: 15, basis: '第十八条' },
      starts: { at: ['verify'] },
      stops: ['file', 'drop'],
    },
    handling: {
      label: '办案期限',
      rule: { kind: 'within', unit: 'day', amount: 90, rollForward: 'none', basis: '第六十四条' },
      starts: { at: ['file'] },
      stops: ['decide'],
      extends: { by: 'extend', amount: 30 },
    },
    seizure: {
      label: '扣押期限',
      rule: { kind: 'within', unit: 'day', amount: 30, rollForward: 'none', basis: '《行政强制法》第二十五条' },
      starts: { at: ['seize'], on: 'seizedOn' },
      stops: ['release', 'decide'],
      onExpiry: 'release',
    },
    statement: {
      label: '陈述申辩期限',
      rule: { kind: 'not-before', unit: 'working-day', amount: 5, basis: '第五十八条' },
      starts: { at: ['notify'] },
      stops: ['decide', 'hear'],
    },
    payment: {
      label: '缴款期限',
      rule: { kind: 'within', unit: 'day', amount: 15, basis: '《行政处罚法》第六十七条' },
      starts: { at: ['decide'] },
      stops: ['pay'],
    },
  },
});
