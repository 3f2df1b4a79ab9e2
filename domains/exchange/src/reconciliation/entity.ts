import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { z } from 'zod';
import { ports, systemChoices } from '../connection/entity.ts';
import { differenceKinds } from './rules.ts';

export const resolutions = {
  'sent-again': { zh: '我方更正后重报', en: 'We corrected it and send it again' },
  'corrected-there': { zh: '对方更正', en: 'They correct it' },
  'in-transit': { zh: '时间差，次日对账已一致', en: 'In transit; it agreed the next day' },
  explained: { zh: '核实无误，已说明', en: 'Checked and explained' },
} as const;

const DifferenceFields = z.object({
  ordinal: field.integer('序号', { en: 'No.', min: 1 }),
  kind: field.choice('差异', differenceKinds, { en: 'Difference' }),
  key: field.text('报送编号', { en: 'Key', max: 100 }),
  message: field.text('报文代码', { en: 'Message', max: 40 }),
  matter: optional(field.text('事项', { en: 'Matter', max: 500 })),
  dispatch: optional(field.identifier('交换件', { en: 'Dispatch' })),
  foreignNumber: optional(field.text('国家系统编号', { en: 'Number there', max: 100 })),
  fields: field.list(
    '不一致的字段',
    z.object({
      field: field.text('字段', { en: 'Field', max: 80 }),
      ours: field.longText('我方', { en: 'Ours' }),
      theirs: field.longText('对方', { en: 'Theirs' }),
    }),
    { en: 'Fields that differ', max: 300 },
  ),
  resolution: optional(field.choice('处理', resolutions, { en: 'Resolved by' })),
  resolutionReason: optional(field.longText('处理说明', { en: 'Why', max: 1000 })),
  resolvedBy: optional(field.text('处理人', { en: 'By', max: 80 })),
  resolvedOn: optional(field.date('处理日期', { en: 'On' })),
});

/** 对账: the counterpart's list against ours for some days, frozen; each difference is open until somebody says why. */
export const Reconciliation = entity(
  'exchange.reconciliation',
  { zh: '对账记录', en: 'Reconciliation' },
  {
    fields: {
      system: field.choice('对方系统', systemChoices, { en: 'National system' }),
      since: field.date('起', { en: 'From' }),
      until: field.date('止', { en: 'Until' }),
      origin: field.choice('对方清单来自', ports, { en: 'Their list came by' }),
      ours: field.integer('我方', { en: 'Ours' }),
      theirs: field.integer('对方', { en: 'Theirs' }),
      matched: field.integer('一致', { en: 'Agree' }),
      onlyOurs: field.integer('只有我方有', { en: 'Only with us' }),
      onlyTheirs: field.integer('只有对方有', { en: 'Only with them' }),
      differing: field.integer('内容不一致', { en: 'Differ' }),
      completed: field.integer('对账补记接收', { en: 'Acceptances learnt here' }),
      open: field.integer('未处理差异', { en: 'Differences open' }),
      differences: field.list('差异', DifferenceFields, { en: 'Differences', max: 2000 }),
      listHash: field.text('对方清单校验值', { en: 'Hash of their list', max: 64 }),
      ourList: field.json('我方清单', { en: 'Our list' }),
      theirList: field.json('对方清单', { en: 'Their list' }),
    },
    title: (row) =>
      `${systemChoices[row.system]!.zh} · ${row.since === row.until ? row.since : `${row.since}—${row.until}`}`,
    purpose: {
      zh: '每天用对方清单核对我方已报送的事项：一致、只有一方有、内容不一致，逐项处理并写明理由。',
      en: 'Each day the counterpart’s list against what we sent: agreeing, on one side only, differing; each difference is resolved with a reason.',
    },
  },
);
export type ReconciliationRow = RecordRow<typeof Reconciliation>;
