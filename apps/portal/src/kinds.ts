import type { Label } from './language.ts';

/** Kinds of public entries. */
export const bulletinKind = 'sampling-bulletin';
export const rulesKind = 'sampling-rules';
export const drawKind = 'sampling-draw';
export const serviceKind = 'service-by-notice';
/** Digests by which reports are checked: not to be read, so no list shows them. */
export const reportKind = 'test-report-check';
export const bodyKind = 'testing-body';
export const penaltyKind = 'penalty-decision';

export const kinds: readonly { kind: string; label: Label; plural: Label }[] = [
  { kind: bulletinKind, label: { zh: '抽查公告', en: 'Bulletin' }, plural: { zh: '抽查公告', en: 'Bulletins' } },
  {
    kind: rulesKind,
    label: { zh: '实施细则', en: 'Detailed rules' },
    plural: { zh: '实施细则', en: 'Detailed rules' },
  },
  { kind: drawKind, label: { zh: '公开抽取', en: 'Draw' }, plural: { zh: '公开抽取', en: 'Draws' } },
  {
    kind: serviceKind,
    label: { zh: '送达公告', en: 'Service by notice' },
    plural: { zh: '送达公告', en: 'Services by notice' },
  },
  {
    kind: 'licence-team-draw',
    label: { zh: '核查组抽取', en: 'Draw of a review team' },
    plural: { zh: '核查组抽取', en: 'Draws of review teams' },
  },
  {
    kind: penaltyKind,
    label: { zh: '行政处罚决定', en: 'Penalty decision' },
    plural: { zh: '行政处罚决定', en: 'Penalty decisions' },
  },
  {
    kind: 'hearing-announcement',
    label: { zh: '听证公告', en: 'Hearing' },
    plural: { zh: '听证公告', en: 'Hearings' },
  },
  { kind: 'licence', label: { zh: '许可证', en: 'Licence' }, plural: { zh: '许可证', en: 'Licences' } },
  {
    kind: bodyKind,
    label: { zh: '检验检测机构', en: 'Testing body' },
    plural: { zh: '检验检测机构', en: 'Testing bodies' },
  },
  {
    kind: 'proficiency-round',
    label: { zh: '能力验证结果', en: 'Proficiency round' },
    plural: { zh: '能力验证结果', en: 'Proficiency rounds' },
  },
  {
    kind: 'recheck-announcement',
    label: { zh: '复查不合格公告', en: 'Announcement after failed rechecks' },
    plural: { zh: '复查不合格公告', en: 'Announcements after failed rechecks' },
  },
  {
    kind: 'block-entry',
    label: { zh: '不合格产品提示', en: 'Not to be sold' },
    plural: { zh: '不合格产品提示', en: 'Goods not to be sold' },
  },
  {
    kind: 'inspection-plan',
    label: { zh: '检查计划', en: 'Plan of inspections' },
    plural: { zh: '检查计划', en: 'Plans of inspections' },
  },
  {
    kind: 'inspection-draw',
    label: { zh: '双随机抽取', en: 'Draw of inspections' },
    plural: { zh: '双随机抽取', en: 'Draws of inspections' },
  },
  {
    kind: 'inspection-result',
    label: { zh: '检查结果', en: 'Result of an inspection' },
    plural: { zh: '检查结果', en: 'Results of inspections' },
  },
  {
    kind: 'inspection-listing',
    label: { zh: '挂牌整治', en: 'Regional listing' },
    plural: { zh: '挂牌整治', en: 'Regional listings' },
  },
];

/** What a kind is called; a kind that this portal does not know is simply public content. */
export function labelOfKind(kind: string): Label {
  if (kind === reportKind) return { zh: '检验报告核验', en: 'Check of a test report' };
  return kinds.find((known) => known.kind === kind)?.label ?? { zh: '公开内容', en: 'Public content' };
}
