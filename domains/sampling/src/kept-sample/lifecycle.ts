import { type Act, field, lifecycle, on, optional, type Paper, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { finalConclusions } from '../task/items.ts';
import { fates, KeptSample, type KeptSampleRow, keptKinds, keptShape } from './entity.ts';
import { checkDisposal, mayReturn, retentionRules } from './rules.ts';

const o18 = (article: string): string => `《产品质量监督抽查管理暂行办法》${article}`;
const o15 = (article: string): string => `《食品安全抽样检验管理办法》${article}`;

const Release = z.strictObject({
  conclusion: field.choice('最终结论', finalConclusions, { en: 'Final conclusion' }),
  keepUntil: optional(field.date('检验结论作出日期', { en: 'Conclusion made on' })),
});
const SealCheckInput = z.strictObject({
  intact: field.flag('封条完好', { en: 'Seals intact' }),
  note: optional(field.text('情况', { en: 'Found', max: 500 })),
});
const fateNote = field.longText('说明', { en: 'Account', max: 2000 });
const fateOn = field.date('日期', { en: 'On' });
const Return = z.strictObject({
  fateOn,
  receivedBy: field.text('签收人', { en: 'Signed for by' }),
  fateNote: optional(fateNote),
});
const Disposal = z.strictObject({
  fate: field.choice(
    '处置方式',
    { waived: fates.waived, destroyed: fates.destroyed, reused: fates.reused },
    { en: 'How' },
  ),
  fateOn,
  fateNote,
});
const Loss = z.strictObject({
  fate: field.choice(
    '情形',
    { hidden: fates.hidden, moved: fates.moved, sold: fates.sold, spoiled: fates.spoiled },
    { en: 'What happened' },
  ),
  fateNote,
});
const Use = z.strictObject({ payment: optional(field.money('应付备用样品费用', { en: 'Owed for it' })) });

const isAtFirm = (row: KeptSampleRow): true | Refusal =>
  row.keeper === 'firm' || refuse('not-at-the-firm', '样品不在被抽样单位处。', 'The sample is not with the firm.');

const checkReturn = (row: KeptSampleRow, input: z.infer<typeof Return>, act: Act): true | Refusal =>
  (input.fateOn <= act.occurredOn && input.fateOn >= row.releasedOn!) ||
  refuse(
    'returned-on',
    '退还日期应在异议期满之后、今天之前。',
    'It goes back after the term to object and not in the future.',
    'fateOn',
  );

const record = (row: KeptSampleRow): Paper => ({
  template: 'kept-sample',
  title: row.fate === 'returned' ? '样品退还单' : '样品处置记录',
  content: {
    sample: row.sampleName,
    firm: row.enterpriseName,
    kind: keptKinds[row.kind].zh,
    quantity: row.quantity,
    unit: row.unit,
    seal: row.seal,
    fate: fates[row.fate!].zh,
    on: row.fateOn,
    note: row.fateNote ?? null,
    signatures: ['经办人', '见证人', '被抽样单位'],
  },
});
const ofLab = (row: KeptSampleRow): string[] => [`org:${row.lab.id}#laboratory-receiver`];

const retainedFrom = (conclusion: 'conforms' | 'fails') => (row: KeptSampleRow) => {
  const months = row.conclusion === 'conforms' ? 'conforms' : 'fails';
  return row.kind === 'backup' && !row.shelfLifeUntil && months === conclusion ? (row.keepUntil ?? null) : null;
};

/** 备用（备份）样品: sealed, kept, freed by the final conclusion, then returned, disposed of or used, with a record. */
export const keptSampleLifecycle = lifecycle(KeptSample, {
  editions: [
    {
      name: 'O18-2020',
      basis:
        '总局令第18号第二十二条至第二十四条、第二十七条、第三十四条、第三十七条；总局令第15号第十二条、第二十二条、第二十五条',
      inForce: '2020-01-01',
    },
  ],
  states: {
    kept: { zh: '封存中', en: 'Kept under seal' },
    released: { zh: '待退还或者处置', en: 'To be returned or disposed of' },
    returned: { zh: '已退还', en: 'Returned', closed: true },
    disposed: { zh: '已处置', en: 'Disposed of', closed: true },
    used: { zh: '已用于复检', en: 'Used in a retest', closed: true },
    lost: { zh: '被隐匿、转移、变卖或者损毁', en: 'Hidden, moved, sold or destroyed', closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['kind', 'keeper', 'sealedOn', 'conclusion', 'fate'],
  documents: {
    sealPhotos: { zh: '封条照片', en: 'Photographs of the seals' },
    returnReceipt: { zh: '样品退还签收单', en: 'Receipt of the return' },
    disposalRecord: { zh: '样品处置记录（签字）', en: 'Signed record of the disposal' },
    evidence: { zh: '现场证据', en: 'Evidence from the spot' },
    record: { zh: '样品退还、处置记录', en: 'Record of return or disposal', paper: record },
  },
  parties: {
    keepingFirm: {
      label: { zh: '保管样品的被抽样单位', en: 'Firm that keeps the sample' },
      of: (row) => (row.keeper === 'firm' ? [`org:${row.enterprise}`] : []),
      sees: [
        'sampleName',
        'kind',
        'quantity',
        'unit',
        'seal',
        'sealedOn',
        'keeper',
        'releasedOn',
        'fate',
        'fateOn',
        'payment',
      ],
      from: 'kept',
    },
    sampledFirm: {
      label: { zh: '被抽样单位', en: 'Sampled firm' },
      of: (row) => [`org:${row.enterprise}`],
      sees: ['sampleName', 'kind', 'quantity', 'unit', 'keeperName', 'releasedOn', 'fate', 'fateOn', 'payment'],
      from: 'released',
    },
    labReceiver: {
      label: { zh: '检验机构收样人员', en: "Laboratory's receiver" },
      of: ofLab,
      sees: [
        'sampleName',
        'kind',
        'quantity',
        'unit',
        'seal',
        'sealedOn',
        'keeper',
        'shelfLifeUntil',
        'conclusion',
        'releasedOn',
        'keepUntil',
        'sealChecks',
        'fate',
        'fateOn',
        'fateNote',
      ],
      from: 'kept',
    },
  },
  actions: {
    keep: on({
      label: { zh: '封存', en: 'Keep' },
      from: null,
      to: 'kept',
      by: ['system'],
      basis: `${o18('第二十二条第三款、第二十三条、第二十四条第二款、第二十七条')}；${o15('第十七条、第二十二条第一款')}`,
      input: z.strictObject(keptShape),
      run: (_row: KeptSampleRow) => ({ sealChecks: [] }),
    }),
    checkSeal: on({
      label: { zh: '查验封条', en: 'Check the seals' },
      from: ['kept', 'released'],
      to: 'same',
      by: ['organiser', 'labReceiver'],
      aside: true,
      basis: o18('第二十四条第二款、第四十一条'),
      input: SealCheckInput,
      needs: ['sealPhotos'],
      run: (row: KeptSampleRow, input, act) => ({
        sealChecks: [
          ...row.sealChecks,
          { on: act.occurredOn, by: act.actor.name, intact: input.intact, note: input.note ?? null },
        ],
      }),
    }),
    bringIn: on({
      label: { zh: '取回检验机构', en: 'Bring it to the laboratory' },
      from: 'kept',
      to: 'same',
      by: ['organiser', 'labReceiver'],
      aside: true,
      basis: o18('第二十四条第一款、第四十一条'),
      needs: ['sealPhotos'],
      when: isAtFirm,
      run: (row: KeptSampleRow) => ({ keeper: 'laboratory', keeperName: row.lab.name }),
    }),
    reportLoss: on({
      label: { zh: '登记样品被隐匿、转移、变卖、损毁', en: 'Record that the firm lost it' },
      from: ['kept', 'released'],
      to: 'lost',
      by: ['organiser'],
      aside: true,
      danger: true,
      basis: o18('第二十四条第二款、第四十条、第五十一条第四项'),
      input: Loss,
      needs: ['evidence'],
      when: isAtFirm,
      run: (_row: KeptSampleRow, _input, act) => ({ fateOn: act.occurredOn }),
    }),
    useInRetest: on({
      label: { zh: '用于复检', en: 'Used in a retest' },
      from: 'kept',
      to: 'used',
      by: ['system'],
      aside: true,
      basis: `${o18('第三十七条第三款')}；${o15('第三十三条')}`,
      input: Use,
      run: (_row: KeptSampleRow, _input, act) => ({ fate: 'used-in-retest', fateOn: act.occurredOn }),
    }),
    release: on({
      label: { zh: '异议期满', en: 'Term to object over' },
      from: 'kept',
      to: 'released',
      by: ['system'],
      aside: true,
      basis: `${o18('第三十四条')}；${o15('第二十五条')}`,
      input: Release,
      run: (_row: KeptSampleRow, _input, act) => ({ releasedOn: act.occurredOn }),
    }),
    returnToFirm: on({
      label: { zh: '退还样品', en: 'Return the sample' },
      from: 'released',
      to: 'returned',
      by: ['organiser', 'labReceiver'],
      basis: o18('第三十四条第一款'),
      input: Return,
      needs: ['returnReceipt'],
      papers: ['record'],
      when: mayReturn,
      check: checkReturn,
      run: (_row: KeptSampleRow) => ({ fate: 'returned' }),
    }),
    dispose: on({
      label: { zh: '处置样品', en: 'Dispose of the sample' },
      from: 'released',
      to: 'disposed',
      by: ['organiser', 'labReceiver'],
      aside: true,
      basis: `${o18('第三十四条第二款')}；${o15('第二十五条')}`,
      input: Disposal,
      needs: ['disposalRecord'],
      papers: ['record'],
      check: (row: KeptSampleRow, input, act) => checkDisposal(row, input, act.occurredOn, act.calendar),
    }),
  },
  clocks: {
    retentionConforming: {
      label: { zh: '保存期（合格）', en: 'Retention, conforming' },
      rule: retentionRules.conforms,
      starts: { at: ['release'], from: retainedFrom('conforms') },
      stops: [],
    },
    retentionFailing: {
      label: { zh: '保存期（不合格）', en: 'Retention, failing' },
      rule: retentionRules.fails,
      starts: { at: ['release'], from: retainedFrom('fails') },
      stops: [],
    },
  },
});
