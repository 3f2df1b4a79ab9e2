import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { KeptEvidence } from '@hengjian/sampling';
import { z } from 'zod';
import { ItemField, outcomes, severities } from '../checklist/entity.ts';
import { OfficerField } from '../officer/lifecycle.ts';

/** What brings officers to a firm: only the first two count towards its cap (practice W11). */
export const sources = {
  random: { zh: '双随机抽查', en: 'Drawn at random' },
  daily: { zh: '日常检查', en: 'Daily inspection' },
  campaign: { zh: '专项整治', en: 'Special campaign' },
  covert: { zh: '暗访、飞行检查', en: 'Covert or unannounced' },
  complaint: { zh: '投诉举报', en: 'Complaint or report' },
  sampling: { zh: '抽检不合格', en: 'Failed sampling' },
  case: { zh: '案件办理', en: 'Case' },
  emergency: { zh: '应急处置', en: 'Emergency' },
  'hazard-recheck': { zh: '隐患复查', en: 'Recheck of a hazard' },
} as const;
export type Source = keyof typeof sources;

/** 检查结果类型 (令第67号第十二条至第十五条). */
export const results = {
  none: { zh: '未发现问题', en: 'No problem found' },
  corrected: { zh: '发现问题，已当场改正', en: 'Problem found, corrected on the spot' },
  ordered: { zh: '发现问题，已责令改正', en: 'Problem found, ordered to correct' },
  pending: { zh: '发现问题，待后续处理', en: 'Problem found, to be followed up' },
  closed: { zh: '未开展相关经营活动', en: 'No such business' },
  unreachable: { zh: '通过登记的住所无法联系', en: 'Not reachable at the registered place' },
  uncooperative: { zh: '不予配合情节严重', en: 'Seriously uncooperative' },
} as const;
export type Result = keyof typeof results;

/** Results under which nobody could go through the checklist. */
export const withoutChecklist: ReadonlySet<Result> = new Set(['closed', 'unreachable', 'uncooperative']);
/** Results that are negative information about the firm and leave the public record after their term. */
export const negative: ReadonlySet<Result> = new Set(['ordered', 'pending', 'unreachable', 'uncooperative']);

export const grades = {
  A: { zh: 'A 未发现问题', en: 'A no finding' },
  B: { zh: 'B 一般问题', en: 'B minor findings' },
  C: { zh: 'C 较重问题', en: 'C major findings' },
  D: { zh: 'D 严重问题', en: 'D critical findings' },
} as const;

const forInspection = { zh: '现场检查笔录签字和联系', en: 'to sign the record of the visit and to be reached' };

export const firmShape = {
  enterprise: field.reference('检查对象', 'subjects.enterprise', { en: 'Firm' }),
  enterpriseName: field.text('检查对象名称', { en: 'Name of firm' }),
  enterpriseCode: optional(field.text('统一社会信用代码', { en: 'Credit code', public: true, max: 40 })),
  enterpriseRegion: field.region('所在地', { en: 'Region', public: true }),
};

const FindingField = z.object({
  item: field.text('项目', { en: 'Item', max: 130 }),
  text: field.text('检查内容', { en: 'What was checked', max: 500 }),
  clause: optional(field.text('依据', { en: 'Clause', max: 300 })),
  value: field.text('结果', { en: 'Answer', max: 500 }),
  outcome: field.choice('结论', outcomes, { en: 'Outcome' }),
  severity: optional(field.choice('程度', severities, { en: 'Severity' })),
  note: optional(field.text('说明', { en: 'Note', max: 1000 })),
});

