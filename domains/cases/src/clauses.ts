/** Clauses as the actions cite them. */
export const o2 = (article: string): string => `《市场监督管理行政处罚程序规定》${article}`;
export const penaltyLaw = (article: string): string => `《行政处罚法》${article}`;
export const coercionLaw = (article: string): string => `《行政强制法》${article}`;
export const hearingRules = (article: string): string => `《市场监督管理行政处罚听证办法》${article}`;
export const o45 = (article: string): string => `《市场监督管理行政处罚信息公示规定》${article}`;
export const o107 = (article: string): string => `《市场监督管理信用修复管理办法》（令第107号）${article}`;
export const reconsiderationLaw = (article: string): string => `《行政复议法》（2023修订）${article}`;

/** Posts that may read the cases of their office. */
export const readers = [
  'case-officer',
  'case-reviewer',
  'hearing-host',
  'section-chief',
  'bureau-head',
  'auditor',
] as const;
export const edition = {
  name: 'O2-2022',
  basis: '《行政处罚法》（2021修订）；《市场监督管理行政处罚程序规定》（令第2号，2022修正）',
  inForce: '2000-01-01',
};
