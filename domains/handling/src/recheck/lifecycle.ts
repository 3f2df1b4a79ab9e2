import { type Act, field, lifecycle, on, type Paper, type Refusal, refuse } from '@hengjian/kernel';
import { refuseExpiredCertificate } from '@hengjian/people';
import { z } from 'zod';
import { edition, handlers, o18, overseers } from '../clauses.ts';
import { summaryOf } from '../fields.ts';
import { orderingShape, ordinals, Recheck, RecheckResult, type RecheckRow } from './entity.ts';
import { judgeRecheck } from './rules.ts';

/** There is no field for a price: the sample of a recheck is free (order 18 art. 49(1)). */
const Sample = z.strictObject({
  sampledOn: field.date('抽样日期', { en: 'Sampled on' }),
  quantity: field.integer('样品数量（无偿提供）', { en: 'Quantity (free of charge)', min: 1 }),
  batch: field.text('生产日期或批号', { en: 'Batch' }),
  seal: field.text('封样状态', { en: 'Seals', max: 300 }),
  samplers: field.text('抽样人员', { en: 'Samplers', max: 200, help: { zh: '两人以上。', en: 'Two or more.' } }),
});
const Report = z.strictObject({
  reportNumber: field.text('复查检验报告编号', { en: 'Report number' }),
  reportedOn: field.date('报告日期', { en: 'Reported on' }),
  results: field.list('检验结果', RecheckResult.omit({ verdict: true }), { en: 'Results', max: 300 }),
});
const Recognition = z.strictObject({ opinion: field.longText('认定意见', { en: 'Recognition', max: 2000 }) });
const Reason = z.strictObject({ reason: field.longText('终止理由', { en: 'Why it ends', max: 2000 }) });

const concluded =
  (wanted: 'conforms' | 'fails') =>
  (row: RecheckRow): true | Refusal =>
    row.conclusion === wanted || refuse('other-conclusion', '检验结论不是这样。', 'The report concludes otherwise.');

const checkSample = async (row: RecheckRow, input: z.infer<typeof Sample>, act: Act): Promise<true | Refusal> => {
  if (input.sampledOn > act.occurredOn || input.sampledOn < row.orderedOn!)
    return refuse(
      'sampled-on',
      '抽样日期应在组织复查之后、今天之前。',
      'It is sampled after it was organised and not in the future.',
      'sampledOn',
    );
  if (input.samplers.split(/[、，,;；\s]+/).filter(Boolean).length < 2)
    return refuse(
      'two-samplers',
      '抽样人员不得少于两人（第十六条）。',
      'At least two people sample (art. 16).',
      'samplers',
    );
  return refuseExpiredCertificate(act);
};

const checkReport = (row: RecheckRow, input: z.infer<typeof Report>, act: Act): true | Refusal => {
  if (input.reportedOn > act.occurredOn || input.reportedOn < row.sampledOn!)
    return refuse('reported-on', '报告日期应在抽样之后、今天之前。', 'It is reported after the sample.', 'reportedOn');
  const judged = judgeRecheck(row.items, input.results);
  return 'code' in judged ? judged : true;
};

/** Every item judged again by the limits of the first test. */
function report(row: RecheckRow, input: z.infer<typeof Report>): Partial<RecheckRow> {
  const judged = judgeRecheck(row.items, input.results);
  if ('code' in judged) throw new Error('A report that cannot be judged passed its check.');
  return judged;
}

/** The officer's recognition decides the loop and is told to the firm with a paper of its own. */
const recognise =
  (passes: boolean) =>
  async (row: RecheckRow, input: z.infer<typeof Recognition>, act: Act): Promise<Partial<RecheckRow>> => {
    await act.perform('handling.loop', row.loop, passes ? 'passRecheck' : 'failRecheck', {});
    await act.create(
      'handling.order',
      'issueNotice',
      {
        loop: row.loop,
        kind: passes ? 'recheck-passed' : 'recheck-failed',
        subjectId: row.subjectId,
        subjectName: row.subjectName,
        subjectCode: row.subjectCode,
        productName: row.productName,
        ground: `${ordinals[row.ordinal].zh}，检验报告${row.reportNumber}：${passes ? '未发现不合格' : summaryOf(row.failedItems ?? [])}。${input.opinion}`,
        demands: passes
          ? '认定复查合格，自本通知书送达之日起可以恢复生产、销售同一产品。'
          : '在认定复查合格前，不得恢复生产、销售同一产品（第四十九条）。',
      },
      { parent: row.loop },
    );
    return { recognisedOn: act.occurredOn };
  };

