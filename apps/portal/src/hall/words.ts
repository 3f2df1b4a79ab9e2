import type { Label } from '../language.ts';

export const levels: Record<string, Label> = {
  province: { zh: '省级', en: 'province' },
  city: { zh: '设区的市级', en: 'city' },
  county: { zh: '县级', en: 'county' },
};
export const purposes: Record<string, Label> = {
  new: { zh: '首次申请', en: 'First application' },
  change: { zh: '变更', en: 'Change' },
  renewal: { zh: '延续', en: 'Renewal' },
  reissue: { zh: '补领', en: 'Re-issue' },
};
export const units: Record<string, Label> = {
  'working-day': { zh: '个工作日', en: 'working days' },
  day: { zh: '日', en: 'days' },
  month: { zh: '个月', en: 'months' },
  year: { zh: '年', en: 'years' },
};
export const clockWords: Record<string, Label> = {
  acceptance: { zh: '是否受理', en: 'Acceptance' },
  'site-notice': { zh: '核查提前通知', en: 'Notice of the site check' },
  'site-check': { zh: '现场核查（技术评审）', en: 'Site check or review' },
  'sample-delivery': { zh: '样品送达检验机构', en: 'Delivery of the sample' },
  rectification: { zh: '限期整改', en: 'Time to rectify' },
  decision: { zh: '作出决定', en: 'Decision' },
  'commitment-decision': { zh: '告知承诺的决定', en: 'Decision on commitment' },
  issue: { zh: '颁发证件', en: 'Issue of the certificate' },
  'change-report': { zh: '变化后提出变更申请', en: 'Report of a change' },
  renewal: { zh: '届满前提出延续申请', en: 'Renewal before the end' },
  deregistration: { zh: '终止后申请注销', en: 'Deregistration after ceasing' },
  'self-report': { zh: '自查报告', en: 'Self-report' },
};
export const statuses: Record<string, Label> = {
  valid: { zh: '有效', en: 'Valid' },
  suspended: { zh: '暂扣', en: 'Suspended' },
  expired: { zh: '已届满', en: 'Expired' },
  annulled: { zh: '已撤销', en: 'Annulled' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  revoked: { zh: '已吊销', en: 'Revoked' },
  deregistered: { zh: '已注销', en: 'Deregistered' },
  annulling: { zh: '拟撤销', en: 'To be annulled' },
  withdrawing: { zh: '拟撤回', en: 'To be withdrawn' },
};
export const clockStates: Record<string, Label> = {
  running: { zh: '计时中', en: 'running' },
  suspended: { zh: '暂停中', en: 'stopped' },
  met: { zh: '按期', en: 'in time' },
  late: { zh: '超期', en: 'late' },
  expired: { zh: '届满', en: 'run out' },
  cancelled: { zh: '终止', en: 'ended' },
};
export const appointmentStates: Record<string, Label> = {
  booked: { zh: '已预约', en: 'Booked' },
  attended: { zh: '已到场', en: 'Attended' },
  missed: { zh: '爽约', en: 'Missed' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
};
