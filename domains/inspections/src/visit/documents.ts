import type { Act, Paper } from '@hengjian/kernel';
import { outcomes } from '../checklist/entity.ts';
import { grades, results, sources, type VisitRow } from './entity.ts';

/** 行政检查通知书 (国办发〔2024〕54号: one of the seven forms of 2025). */
export const noticePaper = (row: VisitRow): Paper => ({
  template: 'inspection-notice',
  title: '行政检查通知书',
  content: {
    to: row.enterpriseName,
    paragraphs: [
      `依照${row.plan ? '已公布的检查计划' : `${sources[row.source].zh}（${row.sourceReference ?? ''}）`}，本机关派员对你单位进行行政检查，请予配合。`,
      '检查人员应当出示执法证件。未出示执法证件和本通知书的，你单位有权拒绝检查。',
      '你单位依法享有陈述、申辩和对检查行为投诉举报的权利。检查不收取任何费用。',
    ],
    facts: [
      ['检查事项', row.matters.join('、')],
      ['检查人员', row.officers.map(({ name, certificate }) => `${name}（${certificate}）`).join('、')],
      ['检查方式', row.unannounced ? '现场检查（不预先通知）' : '现场检查'],
      ['完成期限', row.dueOn],
    ],
  },
});

/** 现场检查笔录: what was asked, what was found, who was there. */
export const recordPaper = (row: VisitRow, act: Act): Paper => ({
  template: 'inspection-record',
  title: '现场检查笔录',
  content: {
    facts: [
      ['检查对象', row.enterpriseName],
      ['统一社会信用代码', row.enterpriseCode ?? '—'],
      ['检查日期', row.recordedOn ?? act.occurredOn],
      ['检查人员', row.officers.map(({ name, certificate }) => `${name}（${certificate}）`).join('、')],
      ['检查结果', row.result ? results[row.result].zh : ''],
      ['分级', row.grade ? grades[row.grade].zh : '—'],
      ['检查对象签字', { signed: '已签字', refused: '拒绝签字', absent: '无人在场' }[row.signature ?? 'absent']],
      ['见证人或者拒签情况', row.witness ?? '—'],
      ['校验码', row.evidence?.at(-1)?.sheet ?? '—'],
    ],
    paragraphs: row.remark ? [row.remark] : [],
    tables: [
      {
        caption: '检查情况',
        columns: ['检查内容', '依据', '结论', '说明'],
        rows: (row.findings ?? []).map(({ text, clause, outcome, note }) => [
          text,
          clause ?? null,
          outcomes[outcome].zh,
          note ?? null,
        ]),
      },
    ],
    signatures: ['检查人员', '检查人员', '检查对象'],
  },
});
