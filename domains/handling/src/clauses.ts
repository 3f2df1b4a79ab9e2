/** Clauses as the actions cite them. */
export const o18 = (article: string): string => `《产品质量监督抽查管理暂行办法》${article}`;
export const o15 = (article: string): string => `《食品安全抽样检验管理办法》${article}`;
export const o2 = (article: string): string => `《市场监督管理行政处罚程序规定》${article}`;
export const qualityLaw = (article: string): string => `《产品质量法》${article}`;

/** Posts that handle failures: the county's handler, and the organiser where a city or province handles itself. */
export const handlers = ['result-handler', 'organiser'] as const;
export const overseers = ['result-handler', 'organiser', 'planner', 'section-chief', 'bureau-head', 'auditor'] as const;
export const edition = {
  name: 'O18-2020',
  basis: '《产品质量监督抽查管理暂行办法》（市场监管总局令第18号）第六章',
  inForce: '2020-01-01',
};