const notice = (row: RecheckRow): Paper => ({
  template: 'recheck-order',
  title: '复查通知书',
  content: {
    to: row.subjectName,
    paragraphs: [
      `本机关依照《产品质量监督抽查管理暂行办法》第四十七条至第四十九条组织${ordinals[row.ordinal].zh}。`,
      '复查所需样品由你单位无偿提供。除提供样品外，在认定复查合格前不得恢复生产、销售同一产品。',
    ],
    facts: [
      ['产品', row.productName],
      ['检验机构', row.lab.name],
      ['检验项目', row.items.map(({ item }) => item).join('、')],
    ],
  },
});

/** 复查: organised, sampled free of charge, tested by the same programme, recognised by an officer. */
export const recheckLifecycle = lifecycle(Recheck, {
  editions: [edition],
  states: {
    ordered: { zh: '待抽样', en: 'To be sampled' },
    sampled: { zh: '检验中', en: 'Being tested' },
    tested: { zh: '待认定', en: 'To be recognised' },
    passed: { zh: '合格', en: 'Passed', closed: true },
    failed: { zh: '不合格', en: 'Failed', closed: true },
    cancelled: { zh: '已终止', en: 'Ended', closed: true },
  },
  readers: overseers,
  columns: ['ordinal', 'subjectName', 'productName', 'sampledOn', 'conclusion'],
  documents: {
    notice: { zh: '复查通知书', en: 'Notice of the recheck', number: '复查通', paper: notice },
    sheet: { zh: '复查抽样单', en: 'Sampling record of the recheck' },
    report: { zh: '复查检验报告', en: 'Report of the recheck' },
  },
  parties: {
    lab: {
      label: { zh: '检验机构授权签字人', en: 'Signatory of the laboratory' },
      of: (row) => (row.lab.id ? [`org:${row.lab.id}#laboratory-signatory`] : []),
      sees: [
        'ordinal',
        'productName',
        'items',
        'lab',
        'sampledOn',
        'quantity',
        'batch',
        'seal',
        'results',
        'reportNumber',
        'reportedOn',
        'conclusion',
        'failedItems',
      ],
      from: 'sampled',
    },
    firm: {
      label: { zh: '当事人', en: 'The firm' },
      of: (row) => (row.subjectId ? [`org:${row.subjectId}`] : []),
      sees: [
        'ordinal',
        'productName',
        'items',
        'lab',
        'orderedOn',
        'sampledOn',
        'quantity',
        'batch',
        'conclusion',
        'failedItems',
        'opinion',
        'recognisedOn',
      ],
      from: 'ordered',
    },
  },
  actions: {
    order: on({
      label: { zh: '组织复查', en: 'Organise' },
      from: null,
      to: 'ordered',
      by: ['system'],
      basis: o18('第四十七条第一款、第四十八条'),
      input: z.strictObject(orderingShape),
      papers: ['notice'],
      run: (_row: RecheckRow, _input, act) => ({ orderedOn: act.occurredOn }),
    }),
    sample: on({
      label: { zh: '抽取复查样品', en: 'Take the sample' },
      from: 'ordered',
      to: 'sampled',
      by: handlers,
      basis: o18('第四十九条第一款、第十六条'),
      input: Sample,
      needs: ['sheet'],
      check: checkSample,
    }),
    report: on({
      label: { zh: '报送复查结果', en: 'Report the results' },
      from: 'sampled',
      to: 'tested',
      by: ['lab', ...handlers],
      basis: o18('第三十二条、第三十三条、第四十七条'),
      input: Report,
      needs: ['report'],
      check: checkReport,
      run: report,
    }),
    recognisePass: on({
      label: { zh: '认定复查合格', en: 'Recognise as passed' },
      from: 'tested',
      to: 'passed',
      by: handlers,
      basis: o18('第四十九条第二款'),
      input: Recognition,
      when: concluded('conforms'),
      run: recognise(true),
    }),
    recogniseFailure: on({
      label: { zh: '认定复查不合格', en: 'Recognise as failed' },
      from: 'tested',
      to: 'failed',
      by: handlers,
      basis: o18('第四十七条第二款'),
      input: Recognition,
      when: concluded('fails'),
      run: recognise(false),
    }),
    cancel: on({
      label: { zh: '终止复查', en: 'End' },
      from: ['ordered', 'sampled', 'tested'],
      to: 'cancelled',
      by: ['system'],
      basis: o18('第四十二条'),
      input: Reason,
    }),
  },
});
