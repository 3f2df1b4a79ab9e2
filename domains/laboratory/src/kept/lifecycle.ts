import { entity, field, lifecycle, on, optional, type Paper, type RecordRow, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { keptKinds } from '../rules.ts';

const KeptSample = entity(
  'laboratory.kept-sample',
  { zh: '留存样品', en: 'Kept sample' },
  {
    fields: {
      sample: field.reference('样品', 'laboratory.sample', { en: 'Sample' }),
      organisation: field.identifier('检验机构编号', { en: 'Body (id)' }),
      blindCode: field.text('盲样号', { en: 'Blind code', max: 20 }),
      kind: field.choice('种类', keptKinds, { en: 'Kind' }),
      quantity: field.integer('数量', { en: 'Quantity' }),
      unit: field.text('计量单位', { en: 'Unit', max: 40 }),
      place: field.text('存放位置', { en: 'Place' }),
      keptSince: field.date('留存日期', { en: 'Kept since' }),
      keepUntil: optional(field.date('留存至', { en: 'Keep until' })),
      ground: optional(field.longText('依据', { en: 'Ground', max: 2000 })),
      usedFor: optional(field.text('用途', { en: 'Used for' })),
      paid: optional(field.money('支付金额', { en: 'Paid' })),
      disposedOn: optional(field.date('处置日期', { en: 'Disposed on' })),
      disposal: optional(field.text('处置方式', { en: 'How disposed', max: 300 })),
      witness: optional(
        field.text('监督人', { en: 'Witness', personal: { zh: '处置见证', en: 'to witness the disposal' } }),
      ),
    },
    title: (row) => `${row.blindCode} · ${keptKinds[row.kind].zh}`,
    purpose: {
      zh: '备用样品、复检备份样品和留样：放在哪里、留到何时、如何处置。',
      en: 'Spare samples, retest back-ups and retained samples: where, until when, and what became of them.',
    },
  },
);
type KeptSampleRow = RecordRow<typeof KeptSample>;

const basis =
  '《产品质量监督抽查管理暂行办法》第二十二条、第二十七条、第三十四条、第三十七条；《食品安全抽样检验管理办法》第十二条、第二十五条';

const disposalRecord = (row: KeptSampleRow): Paper => ({
  template: 'sample-disposal',
  title: '样品处置记录',
  content: {
    facts: [
      ['样品编号', row.blindCode],
      ['种类', keptKinds[row.kind].zh],
      ['数量', `${row.quantity} ${row.unit}`],
      ['留存', `${row.keptSince} 至 ${row.keepUntil ?? '组织部门通知'}`],
      ['处置日期', row.disposedOn ?? null],
      ['处置方式', row.disposal ?? null],
      ['监督人', row.witness ?? null],
    ],
    signatures: ['样品管理员', '监督人'],
  },
});

/** A spare sample is freed by the organiser's word, every other by its last day; nothing is thrown away before. */
const isFree = (row: KeptSampleRow, day: string) =>
  (row.keepUntil !== null && row.keepUntil !== undefined && row.keepUntil < day) ||
  refuse(
    'still-to-be-kept',
    row.keepUntil
      ? `${keptKinds[row.kind].zh}应留存至${row.keepUntil}，不得提前处置。`
      : row.kind === 'spare'
        ? '备用样品须待异议期满、由组织部门通知后处置（令第18号第三十四条）。'
        : '检验结论尚未作出，留存期限未定，不得处置。',
    row.keepUntil
      ? `It is to be kept until ${row.keepUntil}.`
      : 'Its last day is not set yet: the objection term or the conclusion is still open.',
  );

export const keptSampleLifecycle = lifecycle(KeptSample, {
  editions: [{ name: '2019', basis, inForce: '2000-01-01' }],
  states: {
    kept: { zh: '留存', en: 'Kept' },
    used: { zh: '已用于复检', en: 'Used in a retest', closed: true },
    returned: { zh: '已退还', en: 'Returned', closed: true },
    disposed: { zh: '已处置', en: 'Disposed', closed: true },
  },
  readers: ['auditor'],
  columns: ['kind', 'place', 'keepUntil'],
  documents: {
    disposalRecord: { zh: '样品处置记录', en: 'Record of disposal', paper: disposalRecord },
    releaseNotice: { zh: '组织部门的处置通知', en: "Organiser's notice" },
  },
  parties: {
    receiver: {
      label: { zh: '样品管理员', en: 'Sample custodian' },
      of: (row) => [`org:${row.organisation}#laboratory-receiver`],
      sees: 'all',
      from: 'kept',
    },
    signatory: {
      label: { zh: '授权签字人', en: 'Signatory' },
      of: (row) => [`org:${row.organisation}#laboratory-signatory`],
      sees: 'all',
      from: 'kept',
    },
  },
  actions: {
    keep: on({
      label: { zh: '留存', en: 'Keep' },
      from: null,
      to: 'kept',
      by: ['system'],
      basis,
      input: z.strictObject({
        sample: KeptSample.shape.sample,
        organisation: KeptSample.shape.organisation,
        blindCode: KeptSample.shape.blindCode,
        kind: KeptSample.shape.kind,
        quantity: KeptSample.shape.quantity,
        unit: KeptSample.shape.unit,
        place: KeptSample.shape.place,
        keptSince: KeptSample.shape.keptSince,
      }),
    }),
    setTerm: on({
      label: { zh: '定留存期限', en: 'Set the last day' },
      from: 'kept',
      to: 'same',
      by: ['system'],
      aside: true,
      basis,
      input: z.strictObject({ keepUntil: KeptSample.shape.keepUntil }),
    }),
    release: on({
      label: { zh: '组织部门通知可以处置', en: 'Released by the organiser' },
      from: 'kept',
      to: 'same',
      by: ['receiver'],
      aside: true,
      basis: '《产品质量监督抽查管理暂行办法》第三十四条',
      needs: ['releaseNotice'],
      input: z.strictObject({
        keepUntil: field.date('留存至', { en: 'Keep until' }),
        ground: field.longText('依据', { en: 'Ground', max: 2000 }),
      }),
      when: (row) =>
        row.kind === 'spare' ||
        refuse('term-by-law', '只有备用样品由组织部门通知处置。', 'Only a spare sample waits for the organiser.'),
    }),
    use: on({
      label: { zh: '用于复检', en: 'Use in a retest' },
      from: 'kept',
      to: 'used',
      by: ['receiver'],
      aside: true,
      basis: '《产品质量监督抽查管理暂行办法》第三十七条；《食品安全抽样检验管理办法》第二十五条',
      input: z.strictObject({
        usedFor: field.text('复检依据文书', { en: 'Order to retest' }),
        paid: optional(field.money('支付金额', { en: 'Paid' })),
      }),
      check: (row: KeptSampleRow, input) => {
        if (row.kind === 'retained')
          return refuse('not-for-retest', '留样不是复检样品。', 'A retained sample is not for retests.');
        return (
          row.kind !== 'spare' ||
          Boolean(input.paid) ||
          refuse(
            'spare-unpaid',
            '备用样品用于复检的，须支付购样费（令第18号第三十七条）。',
            'A spare sample used in a retest is paid for (order 18 art. 37).',
            'paid',
          )
        );
      },
    }),
    giveBack: on({
      label: { zh: '退还', en: 'Return' },
      from: 'kept',
      to: 'returned',
      by: ['receiver'],
      aside: true,
      basis: '《产品质量监督抽查管理暂行办法》第三十四条',
      input: z.strictObject({ ground: field.longText('退还说明', { en: 'To whom and how', max: 2000 }) }),
      check: (row: KeptSampleRow, _input, act) => isFree(row, act.occurredOn),
    }),
    dispose: on({
      label: { zh: '处置', en: 'Dispose' },
      from: 'kept',
      to: 'disposed',
      by: ['receiver'],
      aside: true,
      danger: true,
      basis,
      input: z.strictObject({
        disposal: field.text('处置方式', { en: 'How', max: 300 }),
        witness: field.text('监督人', { en: 'Witness' }),
      }),
      papers: ['disposalRecord'],
      check: (row: KeptSampleRow, _input, act) => isFree(row, act.occurredOn),
      run: (_row, _input, act) => ({ disposedOn: act.occurredOn }),
    }),
  },
});
