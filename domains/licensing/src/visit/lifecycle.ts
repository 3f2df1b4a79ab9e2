import { entity, field, type Lifecycle, lifecycle, on, optional, type RecordRow, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { edition, licenceLaw, readers } from '../clauses.ts';
import { kindChoices } from '../kinds/catalogue.ts';

/** 证后监督任务: made by the rules of a licence, done by whoever supervises, closed with a finding. */
const Visit = entity(
  'licensing.visit',
  { zh: '证后监督任务', en: 'Supervision of a holder' },
  {
    fields: {
      licence: field.reference('许可证', 'licensing.licence', { en: 'Licence' }),
      organisation: field.identifier('持证人编号', { en: 'Holder (id)' }),
      holderName: field.text('持证人', { en: 'Holder' }),
      number: field.text('证书编号', { en: 'Number', max: 60 }),
      kind: field.choice('许可事项', kindChoices, { en: 'Licence' }),
      reason: field.text('来由', { en: 'Made by', max: 40 }),
      task: field.text('任务', { en: 'Task' }),
      dueOn: field.date('完成期限', { en: 'To be done by' }),
      visitedOn: optional(field.date('检查日期', { en: 'Visited on' })),
      findings: optional(field.longText('检查情况', { en: 'Findings', max: 4000 })),
      demands: optional(field.longText('整改要求', { en: 'To be rectified', max: 4000 })),
      rectifyBy: optional(field.date('整改期限', { en: 'Rectify by' })),
    },
    title: (row) => `${row.task}·${row.holderName}`,
    subject: (row) => ({ id: row.organisation, name: row.holderName }),
    words: (row) => [row.number],
    purpose: {
      zh: '获证之后的回访、承诺核查和自查未报的上门检查；由许可事项的规则自动产生。',
      en: 'Visits after a grant, checks of commitments and of missing self-reports; made by the rules of each licence.',
    },
  },
);
type VisitRow = RecordRow<typeof Visit>;
const { shape } = Visit;
const Plan = z.strictObject({
  licence: shape.licence,
  organisation: shape.organisation,
  holderName: shape.holderName,
  number: shape.number,
  kind: shape.kind,
  reason: shape.reason,
  task: shape.task,
  dueOn: shape.dueOn,
});
const found = {
  visitedOn: field.date('检查日期', { en: 'Visited on' }),
  findings: field.longText('检查情况', { en: 'Findings', max: 4000 }),
};
const Passed = z.strictObject(found);
const Ordered = Passed.extend({
  demands: field.longText('整改要求', { en: 'To be rectified', max: 4000 }),
  rectifyBy: field.date('整改期限', { en: 'Rectify by' }),
});
const Closed = z.strictObject({ findings: field.longText('复查情况', { en: 'Findings', max: 4000 }) });
const notAhead = (_row: VisitRow, input: { visitedOn: string }, act: { today: string }) =>
  input.visitedOn <= act.today ||
  refuse('day-ahead', '检查日期不能晚于今天。', 'The visit cannot lie ahead.', 'visitedOn');
const supervisors = ['licence-supervisor', 'licence-examiner'] as const;

export const visitLifecycle: Lifecycle = lifecycle(Visit, {
  editions: [edition],
  states: {
    planned: { zh: '待检查', en: 'To be done' },
    ordered: { zh: '限期整改', en: 'To be rectified' },
    rectified: { zh: '已报整改', en: 'Reported as rectified' },
    closed: { zh: '已办结', en: 'Closed', closed: true },
    referred: { zh: '移送处理', en: 'Referred', closed: true },
  },
  readers,
  columns: ['kind', 'holderName', 'task', 'dueOn'],
  documents: {
    record: { zh: '检查记录', en: 'Record of the visit' },
    report: { zh: '整改报告', en: 'Report of rectification' },
  },
  parties: {
    holder: {
      label: { zh: '持证人', en: 'Holder' },
      of: (row) => [`org:${row.organisation}`],
      sees: ['licence', 'holderName', 'number', 'kind', 'visitedOn', 'demands', 'rectifyBy'],
      // An unannounced visit is not announced by its own record.
      from: 'ordered',
    },
  },
  actions: {
    plan: on({
      label: { zh: '产生任务', en: 'Plan' },
      from: null,
      to: 'planned',
      by: ['system'],
      basis: licenceLaw('第六十一条、第六十二条'),
      input: Plan,
    }),
    pass: on({
      label: { zh: '检查合格', en: 'Nothing found' },
      from: 'planned',
      to: 'closed',
      by: supervisors,
      basis: licenceLaw('第六十一条'),
      needs: ['record'],
      input: Passed,
      check: notAhead,
    }),
    order: on({
      label: { zh: '责令限期改正', en: 'Order to rectify' },
      from: 'planned',
      to: 'ordered',
      by: supervisors,
      basis: licenceLaw('第六十八条'),
      needs: ['record'],
      input: Ordered,
      check: notAhead,
    }),
    report: on({
      label: { zh: '报告整改', en: 'Report as rectified' },
      from: 'ordered',
      to: 'rectified',
      by: ['holder', ...supervisors],
      basis: licenceLaw('第六十八条'),
      needs: ['report'],
    }),
    close: on({
      label: { zh: '复查合格，办结', en: 'Close' },
      from: 'rectified',
      to: 'closed',
      by: supervisors,
      basis: licenceLaw('第六十八条'),
      input: Closed,
    }),
    refer: on({
      label: { zh: '逾期不改，移送处理', en: 'Not rectified; refer' },
      from: ['ordered', 'rectified'],
      to: 'referred',
      by: supervisors,
      aside: true,
      danger: true,
      basis: licenceLaw('第六十八条、第八十条'),
      input: Closed,
    }),
  },
  clocks: {
    visit: {
      label: { zh: '监督任务期限', en: 'Time for the visit' },
      rule: { kind: 'within', unit: 'day', amount: 0, basis: '许可事项的证后监督规则' },
      starts: { at: ['plan'], on: 'dueOn' },
      stops: ['pass', 'order'],
    },
    rectify: {
      label: { zh: '改正期限', en: 'Time to rectify' },
      rule: { kind: 'within', unit: 'day', amount: 0, basis: '责令改正载明的期限' },
      starts: { at: ['order'], on: 'rectifyBy' },
      stops: ['report', 'refer'],
    },
  },
});