/** 现场检查: one firm, two or more officers with certificates, one record; the result is public in 20 working days. */
export const Visit = entity(
  'inspections.visit',
  { zh: '现场检查', en: 'Visit' },
  {
    fields: {
      plan: optional(field.reference('检查计划', 'inspections.plan', { en: 'Plan' })),
      draw: optional(field.reference('随机抽取', 'inspections.draw', { en: 'Draw' })),
      source: field.choice('检查来源', sources, { en: 'Source', public: true }),
      sourceReference: optional(field.text('来源编号', { en: 'Number of the source', max: 100 })),
      counted: field.flag('计入年度频次', { en: 'Counts towards the cap' }),
      matters: field.list('检查事项', field.text('事项', { en: 'Matter', max: 120, public: true }), {
        en: 'Matters',
        max: 20,
        public: true,
      }),
      checklists: field.list('检查表', field.reference('检查表', 'inspections.checklist', { en: 'Checklist' }), {
        en: 'Checklists',
        max: 10,
      }),
      items: field.list('检查项目', ItemField, { en: 'Items', max: 2_000 }),
      ...firmShape,
      publicName: field.text('公示名称', { en: 'Public name', public: true }),
      officers: field.list('检查人员', OfficerField, { en: 'Officers', max: 10 }),
      plannedOn: field.date('立项日期', { en: 'Planned on' }),
      dueOn: field.date('完成期限', { en: 'Due on' }),
      unannounced: field.flag('不预先通知', { en: 'Unannounced' }),
      approvedOn: optional(field.date('批准日期', { en: 'Approved on' })),
      enteredAt: optional(field.instant('扫码入企时间', { en: 'Scanned in at' })),
      scanCode: optional(field.text('入企码', { en: 'Code scanned', max: 200 })),
      scanReason: optional(field.text('未扫码的原因', { en: 'Why nothing was scanned', max: 300 })),
      present: optional(field.list('到场人员', field.identifier('人员', { en: 'Person' }), { en: 'Present', max: 10 })),
      findings: optional(field.list('检查情况', FindingField, { en: 'Findings', max: 2_000 })),
      grade: optional(field.choice('分级', grades, { en: 'Grade' })),
      result: optional(field.choice('检查结果', results, { en: 'Result', public: true })),
      remark: optional(field.longText('现场情况', { en: 'Account', max: 4000 })),
      representative: optional(
        field.text('检查对象在场人员', { en: 'Person present for the firm', personal: forInspection }),
      ),
      signature: optional(
        field.choice(
          '检查对象签字',
          {
            signed: { zh: '已签字', en: 'Signed' },
            refused: { zh: '拒绝签字', en: 'Refused' },
            absent: { zh: '无人在场', en: 'Nobody there' },
          },
          { en: 'Signature of the firm' },
        ),
      ),
      witness: optional(field.text('见证人或者拒签情况', { en: 'Witness or account of the refusal', max: 500 })),
      evidence: optional(field.list('采集的证据', KeptEvidence, { en: 'Captured evidence', max: 50 })),
      scanned: field.flag('纸质笔录已扫描', { en: 'Paper record scanned' }),
      recordedOn: optional(field.date('检查日期', { en: 'Inspected on', public: true })),
      reviewOpinion: optional(field.longText('审核意见', { en: 'Opinion of the review', max: 2000 })),
      publishedOn: optional(field.date('公示日期', { en: 'Published on', public: true })),
      entry: optional(field.identifier('公开条目', { en: 'Public entry' })),
      mergedInto: optional(field.reference('并入', 'inspections.visit', { en: 'Merged into' })),
      reason: optional(field.longText('理由', { en: 'Reason', max: 2000 })),
    },
    title: (row) => `${row.enterpriseName} · ${row.matters.join('、')}`,
    subject: (row) => ({ id: row.enterprise, name: row.enterpriseName }),
    words: (row) => [row.enterpriseCode, ...row.matters],
    purpose: {
      zh: '对一家企业的一次检查：审批、通知书、扫码入企、检查表、当场签字、审核、20 个工作日内公示。',
      en: 'One visit to one firm: approved, noticed, scanned in, recorded and signed on the spot, reviewed, public in 20 working days.',
    },
  },
);
export type VisitRow = RecordRow<typeof Visit>;
