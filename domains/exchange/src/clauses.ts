/** Who reads the desk's records: those who may read the sampling tasks that stand in them, and nobody else (practice W1). */
export const readers = ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'] as const;

export const edition = {
  name: 'M2-2026',
  basis:
    '《产品质量监督抽查管理暂行办法》第五条、第四十四条；《食品安全抽样检验管理办法》第六条、第二十七条；双公示工作要求',
  inForce: '2020-01-01',
};

export const o18 = (article: string): string => `《产品质量监督抽查管理暂行办法》（市场监管总局令第18号）${article}`;
export const o15 = (article: string): string =>
  `《食品安全抽样检验管理办法》（市场监管总局令第15号，2025年修正）${article}`;

/** The clause under which anything is sent up: reporting of sampling data, product and food. */
export const reporting = `${o18('第五条、第四十四条')}；${o15('第六条')}`;
